"""Run another program to its end, or beside this one.

`subprocess.run` with a limit of time looks again and again whether the program has ended, and
sleeps for a millisecond first: as long as most commands of git take.
"""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from launchpolicy.hosts.platform import wait_until_readable

Program = TypeVar("Program")

Finished = subprocess.CompletedProcess[bytes]

_PIECE = 1 << 16


class AnsweringProgram(Generic[Program]):
    """A program that answers through pipes as long as this process runs.

    A process that was forked from this one starts another for itself: two that ask one program
    would mix up its answers. That of its parent is kept there, since dropping it would end it.
    """

    __slots__ = ("_of_parents", "_owner", "_program")

    def __init__(self) -> None:
        self._program: Program | None = None
        self._owner = 0
        self._of_parents: list[Program] = []

    def program(self, start: Callable[[], Program]) -> Program:
        """Return the program, which `start` starts when it is first asked for."""
        if self._program is None or self._owner != os.getpid():
            self.take()
            self._program, self._owner = start(), os.getpid()
        return self._program

    def take(self) -> Program | None:
        """Return the program, to be ended; None where this process has started none."""
        program, self._program = self._program, None
        if program is not None and self._owner != os.getpid():
            self._of_parents.append(program)
            return None
        return program


def run_to_its_end(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    folder: Path | None = None,
    given: bytes | None = None,
    seconds: float | None = None,
) -> Finished:
    """Run a program without a shell; return its exit code and what it wrote to both streams.

    Args:
        arguments: the program and its arguments.
        environment: all its variables.
        folder: where it runs; None for the current folder.
        given: its standard input; None for an empty one.
        seconds: how long it may take, after which it is killed; None for as long as it takes.

    Raises:
        OSError: it cannot be started.
        subprocess.TimeoutExpired: it took too long.
    """
    if given is None and hasattr(os, "pidfd_open"):
        return _run_without_input(arguments, environment, folder, seconds)
    return subprocess.run(  # noqa: S603 (no shell; the callers say what runs)
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL if given is None else None,
        input=given,
        capture_output=True,
        check=False,
        timeout=seconds,
    )


def _run_without_input(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path | None,
    seconds: float | None,
) -> Finished:
    with subprocess.Popen(  # noqa: S603 (no shell; the callers say what runs)
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        end = None if seconds is None else time.monotonic() + seconds
        try:
            output, complaint = _written_by(process, end)
            _require_end(process, end)
        except _TooLongError:
            process.kill()
            raise subprocess.TimeoutExpired(arguments, seconds or 0) from None
        except BaseException:  # an interrupt: nothing is left running
            process.kill()
            raise
        return Finished(arguments, process.wait(), output, complaint)


class _TooLongError(Exception):
    """The time is over."""


def _written_by(process: subprocess.Popen[bytes], end: float | None) -> tuple[bytes, bytes]:
    """Return what a program writes to its output and to its error stream, until it closes both."""
    streams = [stream.fileno() for stream in (process.stdout, process.stderr) if stream is not None]
    pieces: dict[int, list[bytes]] = {stream: [] for stream in streams}
    waiting = select.poll()
    for stream in streams:
        waiting.register(stream, select.POLLIN)
    open_streams = set(streams)
    while open_streams:
        for stream in _ready(waiting, end):
            piece = os.read(stream, _PIECE)
            pieces[stream].append(piece)
            if not piece:
                waiting.unregister(stream)
                open_streams.remove(stream)
    output, complaint = (b"".join(pieces[stream]) for stream in streams)
    return output, complaint


def _require_end(process: subprocess.Popen[bytes], end: float | None) -> None:
    """Require that a program ends in time; one that has closed its streams may still hang."""
    if end is None:
        return
    try:
        descriptor = os.pidfd_open(process.pid)
    except OSError:  # a kernel or a sandbox without it
        try:
            process.wait(_seconds_until(end))
        except subprocess.TimeoutExpired:
            raise _TooLongError from None
        return
    try:
        if not wait_until_readable(descriptor, _seconds_until(end)):
            raise _TooLongError
    finally:
        os.close(descriptor)


def _ready(waiting: select.poll, end: float | None) -> list[int]:
    """Return the descriptors that have something to read, at least one."""
    ready = waiting.poll(None if end is None else _seconds_until(end) * 1000)
    if not ready:
        raise _TooLongError
    return [descriptor for descriptor, _ in ready]


def _seconds_until(end: float) -> float:
    return max(0.0, end - time.monotonic())

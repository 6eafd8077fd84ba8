"""The command line of launchpolicy, run for a test: `run_program` in place of `subprocess.run`.

A new Python takes most of its time to import things, and coverage doubles that. So the command runs
in a child that a server forks after its imports (`tests/processes/server.py`). The real program is
started where a fork would not be like it: for variables that change Python itself, beside modules
that it could import from the current folder, and while the server runs another command.
`tests/cli/test_forked_program.py` compares the two.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO, TextIOWrapper
from pathlib import Path

from tests.processes.server import MEASURED, NUMBER

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "launchpolicy.cli.main")
"""The real program."""

_PLACE = ("LANG", "LC_")
_PYTHON = ("COV_", "COVERAGE_", "LD_", "PYTHON", "_PYTHON")
"""How the names of variables begin that are read when Python starts; these change Python itself."""

SEARCHED = "PYTHONPATH"
"""Folders that a child can search as well as a new Python, as long as they hold no module."""

REAL = "LAUNCHPOLICY_REAL_PROGRAM"
"""With this variable every command is the real program, as `make full` wants it."""

_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Memory in pages of 2 MiB (GNU C library, "Memory Allocation Tunables"), which fork faster."""

_SERVERS = 8  # at most; each takes some 100 MB
_WORTH_IT = 3  # commands with the same variables at the start, before they get a server

_PIECE = 1 << 16
_GRACE = 3600  # of a killed process, whose own children may still hold its streams

Finished = subprocess.CompletedProcess[str]
Startup = frozenset[tuple[str, str]]


def run_program(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float = 120
) -> Finished:
    """Run launchpolicy without standard input; return how it ended and what it wrote.

    Raises:
        subprocess.TimeoutExpired: it took more seconds than `timeout`, and was killed.
        OSError: `cwd` is not a folder.
    """
    measured = _measured_as_this_process(env)
    server = _POOL.server_for(measured) if _imports_nothing_of_its_own(cwd) else None
    if server is None or not server.lock.acquire(blocking=False):
        return run_real_program(arguments, cwd=cwd, env=measured, timeout=timeout)
    try:
        return server.run(arguments, cwd, measured, timeout)
    finally:
        server.lock.release()


def run_real_program(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], timeout: float = 120
) -> Finished:
    """Do the same in a new Python."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )


def prepare_servers() -> None:
    """Let the servers of this process measure coverage if that is asked for by now."""
    _POOL.measures = MEASURED in os.environ


def end_servers() -> None:
    """End the servers of this process; they write what they know about coverage."""
    _POOL.end()


class Server:
    """A running server, and the variables that it was started with.

    One that `measures` does so for the requests that ask for it.
    """

    def __init__(self, startup: Mapping[str, str], *, measures: bool = False) -> None:
        self.lock = threading.Lock()
        self._socket, theirs = socket.socketpair()
        options = ["measured"] if measures else []
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.processes.server", str(theirs.fileno()), *options],
                cwd=PROJECT,
                env={**_LARGE_PAGES, **startup, "PATH": os.environ["PATH"]},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def run(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], timeout: float
    ) -> Finished:
        """Run one command without standard input and return how it ended; the lock is held."""
        with ExitStack() as stack:
            pipes = [os.pipe(), os.pipe()]
            readers = [reader for reader, _ in pipes]
            for reader in readers:
                stack.callback(os.close, reader)
            streams = [os.open(os.devnull, os.O_RDONLY), *(writer for _, writer in pipes)]
            try:
                process = self.start(arguments, cwd, env, streams)
            finally:
                for stream in streams:
                    os.close(stream)
            written, is_late = self._written(readers, process, time.monotonic() + timeout)
        code = self.wait()
        output, complaint = map(_text, written)
        if is_late:
            raise subprocess.TimeoutExpired([*COMMAND, *arguments], timeout, output, complaint)
        return Finished([*COMMAND, *arguments], code, output, complaint)

    def start(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], streams: Sequence[int]
    ) -> int:
        """Start one command with these three descriptors and return its process id.

        The next one may start after `wait`.
        """
        request = {"arguments": arguments, "folder": os.fspath(cwd), "environment": dict(env)}
        text = json.dumps(request).encode()
        socket.send_fds(self._socket, [len(text).to_bytes(NUMBER)], streams)
        self._socket.sendall(text)
        return self._number()

    def wait(self) -> int:
        """The exit code of the command, or the negative number of the signal that ended it."""
        return self._number()

    def _written(
        self, readers: list[int], process: int, deadline: float
    ) -> tuple[list[bytes], bool]:
        """Everything on both streams, and whether the process had to be killed at the deadline."""
        pieces: dict[int, list[bytes]] = {reader: [] for reader in readers}
        is_late = False
        with selectors.DefaultSelector() as selector:
            for descriptor in (*readers, self._socket.fileno()):
                selector.register(descriptor, selectors.EVENT_READ)
            while selector.get_map():
                ready = selector.select(max(0, deadline - time.monotonic()))
                if not ready and not is_late:
                    os.kill(process, signal.SIGKILL)
                    is_late, deadline = True, deadline + _GRACE
                for key, _ in ready:
                    piece = os.read(key.fd, _PIECE) if key.fd in pieces else b""
                    if piece:
                        pieces[key.fd].append(piece)
                    else:
                        selector.unregister(key.fd)
        return [b"".join(pieces[reader]) for reader in readers], is_late

    def end(self) -> None:
        """Close the socket, which ends the server, and wait for it."""
        self._socket.close()
        assert self._process.wait(timeout=60) == 0, "the server of the program failed"

    def _number(self) -> int:
        number = self._socket.recv(NUMBER, socket.MSG_WAITALL)
        assert len(number) == NUMBER, "the server of the program ended"
        return int.from_bytes(number, signed=True)


class Pool:
    """The servers of this process, by the variables that they were started with."""

    def __init__(self) -> None:
        self.measures = False
        self._servers: dict[Startup, Server] = {}
        self._asked: Counter[Startup] = Counter()

    def server_for(self, env: Mapping[str, str]) -> Server | None:
        """The server whose children are like a program with this environment, where one can be."""
        if (
            os.environ.get(REAL)
            or not _can_fork()
            or (MEASURED in env and not self.measures)
            or _chosen(env, _PYTHON) != _chosen(os.environ, _PYTHON)
            or not all(map(_imports_nothing_of_its_own, _searched_folders(env)))
        ):
            return None
        startup = startup_of(env)
        self._asked[startup] += 1
        if startup not in self._servers:
            if self._asked[startup] < _WORTH_IT or len(self._servers) == _SERVERS:
                return None
            self._servers[startup] = Server(dict(startup), measures=self.measures)
        return self._servers[startup]

    def end(self) -> None:
        """End them all."""
        while self._servers:
            self._servers.popitem()[1].end()


_POOL = Pool()


def startup_of(env: Mapping[str, str]) -> Startup:
    """The variables that Python and its libraries read when they start."""
    return _chosen(env, (*_PLACE, *_PYTHON))


def _measured_as_this_process(env: Mapping[str, str]) -> dict[str, str]:
    """The environment as it is for this test: a fixture of several may have taken it in another."""
    measured = {name: os.environ[name] for name in (MEASURED,) if name in os.environ}
    return {**{name: value for name, value in env.items() if name != MEASURED}, **measured}


def _can_fork() -> bool:
    return hasattr(os, "fork") and hasattr(socket, "recv_fds")


def _chosen(env: Mapping[str, str], beginnings: tuple[str, ...]) -> Startup:
    return frozenset(
        (name, value)
        for name, value in env.items()
        if name.startswith(beginnings) and name not in {SEARCHED, MEASURED}
    )


def _searched_folders(env: Mapping[str, str]) -> list[Path]:
    """The folders that Python searches because of its environment."""
    return [Path(name) for name in env.get(SEARCHED, "").split(os.pathsep) if name]


def _imports_nothing_of_its_own(folder: Path) -> bool:
    """Whether `python -m` finds no module in its current folder, which it searches first."""
    return not any(folder.glob("*.py")) and not any(folder.glob("*/__init__.py"))


def _text(written: bytes) -> str:
    """As `subprocess.run` reads it with `text=True`."""
    return TextIOWrapper(BytesIO(written)).read()

"""What a forked child does to be like a program that has just started, and to end like one."""

from __future__ import annotations

import atexit
import importlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

INPUT, ERROR = 0, 2
LOST_OUTPUT = 120
"""Python's own exit code where the standard streams cannot be flushed at its end."""


def become(request: dict[str, Any], streams: list[int], leave: Callable[[int], NoReturn]) -> None:
    """Run the command line of the request in this process, and end it by `leave`."""
    _take_streams(streams)
    program = importlib.import_module("launchpolicy.cli.main")
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    _search(os.environ.get("PYTHONPATH", ""))
    sys.argv = [str(program.__file__), *request["arguments"]]
    code = _code(program.main)
    threading._shutdown()  # type: ignore[attr-defined] # as Python does at its end
    atexit._run_exitfuncs()
    leave(LOST_OUTPUT if _is_output_lost() else code)


def _search(folders: str) -> None:
    """Search what Python would search first: the current folder, and these, parted as in PATH."""
    named = [str(Path(folder).absolute()) for folder in folders.split(os.pathsep) if folder]
    current = [] if sys.flags.safe_path else [str(Path.cwd())]
    sys.path[:0] = [*current, *named]
    importlib.invalidate_caches()


def _take_streams(streams: list[int]) -> None:
    """Put the descriptors in place of 0, 1 and 2, and close all others, as `exec` would."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    last = max(int(each.name) for each in Path("/dev/fd").iterdir())
    os.closerange(ERROR + 1, last + 1)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        opened = _stream(getattr(sys, name), number)
        setattr(sys, name, opened)
        setattr(sys, f"__{name}__", opened)


def _stream(beginning: TextIOWrapper, number: int) -> TextIOWrapper:
    """A standard stream as Python opens it; `beginning` is the one that it opened at its start."""
    raw = FileIO(number, "r" if number == INPUT else "w", closefd=False)
    raw.name = beginning.name
    is_unbuffered = beginning.write_through and number != INPUT  # PYTHONUNBUFFERED
    return TextIOWrapper(
        raw if is_unbuffered else _buffered(raw),
        encoding=beginning.encoding,
        errors=beginning.errors,
        newline=None if number == INPUT else "\n",
        line_buffering=not is_unbuffered and (number == ERROR or raw.isatty()),
        write_through=beginning.write_through,
    )


def _buffered(raw: FileIO) -> BufferedReader | BufferedWriter:
    return BufferedReader(raw) if raw.readable() else BufferedWriter(raw)


def _code(main: Callable[[], None]) -> int:
    """The exit code that Python gives to a program with this main function."""
    try:
        main()
    except SystemExit as error:
        return _code_of(error)
    except KeyboardInterrupt:
        sys.excepthook(*sys.exc_info())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:  # noqa: BLE001 (as Python does)
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _code_of(error: SystemExit) -> int:
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        return error.code & 0xFF
    sys.stderr.write(f"{error.code}\n")
    return 1


def _is_output_lost() -> bool:
    """Flush both streams; the second one also where the first one fails."""
    lost = False
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            lost = True
    return lost

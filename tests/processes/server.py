"""A process that has imported launchpolicy, has run no command, and forks a child for each one.

`tests/processes/program.py` starts it and sends the requests, one after the other. The child of a
request (`tests/processes/child.py`) is what `python -m launchpolicy.cli.main` is after its imports;
it remembers what is shipped (`tests/processes/warm.py`).
What Python reads only when it starts (the locale, PYTHON…, TZ) is the same for all requests of one
server: a request with other values goes to another server.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from launchpolicy.__main__ import OBJECTS_BETWEEN_COLLECTIONS
from tests.processes.child import become
from tests.processes.warm import fill_memories

if TYPE_CHECKING:
    from tests.processes.measured import MeasuredChildren

NUMBER = 8
"""The bytes of each number on the socket: the size of a request, a process id, an exit code."""

MEASURED = "COVERAGE_PROCESS_CONFIG"
"""The variable of processes that are measured, as coverage sets it; requests without it are not."""

LOADED_LATE = (
    "concurrent.futures.process",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "holidays.countries",
    "httpx",
    "icalendar",
    "multiprocessing.popen_fork",
)
"""Libraries that functions of launchpolicy import, as far as they are installed."""

FORBIDDEN = ("git", "google.protobuf", "pyarrow")
"""Libraries that read the environment, start threads, or change what launchpolicy does."""


def preload() -> list[str]:
    """Import what launchpolicy consists of and needs, and return the names of those modules.

    The commands themselves are left to the child, as their help is made in the language of the
    environment. So is each module that needs a library of `FORBIDDEN`.
    """
    with _without(FORBIDDEN):
        package = importlib.import_module("launchpolicy")
        found = (each.name for each in pkgutil.walk_packages(package.__path__, "launchpolicy."))
        others = [name for name in found if not name.startswith("launchpolicy.cli.")]
        early = [name for name in others if not name.endswith("__main__")]
        names = ["launchpolicy.cli.main", *early, *LOADED_LATE]
        return [name for name in names if _is_imported(name)]


def _is_imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        return False
    return True


@contextmanager
def _without(libraries: tuple[str, ...]) -> Iterator[None]:
    """Make the import of these libraries fail (Python reference, "The module cache")."""
    absent: dict[str, Any] = dict.fromkeys(libraries)
    sys.modules.update(absent)
    try:
        yield
    finally:
        for library in libraries:
            del sys.modules[library]


def serve(control: socket.socket, measured: MeasuredChildren | None) -> None:
    """Run each request in a child of its own; send its process id, and then its exit code."""
    while True:
        head, streams, _, _ = socket.recv_fds(control, NUMBER, 3, socket.MSG_WAITALL)
        if not head:
            return
        request = json.loads(control.recv(int.from_bytes(head), socket.MSG_WAITALL))
        counts = measured if MEASURED in request["environment"] else None
        process = os.fork()
        if process == 0:
            if counts is not None:
                counts.begin()
            become(request, streams, os._exit if counts is None else counts.leave)
        for stream in streams:
            os.close(stream)
        control.sendall(process.to_bytes(NUMBER))
        _, status = os.waitpid(process, 0)
        if counts is not None:
            counts.collect()
        control.sendall(os.waitstatus_to_exitcode(status).to_bytes(NUMBER, signed=True))


def main() -> None:
    """Serve the socket whose number is the first argument; with a second one, coverage as well."""
    del sys.path[0]  # the child has the folder of its request there
    number, *options = sys.argv[1:]
    measured = _measuring() if options else None
    preload()
    if measured is not None:
        measured.end_preloading()
    fill_memories()
    _spare_children()
    with socket.socket(fileno=int(number)) as control:
        serve(control, measured)
    if measured is not None:
        measured.save()


def _spare_children() -> None:
    """Let a child look for garbage as seldom as the program, and only in what it has made itself.

    Looking at what the server has made would copy all of its pages: a quarter of a command's time.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    gc.collect()
    gc.freeze()


def _measuring() -> MeasuredChildren:
    from tests.processes.measured import MeasuredChildren  # noqa: PLC0415 (where it is needed)

    return MeasuredChildren()


if __name__ == "__main__":
    main()

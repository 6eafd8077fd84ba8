"""The coverage of forked children, gathered by their server and written once.

A child hands over only what no child before it has covered, so thousands of them leave one file.
What the server has imported for nobody counts for nothing.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import NoReturn

from coverage import Coverage, CoverageData

Arcs = dict[str, set[tuple[int, int]]]
"""The steps from line to line that were taken, by file."""


class MeasuredChildren:
    """What the children of one server, and the server before them, have covered."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(prefix="covered-by-a-child-")
        os.close(descriptor)
        self._handover = Path(name)
        self._coverage = Coverage(data_file=None)  # in memory; else as pyproject.toml says
        self._preloaded: Arcs = {}
        self._known: Arcs = {}
        self._child = 0
        self._exit = os._exit
        self._coverage.start()

    def end_preloading(self) -> None:
        """Measure no more in the server itself; its imports count where a child uses the module."""
        self._preloaded = self._stopped()

    def begin(self) -> None:
        """Measure from here on, in the child, however it ends."""
        self._child = os.getpid()
        os._exit = self.leave
        self._coverage.start()

    def leave(self, status: int) -> NoReturn:
        """Hand over what is new, and end the process."""
        if os.getpid() == self._child:  # and not another one that it has forked
            new = {
                name: sorted(arcs - self._known.get(name, set()))
                for name, arcs in self._stopped().items()
            }
            self._handover.write_text(
                json.dumps({name: arcs for name, arcs in new.items() if arcs})
            )
        self._exit(status)

    def collect(self) -> None:
        """Take over what the child that has just ended has handed over, if it could."""
        text = self._handover.read_text()
        if text:
            os.truncate(self._handover, 0)
            for name, arcs in json.loads(text).items():
                known = self._known.setdefault(name, set(self._preloaded.get(name, ())))
                known.update((begin, end) for begin, end in arcs)

    def save(self) -> None:
        """Write a data file beside those of other processes, for `coverage combine`."""
        self._handover.unlink()
        name = str(self._coverage.get_option("run:data_file"))
        data = CoverageData(basename=name, suffix=True)
        data.add_arcs(self._known)
        data.write()

    def _stopped(self) -> Arcs:
        self._coverage.stop()
        data = self._coverage.get_data()
        return {name: set(data.arcs(name) or ()) for name in data.measured_files()}

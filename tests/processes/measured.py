"""The coverage of forked children, gathered by their server and written once.

A child hands over only what no child before it has covered, so thousands of them leave one file.
What the server has imported for nobody counts for nothing. The steps stay as the collector of
coverage keeps them, one number each: a database of them for each child would take longer than many
a command.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from coverage import Coverage, CoverageData

import launchpolicy

COUNTED_IN_PROCESS = ("documents", "facts", "requests", "vocabulary")
"""Rooms that children do not measure: their own tests call them, and do not start commands.

They are what a command spends its time in, which measuring would double.
"""

REACHED_BY_COMMANDS = (
    "documents/data_files.py",
    "documents/loose_reading.py",
    "documents/schema/text_routes.py",
    "facts/case_facts.py",
    "facts/ci_files.py",
    "facts/evidence/attestation_signatures.py",
    "facts/evidence/sarif*.py",
    "facts/other_files.py",
)
"""Modules of these rooms that few commands load, and that tests of commands call."""

Steps = dict[str, set[Any]]
"""The steps from line to line that were taken, by file."""


class MeasuredChildren:
    """What the children of one server, and the server before them, have covered."""

    def __init__(self) -> None:
        descriptor, name = tempfile.mkstemp(prefix="covered-by-a-child-")
        os.close(descriptor)
        self._handover = Path(name)
        self._coverage = Coverage(data_file=None, omit=_omitted())  # else as pyproject.toml says
        self._preloaded: Steps = {}
        self._known: Steps = {}
        self._child = 0
        self._exit = os._exit
        self._coverage.start()

    def end_preloading(self) -> None:
        """Measure no more in the server itself; its imports count where a child uses the module."""
        self._coverage.stop()
        for name, steps in self._collected().items():
            self._preloaded[name] = steps.copy()
            steps.clear()

    def begin(self) -> None:
        """Measure from here on, in the child, however it ends."""
        self._child = os.getpid()
        os._exit = self.leave
        self._coverage.start()

    def leave(self, status: int) -> NoReturn:
        """Hand over what is new, and end the process."""
        if os.getpid() == self._child:  # and not another one that it has forked
            self._coverage.stop()
            known = self._known
            steps = self._collected().items()
            new = {name: taken - known.get(name, set()) for name, taken in steps}
            self._handover.write_text(
                json.dumps({name: list(added) for name, added in new.items() if added})
            )
        self._exit(status)

    def collect(self) -> None:
        """Take over what the child that has just ended has handed over, if it could."""
        text = self._handover.read_text()
        if text:
            os.truncate(self._handover, 0)
            for name, added in json.loads(text).items():
                known = self._known.setdefault(name, set(self._preloaded.get(name, ())))
                known.update(added)

    def save(self) -> None:
        """Write a data file beside those of other processes, for `coverage combine`."""
        self._handover.unlink()
        self._collected().update(self._known)
        covered = self._coverage.get_data()
        arcs = {name: covered.arcs(name) or () for name in covered.measured_files()}
        data = CoverageData(basename=str(self._coverage.get_option("run:data_file")), suffix=True)
        data.add_arcs({name: taken for name, taken in arcs.items() if taken})
        data.write()

    def _collected(self) -> Steps:
        """The live sets of the collector, which the public API copies into a database."""
        collector = self._coverage._collector
        assert collector is not None, "coverage was never started"
        return collector.data


def _omitted() -> list[str]:
    """Return the files that children do not measure."""
    package = Path(launchpolicy.__file__).parent
    reached = {file for pattern in REACHED_BY_COMMANDS for file in package.glob(pattern)}
    in_process = (file for room in COUNTED_IN_PROCESS for file in (package / room).rglob("*.py"))
    return [str(file) for file in in_process if file not in reached]

"""The passing examples that are mutated: each request, and its version before.

A request at stage `requested` is new, and its plan is mutated. At a later stage the plan is sealed,
so the version before is one stage earlier, and what was recorded since is mutated.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document, read
from tests.examples.catalogue import EXAMPLES, PROCESSES
from tests.mutations.memory_snapshot import MemorySnapshot

Data = Any
"""Plain data, as YAML and JSON know it."""

_EARLIER = {
    "launched": "requested",
    "cancelled": "requested",
    "rolled-back": "launched",
    "verified": "launched",
    "closed": "verified",
}
_PREPARATION = ("rehearsal", "conversionRehearsal", "notice")
_LAUNCH = ("tasks", "checksBefore", "readiness", "suspension", "backups", "execution")
_RECORDED_BY = {
    "requested": _PREPARATION,
    "launched": (*_PREPARATION, *_LAUNCH),
    "verified": (*_PREPARATION, *_LAUNCH, "checksAfter", "newBackups", "systemLog", "problems"),
}
"""What stands under `status` at the end of a stage, whatever the process."""


class Example(NamedTuple):
    """A passing request: the process it belongs to, its path there, its data and those before."""

    process: str
    path: str
    data: Data
    before: Data | None

    @property
    def stage(self) -> str:
        """Return the stage that the request says it is at."""
        return str(self.data["status"]["stage"])

    @property
    def part(self) -> str:
        """Return the key below which it is mutated."""
        return "spec" if self.before is None else "status"


@cache
def examples() -> tuple[Example, ...]:
    """Return every request of every example, in path order."""
    return tuple(_examples())


@cache
def files_of(process: str) -> MemorySnapshot:
    """Return the launch repository of a process."""
    folder = EXAMPLES / process
    paths = (path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return MemorySnapshot({path: data for path, data in files.items() if path[:7] != "broken/"})


def _examples() -> Iterator[Example]:
    for process in PROCESSES:
        folder = EXAMPLES / process
        for file in sorted(folder.glob("launches/*/request.yaml")):
            data = _data_of(file)
            yield Example(process, file.relative_to(folder).as_posix(), data, _before(data))


def _data_of(file: Path) -> Data:
    document = read(str(file), file.read_bytes())
    assert isinstance(document, Document)
    return document.data


def _before(data: Mapping[str, Data]) -> Data | None:
    stage = data["status"]["stage"]
    if stage == "requested":
        return None
    earlier = _EARLIER[stage]
    before = copy.deepcopy(dict(data))
    kept = {key: value for key, value in data["status"].items() if key in _RECORDED_BY[earlier]}
    before["status"] = {"stage": earlier, **copy.deepcopy(kept)}
    return before

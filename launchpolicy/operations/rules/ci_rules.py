"""Which files of CI are rules: workflows that judge or can publish the check, and what they use.

A workflow judges if it runs the program, or if an action, workflow or file that it uses does so.
Everything that such a workflow uses from the repository is a rule with it. Scripts that a command
starts are not followed: only `approvals.alsoRules` makes those rules.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from launchpolicy.documents.headings import plain
from launchpolicy.facts.ci_files import (
    UNREADABLE,
    CiFile,
    Publishing,
    read_ci_file,
    read_ci_text,
)
from launchpolicy.hosts.file_names import steps
from launchpolicy.hosts.forges.registry import ACTIONS, PIPELINES, WORKFLOWS
from launchpolicy.hosts.subfolder import is_outside, path_from_top, whole_of
from launchpolicy.vocabulary.snapshot import (
    REGULAR_MODES,
    FileChange,
    Snapshot,
    SnapshotEntry,
    read_one,
)

_LARGEST = 1024 * 1024
_LONGEST = 1024
"""Characters of a path that is followed."""
_SUFFIXES = (".yml", ".yaml")
_ACTIONS = frozenset(plain(name) for name in ACTIONS)


@dataclass(slots=True)
class CiRules:
    """The files and folders that judging workflows use, at base and at head, in small letters.

    `is_unclear` says that one of them uses what cannot be followed, so that any action may be it.
    """

    snapshots: tuple[Snapshot | None, Snapshot]
    paths: set[str] = field(default_factory=set)
    is_unclear: bool = False

    def covers(self, change: FileChange) -> bool:
        """Return whether a changed file is a rule.

        Raises:
            UndecidedError: it cannot be read.
        """
        prefix = "" if is_outside(change.path) else whole_of(self.snapshots[1])[1]
        path = plain(prefix + path_from_top(change.path))
        parts = path.split("/")
        if not self.paths.isdisjoint("/".join(parts[: end + 1]) for end in range(len(parts))):
            return True
        if any(folder.startswith(f"{path}/") for folder in WORKFLOWS):
            sides = (entry for entry in (change.old, change.new) if entry is not None)
            return any(entry.mode not in REGULAR_MODES for entry in sides)
        if parts[-1] in _ACTIONS and self.is_unclear:
            return True
        is_action = parts[-1] in _ACTIONS and path.endswith(_SUFFIXES)
        return (is_action or path.startswith(WORKFLOWS)) and self._judges(change)

    def _judges(self, change: FileChange) -> bool:
        """Return whether a file runs the program by itself, before or after the change."""
        sides = zip(self.snapshots, (change.old, change.new), strict=True)
        return any(
            snapshot is not None and entry is not None and _read(snapshot, entry).is_judge
            for snapshot, entry in sides
        )


def ci_rules_between(old: Snapshot | None, new: Snapshot) -> CiRules:
    """Return the files of CI that are rules at the base (None: there is none) or at the head.

    What only may publish, because it leaves its permissions to the settings, counts at the head:
    nobody has to approve that a workflow gives them up.

    Raises:
        UndecidedError: a file cannot be read.
    """
    rules = CiRules((old, new))
    for snapshot, least in ((old, Publishing.YES), (new, Publishing.PERHAPS)):
        if snapshot is None:
            continue
        files = _CiFiles(whole_of(snapshot)[0])
        for root in files.roots():
            uses = files.closure(root)
            publishes = root not in PIPELINES and files.file(root).publishing >= least
            if publishes or uses.is_unclear or any(files.file(p).is_judge for p in uses.files):
                rules.paths |= {plain(path) for path in (*uses.files, *uses.folders)}
                rules.is_unclear |= uses.is_unclear
    return rules


class _Uses(NamedTuple):
    """What a workflow is made of: files, the folders of actions; unclear if that is not all."""

    files: set[str]
    folders: set[str]
    is_unclear: bool


class _CiFiles:
    """The files of CI in one snapshot of a whole git repository, each read once."""

    __slots__ = ("_files", "_snapshot")

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._files: dict[str, CiFile] = {}

    def roots(self) -> Iterator[str]:
        """Yield the paths of workflows and pipelines."""
        for folder in WORKFLOWS:
            for entry in self._snapshot.entries(folder.rstrip("/")):
                if entry.path.lower().endswith(_SUFFIXES):
                    yield entry.path
        yield from (path for path in PIPELINES if self._snapshot.entry(path) is not None)

    def file(self, path: str) -> CiFile:
        """Return what the file at a path says."""
        if path not in self._files:
            entry = self._snapshot.entry(path)
            self._files[path] = UNREADABLE if entry is None else _read(self._snapshot, entry)
        return self._files[path]

    def closure(self, root: str) -> _Uses:
        """Return what a workflow or a pipeline uses, and what that uses."""
        files, folders, waiting, is_unclear = {root}, set[str](), [root], False
        while waiting:
            file = self.file(waiting.pop())
            for reference in file.includes if root in PIPELINES else file.uses:
                path = reference.path
                targets = self._targets(path)
                is_unclear |= reference.is_local and not targets
                while reference.is_local and not targets and "/" in path[:_LONGEST]:
                    path = path.partition("/")[2]  # the repository may be checked out in a folder
                    targets = self._targets(path)
                folders |= {path} if targets else set()
                waiting += targets - files
                files |= targets
        return _Uses(files, folders, is_unclear)

    def _targets(self, path: str) -> set[str]:
        """Return the files that a path names: itself, that of an action, or those of a pattern."""
        if len(path) > _LONGEST or steps(path) is None:
            return set()
        if "*" in path:
            fixed = path.partition("*")[0].rpartition("/")[0]
            entries = self._snapshot.entries(fixed)
            return {entry.path for entry in entries if _matches(path, entry.path)}
        candidates = (path, *(posixpath.join(path, name) for name in ACTIONS))
        return {name for name in candidates if self._snapshot.entry(name) is not None}


def _matches(pattern: str, path: str) -> bool:
    """Return whether a pattern of a pipeline names a file, in linear time: sure of a no."""
    if "**" not in pattern and pattern.count("/") != path.count("/"):
        return False
    first, *pieces, last = pattern.replace("**/", "**").split("*")
    end = len(path) - len(last)
    if not path.startswith(first) or not path.endswith(last):
        return False
    start = len(first)
    for piece in pieces:
        start = path.find(piece, start) + len(piece)
        if start < len(piece):
            return False
    return start <= end


def _read(snapshot: Snapshot, entry: SnapshotEntry) -> CiFile:
    """Return what a file says; a link, and a file that is too large, may say anything."""
    if entry.mode not in REGULAR_MODES:
        return UNREADABLE
    data = read_one(snapshot, entry, _LARGEST).data
    if data is None:
        return UNREADABLE
    is_yaml = entry.path.lower().endswith(_SUFFIXES)
    return read_ci_file(data) if is_yaml else read_ci_text(data)

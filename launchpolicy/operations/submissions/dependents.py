"""Find the requests that rest on changed files although nobody touched them.

A review that is taken away, a companion document that is rewritten: what was judged beside it has
to be judged again, or the change would be judged by nobody (decision 0020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.documents.reading import Document
from launchpolicy.engine.file_questions import policies_asking_files
from launchpolicy.engine.lookup_paths import LookupPaths, lookup_paths
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.facts_read import OTHER_FILES, facts_read
from launchpolicy.operations.submissions.other_files import OtherFilesReader
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Operation
from launchpolicy.vocabulary.snapshot import (
    REGULAR_MODES,
    FileChange,
    Snapshot,
    SnapshotEntry,
    read_one,
)


def dependents(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot, old: Snapshot | None
) -> Iterator[FileChange]:
    """Yield the requests outside of `changes` that rest on one of the changed files.

    They are found by what `new` holds: where nothing that a request asks about there has changed,
    it asks the same of `old`, and gets the same answers. A file of many documents is judged again
    whole, without asking which of them it is.

    Raises:
        UndecidedError: a snapshot cannot be read.
    """
    own = {change.path for change in changes}
    changes = [change for change in changes if _is_change(change)]
    for kind in rules.kinds.values():
        if not facts_read(rules, kind.name) & OTHER_FILES:
            continue
        asks = policies_asking_files(rules, kind)
        if not asks and not any(_may_be_looked_up(change, kind, rules) for change in changes):
            continue
        for entry in _entries(new, kind):
            if entry.path in own or rules.kind_of(entry.path) is not kind:
                continue
            before = old.entry(entry.path) if old is not None else None
            if kind.reading.is_stream or _rests_on(changes, kind, rules, (new, old), entry):
                yield FileChange(entry.path, before, entry)


def _entries(snapshot: Snapshot, kind: Kind) -> Iterator[SnapshotEntry]:
    for folder in kind.files.folders:
        yield from snapshot.entries(folder)


def _may_be_looked_up(change: FileChange, kind: Kind, rules: PackSet) -> bool:
    """Return whether a changed file is, or hides, a document that requests of `kind` look up."""
    lookups = [*kind.lookups]
    for policy in rules.policies:
        if kind.name in policy.match.kinds:
            lookups += policy.lookups
    kinds = {lookup.kind for lookup in lookups}
    of_kind = rules.kind_of(change.path)
    if of_kind is not None:
        return of_kind.name in kinds
    folders = (folder for name in kinds for folder in rules.kinds[name].files.folders)
    return any(f"{folder}/".startswith(f"{change.path}/") for folder in folders) or (
        change.new is not None and change.new.mode not in REGULAR_MODES
    )


def _rests_on(
    changes: Sequence[FileChange],
    kind: Kind,
    rules: PackSet,
    sides: tuple[Snapshot, Snapshot | None],
    entry: SnapshotEntry,
) -> bool:
    new, old = sides
    if entry.mode not in REGULAR_MODES:
        return False
    data = read_one(new, entry, kind.reading.max_bytes).data
    if data is None:
        return False
    version = RequestVersion(entry.path, data, reading=kind.reading)
    document = version.document()
    if not isinstance(document, Document) or version.problems(kind):
        return False
    policies = rules.policies_for(kind, document) or ()
    lookups = list(lookup_paths(kind, policies, document, (Operation.UPDATE,)))
    if any(_looks_up(named, change.path) for named in lookups for change in changes):
        return True
    submission = Submission(kind.name, entry.path, version, version)
    base = ComparedBase(old, lambda: [change.path for change in changes])
    others = OtherFilesReader(rules, new, base).other_files(submission)
    return others is not None and any(
        question.rests_on(change.path, is_edit=_is_edit(change))
        for question in others.answers
        for change in changes
    )


def _looks_up(named: LookupPaths, changed: str) -> bool:
    """Return whether a lookup is about a file, or about one below what stands at its path."""
    if named.lookup.files:
        patterns = FilePatterns(named.lookup.files)
        return patterns.matches(changed) or patterns.enter(changed)
    return any(path == changed or path.startswith(f"{changed}/") for path in named.paths or ())


def _is_change(change: FileChange) -> bool:
    """Return whether the two sides differ, or may: the files of a work tree have no blob ids."""
    old, new = change.old, change.new
    return (
        old is None or new is None or not new.blob or (old.mode, old.blob) != (new.mode, new.blob)
    )


def _is_edit(change: FileChange) -> bool:
    """Return whether a change leaves a regular file where one was."""
    old, new = change.old, change.new
    return old is not None and new is not None and {old.mode, new.mode} <= REGULAR_MODES

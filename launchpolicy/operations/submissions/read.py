"""Request files of snapshots, gathered as submissions: what is there, and what only looks like it.

Nothing is left out silently: a link in place of a request, a file too large to read, a folder
without its request file become submissions that say why they are not judged, and so findings
(threats E2, R4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.engine.submission import (
    RequestVersion,
    Submission,
    UnjudgedReason,
    reason_too_large,
)
from launchpolicy.hosts.git.objects import blob_id
from launchpolicy.operations.submissions.approval_documents import requests_beside
from launchpolicy.operations.submissions.facts_read import OTHER_FILES, facts_read
from launchpolicy.operations.submissions.strays import stray_submissions
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.file_patterns import is_within
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import (
    REGULAR_MODES,
    Blob,
    FileChange,
    Snapshot,
    SnapshotEntry,
)
from launchpolicy.vocabulary.text import Text

_FEW = 4
"""Up to so many files are looked up one by one; beyond, listing the folder is cheaper."""


class RequestFile(NamedTuple):
    """A file that is a request of a kind, by its entries in both snapshots; not read yet.

    `is_stale` where the base has changed it as well since the head branched off.
    """

    kind: str
    change: FileChange
    is_stale: bool = False


def submissions(
    changes: Sequence[FileChange],
    rules: PackSet,
    new: Snapshot,
    old: Snapshot | None,
    trusted: Snapshot | None = None,
    others: Sequence[FileChange] = (),
) -> list[Submission]:
    """Return the submissions among `changes`, each with the bytes of both its versions.

    `trusted` holds the configurations that count, also those further down. `others` are further
    changes, which are looked at only to see whether they are strays.
    """
    files = request_files(changes, rules, new, old)
    strays = stray_submissions([*changes, *others], rules, new, trusted)
    return [*read_submissions(files, rules, new, old), *strays]


def request_files(
    changes: Sequence[FileChange],
    rules: PackSet,
    new: Snapshot,
    old: Snapshot | None,
    stale: Collection[str] = (),
    *,
    alone: bool = False,
) -> list[RequestFile]:
    """Return the files of requests among `changes`, not read yet; the rest is as `submissions`.

    With `alone`, nothing that rests on them.
    """
    requests = (
        [(change, kind) for change in changes if (kind := rules.kind_of(change.path))]
        if alone
        else requests_among(changes, rules, new, old)
    )
    return [RequestFile(kind.name, change, change.path in stale) for change, kind in requests]


def read_submissions(
    files: Sequence[RequestFile], rules: PackSet, new: Snapshot, old: Snapshot | None
) -> list[Submission]:
    """Return the submissions of `files`, in their order.

    A file of several documents has one for each of them.

    Raises:
        UndecidedError: one cannot be read.
    """
    readings = [rules.kinds[file.kind].reading for file in files]
    news = _contents(new, zip((file.change.new for file in files), readings, strict=True))
    unequal = (_unequal(file.change, news.get(file.change.path)) for file in files)
    olds = _contents(old, zip(unequal, readings, strict=True))
    read = [
        _submission(file, reading, news.get(file.change.path), olds.get(file.change.path))
        for file, reading in zip(files, readings, strict=True)
    ]
    if are_independent(files, rules):
        return read
    from launchpolicy.operations.submissions.related_documents import related_documents  # noqa: PLC0415 (rare)

    return related_documents(read, rules, new)


def are_independent(files: Sequence[RequestFile], rules: PackSet) -> bool:
    """Return whether each file can be judged without any other, and is one document."""
    kinds = {name: rules.kinds[name] for name in {file.kind for file in files}}
    return not any(
        kinds[file.kind].reading.is_stream
        or kinds[file.kind].has_unique_ids
        or (file.change.new is None and rules.sees_moves(kinds[file.kind]))
        for file in files
    )


def unread_submission(file: RequestFile) -> Submission:
    """Return the submission of a file that nobody has read, for saying that it was not judged."""
    path, old, new = file.change
    empty = RequestVersion(path, b"")
    proposed, base = (empty if entry is not None else None for entry in (new, old))
    return Submission(file.kind, path, proposed, base)


def requests_among(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot, old: Snapshot | None
) -> list[tuple[FileChange, Kind]]:
    """Return the changes of requests, with the kind of each.

    Also of those that are as they were, where a file in their folder, or one that they rest on, has
    changed.
    """
    touched = [*changes, *_touched_requests(changes, rules, new, old)]
    if changes and any(facts_read(rules, kind) & OTHER_FILES for kind in rules.kinds):
        # Loaded here on purpose: few policies ask for other files.
        from launchpolicy.operations.submissions.dependents import dependents  # noqa: PLC0415

        paths = {change.path for change in touched}
        touched += [one for one in dependents(changes, rules, new, old) if one.path not in paths]
    return [(change, kind) for change in touched if (kind := rules.kind_of(change.path))]


def _touched_requests(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot, old: Snapshot | None
) -> Iterator[FileChange]:
    """Yield the unchanged requests in whose folder another file has changed.

    Evidence that is swapped without touching its request would otherwise be judged by nobody.
    """
    seen = {change.path for change in changes}
    for change in changes:
        for path in requests_beside(change.path, rules):
            if path in seen:
                continue
            seen.add(path)
            entry = new.entry(path)
            if entry is not None:
                yield FileChange(path, old.entry(path) if old is not None else None, entry)


def changed_submissions(entries: Sequence[SnapshotEntry], old: Snapshot | None) -> list[FileChange]:
    """Return every entry of a snapshot beside its version in `old`, whether it differs or not."""
    if old is None:
        return [FileChange(entry.path, None, entry) for entry in entries]
    if len(entries) <= _FEW:
        return [FileChange(entry.path, old.entry(entry.path), entry) for entry in entries]
    before = {entry.path: entry for entry in old.entries(_shared_folder(entries))}
    return [FileChange(entry.path, before.get(entry.path), entry) for entry in entries]


def _shared_folder(entries: Sequence[SnapshotEntry]) -> str:
    """Return the deepest folder that all entries stand below; "" is the top level."""
    first, last = min(entries).path.split("/"), max(entries).path.split("/")
    shared = []
    for one, other in zip(first[:-1], last[:-1], strict=False):
        if one != other:
            break
        shared.append(one)
    return "/".join(shared)


def request_entries(
    snapshot: Snapshot, rules: PackSet, folder: str = ""
) -> Iterator[SnapshotEntry]:
    """Return each request file of each kind below `folder`, in path order within its kind."""
    for kind in rules.kinds.values():
        for own in kind.files.folders:
            start = own if is_within(own, folder) else folder
            if not is_within(start, own):
                continue
            for entry in snapshot.entries(start):
                if rules.kind_of(entry.path) is kind:
                    yield entry


def _contents(
    snapshot: Snapshot | None, entries: Iterable[tuple[SnapshotEntry | None, ReadingRules]]
) -> dict[str, Blob]:
    if snapshot is None:
        return {}
    by_limit: dict[int, list[SnapshotEntry]] = {}
    for entry, reading in entries:
        if entry is not None and entry.mode in REGULAR_MODES:
            by_limit.setdefault(reading.max_bytes, []).append(entry)
    return {
        blob.entry.path: blob
        for limit, regular in by_limit.items()
        for blob in snapshot.read(regular, limit)
    }


def _submission(
    file: RequestFile, reading: ReadingRules, new: Blob | None, old: Blob | None
) -> Submission:
    change = file.change
    reason = _stale(change.path) if file.is_stale else None
    if change.new is not None and new is None:
        reason = _not_a_file(change.path)
    for blob in (old, new):
        if blob is not None and blob.data is None:
            reason = reason_too_large(change.path, blob.size, reading.max_bytes)
    proposed = _version(reading, new)
    base = _version(reading, old)
    if _is_equal(change, new) or (base and proposed and base.source == proposed.source):
        base = proposed
    return Submission(file.kind, change.path, proposed, base, reason)


def _version(reading: ReadingRules, blob: Blob | None) -> RequestVersion | None:
    if blob is None or blob.data is None:
        return None
    return RequestVersion(blob.entry.path, blob.data, reading=reading)


def _unequal(change: FileChange, new: Blob | None) -> SnapshotEntry | None:
    """Return the base version of a change, if it must be read; None where it is the new one."""
    return None if _is_equal(change, new) else change.old


def _is_equal(change: FileChange, new: Blob | None) -> bool:
    """Return whether the bytes of both versions are certainly equal: one blob in two files.

    A link is no file, although its blob may be that of a file which holds the same text.
    """
    if new is None or new.data is None or change.old is None or change.new is None:
        return False
    if not {change.old.mode, change.new.mode} <= REGULAR_MODES or not change.old.blob:
        return False
    return change.old.blob == (change.new.blob or blob_id(new.data, len(change.old.blob)))


def _not_a_file(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/not-a-file",
        Verdict.REJECTED,
        Text(
            f"{path} is not a regular file but a link, a submodule or a device.",
            f"{path} 不是普通文件，而是链接、子模块或设备。",
        ),
        Text("Replace it by the file itself.", "请替换为文件本身。"),
    )


def _stale(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/stale",
        Verdict.UNDECIDED,
        Text(
            f"The base has changed {path} too since this branch left it.",
            f"本分支分出之后，基准也修改了 {path}。",
        ),
        Text(
            "Bring the branch up to date: merge the base into it, or rebase it.",
            "请更新分支：把基准分支合并进来，或变基。",
        ),
    )

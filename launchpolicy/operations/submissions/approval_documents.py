"""Find the document that an approval file is about, by its place; refuse files without one.

Approval files are part of what is judged: adding one has its document judged, and one without a
document is refused. Otherwise anybody could fill a folder that others need (threat N12).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePosixPath

from launchpolicy.engine.submission import Submission, UnjudgedReason
from launchpolicy.facts.approvals.file_names import FOLDER, SUFFIXES
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.file_patterns import ANY_DEPTH
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text


def is_approval_of_rules(path: str, rules: PackSet) -> bool:
    """Return whether the file at `path` stands where approvals of the rules do."""
    is_there = path.startswith(f"{FOLDER}/") and path.count("/") == 1
    return is_there and path.endswith(SUFFIXES) and rules.kind_of(path) is None


def documents_of_approval(path: str, rules: PackSet) -> Iterator[tuple[Kind, str]]:
    """Yield the documents that an approval file at `path` may be about, each with its kind."""
    for kind in rules.kinds.values():
        for document in _documents(path, kind) or ():
            yield kind, document


def _documents(path: str, kind: Kind) -> tuple[str, ...] | None:
    """Return the documents of a kind that an approval file at `path` may be about.

    None where approvals of that kind never stand there. Where documents share a folder the file
    is called `<document>.<person>`, and both may hold full stops.
    """
    file = PurePosixPath(path)
    if file.suffix not in SUFFIXES or file.parent.name != FOLDER:
        return None
    documents = [_documents_by(PurePosixPath(pattern), file, kind) for pattern in kind.files.files]
    known = [names for names in documents if names is not None]
    return tuple(dict.fromkeys(chain(*known))) if known else None


def _documents_by(
    pattern: PurePosixPath, file: PurePosixPath, kind: Kind
) -> tuple[str, ...] | None:
    """Return the documents that one pattern of the kind allows; None as in `_documents`."""
    folder = file.parent.parent
    if "*" not in pattern.name:
        document = str(folder / pattern.name)
        return (document,) if kind.matches(document) else None
    if not kind.matches(str(folder / pattern.name.replace("*", "x"))):
        return None
    parts = file.stem.split(".")
    stems = (".".join(parts[:count]) for count in range(1, len(parts)))
    return tuple(str(folder / pattern.name.replace("*", stem)) for stem in stems)


def approvals_without_document(
    changes: Sequence[FileChange], rules: PackSet, new: Snapshot
) -> Iterator[Submission]:
    """Yield a submission, to be refused, for each added approval file without a document."""
    for change in changes:
        if change.new is None or rules.kind_of(change.path) is not None:
            continue
        for kind in rules.kinds.values():
            documents = _documents(change.path, kind)
            if documents is not None and not any(new.entry(document) for document in documents):
                yield Submission(kind.name, change.path, None, None, _without_document(change.path))
                break


def _without_document(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "approval/of-nothing",
        Verdict.REJECTED,
        Text(
            f"{path} stands where approvals do, and there is no document that it could be of.",
            f"{path} 位于审批文件目录，但没有它可以对应的文档。",
        ),
        Text(
            "Remove it; `launchpolicy approve` writes an approval to the right place.",
            "请删除；`launchpolicy approve` 会把审批写到正确的位置。",
        ),
    )


def folders_around(path: str, rules: PackSet) -> Iterator[tuple[str, str]]:
    """Yield each folder that a request may have to itself and that holds a path, and its kind."""
    segments = path.split("/")
    for kind in rules.kinds.values():
        for pattern in kind.files.files:
            name, depth = pattern.rpartition("/")[2], pattern.count("/")
            if "*" in name or ANY_DEPTH in pattern or not 0 < depth < len(segments):
                continue
            folder = "/".join(segments[:depth])
            if kind.matches(f"{folder}/{name}"):
                yield folder, kind.name


def requests_beside(path: str, rules: PackSet) -> Iterator[str]:
    """Yield the paths of requests in whose folder, however deep, the file at `path` is.

    An approval in a folder that requests share belongs to the one that it is named after.
    """
    if rules.kind_of(path) is not None:
        return
    if rules.edition > FIRST_EDITION:
        yield from (document for _, document in documents_of_approval(path, rules))
    folders = path.split("/")[:-1]
    for kind in rules.kinds.values():
        for pattern in kind.files.files:
            name, depth = pattern.rpartition("/")[2], pattern.count("/")
            if "*" in name:
                continue
            depths = range(len(folders) + 1) if ANY_DEPTH in pattern else (depth,)
            for count in depths:
                request = "/".join((*folders[:count], name))
                if count <= len(folders) and kind.matches(request):
                    yield request

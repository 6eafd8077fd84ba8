"""The documents of files that hold several: each a submission, beside its version at the base.

Documents are distinguished by their ids, so a document that moves within its file is the same
one, and one that is gone from it is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.documents.stream import read_stream
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import RequestVersion, Submission, UnjudgedReason
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text


class _NamedVersion(NamedTuple):
    """A document of a file; `name` is "" where it has no id, or none that can be trusted."""

    name: str
    version: RequestVersion
    is_good: bool


def document_at(kind: Kind, path: str, source: bytes, name: str) -> RequestVersion | None:
    """Return the document of an id in a file of many; None where there is none, or several."""
    read = read_stream(path, source, kind.reading)
    if isinstance(read, Refusal) or not name:
        return None
    versions = (_named_version(document, kind) for document in read)
    namesakes = [one.version for one in versions if one.name == name]
    return namesakes[0] if len(namesakes) == 1 else None


def ids_in(kind: Kind, path: str, source: bytes) -> tuple[str, ...]:
    """Return the ids of the documents in a file of many; none where it cannot be read."""
    read = read_stream(path, source, kind.reading)
    if isinstance(read, Refusal):
        return ()
    names = (_named_version(document, kind).name for document in read)
    return tuple(dict.fromkeys(name for name in names if name))


def with_version(
    kind: Kind, path: str, text: str, version: RequestVersion, *, is_there: bool
) -> str:
    """Return a file of many documents in which a version takes the place of the one of its id.

    It comes last where there is none of its id, and is left out where it is not `is_there`. A file
    that cannot be read is the version alone, as one that is not there.
    """
    own = f"---\n{version.source.decode().lstrip()}"
    read = read_stream(path, text.encode(), kind.reading)
    document = version.document()
    name = name_of(kind, document) if isinstance(document, Document) else ""
    if isinstance(read, Refusal):
        return own if is_there else text
    texts = {name_of(kind, one): one.text.lstrip("\n") for one in read}
    if is_there:
        texts[name] = own
    else:
        texts.pop(name, None)
    return "".join(
        f"{one}\n" if one.startswith("---") else f"---\n{one}\n" for one in texts.values()
    )


def documents_of(submissions: Sequence[Submission], rules: PackSet) -> Iterator[Submission]:
    """Yield the submissions, of a file of several documents one for each of them."""
    for submission in submissions:
        kind = rules.kinds[submission.kind]
        if kind.reading.is_stream and submission.unjudged is None:
            yield from _with_keys(_documents(submission, kind))
        else:
            yield submission


def _with_keys(submissions: Iterator[Submission]) -> Iterator[Submission]:
    """Yield the submissions of one file, each with what tells it from the others: id, else line."""
    taken = {""}
    for submission in submissions:
        line = _first_line(submission)
        name = submission.document or (f"line {line}" if line else "")
        while name and name in taken:
            name = f"{name} (line {line})"
        taken.add(name)
        yield submission._replace(document=name)


def _first_line(submission: Submission) -> int:
    """Return the line on which a document begins; 0 where it is the file as a whole."""
    if submission.unjudged is not None:
        place = submission.unjudged.place
        return place.span.start.line if place is not None else 0
    version = submission.new or submission.old
    document = version.document() if version is not None else None
    return document.place(()).span.start.line if isinstance(document, Document) else 0


def _documents(submission: Submission, kind: Kind) -> Iterator[Submission]:
    new, old = _versions(submission.new, kind), _versions(submission.old, kind)
    if isinstance(new, RequestVersion) or isinstance(old, RequestVersion):
        yield submission._replace(
            new=new if isinstance(new, RequestVersion) else submission.new,
            old=old if isinstance(old, RequestVersion) else submission.old,
        )
        return
    before = {named.name: named.version for named in old}
    if len(before) < len(old):
        yield submission._replace(new=None, old=None, unjudged=_unclear_base(submission.path))
        return
    lines: dict[str, int] = {}
    is_clear = True
    for named in new:
        reason = _reason_against(submission.path, named, lines)
        is_clear = is_clear and reason is None and bool(named.name)
        if reason is not None:
            yield submission._replace(new=None, old=None, unjudged=reason)
            continue
        base = before.pop(named.name, None)
        old_version = _base_version(named.version, base)
        yield submission._replace(new=named.version, old=old_version, document=named.name)
    if is_clear:
        for name, gone in before.items():
            yield submission._replace(new=None, old=gone, document=name)


def _versions(version: RequestVersion | None, kind: Kind) -> list[_NamedVersion] | RequestVersion:
    """Return the documents of a version of a file, or, where it is refused, it with the refusal."""
    if version is None:
        return []
    read = read_stream(version.path, version.source, kind.reading)
    if isinstance(read, Refusal):
        return RequestVersion(version.path, version.source, read, kind.reading)
    return [_named_version(document, kind) for document in read]


def _named_version(document: Document, kind: Kind) -> _NamedVersion:
    reading = kind.reading.of_one_document
    version = RequestVersion(document.path, document.text.encode(), document, reading)
    name = name_of(kind, document)
    return _NamedVersion(
        "" if name == document.path else name, version, is_good=not version.problems(kind)
    )


def _reason_against(
    path: str, named: _NamedVersion, lines: dict[str, int]
) -> UnjudgedReason | None:
    """Return why a document is not judged; `lines` are those of the ids before it in the file."""
    document = named.version.document()
    if not isinstance(document, Document):
        return None
    place = document.place(())
    if not named.name:
        return _no_id(path, place) if named.is_good else None  # else its shape is the matter
    first = lines.setdefault(named.name, place.span.start.line)
    return None if first == place.span.start.line else _second(named.name, first, place)


def _base_version(new: RequestVersion, old: RequestVersion | None) -> RequestVersion | None:
    """Return the base version; where only its lines differ it is the new one."""
    is_same = old is not None and new.source.lstrip(b"\n") == old.source.lstrip(b"\n")
    return new if is_same else old


def _no_id(path: str, place: Place) -> UnjudgedReason:
    return UnjudgedReason(
        "request/no-id",
        Verdict.REJECTED,
        Text(
            f"This document of {path} has no id, so nobody can tell which one it is.",
            f"{path} 中的这个文档没有标识，无法确定是哪一个。",
        ),
        Text("Write what the `id` of its kind reads.", "请填写该类型 `id` 表达式读取的字段。"),
        place,
    )


def _second(name: str, line: int, place: Place) -> UnjudgedReason:
    return UnjudgedReason(
        "request/id-twice",
        Verdict.REJECTED,
        Text(
            f"The id `{name}` stands twice in this file; the first is on line {line}.",
            f"标识 `{name}` 在本文件中出现两次，第一次在第 {line} 行。",
        ),
        Text("Give each document an id of its own.", "请为每个文档使用不同的标识。"),
        place,
    )


def _unclear_base(path: str) -> UnjudgedReason:
    return UnjudgedReason(
        "request/unreadable-base",
        Verdict.UNDECIDED,
        Text(
            f"At the base, documents of {path} have no id, or the same one.",
            f"基准版本的 {path} 中有文档没有标识，或标识重复。",
        ),
        Text(
            "Have the owner of the protected branch repair that file first.",
            "请受保护分支的负责人先修复该文件。",
        ),
    )

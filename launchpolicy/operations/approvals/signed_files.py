"""Read the source `signed`: SSH-signed files beside each request, verified by the base's keys.

The files come from the head, where anybody may write them; what counts is only whose key signed
what. So a file that is not right is no finding of the request: it is an approval that does not
count, and its story says why. Only the files that are named after the document and after persons
of the directory are read: however many others there are, they decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.approvals.file_names import FOLDER, file_stem
from launchpolicy.facts.approvals.records import SubmittedReview
from launchpolicy.facts.approvals.signed_approval import (
    NAMESPACE,
    review_of,
    signed_bytes,
    void_review,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.ssh import verified_key
from launchpolicy.policy.edition import EDITION, FIRST_EDITION
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

_MANY = 200
_FEW = 20
_SUFFIXES = (".yaml", ".yml")
_NAMED_AFTER_NOBODY = Text(
    "is not named after a person in the directory at the base",
    "文件名不是基准版本人员名录中的人员标识",
)


class ApprovalPlace(NamedTuple):
    """Where the approvals of one document stand: beside `path`, of a kind with the files `files`.

    `kind` is the name of the kind. `edition` is that of the program by which they count.
    """

    kind: str
    files: str
    path: str
    edition: int = EDITION

    @property
    def folder(self) -> str:
        """Return the folder of the approvals, which other documents may share."""
        return f"{self.path.rpartition('/')[0]}/{FOLDER}".lstrip("/")


def approval_files(
    snapshot: Snapshot, place: ApprovalPlace, directory: Directory
) -> tuple[list[SnapshotEntry], list[SnapshotEntry]]:
    """Return the files in which approvals of a document may stand, and others beside it.

    The others are named after nobody; some of them are returned, so that somebody is told.

    Raises:
        UndecidedError: by the first edition, there are more than any quorum could ask for.
    """
    if place.edition == FIRST_EDITION:
        return _every_file(snapshot, place.path), []
    entries = [entry for entry in snapshot.entries(place.folder) if _is_direct(entry, place)]
    stems = {file_stem(place.files, place.path, person.name) for person in directory.people}
    named = [entry for entry in entries if _stem(entry.path) in stems]
    if "*" in place.files.rpartition("/")[2]:
        return named, []
    return named, [entry for entry in entries if _stem(entry.path) not in stems][:_FEW]


def _is_direct(entry: SnapshotEntry, place: ApprovalPlace) -> bool:
    return entry.path.endswith(_SUFFIXES) and entry.path.rpartition("/")[0] == place.folder


def _stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


def _every_file(snapshot: Snapshot, request: str) -> list[SnapshotEntry]:
    folder = f"{request.rpartition('/')[0]}/{FOLDER}".lstrip("/")
    entries = [entry for entry in snapshot.entries(folder) if entry.path.endswith(_SUFFIXES)]
    if len(entries) > _MANY:
        raise _too_many(folder)
    return entries


def signed_reviews(
    snapshot: Snapshot, place: ApprovalPlace, directory: Directory, now: datetime
) -> Iterator[SubmittedReview]:
    """Yield what the signed approvals of one document say.

    Raises:
        UndecidedError: there is no ssh-keygen.
    """
    named, others = approval_files(snapshot, place, directory)
    for entry in named:
        yield _review(snapshot, entry, place.kind, directory, now)
    for entry in others:
        yield void_review(entry.path, _stem(entry.path), now, _NAMED_AFTER_NOBODY)


def _review(
    snapshot: Snapshot, entry: SnapshotEntry, kind: str, directory: Directory, now: datetime
) -> SubmittedReview:
    path = entry.path
    by = _stem(path)
    if entry.mode not in REGULAR_MODES:
        return void_review(path, by, now, Text("is not a regular file", "不是普通文件"))
    blob = next(iter(snapshot.read([entry], MAX_BYTES)))
    document = read(path, blob.data) if blob.data is not None else None
    if document is None or isinstance(document, Refusal):
        return void_review(path, by, now, Text("cannot be read", "无法读取"))
    if findings := check(shipped_files.schema("Approval").data, document):
        first = findings[0]
        why = Text(f"is malformed: {first.message.en}", f"格式错误：{first.message.zh}")
        return void_review(path, by, now, why)
    data: Any = document.data
    return _verify(path, data, kind, directory, now)


def _verify(
    path: str, data: dict[str, Any], kind: str, directory: Directory, now: datetime
) -> SubmittedReview:
    by = data["spec"]["by"]
    if data["spec"]["of"]["kind"] != kind:
        why = Text("is for another kind of document", "针对的是另一类文档")
        return void_review(path, by, now, why)
    person = next(
        (known_person for known_person in directory.people if known_person.name == by), None
    )
    if person is None:
        why = Text(
            f"is signed in the name of {by}, who is not in the directory at the base",
            f"以 {by} 的名义签名，但基准版本的人员名录中没有此人",
        )
        return void_review(path, by, now, why)
    key = verified_key(signed_bytes(data), data["signature"], by, person.keys, NAMESPACE)
    if key is None:
        why = Text(
            f"has no valid signature by a key that {by} has in the directory at the base",
            f"没有用 {by} 在基准版本人员名录中登记的密钥作出的有效签名",
        )
        return void_review(path, by, now, why)
    return review_of(path, data, key)


def _too_many(folder: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"There are more than {_MANY} approvals in {folder}.",
            f"{folder} 中的审批文件超过 {_MANY} 个。",
        ),
        Text("Remove those that are not needed.", "请删除不需要的文件。"),
    )

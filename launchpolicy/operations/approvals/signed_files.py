"""Read the source `signed`: SSH-signed files beside each request, verified by the base's keys.

The files come from the head, where anybody may write them; what counts is only whose key signed
what. So a file that is not right is no finding of the request: it is an approval that does not
count, and its story says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.approvals.records import SubmittedReview
from launchpolicy.facts.approvals.signed_approval import (
    FOLDER,
    NAMESPACE,
    review_of,
    signed_bytes,
    void_review,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.ssh import verified_key
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

_MANY = 200


def approval_files(snapshot: Snapshot, request: str) -> list[SnapshotEntry]:
    """Return the signed approvals beside the request at a path, in path order.

    Raises:
        UndecidedError: there are more than any quorum could ask for.
    """
    folder = f"{request.rpartition('/')[0]}/{FOLDER}".lstrip("/")
    entries = [
        entry for entry in snapshot.entries(folder) if entry.path.endswith((".yaml", ".yml"))
    ]
    if len(entries) > _MANY:
        raise _too_many(folder)
    return entries


def signed_reviews(
    snapshot: Snapshot, request: str, kind: str, directory: Directory, now: datetime
) -> Iterator[SubmittedReview]:
    """Yield what the signed approvals of one request say.

    Raises:
        UndecidedError: there is no ssh-keygen, or too many files.
    """
    for entry in approval_files(snapshot, request):
        yield _review(snapshot, entry, kind, directory, now)


def _review(
    snapshot: Snapshot, entry: SnapshotEntry, kind: str, directory: Directory, now: datetime
) -> SubmittedReview:
    path = entry.path
    by = path.rpartition("/")[2].rpartition(".")[0]
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

"""Read the source `signed`: SSH-signed files beside each request, verified by the base's keys.

The files come from the head, where anybody may write them; what counts is only whose key signed
what. So a file that is not right is no finding of the request: it is an approval that does not
count, and its story says why. Withdrawals and objections count wherever they are found: in the
head, in the base, in any commit that is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.approvals.file_names import SUFFIXES
from launchpolicy.facts.approvals.records import SubmittedReview
from launchpolicy.facts.approvals.roster import account_of_person
from launchpolicy.facts.approvals.signed_approval import (
    NAMESPACE,
    ApprovalDecision,
    decision_of,
    review_of,
    signed_bytes,
    void_review,
)
from launchpolicy.facts.approvals.signed_validity import (
    SignedFileHistory,
    end_of,
    reason_not_bound,
    reason_other_repository,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.ssh import verified_key
from launchpolicy.operations.approvals.bound_document import BoundDocument, SigningContext
from launchpolicy.operations.approvals.signed_files import (
    ApprovalPlace,
    approval_files,
    stem_of,
)
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.policy.edition import EIGHTH_EDITION, FIRST_EDITION
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry, read_one
from launchpolicy.vocabulary.text import Text


def signed_reviews(
    snapshot: Snapshot, place: ApprovalPlace, context: SigningContext
) -> Iterator[SubmittedReview]:
    """Yield what the signed files of one document say.

    Raises:
        UndecidedError: there is no ssh-keygen.
    """
    named, others = approval_files(snapshot, place, context.directory)
    for entry in named:
        yield _review(snapshot, entry, place, context)
    for entry in others:
        yield void_review(entry.path, stem_of(entry.path), context.now, _NAMED_AFTER_NOBODY)
    if context.document is not None and place.edition > FIRST_EDITION:
        seen = {(entry.path, entry.blob) for entry in named}
        yield from _lasting_decisions(place, context, context.document, seen)


def _lasting_decisions(
    place: ApprovalPlace,
    context: SigningContext,
    document: BoundDocument,
    seen: set[tuple[str, str]],
) -> Iterator[SubmittedReview]:
    """Yield the withdrawals and objections that the base holds or held, or a proposed commit."""
    history = document.history
    for commit, snapshot in chain(history.earlier(), history.dropped_versions(place.folder)):
        for entry in approval_files(snapshot, place, context.directory)[0]:
            if (entry.path, entry.blob) in seen:
                continue
            seen.add((entry.path, entry.blob))
            review = decision_review(snapshot, entry, place, context)
            if review is not None:
                review = _as_it_landed(review, (snapshot, entry), place, context)
                yield replace(review, where=f"{entry.path} ({commit[:10]})")


def _as_it_landed(
    review: SubmittedReview,
    file: tuple[Snapshot, SnapshotEntry],
    place: ApprovalPlace,
    context: SigningContext,
) -> SubmittedReview:
    """Return a void review as it counted when its file landed, if it withdrew or objected.

    Otherwise another key of who objected, or another name of the repository, would end it. The
    person is known by the present directory.

    Raises:
        UndecidedError: git cannot read the history, or a signature cannot be verified.
    """
    document, (snapshot, entry) = context.document, file
    if review.void is None or document is None or place.edition <= EIGHTH_EDITION:
        return review
    landed = document.history.snapshot(document.history.base)
    for _, before in document.history.dropped_versions(entry.path):
        present = landed.entry(entry.path)
        then = _context_at(before, context, document)
        if present is not None and then is not None and before.entry(entry.path) != present:
            if present.blob == entry.blob:
                return _known_now(decision_review(snapshot, entry, place, then), context) or review
            if _is_approval_by(review.account.shown, (landed, present), then.directory):
                return review  # it was answered
        landed = before
    return review


def _known_now(review: SubmittedReview | None, context: SigningContext) -> SubmittedReview | None:
    """Return a decision that counted once, by a present account of its person; None without."""
    if review is None or review.void is not None:
        return None
    account = account_of_person(context.directory, review.account.shown)
    return None if account is None else replace(review, account=account)


def _is_approval_by(
    person: str, file: tuple[Snapshot, SnapshotEntry], directory: Directory
) -> bool:
    """Return whether a file approves, signed by a key that a directory gives to the person."""
    data = _data_of(*file)
    if isinstance(data, Text) or decision_of(data) is not ApprovalDecision.APPROVE:
        return False
    return data["spec"]["by"] == person and _key_of(data, directory) is not None


def _key_of(data: Mapping[str, Any], directory: Directory) -> str | None:
    """Return the key of its person that signed a file; None where none did.

    Raises:
        UndecidedError: there is no ssh-keygen.
    """
    by = data["spec"]["by"]
    keys = next((person.keys for person in directory.people if person.name == by), ())
    return verified_key(signed_bytes(data), data["signature"], by, keys, NAMESPACE)


def _context_at(
    trusted: Snapshot, context: SigningContext, document: BoundDocument
) -> SigningContext | None:
    """Return what signed files were verified with where `trusted` was the base."""
    try:
        _, configuration = load_configuration(trusted)
        directory = load_directory(trusted, configuration.paths)
    except UndecidedError:
        raise
    except LaunchpolicyError:
        return None
    if directory is None:
        return None
    return SigningContext(directory, context.now, replace(document, configuration=configuration))


def decision_review(
    snapshot: Snapshot, entry: SnapshotEntry, place: ApprovalPlace, context: SigningContext
) -> SubmittedReview | None:
    """Return the review of a file that withdraws or objects; None where it is no such file.

    Raises:
        UndecidedError: there is no ssh-keygen.
    """
    data = _data_of(snapshot, entry)
    if isinstance(data, Text) or decision_of(data) is ApprovalDecision.APPROVE:
        return None
    return _verify(entry.path, data, place, context)


def _review(
    snapshot: Snapshot, entry: SnapshotEntry, place: ApprovalPlace, context: SigningContext
) -> SubmittedReview:
    data = _data_of(snapshot, entry)
    if isinstance(data, Text):
        return void_review(entry.path, stem_of(entry.path), context.now, data)
    review = _verify(entry.path, data, place, context)
    if decision_of(data) is ApprovalDecision.APPROVE:
        return review
    return _as_it_landed(review, (snapshot, entry), place, context)


def _data_of(snapshot: Snapshot, entry: SnapshotEntry) -> Mapping[str, Any] | Text:
    """Return the plain data of an approval file, or why it is not one."""
    if entry.mode not in REGULAR_MODES:
        return Text("is not a regular file", "不是普通文件")
    blob = read_one(snapshot, entry, MAX_BYTES)
    document = read(entry.path, blob.data) if blob.data is not None else None
    if document is None or isinstance(document, Refusal):
        return Text("cannot be read", "无法读取")
    if findings := check(shipped_files.schema("Approval").data, document):
        first = findings[0]
        return Text(f"is malformed: {first.message.en}", f"格式错误：{first.message.zh}")
    data: Any = document.data
    return data  # type: ignore[no-any-return]


def _verify(
    path: str, data: Mapping[str, Any], place: ApprovalPlace, context: SigningContext
) -> SubmittedReview:
    by, directory = data["spec"]["by"], context.directory
    if data["spec"]["of"]["kind"] != place.kind:
        return void_review(path, by, context.now, _OTHER_KIND)
    if all(person.name != by for person in directory.people):
        why = Text(
            f"is signed in the name of {by}, who is not in the directory at the base",
            f"以 {by} 的名义签名，但基准版本的人员名录中没有此人",
        )
        return void_review(path, by, context.now, why)
    key = _key_of(data, directory)
    if key is None:
        why = Text(
            f"has no valid signature by a key that {by} has in the directory at the base",
            f"没有用 {by} 在基准版本人员名录中登记的密钥作出的有效签名",
        )
        return void_review(path, by, context.now, why)
    review = review_of(path, data, key)
    if place.edition == FIRST_EDITION:
        return review
    return _hold_against_document(review, data, place, context)


def _hold_against_document(
    review: SubmittedReview, data: Mapping[str, Any], place: ApprovalPlace, context: SigningContext
) -> SubmittedReview:
    """Return the review, void where it was not given for this document and this change."""
    spec, document = data["spec"], context.document
    name = spec["of"]["name"] if place.is_stream else ""
    if stem_of(review.where) not in place.stems_of_person(spec["by"], name):
        return replace(review, void=_IN_ANOTHER_NAME)
    if document is None:
        return replace(review, void=_NO_HISTORY)
    if decision_of(data) is not ApprovalDecision.APPROVE:
        return replace(review, void=reason_other_repository(spec, document.binding))
    file_history = _history_of(review.where, spec, document.history)
    reason = reason_not_bound(spec, document.binding, document.digest, file_history)
    return replace(review, void=reason, expires=end_of(spec, document.longest))


def _history_of(path: str, spec: Mapping[str, Any], history: SigningHistory) -> SignedFileHistory:
    """Return what the base knows of the words of a file, under either suffix."""
    paths = [path.rpartition(".")[0] + suffix for suffix in SUFFIXES]
    base = history.snapshot(history.base)
    if any(spec_at(base, candidate) == spec for candidate in paths):
        return SignedFileHistory(is_in_base=True, dropped_by="")
    for candidate in paths:
        for commit, before in history.dropped_versions(candidate):
            if spec_at(before, candidate) == spec:
                return SignedFileHistory(is_in_base=False, dropped_by=commit)
    return SignedFileHistory(is_in_base=False, dropped_by="")


def spec_at(snapshot: Snapshot, path: str) -> Mapping[str, Any] | None:
    """Return what the approval file at `path` says; None where there is no such file."""
    entry = snapshot.entry(path)
    data = _data_of(snapshot, entry) if entry is not None else None
    if data is None or isinstance(data, Text):
        return None
    spec: Mapping[str, Any] = data["spec"]
    return spec


_NAMED_AFTER_NOBODY = Text(
    "is not named after a person in the directory at the base",
    "文件名不是基准版本人员名录中的人员标识",
)
_OTHER_KIND = Text("is for another kind of document", "针对的是另一类文档")
_IN_ANOTHER_NAME = Text(
    "stands in a file that is not named after who signed it", "所在文件的名称与签名人不符"
)
_NO_HISTORY = Text(
    "cannot be bound to a repository: nothing was merged before this change",
    "无法与仓库绑定：此前没有任何已合并的内容",
)

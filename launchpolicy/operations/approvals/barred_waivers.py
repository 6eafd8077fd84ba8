"""Find the waivers from which their approvers would profit, after the request was amended.

Nobody approves a waiver for a launch that they ask for or carry out. Who approves it first, and
becomes requester or executor of the launch later, has no waiver either (threat N10).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.file_names import SUFFIXES, approval_folder, file_stem
from launchpolicy.facts.approvals.signed_approval import ApprovalDecision
from launchpolicy.operations.approvals.signed_reviews import spec_at
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.approvals.versions import version_at
from launchpolicy.operations.submissions.waived_requests import beneficiaries_of
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.waiver import Waiver
from launchpolicy.vocabulary.snapshot import Snapshot


def barred_waivers(
    submission: Submission, rules: PackSet, history: SigningHistory | None, now: datetime
) -> dict[str, str]:
    """Return the path of each waiver that does not count for a request, and who approved it.

    Args:
        submission: the request; asked is who its new version names.
        rules: the pack set of the base, with its waivers.
        history: that of the base; where it is not known, nobody is known to have approved.
        now: the one time of the run.

    Raises:
        UndecidedError: git cannot read the history.
    """
    if history is None or not rules.waivers or rules.edition == FIRST_EDITION:
        return {}
    document = submission.new.document() if submission.new is not None else None
    if not isinstance(document, Document):
        return {}
    name = name_of(rules.kinds[submission.kind], document)
    people = tuple(dict.fromkeys(beneficiaries_of(document.data)))
    kind = rules.kinds["Waiver"]
    barred: dict[str, str] = {}
    for waiver in rules.waivers:
        if name in waiver.requests and now < waiver.expires:
            approvers = (
                person for person in people if _has_approved(waiver, kind, person, history)
            )
            if person := next(approvers, ""):
                barred[waiver.path] = person
    return barred


def _has_approved(waiver: Waiver, kind: Kind, person: str, history: SigningHistory) -> bool:
    """Return whether the base has, or once had, a file in which a person approves a waiver.

    It is held against them even where the key that signed it is not theirs any more.
    """
    digest = version_at(history.snapshot(history.base), kind, waiver.path).digest
    stem = file_stem(kind.files.pattern_of(waiver.path), waiver.path, person)
    folder = approval_folder(waiver.path)
    for suffix in SUFFIXES:
        path = f"{folder}/{stem}{suffix}"
        for snapshot in _states(path, history):
            spec = spec_at(snapshot, path)
            if spec is not None and _approves(spec, person, digest):
                return True
    return False


def _approves(spec: Mapping[str, Any], person: str, digest: str) -> bool:
    is_given = spec.get("decision", ApprovalDecision.APPROVE) == ApprovalDecision.APPROVE
    return bool(is_given and spec["by"] == person and spec["of"]["digest"] == digest)


def _states(path: str, history: SigningHistory) -> Iterator[Snapshot]:
    yield history.snapshot(history.base)
    for _, before in history.dropped_versions(path):
        yield before

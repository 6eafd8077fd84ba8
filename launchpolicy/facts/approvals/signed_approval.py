"""Signed approval files: what is signed, and what such a file says once its signature holds.

The signature is over canonical JSON (RFC 8785) of `apiVersion`, `kind` and `spec`, so neither the
layout of the file nor the words of its name are believed, and nothing that is believed stands
outside it. The name only says whose approval of which document is looked for in the file.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

import rfc8785

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.records import SSH, Account, ReviewState, SubmittedReview
from launchpolicy.vocabulary.text import Text

NAMESPACE: Final = "launchpolicy-approval"
"""What the signatures are for (`ssh-keygen -n`): one made for git or a file never counts here."""


class ApprovalDecision(enum.StrEnum):
    """What a signed file says: `OBJECT` asks for changes, `WITHDRAW` takes back what was given."""

    APPROVE = "approve"
    WITHDRAW = "withdraw"
    OBJECT = "object"


class GivenDecision(NamedTuple):
    """Who says what, and as what; without roles it is every role that they hold."""

    by: str
    roles: tuple[str, ...] = ()
    decision: ApprovalDecision = ApprovalDecision.APPROVE


class ApprovalBinding(NamedTuple):
    """What a signature is bound to besides the version that is approved.

    `repository` says which launch repository, `replaces` is the approval digest of the version that
    the base has, `NO_VERSION_REPLACED` where it has none. `since` is the commit of the base since
    which it has been so: a version that was left and came back is there since another commit.
    """

    repository: str
    replaces: str
    since: str


NO_VERSION_REPLACED: Final = "none"


def signed_bytes(data: Mapping[str, Any]) -> bytes:
    """Return the bytes that the signature of an approval file is over."""
    return rfc8785.dumps({key: data[key] for key in ("apiVersion", "kind", "spec")})


def approval_data(
    of: Mapping[str, str],
    given: GivenDecision,
    moments: tuple[datetime, datetime],
    rules: str,
    binding: ApprovalBinding,
) -> dict[str, Any]:
    """Return the plain data of an approval that is still to be signed.

    Args:
        of: kind, name and approval digest of what is approved.
        given: who says what.
        moments: the time, and until when it counts.
        rules: the pack-set digest under which it is given.
        binding: what else it is bound to.
    """
    at, expires = moments
    spec: dict[str, Any] = {"of": dict(of), "by": given.by, "decision": str(given.decision)}
    spec |= binding._asdict()
    if given.roles:
        spec["roles"] = list(given.roles)
    spec |= {"at": at.isoformat(), "expires": expires.isoformat(), "rules": rules}
    return {
        "apiVersion": "launchpolicy/v1",
        "kind": "Approval",
        "metadata": {"name": given.by},
        "spec": spec,
    }


def decision_of(data: Mapping[str, Any]) -> ApprovalDecision:
    """Return what a file that follows its schema says; the first format only approves."""
    return ApprovalDecision(data["spec"].get("decision", ApprovalDecision.APPROVE))


_STATES: Final = {
    ApprovalDecision.APPROVE: ReviewState.APPROVED,
    ApprovalDecision.WITHDRAW: ReviewState.DISMISSED,
    ApprovalDecision.OBJECT: ReviewState.CHANGES_REQUESTED,
}


def review_of(path: str, data: Mapping[str, Any], key: str) -> SubmittedReview:
    """Return the review of a file that follows its schema and whose signature by `key` holds."""
    spec = data["spec"]
    return SubmittedReview(
        account=Account(SSH, key, spec["by"]),
        state=_STATES[decision_of(data)],
        at=instant(spec["at"]),
        where=path,
        request=spec["of"]["name"],
        digest=spec["of"]["digest"],
        roles=tuple(spec.get("roles", ())),
        expires=instant(spec["expires"]),
    )


def void_review(path: str, by: str, at: datetime, why: Text) -> SubmittedReview:
    """Return the review of a file that cannot count; it keeps its story."""
    return SubmittedReview(Account(SSH, "", by), ReviewState.APPROVED, at, path, void=why)

"""A small company and its approvals, for the tests of quorums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.records import EMAIL, Account, ReviewState, SubmittedReview
from launchpolicy.facts.approvals.roster import Roster, roster_of_case
from launchpolicy.vocabulary.text import Text

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
DIGEST = "sha256:now"


def roster(
    roles: Mapping[str, Iterable[str]], heads: Mapping[str, Iterable[str]] | None = None
) -> Roster:
    return roster_of_case(
        {
            "names": [],
            "roles": {role: list(held) for role, held in roles.items()},
            "heads": {department: list(held) for department, held in (heads or {}).items()},
            "department": {},
        }
    )


def opinion(
    person: str,
    state: ReviewState = ReviewState.APPROVED,
    *,
    hours_ago: float = 1,
    digest: str = DIGEST,
    roles: tuple[str, ...] = (),
    expires: datetime | None = None,
    void: Text | None = None,
) -> Opinion:
    at = NOW - timedelta(hours=hours_ago)
    account = Account(EMAIL, person, person)
    where = f"review of {person} {hours_ago} h ago"
    review = SubmittedReview(account, state, at, where, roles=roles, expires=expires, void=void)
    return Opinion("recorded", review, digest)


def approvals(found: Roster, *opinions: Opinion) -> ApprovalInputs:
    return ApprovalInputs(DIGEST, found, opinions)

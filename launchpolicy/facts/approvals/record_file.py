"""What a source said, written down and read back: kind ApprovalRecord.

So the reviews at the moment of a merge outlive the host that had them (design section 10), and a
check can be replayed without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.records import (
    Account,
    ApprovalRecord,
    CommitMakers,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.vocabulary.text import text_of

RECORD: Final = "ApprovalRecord"
"""The kind of the file."""

_GROUPS = ("openers", "pushers", "authors", "committers")
_MAKERS = ("authors", "committers", "pushers")


def approval_record_of(data: Mapping[str, Any]) -> ApprovalRecord:
    """Return the approval record that data which follows its schema holds."""
    spec = data["spec"]
    took_part = spec.get("participants", {})
    return ApprovalRecord(
        source=spec["source"],
        reviews=tuple(_review(review) for review in spec["reviews"]),
        participants=Participants(
            openers=_accounts(took_part, "openers"),
            pushers=_accounts(took_part, "pushers"),
            authors=_accounts(took_part, "authors"),
            committers=_accounts(took_part, "committers"),
            unknown_pushers=(
                text_of(took_part["unknownPushers"]) if "unknownPushers" in took_part else None
            ),
            commits=tuple(_makers(makers) for makers in took_part.get("commits", ())),
        ),
    )


def record_data(collected: ApprovalRecord) -> dict[str, Any]:
    """Return the plain data of the record of what was collected."""
    took_part = collected.participants
    return {
        "apiVersion": "launchpolicy/v1",
        "kind": RECORD,
        "spec": {
            "source": collected.source,
            "reviews": [_review_data(review) for review in collected.reviews],
            "participants": {
                name: [_account_data(account) for account in getattr(took_part, name)]
                for name in _GROUPS
            }
            | _pushing_data(took_part),
        },
    }


def _pushing_data(took_part: Participants) -> dict[str, Any]:
    """Return what is said commit by commit, and why not of each: nothing where nothing is."""
    unknown = took_part.unknown_pushers
    commits = [_makers_data(makers) for makers in took_part.commits]
    return {
        **({"unknownPushers": unknown.as_data()} if unknown is not None else {}),
        **({"commits": commits} if commits else {}),
    }


def _makers(data: Mapping[str, Any]) -> CommitMakers:
    return CommitMakers(
        commit=data["commit"],
        authors=_accounts(data, "authors"),
        committers=_accounts(data, "committers"),
        pushers=_accounts(data, "pushers"),
    )


def _accounts(data: Mapping[str, Any], name: str) -> tuple[Account, ...]:
    return tuple(_account(account) for account in data.get(name, ()))


def _makers_data(makers: CommitMakers) -> dict[str, Any]:
    groups = {name: [*map(_account_data, getattr(makers, name))] for name in _MAKERS}
    return {"commit": makers.commit} | {name: group for name, group in groups.items() if group}


def _review(data: Mapping[str, Any]) -> SubmittedReview:
    return SubmittedReview(
        account=_account(data["account"]),
        state=ReviewState(data["state"]),
        at=instant(data["at"]),
        where=data["where"],
        commit=data.get("commit", ""),
        request=data.get("request", ""),
        digest=data.get("digest", ""),
        roles=tuple(data.get("roles", ())),
        expires=instant(data["expires"]) if "expires" in data else None,
        void=text_of(data["void"]) if "void" in data else None,
        number=data.get("number", 0),
    )


def _review_data(review: SubmittedReview) -> dict[str, Any]:
    data: dict[str, Any] = {
        "account": _account_data(review.account),
        "state": str(review.state),
        "at": review.at.isoformat(),
        "where": review.where,
        "commit": review.commit,
        "request": review.request,
        "digest": review.digest,
        "roles": list(review.roles),
        "expires": review.expires.isoformat() if review.expires is not None else "",
        "void": review.void.as_data() if review.void is not None else "",
        "number": review.number,
    }
    return {key: value for key, value in data.items() if value not in ("", [], 0)}


def _account(data: Mapping[str, Any]) -> Account:
    return Account(data["host"], data["key"], data["shown"])


def _account_data(account: Account) -> dict[str, str]:
    return {"host": str(account.host), "key": account.key, "shown": account.shown}

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
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.vocabulary.text import Text, text_of

RECORD: Final = "ApprovalRecord"
"""The kind of the file."""

_GROUPS = ("openers", "pushers", "authors", "committers")


def approval_record_of(data: Mapping[str, Any]) -> ApprovalRecord:
    """Return the approval record that data which follows its schema holds."""
    spec = data["spec"]
    took_part = spec.get("participants", {})
    return ApprovalRecord(
        source=spec["source"],
        reviews=tuple(_review(review) for review in spec["reviews"]),
        participants=Participants(
            **{
                name: tuple(_account(account) for account in took_part.get(name, ()))
                for name in _GROUPS
            }
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
            },
        },
    }


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
        "void": _text_data(review.void) if review.void is not None else "",
    }
    return {key: value for key, value in data.items() if value not in ("", [])}


def _text_data(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _account(data: Mapping[str, Any]) -> Account:
    return Account(data["host"], data["key"], data["shown"])


def _account_data(account: Account) -> dict[str, str]:
    return {"host": str(account.host), "key": account.key, "shown": account.shown}

"""Find the approval that a key has given already, so that nothing is signed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from launchpolicy.facts.approvals.records import SSH, ReviewState, SubmittedReview
from launchpolicy.facts.approvals.roster import fingerprint
from launchpolicy.hosts.ssh import public_key
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.approve.sign import CommittedRequest


def standing_approval(
    target: CommittedRequest, key: Path, roles: Sequence[str], now: datetime, *, committed: bool
) -> SubmittedReview | None:
    """Return the approval of this version by this key that counts now; None where there is none.

    Args:
        target: what is approved.
        key: the key's file.
        roles: as what; none means every role that the person holds.
        now: the moment at which it has to be valid.
        committed: whether it has to be committed too, and not only in the work tree.

    Raises:
        LaunchpolicyError: the key or what is signed cannot be read.
    """
    signer = fingerprint(public_key(key)) or ""
    here = replace(target, snapshot=work_tree(target.root))
    approval = _approval_in(here, signer, roles, now)
    if approval is None or not committed:
        return approval
    return _approval_in(target, signer, roles, now)


def _approval_in(
    target: CommittedRequest, signer: str, roles: Sequence[str], now: datetime
) -> SubmittedReview | None:
    version = target.version
    own = [
        review
        for review in target.reviews(now)
        if (review.account.host, review.account.key) == (SSH, signer) and review.void is None
    ]
    latest = max(own, key=lambda review: review.at, default=None)
    if latest is None or latest.state is not ReviewState.APPROVED:
        return None
    is_of_version = (latest.request, latest.digest) == (version.name, version.digest)
    is_valid = latest.expires is None or now < latest.expires
    has_roles = not latest.roles or (bool(roles) and set(roles) <= set(latest.roles))
    return latest if is_of_version and is_valid and has_roles else None

"""Everything that counting the approvals of one request rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from launchpolicy.facts.approvals.records import Participants, SubmittedReview
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.policy.edition import EDITION
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Opinion:
    """A review as it concerns one request: every review is bound to a `digest` now.

    The digest is "" where what was reviewed is not known any more.
    """

    source: str
    review: SubmittedReview
    digest: str


@dataclass(frozen=True, slots=True)
class ApprovalInputs:
    """The approvals of one request.

    `digest` is what counts; `opinions` come in the order of their time. `roster` is None where the
    base has no directory. `since` maps the digest of an earlier version to what has changed in the
    approved part since then. `unasked` says why the source was not asked: then all is missing.
    `edition` is that of the program by which they count.
    """

    digest: str
    roster: Roster | None
    opinions: tuple[Opinion, ...] = ()
    participants: Participants = field(default=Participants())
    since: Mapping[str, Text] = field(default_factory=dict)
    unasked: Text | None = None
    edition: int = EDITION

"""What can go wrong with a launch of the year, one kind of exception at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from launchpolicy.ledger.audit.exception_kinds import ExceptionKind as Kind
from launchpolicy.ledger.audit.facts import ReviewFact
from launchpolicy.ledger.entry import FORMAT_2, FORMAT_3
from launchpolicy.requests.calendar import Freeze
from tests.ledger.views.ledgers import digest_of, said

START = datetime(2026, 1, 1, 2, tzinfo=UTC)
_HOUR = timedelta(hours=1)
FREEZE = Freeze("year-end close", START, START + timedelta(days=400), ("emergency",), None)

Fields = dict[str, Any]


@dataclass
class Story:
    """One launch: the fields of its three entries, and what the repository says of it."""

    name: str
    approved: Fields
    launched: Fields
    closed: Fields | None
    review: ReviewFact | None = None
    review_due: str = ""
    freezes: tuple[Freeze, ...] = ()
    swaps_evidence: bool = False
    loses_evidence: bool = False
    changes_content: bool = False
    authors: tuple[str, ...] = ("li.wei",)

    def everywhere(self, **fields: Any) -> None:
        for part in (self.approved, self.launched, self.closed):
            if part is not None:
                part.update(fields)


def _bypassed(story: Story) -> None:
    message = said("The window is closed.", "窗口未开放。")
    hurdle = {"policy": "launch-window-allowed", "outcome": "failed", "message": message}
    hurdles = (hurdle,)
    story.approved |= {"event": "bypassed", "attempted": "approved", "verdict": "blocked"}
    story.approved |= {"hurdles": hurdles, "format": FORMAT_3, "reason": "The site was down."}


def _unknown_pushers(story: Story) -> None:
    story.approved |= {"event": "pushers-unknown", "attempted": "approved", "format": FORMAT_2}
    story.approved["verdict"] = "undecided"


def _unapproved(story: Story) -> None:
    story.approved["approvals"] = ()


def _approval_is_missing(story: Story) -> None:
    """One of two leads: an approval counted, and another was still missing."""
    story.approved["approvals"] = story.approved["approvals"][:1]
    story.approved["hurdles"] = ({"policy": "both-leads-approve", "outcome": "pending"},)


def _approves_own(story: Story) -> None:
    story.approved["approvals"] = ({**story.approved["approvals"][0], "by": "li.wei"},)


def _deputy_approves_for_requester(story: Story) -> None:
    by_deputy = {**story.approved["approvals"][0], "stands_for": "li.wei"}
    story.approved["approvals"] = (by_deputy,)


def _author_approves(story: Story) -> None:
    story.authors = ("wang.jianguo",)


def _tester_approves(story: Story) -> None:
    story.approved["approvals"] = ({**story.approved["approvals"][0], "by": "sun.yu"},)


def _emergency_unreviewed(story: Story) -> None:
    story.everywhere(risk="emergency")
    story.review = None


def _reviewed_late(story: Story) -> None:
    story.everywhere(risk="emergency")
    opens = datetime.fromisoformat(story.approved["planned"]["start"])
    story.review_due = _iso(opens + 6 * _HOUR)  # it is held nine hours after the window opens


def _late(story: Story) -> None:
    opens = datetime.fromisoformat(story.approved["planned"]["start"])
    story.everywhere(actual={"start": _iso(opens + _HOUR), "end": _iso(opens + 5 * _HOUR)})


def _late_with_another_window(story: Story) -> None:
    """The window is made to fit in the commit that records what happened."""
    _late(story)
    opens = datetime.fromisoformat(story.approved["planned"]["start"])
    wider = {"start": _iso(opens), "end": _iso(opens + 9 * _HOUR)}
    for part in (story.launched, story.closed):
        if part is not None:
            part["planned"] = wider


def _without_times(story: Story) -> None:
    story.everywhere(actual=None)


def _frozen(story: Story) -> None:
    story.freezes = (FREEZE,)


def _unannounced(story: Story) -> None:
    story.closed = None


def _unannounced_and_deleted(story: Story) -> None:
    """The request of an unannounced launch is deleted, so that nothing stands at `launched`."""
    gone = {"event": "withdrawn", "stage": "", "content": "", "evidence": ()}
    story.closed = {**(story.closed or {}), **gone, "announced": None, "actual": None}


def _frozen_and_called_an_emergency_afterwards(story: Story) -> None:
    story.freezes = (FREEZE,)
    for part in (story.launched, story.closed):
        if part is not None:
            part["risk"] = "emergency"


def _emergency_called_standard_afterwards(story: Story) -> None:
    story.approved["risk"] = "emergency"
    story.review = None


def _begins_as_launched(story: Story) -> None:
    """The request is first seen when all is done, so that nothing was ever approved."""
    story.approved |= {"event": "launched", "stage": "launched", "approvals": ()}
    story.approved["actual"] = story.launched["actual"]


def _plan_changed_with_the_record(story: Story) -> None:
    """What was approved is changed in the commit that says that it was carried out."""
    story.approved["approvalDigest"] = digest_of("approved")
    story.launched["approvalDigest"] = digest_of("another plan")


def _waived(story: Story) -> None:
    use = {"policy": "launch-window-allowed", "waiver": "quarter-end", "owner": "wang.jianguo"}
    story.approved["waivers"] = ({**use, "expires": "2027-01-01T00:00:00Z"},)


def _swapped(story: Story) -> None:
    story.swaps_evidence = True


def _lost(story: Story) -> None:
    story.loses_evidence = True


def _misstated(story: Story) -> None:
    item = {**story.approved["evidence"][0], "sha256": "0" * 64}
    story.everywhere(evidence=(item,))


def _other_content(story: Story) -> None:
    story.changes_content = True


def _iso(moment: datetime) -> str:
    return moment.isoformat()


PLANTS: tuple[tuple[Kind, Callable[[Story], None]], ...] = (
    (Kind.BYPASSED, _bypassed),
    (Kind.PUSHERS_UNKNOWN, _unknown_pushers),
    (Kind.WITHOUT_APPROVAL, _unapproved),
    (Kind.WITHOUT_APPROVAL, _approval_is_missing),
    (Kind.SELF_APPROVAL, _approves_own),
    (Kind.SELF_APPROVAL, _deputy_approves_for_requester),
    (Kind.SELF_APPROVAL, _author_approves),
    (Kind.DUTIES_TOGETHER, _tester_approves),
    (Kind.EMERGENCY_WITHOUT_REVIEW, _emergency_unreviewed),
    (Kind.OUTSIDE_WINDOW, _late),
    (Kind.OUTSIDE_WINDOW, _late_with_another_window),
    (Kind.TIMES_UNKNOWN, _without_times),
    (Kind.IN_FREEZE, _frozen),
    (Kind.UNANNOUNCED, _unannounced),
    (Kind.UNANNOUNCED, _unannounced_and_deleted),
    (Kind.IN_FREEZE, _frozen_and_called_an_emergency_afterwards),
    (Kind.EMERGENCY_WITHOUT_REVIEW, _emergency_called_standard_afterwards),
    (Kind.WITHOUT_APPROVAL, _begins_as_launched),
    (Kind.WITHOUT_APPROVAL, _plan_changed_with_the_record),
    (Kind.WAIVED, _waived),
    (Kind.EVIDENCE_MISMATCH, _swapped),
    (Kind.EVIDENCE_MISMATCH, _lost),
    (Kind.EVIDENCE_MISMATCH, _misstated),
    (Kind.CONTENT_MISMATCH, _other_content),
    (Kind.REVIEWED_LATE, _reviewed_late),
)
"""What is planted into the launches 7, 14, 21, …, one each."""

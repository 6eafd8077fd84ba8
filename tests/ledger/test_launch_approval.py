"""What was merged without a passing verdict is not approved, until a merge makes that good."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, LaunchState, launches_of
from launchpolicy.ledger.measures import measures_of
from launchpolicy.ledger.query import Query
from launchpolicy.reporters.ledger import calendar, page, readme, table
from launchpolicy.reporters.ledger.site.pages import files as site_files
from launchpolicy.reporters.ledger.text import story
from launchpolicy.reporters.ledger.words import STANDINGS, standing_of
from launchpolicy.reporters.reporter import ReaderView
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import digest_of, entry, view

PENDING = ({"policy": "both-leads-approve", "outcome": "pending"},)
FAILED = ({"policy": "launch-window-open", "outcome": "failed"},)
ANNOUNCED = {"at": "2026-11-06T00:00:00Z", "by": "li.wei"}
FIRST, OTHER = digest_of("first version"), digest_of("another version")


def _launch(*entries: Entry) -> Launch:
    (launch,) = launches_of(entries).all
    return launch


def _event(event: str, day: int, **more: Any) -> Entry:
    facts = {"approval_digest": FIRST, **more}
    return entry(event, "LR-1", f"2026-11-{day:02d}T00:00:00Z", **facts)


def _bypass(attempted: str = "approved", day: int = 1, **more: Any) -> Entry:
    facts = {"verdict": "blocked", "hurdles": PENDING, **more}
    return _event("bypassed", day, attempted=attempted, **facts)


def _counted(policy: str = "both-leads-approve") -> list[dict[str, str]]:
    return [
        {
            "by": "wang.fang",
            "role": "product-lead",
            "policy": policy,
            "at": "2026-11-01T00:00:00Z",
            "source": "signed",
            "where": "approvals/wang.fang.yaml",
        }
    ]


LAUNCHED = {"stage": "launched", "stage_before": "requested"}


def test_a_launch_that_nobody_approved_is_not_approved() -> None:
    launch = _launch(_bypass())
    assert launch.standing is LaunchState.UNAPPROVED
    assert launch.approved_at is launch.approved_after_the_fact is None


def test_a_passing_launch_does_not_approve_the_request_merged_without_approval() -> None:
    """The policies that demand approvals of what is asked for do not judge what is launched."""
    launch = _launch(
        _bypass(), _event("launched", 2, **LAUNCHED), _event("recorded", 3, **LAUNCHED)
    )
    assert not launch.is_approved


def test_a_passing_note_after_an_unapproved_launch_does_not_approve_it() -> None:
    bypasses = (_bypass(), _bypass("launched", 2, hurdles=FAILED, **LAUNCHED))
    assert not _launch(*bypasses, _event("recorded", 3, **LAUNCHED)).is_approved


def test_approvals_for_another_policy_do_not_approve() -> None:
    counted = _counted("managers-approve-test-acceptance")
    launch = _launch(_bypass(), _event("verified", 2, stage="verified", approvals=counted))
    assert not launch.is_approved


def test_an_amendment_without_approval_takes_the_approval_away() -> None:
    amended = _bypass("amended", 2, approval_digest=OTHER)
    assert _launch(_event("approved", 1), amended).standing is LaunchState.UNAPPROVED


def test_a_passing_change_after_an_amendment_of_a_launch_does_not_approve_the_amendment() -> None:
    """A policy that compares two versions sees the change only once."""
    amended = _bypass("amended", 3, approval_digest=OTHER, hurdles=FAILED, **LAUNCHED)
    note = _event("recorded", 4, approval_digest=OTHER, **LAUNCHED)
    launched = (_event("approved", 1), _event("launched", 2, **LAUNCHED))
    assert not _launch(*launched, amended, note).is_approved


def test_a_withdrawal_or_cancellation_that_passes_approves_nothing() -> None:
    cancelled = _event("cancelled", 2, stage="cancelled", approvals=_counted())
    gone = _event("withdrawn", 3, stage="", content="")
    assert not _launch(_bypass(), cancelled, gone).is_approved


@pytest.mark.parametrize(
    ("later", "hurdles"),
    [
        pytest.param(
            _event("recorded", 2, approvals=_counted()), PENDING, id="approvals are added"
        ),
        pytest.param(_event("amended", 2), FAILED, id="what failed is amended"),
        pytest.param(
            _event("launched", 2, approvals=_counted(), **LAUNCHED),
            PENDING,
            id="the approvals that were missing count at a later stage",
        ),
    ],
)
def test_a_bypass_is_approved_by_what_makes_it_good(later: Entry, hurdles: Any) -> None:
    launch = _launch(_bypass(hurdles=hurdles), later)
    assert launch.is_approved
    assert launch.is_bypassed
    moment = launch.approved_after_the_fact
    assert moment is not None
    assert (moment.month, moment.day) == (11, 2)


def test_the_version_that_was_approved_stands_again_when_it_is_restored() -> None:
    amended = _bypass("amended", 3, approval_digest=OTHER, hurdles=FAILED, **LAUNCHED)
    launched = (_event("approved", 1), _event("launched", 2, **LAUNCHED))
    assert _launch(*launched, amended, _event("amended", 4, **LAUNCHED)).is_approved


def test_an_approved_launch_stays_approved_where_only_its_record_was_bypassed() -> None:
    late = _bypass("launched", 2, hurdles=FAILED, **LAUNCHED)
    launch = _launch(_event("approved", 1), late)
    assert launch.is_approved
    assert launch.approved_after_the_fact is None


def test_a_launch_whose_pushers_are_unknown_is_not_approved() -> None:
    unknown = _event(
        "pushers-unknown",
        1,
        format="launchpolicy/ledger-entry/v2",
        attempted="approved",
        verdict="undecided",
    )
    assert _launch(unknown).standing is LaunchState.UNAPPROVED


def test_a_launch_carried_out_without_approval_shows_both_facts_everywhere() -> None:
    done = _event("launched", 2, announced=ANNOUNCED, planned={"start": "2026-11-02T00:00:00Z"})
    entries = (_bypass(), done.model_copy(update=LAUNCHED))
    launch = _launch(*entries)
    assert launch.standing is LaunchState.LAUNCHED
    both = standing_of(launch)
    assert both.en == "launched, merged without approval"
    assert both.zh == "已上线，未经批准合入"
    assert measures_of([launch]).total.launched == 1
    texts = {
        "show": "".join(story(launch, ReaderView("en"))),
        "page": "".join(text for _, text in page.files(view(entries))),
        "readme": "".join(text for _, text in readme.files(view(entries))),
        "calendar": "".join(text for _, text in calendar.files(view(entries))).replace("\\", ""),
        "site": dict(site_files(view(entries)))["index.html"],
    }
    assert [name for name, text in texts.items() if both.en not in text.replace("\r\n ", "")] == []
    ((_, lines),) = table.files(view(entries))
    (row,) = csv.DictReader(io.StringIO(lines, newline=""))
    assert (row["standing"], row["approved"]) == ("launched", "no")


def test_the_window_of_a_launch_without_approval_is_tentative() -> None:
    planned = {"start": "2026-12-01T00:00:00Z"}
    ((_, events),) = calendar.files(view([_bypass(planned=planned)]))
    assert "STATUS:TENTATIVE" in events


def test_every_standing_has_words_and_a_mark() -> None:
    assert list(STANDINGS) == list(LaunchState)
    launches = launches_of(sample_entries(84)).all
    assert {launch.standing for launch in launches} >= {LaunchState.LAUNCHED}
    ((_, text),) = readme.files(view([_bypass()]))
    assert "⚠️ merged without approval" in text


def test_who_asks_for_launches_without_approval_gets_those_that_were_carried_out_too() -> None:
    carried_out = _launch(_bypass(), _event("launched", 2, **LAUNCHED))
    assert carried_out.standing is not LaunchState.UNAPPROVED
    asked = Query(standing=LaunchState.UNAPPROVED)
    assert asked.matches(carried_out)
    assert asked.matches(_launch(_bypass()))
    assert not asked.matches(_launch(_event("approved", 1), _event("launched", 2, **LAUNCHED)))
    assert not asked.matches(_launch(_bypass(), _event("cancelled", 2, stage="cancelled")))

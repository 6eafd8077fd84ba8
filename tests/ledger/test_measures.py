"""DORA's measures over launches: what counts, what does not, and what nobody can know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.ledger.measures import Measures, measures_of
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import entry

ANNOUNCED = {"at": "2026-11-06T00:00:00Z", "by": "li.wei"}
HOUR = timedelta(hours=1)


def _measures(*entries: Entry) -> Measures:
    return measures_of(launches_of(entries).all)


def _launched(name: str, end: str = "2026-11-04T02:00:00Z", **more: Any) -> Entry:
    given = {"stage": "launched", "actual": {"start": end, "end": end}, **more}
    return entry("launched", name, "2026-11-30T00:00:00Z", **given)


def _problem(found: str | None, settled: str | None) -> dict[str, Any]:
    return {"name": "slow", "found_at": found, "settled_at": settled, "outcome": "fixed"}


def test_d4_10_what_nobody_announced_is_counted_beside_the_launches() -> None:
    total = _measures(_launched("one", announced=ANNOUNCED), _launched("two")).total
    assert (total.launched, total.unannounced, total.carried_out) == (1, 1, 2)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((), id="empty ledger"),
        pytest.param((entry("approved", "one", "2026-11-01T00:00:00Z"),), id="only approved"),
        pytest.param(
            (
                entry("approved", "one", "2026-11-01T00:00:00Z"),
                entry("cancelled", "one", "2026-11-02T00:00:00Z", stage="cancelled"),
            ),
            id="cancelled before its window",
        ),
    ],
)
def test_nothing_carried_out_has_no_rate_rather_than_a_perfect_one(
    entries: tuple[Entry, ...],
) -> None:
    measures = _measures(*entries)
    assert measures.total.failure_rate is None
    assert measures.total.rollback_rate is None
    assert measures.total.lead_time is None
    assert measures.total.time_to_restore is None
    assert measures.weeks == measures.months == ()


def test_a_rollback_is_a_failure_and_no_launch_even_if_it_was_announced() -> None:
    back = _launched("one", stage="rolled-back", announced=ANNOUNCED)
    total = _measures(back, _launched("two", announced=ANNOUNCED)).total
    assert (total.launched, total.failed, total.rolled_back) == (1, 1, 1)
    assert total.failure_rate == total.rollback_rate == 0.5


def test_a_rollback_stays_a_failure_after_the_request_was_launched_again() -> None:
    again = _measures(
        _launched("one"),
        entry("rolled-back", "one", "2026-11-05T00:00:00Z", stage="rolled-back"),
        entry("approved", "one", "2026-11-06T00:00:00Z"),
        _launched("one", "2026-11-07T00:00:00Z", announced=ANNOUNCED),
    ).total
    assert (again.launched, again.failed, again.rolled_back) == (1, 1, 1)


def test_a_problem_without_a_rollback_is_a_failure() -> None:
    broken = _launched("one", problems=[_problem("2026-11-04T03:00:00Z", None)])
    total = _measures(broken, _launched("two"), _launched("three"), _launched("four")).total
    assert total.failure_rate == 0.25
    assert total.rollback_rate == 0


def test_a_withdrawn_request_is_not_forgotten_by_the_failure_rate() -> None:
    broken = _launched("one", problems=[_problem("2026-11-04T03:00:00Z", None)])
    gone = entry("withdrawn", "one", "2026-12-01T00:00:00Z", stage="", content="")
    assert _measures(broken, gone).total.failure_rate == 1


def test_lead_times_are_told_by_their_median() -> None:
    asked = "2026-11-04T00:00:00Z"
    total = _measures(
        _launched("one", "2026-11-04T01:00:00Z", requested_at=asked),
        _launched("two", "2026-11-04T02:00:00Z", requested_at=asked),
        _launched("three", "2026-11-20T00:00:00Z", requested_at=asked),
    ).total
    assert total.lead_time == 2 * HOUR


def test_the_lead_time_of_a_renamed_request_begins_under_its_old_name() -> None:
    moved = {"name": "old", "path": "launches/old/request.yaml"}
    total = _measures(
        entry("approved", "old", "2026-11-03T00:00:00Z", requested_at="2026-11-02T02:00:00Z"),
        entry("renamed", "new", "2026-11-03T12:00:00Z", renamed_from=moved),
        _launched("new", "2026-11-04T02:00:00Z"),
    ).total
    assert total.lead_time == 48 * HOUR


def test_a_launch_that_ended_before_it_was_asked_for_has_no_lead_time() -> None:
    total = _measures(
        _launched("one", "2026-11-01T00:00:00Z", requested_at="2026-11-04T00:00:00Z"),
        _launched("two", "2026-11-04T03:00:00Z", requested_at="2026-11-04T00:00:00Z"),
    ).total
    assert total.lead_time == 3 * HOUR


@pytest.mark.parametrize(
    ("facts", "took"),
    [
        pytest.param(
            {
                "problems": [_problem("2026-11-04T03:00:00Z", "2026-11-04T09:00:00Z")],
                "rollback": {"finished_at": "2026-11-04T05:00:00Z"},
            },
            2 * HOUR,
            id="until the rollback is finished",
        ),
        pytest.param(
            {
                "problems": [
                    _problem("2026-11-04T04:00:00Z", "2026-11-04T05:00:00Z"),
                    _problem("2026-11-04T03:00:00Z", "2026-11-04T06:00:00Z"),
                ]
            },
            3 * HOUR,
            id="from the first problem until the last is settled",
        ),
        pytest.param(
            {
                "problems": [
                    _problem("2026-11-04T03:00:00Z", "2026-11-04T04:00:00Z"),
                    _problem("2026-11-04T03:30:00Z", None),
                ]
            },
            None,
            id="one problem is still open",
        ),
        pytest.param(
            {"problems": [_problem("2026-11-04T03:00:00Z", "2026-11-04T02:00:00Z")]},
            None,
            id="settled before it was found",
        ),
        pytest.param(
            {"problems": [_problem(None, "2026-11-04T02:00:00Z")]},
            None,
            id="nobody wrote when it was found",
        ),
        pytest.param(
            {
                "stage": "rolled-back",
                "rollback": {
                    "decided_at": "2026-11-04T03:00:00Z",
                    "finished_at": "2026-11-04T04:00:00Z",
                },
            },
            HOUR,
            id="a rollback without a problem begins with its decision",
        ),
    ],
)
def test_time_to_restore(facts: dict[str, Any], took: timedelta | None) -> None:
    assert _measures(_launched("one", **facts)).total.time_to_restore == took


def test_weeks_are_iso_weeks_without_gaps_over_the_turn_of_a_year() -> None:
    measures = _measures(
        _launched("one", "2026-12-20T12:00:00Z", announced=ANNOUNCED),
        _launched("two", "2027-01-03T12:00:00Z", announced=ANNOUNCED),
        _launched("three", "2027-01-04T12:00:00Z"),
    )
    weeks = [(week.name, week.launched, week.unannounced) for week in measures.weeks]
    assert weeks == [
        ("2026-W51", 1, 0),
        ("2026-W52", 0, 0),
        ("2026-W53", 1, 0),
        ("2027-W01", 0, 1),
    ]
    assert measures.weeks[1].failure_rate is None


def test_months_are_of_utc_whatever_the_offset_and_without_gaps() -> None:
    measures = _measures(
        _launched("one", "2027-03-01T07:59:59+08:00"),
        _launched("two", "2026-12-31T23:00:00-05:00"),
        _launched("three", "2027-05-31T00:00:00Z"),
    )
    months = [(month.name, month.carried_out) for month in measures.months]
    assert months == [
        ("2027-01", 1),
        ("2027-02", 1),
        ("2027-03", 0),
        ("2027-04", 0),
        ("2027-05", 1),
    ]


def test_a_policy_counts_once_for_each_launch_that_it_held_up() -> None:
    pending = {"policy": "both-leads-approve", "outcome": "pending"}
    fixed = {"policy": "launch-window-open", "outcome": "fixed"}
    waiver = {
        "policy": "launch-window-open",
        "waiver": "quarter-end",
        "owner": "wang.jianguo",
        "expires": "2026-12-01T00:00:00Z",
    }
    measures = _measures(
        entry("approved", "one", "2026-11-01T00:00:00Z", hurdles=[pending, fixed]),
        entry("amended", "one", "2026-11-02T00:00:00Z", hurdles=[fixed], waivers=[waiver]),
        entry("approved", "two", "2026-11-03T00:00:00Z", waivers=[waiver]),
    )
    assert measures.hurdles == (("launch-window-open", 2), ("both-leads-approve", 1))


def test_a_bypass_is_counted_for_good_whatever_passed_after_it() -> None:
    measures = _measures(
        entry("bypassed", "one", "2026-11-01T00:00:00Z", attempted="approved", verdict="blocked"),
        entry("amended", "one", "2026-11-02T00:00:00Z", risk="emergency"),
        _launched("one", announced=ANNOUNCED),
        entry("approved", "two", "2026-11-01T00:00:00Z", risk="emergency"),
    )
    assert (measures.bypassed, measures.emergencies) == (1, 1)


def test_weeks_and_months_add_up_to_everything() -> None:
    measures = measures_of(launches_of(sample_entries(84)).all)
    for periods in (measures.weeks, measures.months):
        for count in ("launched", "unannounced", "carried_out", "failed", "rolled_back"):
            parts = sum(getattr(period, count) for period in periods)
            assert parts == getattr(measures.total, count) > 0, count

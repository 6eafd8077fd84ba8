"""A case's request: the baseline with some routes set or removed."""

from __future__ import annotations

import copy

import pytest

from launchpolicy.engine.amendments import AmendmentError, amend

BASELINE = {
    "spec": {"steps": [{"name": "stop"}, {"name": "copy"}], "people": {"requester": "li.wei"}},
    "status": {"stage": "requested"},
}


def test_what_a_case_changes_is_changed_and_the_baseline_stays_as_it_is() -> None:
    before = copy.deepcopy(BASELINE)

    data = amend(
        BASELINE,
        {
            "spec.steps[0].name": "pause",
            "spec.steps[2]": {"name": "start"},
            "status.execution.outcome": "launched",
        },
        ["spec.people.requester", "spec.steps[1]"],
    )

    assert data == {
        "spec": {"steps": [{"name": "pause"}, {"name": "start"}], "people": {}},
        "status": {"stage": "requested", "execution": {"outcome": "launched"}},
    }
    assert before == BASELINE


def test_a_value_that_a_case_sets_is_not_changed_by_its_next_route() -> None:
    value = {"name": "stop", "by": {"person": "li.wei"}}

    data = amend(
        {}, {"first": value, "first.by.person": "wang.fang", "second": value}, ["first.name"]
    )

    assert data == {"first": {"by": {"person": "wang.fang"}}, "second": value}
    assert value == {"name": "stop", "by": {"person": "li.wei"}}


@pytest.mark.parametrize(
    "route", ["spec.steps[7].name", "spec.steps.name", "spec.people.lead.name"]
)
def test_a_route_that_leads_nowhere_is_refused(route: str) -> None:
    with pytest.raises(AmendmentError, match="there is no"):
        amend(BASELINE, {}, [route])

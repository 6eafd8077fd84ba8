"""The numbers of an audit add up, its period has no holes, and its sample can be drawn again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from launchpolicy.ledger.audit.controls import control_map
from launchpolicy.ledger.audit.exceptions import exceptions_of
from launchpolicy.ledger.audit.population import population_of
from launchpolicy.ledger.audit.sample import draw_sample
from launchpolicy.ledger.audit.scope import AuditScope, scope_of
from launchpolicy.ledger.entry import FORMAT_3, RULES, Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.reporters.ledger.view import launch_id
from tests.ledger.audit.reports import POLICIES
from tests.ledger.audit.year import Year, year
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import ORIGIN, entry, view

DAY = timedelta(days=1)
JULY = datetime(2026, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def eventful() -> Year:
    return year()


@pytest.mark.parametrize("until", [JULY, None], ids=["half a year", "all"])
@pytest.mark.parametrize("since", [datetime(2026, 3, 1, tzinfo=UTC), None], ids=["March", "all"])
def test_every_entry_of_a_period_is_in_one_place(
    eventful: Year, since: datetime | None, until: datetime | None
) -> None:
    scope = scope_of(eventful.entries, since, until)
    population = population_of(ORIGIN, eventful.entries, scope)
    inside = [item for item in eventful.entries if scope.has_moment(_at(item))]
    assert population.scope.size == len(inside)
    assert population.is_sum
    counted = [n for launch in population.launches for n in launch.numbers]
    counted += [n for waiver in population.waivers for n in waiver.numbers]
    counted += [
        event.number
        for part in (population.rules, population.voided, population.voiding)
        for event in part
    ]
    assert sorted(counted) == list(range(scope.first, scope.end))


def test_landings_that_do_not_add_up_are_said_not_to(eventful: Year) -> None:
    landings = eventful.landings
    assert landings.is_sum
    assert not replace(landings, steps=landings.steps + 1).is_sum
    assert not replace(landings, missing=()).is_sum


def test_the_end_of_a_period_does_not_belong_to_it_and_its_beginning_does() -> None:
    entries = [entry("approved", f"LR-{day}", f"2026-07-0{day}T00:00:00Z") for day in (1, 2, 3)]
    scope = scope_of(entries, JULY, JULY + 2 * DAY)
    assert (scope.first, scope.end, scope.outside) == (0, 2, ())
    assert scope_of(entries, JULY + 5 * DAY, None) == AuditScope(JULY + 5 * DAY, None, 3, 3)
    assert scope_of(entries, None, JULY) == AuditScope(None, JULY, 0, 0)


def test_an_entry_dated_out_of_the_period_does_not_escape_between_two_that_are_in_it() -> None:
    """In a ledger of the first edition the date is the committer's to choose."""
    entries = [
        entry("approved", "LR-1", "2026-07-01T00:00:00Z"),
        entry("bypassed", "LR-2", "2031-01-01T00:00:00Z", attempted="approved", verdict="blocked"),
        entry("approved", "LR-3", "2026-07-03T00:00:00Z"),
    ]
    scope = scope_of(entries, JULY, JULY + 9 * DAY)
    assert (scope.first, scope.end, scope.outside) == (0, 3, (1,))
    population = population_of(ORIGIN, entries, scope)
    assert [launch.launch.name for launch in population.launches] == ["LR-1", "LR-2", "LR-3"]


def test_an_announcement_after_the_period_does_not_count_in_it() -> None:
    entries = year(is_honest=True).entries
    launched = next(n for n, item in enumerate(entries) if item.event == "launched")
    until = _at(entries[launched]) + timedelta(seconds=1)
    population = population_of(ORIGIN, entries, scope_of(entries, None, until))
    launch = next(one for one in population.launches if one.launch.name == entries[launched].name)
    assert launch.launch.announced_at is None


def test_a_void_entry_hides_nothing_that_comes_after_it() -> None:
    """An entry voids what is before it: one that claims the future, or itself, does not."""
    entries = [
        entry("approved", "LR-1", "2026-07-01T00:00:00Z"),
        entry(
            "voided",
            "ledger",
            "2026-07-02T00:00:00Z",
            format=FORMAT_3,
            kind=RULES,
            voids={"first": 0, "last": 9},
        ),
        entry("approved", "LR-2", "2026-07-03T00:00:00Z"),
    ]
    population = population_of(ORIGIN, entries, scope_of(entries, None, None))
    assert [launch.launch.name for launch in population.launches] == ["LR-2"]
    assert [event.number for event in population.voided] == [0]
    assert population.is_sum


def test_a_launch_has_the_same_id_here_as_in_every_view() -> None:
    entries = sample_entries(30)
    population = population_of(ORIGIN, entries, scope_of(entries, None, None))
    ids = {launch_id(view(entries), launch) for launch in launches_of(entries).all}
    assert {launch.id for launch in population.launches} == ids


def test_a_sample_is_drawn_as_the_guide_says_and_a_larger_one_holds_it(eventful: Year) -> None:
    launches = eventful.population.launches

    def rank(identity: str) -> str:
        return hashlib.sha256(f"seed\n{identity}".encode()).hexdigest()

    by_hand = sorted((launch.id for launch in launches), key=rank)
    few, many = draw_sample(launches, "seed", 10), draw_sample(launches, "seed", 40)
    assert [launch.id for launch in many] == by_hand[:40]
    assert many[:10] == few
    assert draw_sample(launches[::-1], "seed", 10) == few
    assert draw_sample(launches, "another", 10) != few
    assert len(draw_sample(launches, "seed", 10_000)) == len(launches)
    assert draw_sample(launches, "seed", 0) == ()


def test_controls_lead_to_policies_and_to_counts(eventful: Year) -> None:
    population = eventful.population
    exceptions = exceptions_of(population, eventful.facts)
    counts = {
        f"{count.control.framework} {count.control.number.en.split()[0]}": count
        for count in control_map(population, exceptions, POLICIES)
    }
    assert list(counts) == [
        "SOC 2 CC8.1",
        "ISO/IEC 27001:2022 A.8.32",
        "ISO/IEC 27001:2022 A.5.3",
        "ITIL 4 Change",
        "GB/T 22239-2019 Level",
    ]
    duties = counts["ISO/IEC 27001:2022 A.5.3"]
    assert duties.policies == ("both-leads-approve",)
    assert duties.approvals == sum(
        len(event.entry.approvals) for launch in population.launches for event in launch.events
    )
    assert {str(kind): n for kind, n in duties.exceptions.items()} == {
        "self-approval": 3,
        "duties-together": 1,
    }
    change = counts["ISO/IEC 27001:2022 A.8.32"]
    assert (change.policies, change.refusals, change.waivers) == (("launch-window-allowed",), 1, 1)


def _at(item: Entry) -> datetime:
    return datetime.fromisoformat(item.at)

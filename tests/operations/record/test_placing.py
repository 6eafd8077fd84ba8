"""A fact is put into a request once, and into what it leaves open; nothing there is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.operations.record.launch_fact import LaunchFact, fact_in, fact_line
from launchpolicy.operations.record.placing import ContradictionError, KnownFactError, place

BACKUPS = ("status", "backups")
STEPS = ("status", "execution", "steps")


def fact(route: tuple[str, ...], name: str, *, replaces: bool = False, **values: Any) -> LaunchFact:
    return LaunchFact("f", route, name, values, "launched", "zhao.min", replaces=replaces)


def request(**status: Any) -> dict[str, Any]:
    return {"status": {"stage": "launched", **status}}


def test_what_advance_left_open_is_answered_in_its_place() -> None:
    left_open = {
        "name": "orders-db",
        "kind": "database",
        "rehearsal": dict.fromkeys(("at", "result"), "TODO"),
    }
    rehearsal = {"at": "2026-12-01T20:50:00+08:00", "result": "restored"}
    placed = place(request(backups=[left_open]), fact(BACKUPS, "orders-db", rehearsal=rehearsal))
    assert placed["status"]["backups"] == [{**left_open, "rehearsal": rehearsal}]


def test_a_result_inside_is_not_overwritten() -> None:
    failed = {"name": "orders-db", "rehearsal": {"result": "failed"}}
    with pytest.raises(ContradictionError):
        place(
            request(backups=[failed]),
            fact(BACKUPS, "orders-db", rehearsal={"result": "restored"}),
        )


def test_the_first_time_of_a_fact_stays() -> None:
    step = {"name": "drain", "result": "done", "at": "2026-12-01T22:06:00+08:00"}
    again = fact(STEPS, "drain", result="done", at="2026-12-01T22:09:00+08:00")
    with pytest.raises(KnownFactError):
        place(request(execution={"steps": [step]}), again)


@pytest.mark.parametrize(("at", "result"), [("21:40", "passed"), ("21:20", "failed")])
def test_of_two_results_of_a_check_the_later_one_counts(at: str, result: str) -> None:
    checks = ("status", "checksBefore")
    failed = {"name": "servers", "result": "failed", "at": "2026-12-01T21:30:00+08:00"}
    passed = {"result": "passed", "at": f"2026-12-01T{at}:00+08:00"}
    new = fact(checks, "servers", replaces=True, **passed)
    if result == "failed":
        with pytest.raises(ContradictionError):
            place(request(checksBefore=[failed]), new)
    else:
        (entry,) = place(request(checksBefore=[failed]), new)["status"]["checksBefore"]
        assert entry == {"name": "servers", **passed}


def test_a_fact_comes_back_from_its_commit_as_it_was() -> None:
    before = fact(STEPS, "drain", result="failed", symptom="表锁\n---\nLaunchpolicy-Fact: {}")
    assert fact_in(f"Record it\n\n{fact_line(before)}\n") == before


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Launchpolicy-Fact: {",
        "Launchpolicy-Fact: []",
        'Launchpolicy-Fact: {"route":["spec","window"]}',
        fact_line(fact(("spec", "window"), "", start="x")),
        fact_line(fact(("status",), "", stage="closed")),
        f"{fact_line(fact(STEPS, 'drain'))}\n{fact_line(fact(STEPS, 'upload'))}",
    ],
)
def test_a_commit_that_carries_no_sound_fact_is_none(line: str) -> None:
    assert fact_in(f"subject\n\n{line}\n") is None

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.policy.fact_shapes import FACTS, complete_fact, empty_fact
from tests.facts.launches import launches

PATH = "launches/LR-1/request.yaml"
START, END = "2026-12-01T20:00:00+08:00", "2026-12-01T22:00:00+08:00"


def _request(name: str, stage: str = "requested", **spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": name}, "spec": spec, "status": {"stage": stage}}


def _launch(
    name: str,
    *,
    stage: str = "requested",
    product: str = "checkout",
    environment: str = "production",
    window: tuple[str, str] = (START, END),
) -> dict[str, Any]:
    start, end = window
    about = {"name": product, "environment": environment}
    return _request(name, stage, product=about, window={"start": start, "end": end})


def _evidence(data: Any) -> Iterator[Reference]:
    for index, each in enumerate(data["spec"].get("documents", ())):
        yield Reference(("spec", "documents", index), each["path"], "document", each["sha256"])


def _fact(data: Any, *others: Any) -> dict[str, Any]:
    beside = [(f"launches/{number}/request.yaml", each) for number, each in enumerate(others)]
    fact = launches(PATH, data, beside, _evidence)
    assert complete_fact(FACTS["launches"], fact) == fact, (
        "it has the shape that expressions rely on"
    )
    return fact


def _overlapping(*others: Any, **own: Any) -> list[str]:
    return [each["name"] for each in _fact(_launch("LR-1", **own), *others)["overlaps"]]


def test_a_request_alone_has_no_neighbours() -> None:
    assert _fact(_launch("LR-1")) == empty_fact(FACTS["launches"])


def test_a_request_of_another_kind_has_none_either() -> None:
    odd = {"metadata": [], "spec": {"window": "soon", "dependsOn": [1], "infrastructure": []}}
    fact = launches(PATH, odd, [("x", odd), ("y", [])], lambda _: ())
    assert fact == empty_fact(FACTS["launches"])


def test_an_overlap_says_who_when_and_how_far() -> None:
    (overlap,) = _fact(_launch("LR-1"), _launch("LR-2", stage="launched"))["overlaps"]
    assert overlap == {
        "name": "LR-2",
        "product": "checkout",
        "environment": "production",
        "stage": "launched",
        "start": START,
        "end": END,
    }


WINDOWS = {
    "the same": (START, END, True),
    "the same in another offset": ("2026-12-01T12:00:00Z", "2026-12-01T14:00:00Z", True),
    "the same clock time in another offset": (
        "2026-12-01T20:00:00Z",
        "2026-12-01T22:00:00Z",
        False,
    ),
    "that ends as ours begins": ("2026-12-01T18:00:00+08:00", START, False),
    "that begins as ours ends": (END, "2026-12-01T23:00:00+08:00", False),
    "by one second": ("2026-12-01T18:00:00+08:00", "2026-12-01T20:00:01+08:00", True),
    "around ours": ("2026-12-01T00:00:00+08:00", "2026-12-02T00:00:00+08:00", True),
    "of no length within ours": ("2026-12-01T21:00:00+08:00", "2026-12-01T21:00:00+08:00", True),
    "standing on its head": ("2026-12-01T23:00:00+08:00", "2026-12-01T21:00:00+08:00", True),
}


@pytest.mark.parametrize(("start", "end", "overlaps"), WINDOWS.values(), ids=WINDOWS)
def test_windows_overlap_when_they_share_time(start: str, end: str, *, overlaps: bool) -> None:
    assert _overlapping(_launch("LR-2", window=(start, end))) == ["LR-2"] * overlaps


@pytest.mark.parametrize(
    ("product", "environment", "overlaps"),
    [
        ("checkout", "staging", True),
        ("billing", "production", True),
        ("billing", "staging", False),
    ],
)
def test_one_product_or_one_environment_is_enough(
    product: str, environment: str, *, overlaps: bool
) -> None:
    other = _launch("LR-2", product=product, environment=environment)
    assert bool(_overlapping(other)) is overlaps


def test_two_requests_that_say_no_product_do_not_share_it() -> None:
    nothing = _request("LR-1", window={"start": START, "end": END})
    other = _request("LR-2", window={"start": START, "end": END})
    assert _fact(nothing, other)["overlaps"] == []


@pytest.mark.parametrize("stage", ["verified", "closed", "cancelled", "rolled-back"])
def test_a_launch_that_is_over_does_not_overlap(stage: str) -> None:
    assert _overlapping(_launch("LR-2", stage=stage)) == []


def test_a_request_that_is_cancelled_because_of_the_overlap_overlaps_no_more() -> None:
    assert _overlapping(_launch("LR-2"), stage="cancelled") == []


def test_a_request_is_not_its_own_neighbour() -> None:
    ours = _launch("LR-1")
    assert launches(PATH, ours, [(PATH, ours)], lambda _: ()) == empty_fact(FACTS["launches"])


def test_taking_the_name_of_another_request_does_not_hide_from_it() -> None:
    assert _overlapping(_launch("LR-1")) == ["LR-1"]


STAGES = {
    "requested": False,
    "launched": True,
    "verified": True,
    "closed": True,
    "cancelled": False,
    "rolled-back": False,
}


@pytest.mark.parametrize(("stage", "launched"), STAGES.items())
def test_a_dependency_is_launched_from_its_launch_on(stage: str, *, launched: bool) -> None:
    ours = _request("LR-1", dependsOn=["LR-0"])
    assert _fact(ours, _request("LR-0", stage))["dependencies"] == [
        {
            "name": "LR-0",
            "at": "spec.dependsOn[0]",
            "stage": stage,
            "known": True,
            "launched": launched,
            "precedes": False,
            "itself": False,
        }
    ]


def _depends(*others: Any, on: str = "LR-0") -> tuple[str, bool, bool]:
    (found,) = _fact(_request("LR-1", "launched", dependsOn=[on]), *others)["dependencies"]
    return found["stage"], found["known"], found["launched"]


def test_a_dependency_that_nobody_knows_is_not_launched() -> None:
    assert _depends(_request("LR-00", "closed")) == ("", False, False)


def test_a_second_request_of_the_name_does_not_launch_the_first() -> None:
    twins = _request("LR-0", "closed"), _request("LR-0", "requested")
    assert _depends(*twins) == ("requested", True, False)
    assert _depends(*reversed(twins)) == ("requested", True, False)


def _order(*windows: tuple[str, str]) -> list[bool]:
    """Return whether a dependency with each window precedes a launch from START on."""
    ours = _launch("LR-1")
    ours["spec"]["dependsOn"] = ["LR-0"]
    others = [_launch("LR-0", window=window) for window in windows]
    return [entry["precedes"] for entry in _fact(ours, *others)["dependencies"]]


def test_a_dependency_whose_window_is_later_does_not_come_first() -> None:
    assert _order((END, "2026-12-01T23:00:00+08:00")) == [False]
    assert _order(("2026-12-01T19:00:00+08:00", "2026-12-01T20:01:00+08:00")) == [False]
    assert _order(("soon", "later")) == [False]
    early = ("2026-12-01T11:00:00Z", "2026-12-01T12:00:00Z")
    assert _order(early) == [True]
    assert _order(early, (END, END)) == [False], "a twin that is later"


def test_launches_that_depend_on_each_other_in_a_circle_do_not_all_come_first() -> None:
    circle = {"LR-1": "LR-2", "LR-2": "LR-3", "LR-3": "LR-1"}
    hours = {"LR-1": "20", "LR-2": "18", "LR-3": "16"}
    requests = {}
    for name, hour in hours.items():
        window = (f"2026-12-01T{hour}:00:00+08:00", f"2026-12-01T{hour}:30:00+08:00")
        requests[name] = _launch(name, window=window)
        requests[name]["spec"]["dependsOn"] = [circle[name]]
    first, second, third = requests.values()
    orders = [
        _fact(ours, *others)["dependencies"][0]["precedes"]
        for ours, *others in ((first, second), (second, third), (third, first))
    ]
    assert orders == [True, True, False]


def test_a_request_that_depends_on_itself_is_said_to() -> None:
    (entry,) = _fact(_request("LR-1", dependsOn=["LR-1"]))["dependencies"]
    assert (entry["itself"], entry["precedes"]) == (True, False)


def test_a_request_cannot_vouch_for_itself() -> None:
    assert _depends(on="LR-1") == ("launched", True, False)


def test_evidence_that_another_request_uses_is_found_by_its_bytes() -> None:
    ours = _request("LR-1", documents=[{"path": "a.pdf", "sha256": "1" * 64}])
    theirs = _request(
        "LR-2",
        "closed",
        documents=[{"path": "a.pdf", "sha256": "2" * 64}, {"path": "b.pdf", "sha256": "1" * 64}],
    )
    assert _fact(ours, theirs)["reused"] == [
        {
            "at": "spec.documents[0]",
            "path": "a.pdf",
            "name": "LR-2",
            "theirs": "spec.documents[1]",
        }
    ]


def test_one_file_under_two_paths_of_one_request_is_not_reused() -> None:
    twice = [{"path": "a.pdf", "sha256": "1" * 64}, {"path": "b.pdf", "sha256": "1" * 64}]
    assert _fact(_request("LR-1", documents=twice))["reused"] == []


def test_earlier_launches_are_those_of_the_product_that_were_carried_out() -> None:
    beside = [
        _launch(f"LR-{number}", stage=stage)
        for number, stage in enumerate(
            ("requested", "launched", "verified", "closed", "rolled-back", "cancelled"), start=2
        )
    ]
    other = _launch("LR-9", stage="closed", product="search")
    assert _fact(_launch("LR-1"), *beside, other)["earlier"] == [
        {"name": "LR-3", "stage": "launched"},
        {"name": "LR-4", "stage": "verified"},
        {"name": "LR-5", "stage": "closed"},
        {"name": "LR-6", "stage": "rolled-back"},
    ]


def test_a_request_without_a_product_has_no_earlier_launches() -> None:
    nameless = _request("LR-2", "closed")
    assert _fact(_request("LR-1"), nameless)["earlier"] == []

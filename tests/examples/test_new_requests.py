"""`new` for every process and risk class: the right questions, no more and no fewer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from launchpolicy.engine.submission import RequestVersion
from launchpolicy.operations.launch_repository import find_launch_repository
from launchpolicy.operations.new import NewRequestAnswers, write_request
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import Route, format_route
from tests.examples.answering import (
    Adopter,
    Data,
    adopter,
    answered,
    complaints,
    examples_at,
    fields,
    parsed,
    put_evidence_of,
    without,
    written,
)
from tests.examples.catalogue import NOW_INSTANT, PROCESSES
from tests.extent import share_of

_SHARE = 16
"""So many fields of a request are taken out in turn in `make test`."""

RISKS = ("standard", "major", "emergency")
SITUATIONS = [(process, risk) for process in PROCESSES for risk in RISKS]

DIFFERENT = [
    *((process, "standard") for process in PROCESSES if process != "emergency-launch"),
    ("emergency-launch", "emergency"),
    ("system-cutover", "major"),
    ("governed-launch", "major"),
]
"""Every process, and the risk classes at which it asks for something else."""

ASKED_AHEAD = {
    "governed-launch": {"spec.channels"},
    "hardware-software-integration": {
        "spec.infrastructure.deliveries[0].receivedAt",
        "spec.infrastructure.deliveries[0].receivedBy",
        "spec.infrastructure.equipment[0].assetNumber",
        "spec.infrastructure.equipment[0].installedAt",
        "spec.infrastructure.equipment[0].serialNumber",
        "spec.infrastructure.ports[0].macAddress",
    },
    "new-internet-product": {"spec.development.architecture.demonstration"},
}
"""Fields of the plan that a later stage asks for; nobody may add them any more by then.

A demonstration model may be left out where the meeting shows the product; `new` asks for both.
"""

OF_ANOTHER_RISK = {
    ("system-cutover", "standard"): {("major-launch-approved", "spec.risk")},
    ("system-cutover", "emergency"): {("emergency-is-near", "spec.window.start")},
}
"""What is wrong with the answers of a major launch, planned weeks ahead, at another risk."""


def new_request(process: str, risk: str, folder: Path) -> tuple[Adopter, str, Data, Data]:
    """The repository, the name of a new request, its data, and the example that answers it."""
    adopted = adopter(process, folder)
    example, answers = examples_at(process, "requested")[0]
    known = NewRequestAnswers("Checkout 3.2", process, example.name, risk)
    if process == "new-internet-product":
        known = replace(known, change="new-product")
    place = find_launch_repository(folder)
    new = write_request(place, known, "en", NOW_INSTANT, branch=False)
    data = parsed((folder / new.path).read_text("utf-8"))
    put_evidence_of(example, adopted)
    return adopted, new.name, data, answers


@pytest.mark.parametrize(("process", "risk"), SITUATIONS)
def test_a_new_request_has_open_questions_and_nothing_else_to_complain_of(
    process: str, risk: str, tmp_path: Path
) -> None:
    adopted, name, data, answers = new_request(process, risk, tmp_path / "repository")

    judgement = adopted.judged(adopted.submitted(name, data))

    assert judgement.verdict is Verdict.BLOCKED
    assert {rule for rule, _ in complaints(judgement)} == {"request/unanswered"}

    filled = adopted.judged(adopted.submitted(name, answered(data, answers)))
    wrong: set[tuple[str, str]] = OF_ANOTHER_RISK.get((process, risk), set())
    assert complaints(filled) == wrong
    assert filled.verdict is (Verdict.BLOCKED if wrong else Verdict.PASS)


@pytest.mark.parametrize(("process", "risk"), DIFFERENT)
def test_every_field_of_a_new_request_is_wanted(process: str, risk: str, tmp_path: Path) -> None:
    adopted, name, data, answers = new_request(process, risk, tmp_path / "repository")
    filled = answered(data, answers)
    whole = adopted.submitted(name, filled)
    wrong: set[tuple[str, str]] = OF_ANOTHER_RISK.get((process, risk), set())
    assert complaints(adopted.judged(whole)) == wrong

    def is_wanted(route: Route) -> bool:
        version = RequestVersion(whole.path, written(without(filled, route)))
        return bool(complaints(adopted.judged(whole._replace(new=version))) - wrong)

    tried = share_of(list(fields(data)), _SHARE)
    unwanted = {format_route(route) for route in tried if not is_wanted(route)}

    expected = ASKED_AHEAD.get(process, set())
    assert unwanted == expected & {format_route(route) for route in tried}

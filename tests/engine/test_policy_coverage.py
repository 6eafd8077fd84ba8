"""What the cases of the shipped packs see, counted: marked, every policy decides as it does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from launchpolicy.engine.analysis.cases import case_inputs
from launchpolicy.engine.analysis.placed_coverage import CoverageFigures
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.operations.generate.coverage import COVERAGE_FIGURES
from launchpolicy.operations.policy.coverage import measure_packs
from launchpolicy.operations.policy.test import PolicyUnderTest, policies_to_test
from launchpolicy.policy.cel.tracing import Tracing
from launchpolicy.policy.coverage_points import marked_policy
from tests.extent import is_whole, share_of

ROOT = Path(__file__).parents[2]
PACKS = sorted(file.parent for file in (ROOT / "policies").glob("*/pack.yaml"))
FLOOR = 97.0
"""Percent of the outcomes of every shipped pack that its cases see at least."""

SMALL = ("cutover", "waivers", "release-meeting")
"""Packs that are counted in every run; `make full` counts all of them."""


POLICIES = [
    file.stem
    for pack in PACKS
    for file in sorted(pack.glob("*.yaml"))
    if "  validations:" in file.read_text("utf-8") and not file.name.endswith(".test.yaml")
]
"""The names of the policies that hold validations. To load them takes seconds."""


@pytest.fixture(scope="module")
def policies() -> Mapping[str, PolicyUnderTest]:
    """The shipped policies, by their ids."""
    loaded = policies_to_test(tuple(PACKS), ROOT)
    return {tested.policy.id.rpartition("/")[2]: tested for tested in loaded}


@pytest.mark.parametrize("name", share_of(POLICIES, 16))
def test_marks_change_no_decision(policies: Mapping[str, PolicyUnderTest], name: str) -> None:
    tested = policies[name]
    test, baselines = tested.cases()
    marked = marked_policy(tested.policy).policy
    noted: list[int] = []
    tracing = Tracing(lambda number, _: noted.append(number))
    for case in case_inputs(tested.policy, tested.kind, test, baselines, tested.other_files):
        params = {**tested.policy.params, **case.params}
        plain = Evaluation(case.context).result(tested.policy._replace(params=params))
        result = Evaluation(case.context, tracing.bindings).result(marked._replace(params=params))
        assert result == plain, case.case["name"]
    assert noted


@pytest.mark.parametrize("pack", [p for p in PACKS if is_whole() or p.name in SMALL], ids=str)
def test_the_cases_of_a_shipped_pack_see_nearly_everything(pack: Path) -> None:
    results = list(measure_packs((pack,), ROOT, jobs=1))
    seen = CoverageFigures(sum(r.seen for r in results), sum(r.possible for r in results))
    assert seen.possible > 50
    assert seen.share >= FLOOR, seen


def test_every_shipped_pack_was_counted_and_reaches_the_floor() -> None:
    figures = json.loads((ROOT / COVERAGE_FIGURES).read_text("utf-8"))
    assert list(figures) == [pack.name for pack in PACKS]
    for name, pack in figures.items():
        assert CoverageFigures(pack["seen"], pack["possible"]).share >= FLOOR, name


@pytest.mark.parametrize(
    ("seen", "possible", "shown"), [(0, 0, 100.0), (999_999, 1_000_000, 99.9), (1, 3, 33.3)]
)
def test_a_share_is_never_rounded_up(seen: int, possible: int, shown: float) -> None:
    assert CoverageFigures(seen, possible).shown_share == shown

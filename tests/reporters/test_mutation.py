"""What the mistakes in policies that no case noticed look like as text."""

from __future__ import annotations

from launchpolicy.engine.analysis.mutation import MutationResult
from launchpolicy.reporters.mutation import as_text


def test_a_pack_without_possible_mistakes_is_not_called_perfect() -> None:
    results = [MutationResult("owner-named", "proposals", 0, (), (), ())]
    assert "no mistake can be made" in as_text(results, "en")
    assert "没有可供变异之处" in as_text(results, "zh")
    assert "100" not in as_text(results, "en")


def test_a_pack_whose_cases_fail_keeps_its_figures() -> None:
    results = [MutationResult("owner-named", "proposals", 0, (), (), (), ("a case",))]
    assert "0 of 0 mistakes noticed" in as_text(results, "en")

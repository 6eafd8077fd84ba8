"""The shipped pack `launch` as a whole; its single policies are tested by the cases beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.operations.policy.test import PolicyTestResult, run_pack_tests
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.text import Text

ROOT = Path(__file__).parents[2]
PACK = shipped_files.pack("launch")
CLAUSES = [f"D2.{number}" for number in range(1, 10)]
CLAUSES_OF_OTHERS = {  # what other documents demand of every launch
    "backups-in-listed-vaults": {"D3.3.4", "D3.3.6"},
    "backups-kept-elsewhere": {"D3.3.4", "D3.3.6"},
    "further-attempt-solved": {"D3.3.5"},
    "major-launch-approved": {"D3.2.2", "D4.6"},
    "owners-of-systems-affected": {"D3.2.2"},
}


@pytest.fixture(scope="module")
def tested() -> list[PolicyTestResult]:
    return list(run_pack_tests((ROOT / "policies" / "launch",), ROOT))


def test_every_case_comes_out_as_its_author_expects(tested: list[PolicyTestResult]) -> None:
    wrong = [
        f"{policy.policy}: {case.name}: {case.problem.en}"
        for policy in tested
        for case in policy.cases
        if case.problem is not None
    ]
    assert wrong == []
    assert {policy.policy for policy in tested} == {policy.id for policy in PACK.policies}


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_of_the_document_is_served(clause: str) -> None:
    assert [policy.id for policy in PACK.policies if clause in policy.text.clauses]


def test_only_clauses_of_the_document_are_cited_and_those_that_hold_in_every_process() -> None:
    cited = {policy.id: set(policy.text.clauses) - set(CLAUSES) for policy in PACK.policies}
    assert {policy: clauses for policy, clauses in cited.items() if clauses} == CLAUSES_OF_OTHERS


def test_only_what_cannot_be_made_undone_is_less_than_a_denial() -> None:
    others = {policy.id for policy in PACK.policies if policy.action != "deny"}
    # Who made a change is known on a forge alone, and whether it matters is for the company to say.
    assert others == {"rollback-decided-in-time", "requester-opened-the-change"}


def texts(policy: Policy) -> Iterator[Text]:
    yield policy.text.title
    yield policy.fix
    yield from (validation.message for validation in policy.validations)
    yield from (order.message for order in policy.order if order.message is not None)


@pytest.mark.parametrize("policy", PACK.policies, ids=lambda policy: policy.id)
def test_everything_is_said_in_both_languages(policy: Policy) -> None:
    for text in texts(policy):
        assert text.en.isascii() or text.en != text.zh
        assert any("\u4e00" <= character <= "\u9fff" for character in text.zh), text.zh
    for validation in policy.validations:
        assert not validation.message_expressions or set(validation.message_expressions) == {
            "en",
            "zh",
        }


def test_the_page_of_the_pack_lists_every_policy() -> None:
    page = (ROOT / "policies" / "launch" / "README.md").read_text("utf-8")
    assert [policy.id for policy in PACK.policies if f"`{policy.id}`" not in page] == []

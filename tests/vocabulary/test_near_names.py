from __future__ import annotations

import pytest

from launchpolicy.vocabulary.near_names import did_you_mean, near_names, with_meant
from launchpolicy.vocabulary.text import Text

STAGES = ("requested", "launched", "verified", "closed", "rolled-back", "cancelled")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("launchd", ["launched"]),
        ("Launched", ["launched"]),
        ("rolled_back", ["rolled-back"]),
        ("rolled back", ["rolled-back"]),
        ("canceled", ["cancelled"]),
        ("deployment", []),
        ("", []),
    ],
)
def test_a_misspelt_name_finds_the_one_that_was_meant(written: str, meant: list[str]) -> None:
    assert near_names(written, STAGES) == meant


def test_the_nearest_names_come_first_and_no_more_than_asked_for() -> None:
    assert near_names("launch-plan", ("launch-plane", "launch-plans-x", "racks"), 2) == [
        "launch-plane",
        "launch-plans-x",
    ]
    assert near_names("launch-plan", ("launch-plane", "launch-plans-x")) == ["launch-plane"]


def test_a_question_names_what_is_near_in_both_languages() -> None:
    assert did_you_mean(["check", "gate"]) == Text(
        "Did you mean check or gate?", "是否想写 check 或 gate？"
    )
    assert did_you_mean([]) == Text("", "")


def test_a_remedy_stays_as_it_is_where_nothing_is_near() -> None:
    remedy = Text("There are: servers.", "可选：servers。")
    assert with_meant(remedy, "xyz", ["servers"]) == remedy
    assert with_meant(remedy, "server", ["servers"]).zh == "是否想写 servers？可选：servers。"

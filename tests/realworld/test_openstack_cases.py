"""3,018 altered files with the publisher's own verdict: how far both agree.

`gap` are files that the publisher accepts although a person might object. They are counted by
themselves: refusing them is no false alarm, letting them pass is no miss.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pytest

from launchpolicy.engine.submission import submission_of
from launchpolicy.operations.submissions.parallel import judge_all
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Judgement, Verdict

pytestmark = pytest.mark.shared

CASES = 3018

# How many of how many agree, without the gaps: reached, never to fall below.
AGREEMENT_BY_INPUTS = {
    "current_series": (48, 50),
    "file": (1502, 1503),
    "governance": (6, 6),
    "old_file": (791, 791),
    "old_file + current_series": (50, 50),
    "old_file + governance": (8, 8),
    "old_file + other_files": (22, 22),
    "old_file + series_status": (253, 253),
    "old_file + series_status + current_series": (8, 8),
    "old_file + series_status + governance": (42, 42),
    "series_status": (26, 26),
    "series_status + current_series": (3, 3),
    "series_status + governance": (14, 14),
}
AGREEMENT_BY_GROUP = {
    "content": (462, 462),
    "replay": (97, 100),
    "request": (858, 858),
    "schema": (748, 748),
    "unaltered": (300, 300),
    "valid": (198, 198),
    "warn": (44, 44),
    "yaml": (66, 66),
}

# How many of how many are refused that the publisher lets pass.
GAPS_REFUSED = {
    "branch_removed": (22, 22),
    "diff_start_unknown": (22, 22),
    "duplicate_version_same_hash": (22, 22),
    "empty_document_closed_series": (22, 22),
    "new_hash_uppercase": (22, 22),
    "old_release_removed": (22, 22),
    "old_releases_swapped": (22, 22),
    "repo_flag_unknown": (22, 22),
    "repo_settings_unknown_key": (22, 22),
    "stable_branch_wrong_year_id": (22, 22),
    "version_not_increasing": (19, 22),
}

FALSE_ALARMS = {
    "last_release_replayed-045",
    "last_release_replayed-059",
    "last_release_replayed-063",
}
"""Releases that are added again, of a series or a deliverable that has ended. The publisher knows
from git that the tag exists and so counts them as old; the file and its last version cannot say.
"""


class Compared(NamedTuple):
    """One case: whether the publisher refuses it (`wanted`), and whether launchpolicy does."""

    case: Mapping[str, Any]
    wanted: bool
    judgement: Judgement

    @property
    def refused(self) -> bool:
        return self.judgement.verdict in (Verdict.BLOCKED, Verdict.REJECTED)

    @property
    def agrees(self) -> bool:
        return self.wanted == self.refused

    @property
    def group(self) -> str:
        return str(self.case["group"])

    @property
    def inputs(self) -> str:
        return " + ".join(self.case["decidable_from"])


@pytest.fixture(scope="module")
def compared(cases: list[dict[str, Any]], rules: PackSet, moment: datetime) -> list[Compared]:
    submissions = [
        submission_of(
            "Deliverable",
            case["source_path"],
            case["file_text"].encode(),
            None if case["old_text"] is None else case["old_text"].encode(),
        )
        for case in cases
    ]
    judgements = judge_all(submissions, rules, moment)
    pairs = zip(cases, judgements, strict=True)
    return [Compared(case, publisher_refuses(case), judgement) for case, judgement in pairs]


def publisher_refuses(case: Mapping[str, Any]) -> bool:
    """An error that needs git is an artefact of the stub that stood in for it."""
    return any("git" not in error.get("needs", ()) for error in case["errors"])


@pytest.fixture(scope="module")
def ours(compared: list[Compared]) -> list[Compared]:
    """The cases in which both should agree: all but the gaps."""
    return [one for one in compared if one.group != "gap"]


def test_every_case_is_decided(compared: list[Compared]) -> None:
    assert len(compared) == CASES
    assert [c.case["id"] for c in compared if c.judgement.verdict is Verdict.UNDECIDED] == []


def test_agreement_by_what_the_verdict_depends_on(ours: list[Compared]) -> None:
    table = tally(ours, lambda one: one.inputs)
    report("agreement by what decides", table)
    assert fallen(table, AGREEMENT_BY_INPUTS) == {}


def test_agreement_by_group(ours: list[Compared]) -> None:
    table = tally(ours, lambda one: one.group)
    report("agreement by group", table)
    assert fallen(table, AGREEMENT_BY_GROUP) == {}


def test_nothing_that_the_publisher_refuses_passes(ours: list[Compared]) -> None:
    assert [one.case["id"] for one in ours if one.wanted and not one.refused] == []


def test_false_alarms_are_the_known_ones(ours: list[Compared]) -> None:
    assert {one.case["id"] for one in ours if one.refused and not one.wanted} == FALSE_ALARMS


def test_gaps_of_the_publisher_are_refused(compared: list[Compared]) -> None:
    gaps = [one for one in compared if one.group == "gap"]
    seen: Counter[str] = Counter(str(one.case["alteration"]) for one in gaps)
    refused = Counter(str(one.case["alteration"]) for one in gaps if one.refused)
    table = {alteration: (refused[alteration], seen[alteration]) for alteration in seen}
    report("refused of the gaps", table)
    assert fallen(table, GAPS_REFUSED) == {}


Table = dict[str, tuple[int, int]]


def tally(ours: list[Compared], by: Callable[[Compared], str]) -> Table:
    seen: Counter[str] = Counter(by(one) for one in ours)
    agreeing = Counter(by(one) for one in ours if one.agrees)
    return {name: (agreeing[name], seen[name]) for name in seen}


def fallen(table: Table, floors: Table) -> dict[str, object]:
    """What is below its floor, or has none, or is not seen any more."""
    wrong: dict[str, object] = {
        name: f"{table[name]} instead of {floors[name]}"
        for name in table.keys() & floors.keys()
        if table[name][0] < floors[name][0] or table[name][1] != floors[name][1]
    }
    return wrong | dict.fromkeys(table.keys() ^ floors.keys(), "unknown, or gone")


def report(title: str, table: Table) -> None:
    lines = [f"{title:<42}    n   of       %"]
    lines += [
        f"{name:<42} {n:>4} {of:>4} {n / of:>7.1%}" for name, (n, of) in sorted(table.items())
    ]
    print("", *lines, sep="\n")  # noqa: T201 (the report that `-s` shows)

"""What the third format says of a landing: who wrote it, who merged it, and why without a pass."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.ledger.entries_of_landing import request_entry
from launchpolicy.ledger.entry import Entry, entry_of
from launchpolicy.ledger.landing import LandedRequest, Landing, LandingMakers
from launchpolicy.ledger.records import CommitMaker
from launchpolicy.ledger.tiles import LONGEST
from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Operation,
    Outcome,
    PolicyResult,
    Verdict,
)
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text
from tests.ledger.chronicle import Chronicle, begun

PATH = "launches/LR-1/request.yaml"


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def _last(chronicle: Chronicle) -> Entry:
    chronicle.append()
    assert chronicle.complaints() == []
    return chronicle.entries()[-1]


def _branch(chronicle: Chronicle, message: str = "Ask", name: str = "qian.na") -> None:
    """Commit a request on a branch of its own."""
    chronicle.git("switch", "--quiet", "--create", "request")
    chronicle.request("LR-1")
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", message, name=name)


def _merge(chronicle: Chronicle, message: str = "Merge it") -> None:
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", message, "request", name="zhou.kai")


def _people(makers: tuple[CommitMaker, ...]) -> list[str]:
    return [maker.person for maker in makers]


def test_who_wrote_a_landing_is_not_taken_for_who_merged_it(chronicle: Chronicle) -> None:
    _branch(chronicle, "Ask\n\nCo-authored-by: Sun Yu <SUN.YU@example.com>")
    _merge(chronicle)
    entry = _last(chronicle)
    assert (entry.format, entry.event) == ("launchpolicy/ledger-entry/v3", "bypassed")
    assert [maker.name for maker in entry.authors] == ["qian.na", "Sun Yu"]
    assert _people(entry.authors) == ["qian.na", "sun.yu"]
    assert entry.merged_by == CommitMaker(
        name="zhou.kai", email="zhou.kai@example.com", person="zhou.kai"
    )
    assert entry.team == "payments"
    assert [(label.name, label.value) for label in entry.labels] == [("team", "payments")]


def test_who_only_signed_an_approval_is_no_author(chronicle: Chronicle) -> None:
    _branch(chronicle)
    folder = chronicle.folder / "launches/LR-1/approvals"
    folder.mkdir(exist_ok=True)
    (folder / "wang.fang.yaml").write_text("signed: by a stranger\n", "utf-8")
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Approve LR-1", name="wang.fang")
    _merge(chronicle)
    assert _people(_last(chronicle).authors) == ["qian.na"]


def test_who_changes_a_request_beside_an_approval_is_an_author(chronicle: Chronicle) -> None:
    _branch(chronicle)
    folder = chronicle.folder / "launches/LR-1/approvals"
    folder.mkdir(exist_ok=True)
    (folder / "wang.fang.yaml").write_text("signed: by a stranger\n", "utf-8")
    chronicle.edit("launches/LR-1/request.yaml", "name: backup, how", "name: disks, how")
    chronicle.git("add", "--all")
    chronicle.git("commit", "--quiet", "--message", "Approve LR-1", name="wang.fang")
    _merge(chronicle)
    assert _people(_last(chronicle).authors) == ["qian.na", "wang.fang"]


def test_who_only_merged_the_base_into_the_branch_is_no_author(chronicle: Chronicle) -> None:
    _branch(chronicle)
    chronicle.git("switch", "--quiet", "main")
    (chronicle.folder / "notes.txt").write_text("meanwhile", "utf-8")
    chronicle.commit("Meanwhile")
    chronicle.git("switch", "--quiet", "request")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Update", "main", name="wang.fang")
    _merge(chronicle)
    assert _people(_last(chronicle).authors) == ["qian.na"]


def test_who_changes_something_in_a_merge_is_an_author(chronicle: Chronicle) -> None:
    _branch(chronicle)
    chronicle.git("switch", "--quiet", "main")
    (chronicle.folder / "notes.txt").write_text("meanwhile", "utf-8")
    chronicle.commit("Meanwhile")
    chronicle.git("switch", "--quiet", "request")
    chronicle.git("merge", "--quiet", "--no-ff", "--no-commit", "main", name="wang.fang")
    chronicle.edit("launches/LR-1/request.yaml", "team: payments", "team: mine")
    chronicle.git("commit", "--quiet", "--all", "--message", "Update", name="wang.fang")
    _merge(chronicle)
    entry = _last(chronicle)
    assert _people(entry.authors) == ["qian.na", "wang.fang"]
    assert entry.team == "mine"


def test_an_address_that_nobody_has_is_nobody(chronicle: Chronicle) -> None:
    _branch(chronicle, name="mallory")
    _merge(chronicle)
    (author,) = _last(chronicle).authors
    assert (author.email, author.person) == ("mallory@example.com", "")


@pytest.mark.parametrize(
    ("written", "merged", "reason"),
    [
        ("Ask", "Merge\n\nBypass-Reason: the site\n was down", "the site was down"),
        ("Ask\n\nbypass-reason: an outage", "Merge", "an outage"),
        ("Ask\n\nBypass-Reason: old", "Merge\n\nBypass-Reason: new", "new"),
        ("Ask", "Merge\n\nBypass-Reason:  ", ""),
        ("Ask about Bypass-Reason: none", "Merge", ""),
    ],
    ids=["landing", "commit", "landing-first", "empty", "in-a-sentence"],
)
def test_the_reason_of_a_bypass_is_that_of_its_commits(
    chronicle: Chronicle, written: str, merged: str, reason: str
) -> None:
    _branch(chronicle, written)
    _merge(chronicle, merged)
    assert _last(chronicle).reason == reason


def test_what_passed_has_no_reason_for_a_bypass(chronicle: Chronicle) -> None:
    chronicle.edit("people.yaml", "dba: [he.lin]", "dba: [he.lin, gao.peng]")
    chronicle.commit("One more\n\nBypass-Reason: none is needed")
    entry = _last(chronicle)
    assert (entry.event, entry.reason) == ("people-changed", "")
    assert entry.format == "launchpolicy/ledger-entry/v3"


def test_what_failed_is_said_in_both_languages(chronicle: Chronicle) -> None:
    _branch(chronicle)
    chronicle.edit("launches/LR-1/request.yaml", "name: backup, how", "name: disks, how")
    chronicle.commit("Watch something else")
    _merge(chronicle)
    messages = {hurdle.policy: hurdle.message for hurdle in _last(chronicle).hurdles}
    message = messages["watch-points-cover-backup-and-monitoring"]
    assert message is not None
    assert "Backup" in message.en
    assert "备份" in message.zh


def test_words_of_the_program_are_not_in_an_entry_that_has_to_stay_the_same(
    chronicle: Chronicle,
) -> None:
    _branch(chronicle)
    _merge(chronicle)
    hurdles = {hurdle.policy: hurdle for hurdle in _last(chronicle).hurdles}
    assert hurdles["both-leads-approve"].outcome == "pending"
    assert hurdles["both-leads-approve"].message is None


def test_a_reason_cannot_steer_a_terminal(chronicle: Chronicle) -> None:
    _branch(chronicle, "Ask\n\nBypass-Reason: \x1b[2Jgone\u202e")
    _merge(chronicle)
    assert "\x1b[2J" in _last(chronicle).reason
    shown = chronicle.run("show", "LR-1").output
    assert "gone" in shown
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown


LANDING = Landing("c" * 40, "b" * 40, datetime(2026, 11, 25, tzinfo=UTC), makers=LandingMakers())


def _failed(policy: str, message: str) -> PolicyResult:
    finding = Finding(policy, Text(message, message), Place(PATH, START), Text("", ""))
    return PolicyResult(policy, "launch", Action.DENY, Outcome.FAILED, findings=(finding,))


def _landed(data: Any, results: tuple[PolicyResult, ...] = ()) -> LandedRequest:
    judgement = Judgement(
        "LaunchRequest", "LR-1", PATH, Operation.CREATE, "", Verdict.BLOCKED, results
    )
    return LandedRequest(judgement, data, source=b"x")


def test_messages_give_way_before_any_list_so_that_an_entry_fits() -> None:
    results = tuple(_failed(f"policy-{number}", "界" * 499) for number in range(40))
    entry = request_entry(LANDING, _landed({}, results), "sha256:" + "0" * 64)
    assert len(entry.source) <= LONGEST
    assert len(entry.hurdles) == 40
    messages = [hurdle.message is not None for hurdle in entry.hurdles]
    assert messages == sorted(messages, reverse=True)
    assert 0 < messages.count(False) == entry.shortened < 40
    assert entry_of(entry.source) == entry


@pytest.mark.parametrize(
    ("labels", "team"),
    [
        ({"team": "payments", "area": "money"}, "payments"),
        ({"team": ["payments"]}, ""),
        (["team"], ""),
        (None, ""),
        ({"team": "x" * 900}, None),
    ],
    ids=["labels", "a-list-as-team", "a-list", "none", "long"],
)
def test_labels_of_any_shape_make_an_entry(labels: Any, team: str | None) -> None:
    request = {"metadata": {"name": "LR-1", "labels": labels}}
    entry = request_entry(LANDING, _landed(request), "sha256:" + "0" * 64)
    assert entry_of(entry.source) == entry
    assert len(entry.team) == 500 if team is None else entry.team == team


def test_an_entry_of_an_earlier_edition_says_none_of_it() -> None:
    landing = Landing("c" * 40, "b" * 40, datetime(2026, 11, 25, tzinfo=UTC))
    request = {"metadata": {"name": "LR-1", "labels": {"team": "payments"}}}
    landed = _landed(request, (_failed("policy", "it is wrong"),))
    entry = request_entry(landing, landed, "sha256:" + "0" * 64)
    assert entry.format == "launchpolicy/ledger-entry/v1"
    assert (entry.team, entry.labels, entry.authors, entry.merged_by) == ("", (), (), None)
    assert [hurdle.message for hurdle in entry.hurdles] == [None]

"""Which launches `query` and `export` choose, by time, team, standing and waiver."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.ledger.query import Query, select
from launchpolicy.reporters.ledger.text import waiver_table
from launchpolicy.reporters.reporter import ReaderView
from tests.ledger.chronicle import CLOSED, Chronicle, begun
from tests.ledger.views.ledgers import entry

WAIVER = {
    "policy": "launch-window-open",
    "waiver": "quarter-end",
    "owner": "wang.jianguo",
    "expires": "2026-12-31T00:00:00Z",
}
SPAN = {"start": "2026-11-04T22:00:00+08:00", "end": "2026-11-05T02:00:00+08:00"}


def _names(query: Query, *entries: Entry) -> list[str]:
    return [launch.name for launch in select(launches_of(entries).all, query)]


def _approved(name: str = "LR-1", at: str = "2026-11-01T00:00:00Z", **more: Any) -> Entry:
    return entry("approved", name, at, **more)


def _at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "is_chosen"),
    [
        (_at(1), None, True),
        (_at(1, 0, 1), _at(4, 14), False),
        (_at(1, 0, 1), _at(4, 14, 1), True),
        (_at(4, 18, 1), _at(4, 19), False),
        (_at(4, 17), _at(4, 17, 30), True),
        (_at(4, 18), None, True),
        (_at(4, 18, 1), None, False),
        (None, _at(1), False),
        (None, _at(1, 0, 1), True),
    ],
    ids=[
        "on the moment it landed",
        "until the window opens",
        "a minute of the window",
        "after it",
        "inside it",
        "as it ends",
        "all is over",
        "before it landed",
        "just after it landed",
    ],
)
def test_a_period_chooses_what_happened_in_it(
    since: datetime | None, until: datetime | None, *, is_chosen: bool
) -> None:
    launch = _approved(planned=SPAN)
    assert _names(Query(since=since, until=until), launch) == (["LR-1"] if is_chosen else [])


def test_a_team_is_that_of_the_latest_version() -> None:
    entries = (_approved(team="payments"), entry("amended", "LR-1", "2026-11-02T00:00:00Z"))
    assert _names(Query(team="Payments"), entries[0]) == ["LR-1"]
    assert _names(Query(team="payments"), *entries) == []


def test_every_use_of_a_waiver_is_one_line() -> None:
    entries = (_approved(waivers=[WAIVER]), _approved("LR-2"))
    assert _names(Query(waived=True), *entries) == ["LR-1"]
    lines = list(waiver_table(launches_of(entries).all, ReaderView("en")))
    assert lines[0].split() == [
        "LR-1",
        "quarter-end",
        "launch-window-open",
        "wang.jianguo",
        "2026-12-31T00:00:00Z",
        "#0",
    ]
    assert lines[1:] == ["1 use of a waiver\n"]


def test_an_approval_after_the_fact_is_not_an_approval_in_time() -> None:
    bypass = entry(
        "bypassed", "LR-1", "2026-11-01T00:00:00Z", verdict="blocked", attempted="approved"
    )
    later = entry("recorded", "LR-1", "2026-11-02T00:00:00Z")
    assert _names(Query(approved_later=True), bypass, later, _approved("LR-2")) == ["LR-1"]
    assert _names(Query(approved_later=True), bypass) == []


def test_who_wrote_or_merged_is_found_as_a_person() -> None:
    made = _approved(
        format="launchpolicy/ledger-entry/v3",
        authors=[{"name": "Qian Na", "person": "qian.na"}],
        merged_by={"name": "octocat"},
    )
    for person in ("qian.na", "OctoCat"):
        assert _names(Query(person=person), made) == ["LR-1"]
    assert _names(Query(person="Qian"), made) == []


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """LR-1, archived, and LR-1 again, and a closed launch."""
    chronicle = begun(tmp_path_factory.mktemp("query"))
    chronicle.request("LR-1")
    chronicle.commit("Ask")
    chronicle.git("rm", "--quiet", "-r", "launches/LR-1")
    chronicle.commit("Remove it")
    chronicle.request(CLOSED, CLOSED)
    chronicle.commit("Import")
    chronicle.request("LR-1")
    chronicle.commit("Ask again", at="2026-11-25T15:30:00Z")
    assert chronicle.run("append", "--now", "2026-11-26T00:00:00Z").code == 0
    return chronicle


def _launches(chronicle: Chronicle, *arguments: str) -> list[tuple[str, int]]:
    done = chronicle.run("query", "--format", "json", *arguments)
    assert done.code == 0, done.complaint
    launches = [json.loads(line) for line in done.output.splitlines()]
    return [(launch["name"], launch["launch"]) for launch in launches]


def test_the_days_of_a_period_are_those_of_the_calendar(written: Chronicle) -> None:
    """15:30 UTC is 23:30 on the same day in Shanghai; 16:00 UTC is the next day there."""
    period = ("--since", "2026-11-25T15:00:00Z", "--standing", "unapproved")
    assert _launches(written, *period, "--until", "2026-11-25") == [("LR-1", 4)]
    assert _launches(written, *period, "--until", "2026-11-25T15:30:00Z") == []
    assert _launches(written, "--since", "2026-11-26", "--until", "2026-11-27") == []
    assert [name for name, _ in _launches(written, "--since", "2026-11-25")] == [
        "LR-1",
        CLOSED,
        "LR-1",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--since", "2026-11-31"),
        ("--until", "yesterday"),
        ("--since", "2026-11"),
        ("--since", "20261105"),
        ("--since", "2026-11-05T10:00:00"),
        ("--since", "2026-11-05", "--until", "2026-11-04"),
        ("--until", "9999-01-01"),
    ],
)
@pytest.mark.parametrize("command", [("query",), ("export", "never")])
def test_a_period_that_cannot_be_read_is_no_empty_answer(
    written: Chronicle, command: tuple[str, ...], arguments: tuple[str, ...]
) -> None:
    done = written.run(*command, *arguments)
    assert (done.code, done.output) == (2, "")
    assert "--since" in done.complaint or "--until" in done.complaint
    assert not (written.folder / "never").exists()


def test_a_query_as_csv_has_the_columns_of_the_table(written: Chronicle) -> None:
    done = written.run("query", "--team", "payments", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.output)))
    assert [(row["name"], row["launch"], row["approved"], row["team"]) for row in rows] == [
        ("LR-1", "4", "no", "payments"),
        (CLOSED, "3", "no", "payments"),
        ("LR-1", "1", "no", "payments"),
    ]


def test_show_of_a_reused_name_shows_the_latest_and_says_how_to_see_the_others(
    written: Chronicle,
) -> None:
    done = written.run("show", "LR-1")
    assert (done.code, "#4" in done.output, "#1 " in done.output) == (0, True, False)
    assert done.complaint == "The name was used before. See also: LR-1@1\n"
    first = written.run("show", "LR-1@1")
    assert (first.code, first.complaint) == (0, "")
    assert "#1 " in first.output
    assert "#4" not in first.output
    assert written.run("show", "LR-1@2").code == 2
    assert "LR-1@1" in written.run("show", "LR-1", "--format", "json", "--lang", "zh").complaint


def test_a_receipt_of_a_reused_name_is_of_the_launch_that_is_named(written: Chronicle) -> None:
    assert "index 4" in written.run("prove", "LR-1").output
    assert "index 2" in written.run("prove", "LR-1@1").output
    assert written.run("prove", "LR-1@9").code == 2


def test_show_says_who_merged_what_nobody_approved_and_what_was_wrong(written: Chronicle) -> None:
    output = written.run("show", "LR-1").output
    for words in (
        "merged without approval",
        "written by Li Wei (li.wei)",
        "merged by Li Wei (li.wei)",
        "both-leads-approve: approvals missing",
        "tests/functional.xml says that it is about",
    ):
        assert words in output
    assert "未经批准合入" in written.run("show", "LR-1", "--lang", "zh").output


def test_an_export_of_some_launches_is_not_taken_for_the_whole(
    written: Chronicle, tmp_path: Path
) -> None:
    folder = tmp_path / "some"
    done = written.run("export", str(folder), "--format", "jsonl", "--standing", "withdrawn")
    assert done.code == 0, done.complaint
    launches, entries = (
        [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("launches", "entries")
    )
    assert [(row["name"], row["launch"], row["approved"]) for row in launches] == [
        ("LR-1", 1, False)
    ]
    assert [(row["number"], row["launch"], row["void"]) for row in entries] == [
        (1, 1, False),
        (2, 1, False),
    ]
    manifest = json.loads((folder / "ledgers.json").read_text("utf-8"))
    assert manifest["selection"] == {"standing": "withdrawn"}
    whole = tmp_path / "whole"
    assert written.run("export", str(whole), "--format", "jsonl").code == 0
    assert "selection" not in json.loads((whole / "ledgers.json").read_text("utf-8"))
    rows = [json.loads(line) for line in (whole / "entries.jsonl").read_text("utf-8").splitlines()]
    assert [row["launch"] for row in rows] == [None, 1, 1, 3, 4]
    assert rows[4]["merged_by"] == "li.wei"
    assert rows[4]["messages_en"]


def test_a_broken_directory_keeps_no_launch_from_who_asks(written: Chronicle) -> None:
    clone = written.clone("broken-directory")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    (clone.folder / "people.yaml").write_text("kind: Nonsense\n", "utf-8")
    clone.commit("Break the directory")
    done = clone.run("query")
    assert done.code == 0, done.complaint
    assert "LR-1" in done.output

"""Settlements with partners, problems after launch, who follows up (D4.10, D4.8, D1.2.8)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.ledger.found_problems import problems_after_launch
from launchpolicy.ledger.launches import Launch, launches_of
from launchpolicy.ledger.settlement import is_in_period, partners_of, settlement_rows
from launchpolicy.reporters.ledger.launch_lists import csv_of, problem_cells, text_of_table
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.names import NO_NAMES
from launchpolicy.vocabulary.text import Language
from tests.ledger.chronicle import CLOSED, Chronicle, begun
from tests.ledger.views.ledgers import entry

PARTNER = {"spec": {"content": [{"name": "shop", "partner": "paper-partners"}]}}
ANNOUNCED = {"at": "2026-11-05T02:00:00Z", "by": "li.wei"}
FINISHED = "2026-11-04T23:00:00+08:00"


def launch(*stages: str, announced: dict[str, str] | None = None, **more: Any) -> Launch:
    events = {"requested": "approved", "launched": "launched", "closed": "closed"}
    entries = [
        entry(
            events.get(stage, stage),
            "LR-1",
            f"2026-11-0{day}T00:00:00Z",
            stage=stage,
            **({"announced": announced} if announced and stage == stages[-1] else {}),
            **more,
        )
        for day, stage in enumerate(stages, 1)
    ]
    return launches_of(entries).all[0]


def settled(one: Launch) -> tuple[bool, str]:
    (row,) = settlement_rows(one, PARTNER)
    return row.is_settled, row.reason.en


@pytest.mark.parametrize(("language", "words"), [("en", "None."), ("zh", "无。")])
def test_a_list_without_rows_says_so(language: Language, words: str) -> None:
    header = ("Launch", "Why")
    lines = list(text_of_table([header], ReaderView(language)))
    assert lines[1:] == [f"{words}\n"]
    assert len(list(text_of_table([header, ("LR-1", "x")], ReaderView(language)))) == 2


def test_an_announced_launch_is_settled() -> None:
    done = launch("requested", "launched", "closed", announced=ANNOUNCED)
    assert settled(done) == (True, "launched and announced")


def test_a_launch_that_nobody_announced_is_not_settled() -> None:
    is_settled, why = settled(launch("requested", "launched"))
    assert not is_settled
    assert "not announced" in why


def test_a_launch_that_was_rolled_back_or_is_still_to_come_is_not_settled() -> None:
    assert settled(launch("requested")) == (False, "not launched yet")
    assert settled(launch("requested", "launched", "rolled-back")) == (False, "rolled back")


def test_what_was_launched_without_approval_is_not_settled() -> None:
    one = entry(
        "bypassed", "LR-1", "2026-11-01T00:00:00Z", stage="closed", verdict="blocked",
        attempted="closed", announced=ANNOUNCED,
    )  # fmt: skip
    is_settled, why = settled(launches_of([one]).all[0])
    assert not is_settled
    assert "without a passing verdict" in why


def test_a_settled_launch_belongs_to_the_period_of_its_announcement_alone() -> None:
    done = launch("requested", "launched", "verified", "closed", announced=ANNOUNCED)
    (row,) = settlement_rows(done, PARTNER)
    fifth, sixth = datetime(2026, 11, 5, tzinfo=UTC), datetime(2026, 11, 6, tzinfo=UTC)
    assert is_in_period(row, fifth, sixth)
    assert not is_in_period(row, None, fifth)
    assert not is_in_period(row, sixth, None)


def test_partners_of_content_and_of_channels_count_once() -> None:
    data = {
        "spec": {
            "content": [{"partner": "a"}, {"partner": "a"}, {}],
            "channels": [{"partner": "b"}, {"partner": ["c"]}],
        }
    }
    assert partners_of(data) == ("a", "b")
    assert partners_of({"spec": {"content": "x"}}) == ()


def problems(*listed: dict[str, Any]) -> list[str]:
    data = {"status": {"execution": {"finishedAt": FINISHED}, "problems": list(listed)}}
    return [row.name for row in problems_after_launch(launch("requested", "launched"), data)]


def test_problems_during_the_launch_or_without_effect_are_left_out() -> None:
    assert problems(
        {"name": "before", "foundAt": "2026-11-04T22:00:00+08:00"},
        {"name": "after", "foundAt": "2026-11-05T09:00:00+08:00", "users": 40},
        {"name": "nobody", "foundAt": "2026-11-05T09:00:00+08:00", "users": 0},
    ) == ["after"]


def test_a_problem_that_does_not_say_when_or_whom_it_hit_is_listed() -> None:
    assert problems({"name": "undated"}, {"name": "worse", "foundAt": "x"}) == ["undated", "worse"]


def test_the_list_says_who_tested_approved_and_checked() -> None:
    people = [
        {"person": "sun.yu", "role": "tester"},
        {"person": "wang.fang", "role": "acceptor"},
        {"person": "luo.xin", "role": "quality-assurance"},
        {"person": "zhao.min", "role": "executor"},
    ]
    approval = {
        "by": "zhou.kai", "role": "rd-lead", "policy": "both-leads-approve",
        "at": "2026-11-01T00:00:00Z", "source": "github", "where": "#1",
    }  # fmt: skip
    one = launch("requested", "launched", people=people, approvals=[approval])
    data = {"status": {"problems": [{"name": "slow", "users": 3}]}}
    rows = list(problem_cells(problems_after_launch(one, data), NO_NAMES, "en"))
    assert rows[1] == ["LR-1", "slow", "", "3", "sun.yu", "zhou.kai", "wang.fang, luo.xin"]


def test_no_cell_of_a_list_is_a_formula() -> None:
    data = {"status": {"problems": [{"name": "x", "summary": "=HYPERLINK(1)"}]}}
    rows = problem_cells(problems_after_launch(launch("requested"), data), NO_NAMES, "en")
    assert list(csv.reader(io.StringIO(csv_of(rows))))[1][1] == "'=HYPERLINK(1)"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """A ledger of one closed launch, with a partner and a person who follows up."""
    chronicle = begun(tmp_path_factory.mktemp("lists"))
    chronicle.request("LR-2026-0100", CLOSED)
    plan = "  development: {operationsPlan: {emergencyFixes: {owner: zhou.kai}}}\n"
    request = "launches/LR-2026-0100/request.yaml"
    chronicle.edit(request, "\nspec:\n", f"\nspec:\n{plan}")
    chronicle.edit(request, "  content:\n    - {", "  content:\n    - {partner: paper-partners, ")
    chronicle.commit("Close LR-2026-0100")
    chronicle.append()
    return chronicle


def test_show_names_who_of_research_and_development_follows_up(written: Chronicle) -> None:
    shown = written.run("show", "LR-2026-0100", "--lang", "zh").output
    assert "上线后跟进负责人  周凯" in shown


def test_the_settlement_of_one_partner_and_period_as_csv(written: Chronicle) -> None:
    arguments = ("settlement", "--format", "csv", "--partner")
    listed = written.run(*arguments, "paper-partners")
    assert listed.code == 0
    rows = list(csv.DictReader(io.StringIO(listed.output)))
    assert [row["Launch"] for row in rows] == ["LR-2026-0100"]
    assert (rows[0]["Settle"], rows[0]["Why"]) == (
        "no",
        "launched without a passing verdict that stands",
    )
    assert written.run(*arguments, "nobody").output.count("\n") == 1


def test_the_settlement_as_a_workbook_has_texts_only(written: Chronicle) -> None:
    file = written.folder.parent / "settlement.xlsx"
    assert written.run("settlement", "--format", "xlsx", "--output", str(file)).code == 0
    with zipfile.ZipFile(file) as package:
        assert "LR-2026-0100" in package.read("xl/sharedStrings.xml").decode()
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_problems_after_a_launch_are_listed_with_who_had_part(written: Chronicle) -> None:
    listed = written.run("problems", "--format", "csv")
    assert listed.code == 0
    (row,) = csv.DictReader(io.StringIO(listed.output))
    assert row["Launch"] == "LR-2026-0100"
    assert row["Problem"] == "The first request of each server took two seconds."
    assert (row["Tested by"], row["Checked by"]) == ("Sun Yu", "Wang Fang, Zhou Kai")
    chinese = written.run("problems", "--lang", "zh")
    assert "每台服务器的首个请求耗时两秒。" in chinese.output
    assert "LR-2026-0100" not in written.run("problems", "--product", "none").output


def test_a_launch_whose_request_cannot_be_read_is_named_and_the_list_is_not_whole(
    written: Chronicle,
) -> None:
    request = written.folder / "launches/LR-2026-0100/request.yaml"
    request.write_text("spec: [\n", "utf-8")
    written.commit("Break it")
    written.append()
    listed = written.run("settlement")
    assert listed.code == 3
    assert "LR-2026-0100" in listed.complaint

"""The questions that auditors ask of every launch, not only of those in the sample."""

from __future__ import annotations

import csv
import functools
import io
import re
from dataclasses import replace

import pytest

from launchpolicy.ledger.audit.carried_out import was_emergency
from launchpolicy.ledger.audit.emergencies import emergencies_of
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.population import population_of
from launchpolicy.ledger.audit.scope import scope_of
from launchpolicy.ledger.audit.waivers_in_force import waivers_of_period
from launchpolicy.reporters.audit.files import audit_files
from launchpolicy.vocabulary.text import LANGUAGES, Language
from tests.ledger.audit.reports import report_of
from tests.ledger.audit.year import year
from tests.ledger.views.ledgers import ORIGIN, entry


@functools.cache
def _files(language: Language = "en") -> dict[str, str]:
    return dict(audit_files(report_of(year(), language)))


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_files()[name], newline="")))


def test_who_approved_what_and_when_is_listed_of_every_entry() -> None:
    report = report_of(year())
    population = report.population
    events = [e for one in (*population.launches, *population.waivers) for e in one.events]
    expected = [
        (str(number), approval.by, approval.at)
        for number, entry in sorted((*events, *population.rules))
        for approval in entry.approvals
    ]
    rows = _rows("approvals.csv")
    assert [(row["entry"], row["by"], row["at"]) for row in rows] == expected
    assert {row["kind"] for row in rows} == {"LaunchRequest", "Waiver", "Rules"}
    first = rows[0]
    assert (first["role"], first["policy"]) == ("product-lead", "both-leads-approve")
    assert first["merged_at"] > first["at"]
    assert first["launch"] == population.launches[0].id


def test_which_deputies_acted_and_for_whom_is_listed() -> None:
    deputies = [row for row in _rows("approvals.csv") if row["stands_for"]]
    assert [(row["by"], row["stands_for"]) for row in deputies] == [("wang.jianguo", "li.wei")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_that_the_report_names_is_in_the_package(language: Language) -> None:
    files = _files(language)
    named = re.findall(r"\b(?:receipts|proofs|checkpoints)/[\w.-]+", files["index.html"])
    assert named
    package = {*files, "proofs/end-to-ledger"}  # written with the proofs of a real ledger
    assert set(named) <= package


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_a_wide_table_says_on_a_phone_what_it_is(language: Language) -> None:
    for path, page in _files(language).items():
        if not path.endswith(".html"):
            continue
        assert "@media screen and (max-width" in page
        tables = re.findall(r"<table[^>]*>.*?</table>", page, re.DOTALL)
        for table in tables:
            headings = re.findall(r'<th scope="col"', table)
            if len(headings) < 5 or 'class="matrix' in table:
                continue
            assert 'class="cards' in table, path
            body = table.partition("<tbody>")[2]
            cells = re.findall(r"<(?:td|th)\b[^>]*>", body)
            assert cells
            assert all("data-name=" in cell for cell in cells), path


def test_every_emergency_says_when_its_review_was_due_and_held_and_how_late() -> None:
    whole = year()
    rows = {row["name"]: row for row in _rows("emergencies.csv")}
    emergencies = {one.launch.name for one in whole.population.launches if was_emergency(one)}
    assert rows.keys() == emergencies
    late = [name for name, row in rows.items() if row["late_hours"] and row["reviewed_at"]]
    assert late == [name for kind, name in whole.expected if kind == "emergency-reviewed-late"]
    assert (rows[late[0]]["late_hours"], rows[late[0]]["result"]) == (
        "3.0",
        "reviewed 3 hours late",
    )
    missing = {name for kind, name in whole.expected if kind == "emergency-without-review"}
    assert {name for name, row in rows.items() if not row["reviewed_at"]} == missing
    assert all("overdue" in rows[name]["result"] for name in missing)
    honest = rows["LR-2026-0020"]
    assert (honest["result"], honest["reviewers"]) == ("reviewed in time", "chen.jie")
    page = _files("zh")["index.html"]
    assert "评审逾期 3 小时" in page
    assert "：逾期 3 小时" in page  # among the exceptions, too


def test_an_emergency_that_was_never_carried_out_owes_no_review() -> None:
    asked = entry("approved", "LR-1", "2026-11-01T00:00:00Z", risk="emergency")
    later = entry("cancelled", "LR-1", "2026-12-01T00:00:00Z", risk="emergency", stage="cancelled")
    entries = [asked, later]
    population = population_of(ORIGIN, entries, scope_of(entries, None, None))
    dues = {population.launches[0].id: "2026-11-05T00:00:00Z"}
    (emergency,) = emergencies_of(population, AuditFacts(review_dues=dues))
    assert (emergency.result.en, emergency.late, emergency.is_odd) == (
        "not carried out",
        None,
        False,
    )


def test_waivers_that_are_still_open_are_told_from_those_that_have_run_out() -> None:
    rows = {row["name"]: row for row in _rows("waivers.csv")}
    assert {name: row["state"] for name, row in rows.items()} == {
        "quarter-end": "open",
        "old": "expired",
    }
    used = [name for kind, name in year().expected if kind == "waived"]
    assert rows["quarter-end"]["used_by"].split() == used
    assert rows["quarter-end"]["approvers"] == "wang.jianguo"
    assert rows["old"]["approvers"] == ""


def test_a_waiver_that_was_used_and_is_gone_is_listed_as_removed() -> None:
    whole = year()
    facts = replace(whole.facts, waivers=())
    (waiver,) = waivers_of_period(whole.population, facts)
    assert (waiver.file.name, waiver.state.en, waiver.is_open) == ("quarter-end", "removed", False)


_HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff\uff08-\uff1f] ?[,:;()][^\n]{0,12}|[,:;(] ?[\u4e00-\u9fff][^\n]{0,12}"
    r"|[\uff08\uff09\uff0c\uff1a\uff1b] [\u4e00-\u9fff]| \uff08"
)


def test_a_chinese_audit_has_chinese_punctuation() -> None:
    for path, page in _files("zh").items():
        if path.endswith(".html"):
            shown = re.sub(r"<(style|pre)\b.*?</\1>", "", page, flags=re.DOTALL)
            text = re.sub(r"<(?:/?td|/?th|/?tr|/?li|/?p|br|/?h\d|meta)\b[^>]*>", "\n", shown)
            text = re.sub(r"<[^>]+>", "", text)
            assert _HALF_WIDTH.findall(text) == [], path

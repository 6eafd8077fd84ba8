"""The questions that auditors ask of every launch, not only of those in the sample."""

from __future__ import annotations

import csv
import functools
import io
import re

import pytest

from launchpolicy.reporters.audit.files import audit_files
from launchpolicy.vocabulary.text import LANGUAGES, Language
from tests.ledger.audit.reports import report_of
from tests.ledger.audit.year import year


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

"""`launches.csv`, which somebody opens in a spreadsheet (threat O4)."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.ledger.entry import Entry
from launchpolicy.reporters.ledger import table
from launchpolicy.reporters.ledger.cells import guard
from tests.ledger.views.ledgers import entry, product, said, view

STARTS = tuple("=+-@＝＋－＠\t\r\n")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ATTACKS = st.tuples(st.text(" \"'\t\r\n\x00\u3000", max_size=4), st.sampled_from(STARTS), TEXT)


def _rows(*entries: Entry) -> list[dict[str, str]]:
    ((path, text),) = table.files(view(entries))
    assert path == "launches.csv"
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _begins_like_a_formula(cell: str) -> bool:
    return cell.lstrip(' "\u3000').startswith(STARTS)


@given(ATTACKS.map("".join) | TEXT)
def test_no_cell_that_is_parsed_back_begins_like_a_formula(text: str) -> None:
    said_so = said(text or "x")
    rows = _rows(
        entry(
            "approved",
            "LR-1",
            "2026-11-01T08:00:00Z",
            title=said_so,
            product=product(text, text),
            process=text,
            people=[{"person": text, "role": "requester"}],
        )
    )
    assert len(rows) == 1
    assert [cell for cell in rows[0].values() if _begins_like_a_formula(cell)] == []


@pytest.mark.parametrize(
    "attack",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", ' "=1', "'=1", "＝1", "  ＠x", "\x00=1"],
    ids=ascii,
)
def test_a_formula_becomes_text(attack: str) -> None:
    assert guard(attack).startswith("'")


@pytest.mark.parametrize("text", ["Checkout 3.2", "结算", "a=b", "", "3-1"], ids=ascii)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guard(text) == text


def test_every_cell_is_quoted_and_every_line_ends_as_the_standard_says() -> None:
    ((_, text),) = table.files(view([entry("approved", "LR-1", "2026-11-01T08:00:00Z")]))
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert all(line.startswith('"') and line.endswith('"') for line in lines[:-1])


def test_what_nobody_announced_is_not_launched() -> None:
    (row,) = _rows(entry("launched", "LR-1", "2026-11-01T08:00:00Z", stage="launched"))
    assert (row["stage"], row["standing"]) == ("launched", "unannounced")


def test_a_bypassed_launch_says_so() -> None:
    bypassed = entry(
        "bypassed", "LR-1", "2026-11-01T08:00:00Z", verdict="blocked", attempted="approved"
    )
    amended = entry("amended", "LR-1", "2026-11-02T08:00:00Z")
    (row,) = _rows(bypassed, amended)
    assert row["bypassed"] == "yes"
    assert row["approved_at"] == ""

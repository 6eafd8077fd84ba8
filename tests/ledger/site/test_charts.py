"""Charts and cards: the figures of `measures.py`, gaps, the period before, and impossible dates."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.ledger.measures import measures_of
from launchpolicy.reporters.ledger.site.figures import duration, months_measured, percent
from tests.ledger.site.browser import Visit, site, visit
from tests.ledger.site.history import half_year
from tests.ledger.views.ledgers import entry, view

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


def _launched(name: str, done: str, at: str = "2026-11-01T00:00:00Z", **more: object) -> Entry:
    """A launch that was asked for a day before a known time and announced after it."""
    return entry(
        "closed",
        name,
        at,
        stage="closed",
        actual={"end": done},
        announced={"at": at},
        requested_at="2026-08-01T00:00:00Z",
        **more,
    )


def _table(at: Visit, chart: str) -> dict[str, list[str]]:
    """The rows of the table below a chart by their first cell."""
    rows = at.page.locator(f"#chart-{chart} tbody tr").all()
    cells = [row.locator("td").all_text_contents() for row in rows]
    return {first: rest for first, *rest in cells}


def test_cards_and_charts_have_the_figures_of_the_program(chromium: Browser, company: Path) -> None:
    launches = launches_of(half_year()).all
    total = measures_of(launches).total
    with visit(chromium, company) as at:
        figures = {
            "launched": str(total.launched),
            "unannounced": str(total.unannounced),
            "failures": percent(total.failure_rate),
            "rollbacks": percent(total.rollback_rate),
            "lead": duration(total.lead_time).en,
            "restore": duration(total.time_to_restore).en,
        }
        for name, figure in figures.items():
            assert (
                at.page.locator(f"#card-{name} dd").evaluate("dd => dd.firstChild.data") == figure
            )
        failures, leads = _table(at, "failures"), _table(at, "lead")
        for month, period in months_measured(view(half_year())):
            assert failures[month] == [percent(period.failure_rate), str(period.carried_out)]
            assert leads[month][0] == duration(period.lead_time).en
        weeks = {week.name: week for week in measures_of(launches).weeks}
        assert all(
            cells == [str(weeks[name].launched), str(weeks[name].unannounced)]
            for name, cells in _table(at, "weeks").items()
        )


@pytest.mark.parametrize(
    "done", ["1970-01-01T00:00:00Z", "1999-12-31T23:00:00+08:00", "2199-12-31T23:59:59Z"]
)
def test_an_impossible_date_empties_no_chart_and_is_counted_beside_it(
    chromium: Browser, tmp_path: Path, done: str
) -> None:
    months = ("2026-08", "2026-09", "2026-10")
    entries = [_launched(month, f"{month}-15T10:00:00Z") for month in months]
    folder = site(tmp_path, [*entries, _launched("TYPO", done)], as_of=NOW)
    with visit(chromium, folder) as at:
        shown = _table(at, "failures")
        assert [name for name, cells in shown.items() if cells[1] == "1"] == list(months)
        assert len(_table(at, "weeks")) <= 53
        expect(at.page.locator("#chart-lead circle")).to_have_count(3)
        for chart in ("weeks", "failures", "rollbacks", "lead", "restore"):
            at.mentions(f"#chart-{chart} figcaption", "Outside this chart: 1 ")
        assert at.complaints == []
    with visit(chromium, folder, java_script_enabled=False) as at:
        rows = at.page.locator("#charts tbody th").all_inner_texts()
        assert rows[:3] == [*reversed(months)]


def test_a_month_without_launches_is_a_gap_and_not_zero(chromium: Browser, tmp_path: Path) -> None:
    entries = [_launched("A", "2026-08-15T10:00:00Z"), _launched("B", "2026-10-15T10:00:00Z")]
    with visit(chromium, site(tmp_path, entries, as_of=NOW)) as at:
        failures = _table(at, "failures")
        assert failures["2026-08"] == ["0 %", "1"]
        assert failures["2026-09"] == ["–", "0"]
        expect(at.page.locator("#chart-failures rect")).to_have_count(2)
        titles = at.page.locator("#chart-lead svg title").all_text_contents()
        assert "2026-09: no data" in titles


def test_the_axis_the_median_its_range_and_the_period_before_are_drawn(
    chromium: Browser, tmp_path: Path
) -> None:
    days = ("2026-08-05", "2026-08-25", "2026-09-05", "2026-09-15", "2026-09-25")
    entries = [_launched(day, f"{day}T00:00:00Z") for day in days]
    folder = site(tmp_path, entries, as_of=NOW)
    with visit(chromium, folder, "index.html#from=2026-09-01&to=2026-09-30") as at:
        lead = _table(at, "lead")
        assert lead["2026-09"] == ["45.0 days", "37.0 days – 53.0 days"]
        at.mentions("#chart-lead figcaption", "This period 45.0 days, period before 14.0 days")
        expect(at.page.locator("#chart-lead line.before")).to_have_count(1)
        expect(at.page.locator("#chart-lead rect.range")).to_have_count(1)
        ticks = at.page.locator("#chart-lead svg > text[text-anchor=end]").all_text_contents()
        assert ticks == ["0", "50d", "100d"]
        at.mentions("#card-lead", "period before: 14.0 days")
        at.mentions("#card-launched", "period before: 2")


def test_tooltips_and_tables_change_with_the_language(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as at:
        title = at.page.locator("#chart-lead svg title").first
        expect(title).to_contain_text("days")
        at.page.click("#language")
        expect(at.page.locator("#chart-lead svg title").first).to_contain_text("天")
        heads = at.page.locator("#chart-lead thead th").all_text_contents()
        assert heads == ["月份", "前置时间", "第 10 至 90 百分位"]
        assert "天" in next(iter(_table(at, "lead").values()))[0]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_labels_of_charts_are_legible_and_do_not_touch(
    chromium: Browser, company: Path, width: int
) -> None:
    with visit(chromium, company, viewport={"width": width, "height": 800}) as at:
        for chart in ("failures", "weeks"):
            boxes = at.page.locator(f"#chart-{chart} svg > text[text-anchor=middle]").evaluate_all(
                "texts => texts.map(text => text.getBoundingClientRect())"
                ".map(box => [box.left, box.right, box.top, box.height])"
            )
            lowest = max(top for _, _, top, _ in boxes)
            names = sorted(box for box in boxes if lowest - box[2] < 2)
            assert len(names) > 1
            assert all(height >= 12 for *_, height in names)
            assert all(one[1] <= other[0] for one, other in pairwise(names))

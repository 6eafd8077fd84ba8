"""The front page: what comes next and went wrong first, and filters that apply to all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from launchpolicy.ledger.entry import FORMAT_3, Entry
from launchpolicy.reporters.ledger.view import FreezePeriod
from tests.ledger.site.browser import Visit, site, visit
from tests.ledger.views.ledgers import entry, product, said

pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
FREEZE = FreezePeriod(
    "year end", datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
)
PARTS = ("Now", "In seven days", "In thirty days", "Window over, nothing recorded", "Freezes")


def _approved(name: str, start: str, end: str, **more: object) -> Entry:
    return entry(
        "approved", name, "2026-11-01T00:00:00Z", planned={"start": start, "end": end}, **more
    )


def _coming() -> list[Entry]:
    """A launch of every kind of next, and those that have none."""
    over = ("2026-10-01T10:00:00Z", "2026-10-01T12:00:00Z")
    soon = ("2026-11-05T10:00:00Z", "2026-11-05T12:00:00Z")
    return [
        _approved("RUNNING", "2026-11-02T15:00:00+08:00", "2026-11-02T18:00:00+08:00"),
        _approved("SOON", *soon, team="payments", format=FORMAT_3, product=product("shop")),
        _approved("LATER", "2026-11-25T10:00:00Z", "2026-11-25T12:00:00Z", title=said("x", "晚些")),
        _approved("FAR", "2027-03-01T10:00:00Z", "2027-03-01T12:00:00Z"),
        _approved("OVERDUE", *over),
        _approved("CANCELLED", *soon),
        entry(
            "cancelled",
            "CANCELLED",
            "2026-11-01T01:00:00Z",
            stage="cancelled",
            planned={"start": soon[0]},
        ),
    ]


@pytest.fixture(scope="module")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coming")
    return site(folder, _coming(), as_of=NOW, closed=(FREEZE,))


def _outlook(at: Visit) -> dict[str, list[str]]:
    parts: Sequence[Locator] = at.page.locator("#outlook > section").all()
    names = [part.locator("h3").inner_text().rsplit(" ", 1)[0] for part in parts]
    return {
        name: part.locator("li :is(a, .when + bdi)").all_inner_texts()
        for name, part in zip(names, parts, strict=True)
    }


EXPECTED = {
    "Now": ["RUNNING"],
    "In seven days": ["SOON"],
    "In thirty days": ["LATER"],
    "Window over, nothing recorded": ["OVERDUE"],
    "Freezes": ["year end"],
}


@pytest.mark.parametrize("has_script", [True, False])
def test_what_is_next_is_sorted_by_its_window(
    chromium: Browser, coming: Path, *, has_script: bool
) -> None:
    with visit(chromium, coming, now=NOW, java_script_enabled=has_script) as at:
        assert _outlook(at) == EXPECTED
        at.mentions("#as-of", "as of 2026-11-02 08:00 UTC")


def test_next_is_of_the_day_on_which_the_page_is_read(chromium: Browser, coming: Path) -> None:
    with visit(chromium, coming, now=datetime(2026, 11, 23, tzinfo=UTC)) as at:
        outlook = _outlook(at)
        assert outlook["In seven days"] == ["LATER"]
        assert outlook["Window over, nothing recorded"] == ["SOON", "RUNNING", "OVERDUE"]
        assert outlook["Freezes"] == []
        at.mentions("#as-of", "as of 2026-11-02 08:00 UTC (20 days ago)")


def test_what_comes_next_stands_before_what_went_wrong_and_the_table(coming: Path) -> None:
    text = (coming / "index.html").read_text("utf-8")
    places = [text.index(f'<section id="{name}"') for name in ("next", "wrong", "launches")]
    assert places == sorted(places)


def test_what_went_wrong_lists_every_kind_and_nothing_else(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, "index.html#wrong=yes") as at:
        numbers = {int(name[-4:]) for name in _all_names(at)}
    bypassed = {number for number in range(60) if number % 9 == 4}
    failed = {number for number in range(60) if number % 8 == 3 and number % 13 != 7}
    unannounced = {number for number in range(60) if number % 10 == 6 and number % 13 != 7} - failed
    assert numbers == bypassed | failed | unannounced


def test_a_filter_applies_to_cards_charts_calendar_and_timeline_alike(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, "index.html#product=tracking") as at:
        names = set(_all_names(at))
        assert {int(name[-4:]) % 4 for name in names} == {3}
        assert at.page.locator("#events a").count() > 0
        assert set(at.page.locator("#events a").all_inner_texts()) <= names
        assert set(at.page.locator("#month a.chip").all_inner_texts()) <= names
        assert set(at.page.locator("#problems li a").all_inner_texts()) <= names
        weeks = at.page.locator("#chart-weeks tbody tr")
        cells = [row.locator("td").all_text_contents() for row in weeks.all()]
        carried = sum(int(announced) + int(other) for _, announced, other in cells)
        shown = [
            at.page.locator(f"#card-{name} dd").inner_text() for name in ("launched", "unannounced")
        ]
        assert carried == sum(int(text.split()[0]) for text in shown) > 0


def _all_names(at: Visit) -> list[str]:
    """The names on every page of the table."""
    names = at.names()
    while at.page.locator("#after").is_enabled():
        at.page.click("#after")
        names += at.names()
    return names


def test_dates_filter_by_the_day_of_the_launch(chromium: Browser, company: Path) -> None:
    with visit(chromium, company, "index.html#from=2026-07-01&to=2026-07-31&sort=name") as at:
        at.lists([f"LR-2026-{number:04d}" for number in range(10, 20)])
        at.mentions("#card-launched", "period before:")
        at.page.fill("input[name=from]", "2026-07-20")
        at.wait_for_address("from=2026-07-20", "to=2026-07-31", "sort=name")


def test_order_and_page_stand_in_the_address(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as at:
        at.page.click("[data-sort=name]")
        at.page.click("#after")
        at.wait_for_address("sort=name", "page=2")
        names, address = at.names(), at.page.url
    with visit(chromium, company, f"index.html{address[address.index('#') :]}") as again:
        again.lists(names)
        expect(again.page.locator("th.name[aria-sort=ascending]")).to_have_count(1)
        again.shows("#page", "2 / 3")


@pytest.mark.parametrize("address", ["#page=x&sort=constructor", "#month=2026-99&from=yes&page=-3"])
def test_an_address_that_makes_no_sense_is_no_filter(
    chromium: Browser, company: Path, address: str
) -> None:
    with visit(chromium, company, f"index.html{address}") as at:
        at.shows("#count", "60 of 60 launches")
        at.shows("#page", "1 / 3")
        assert at.complaints == []


def test_an_address_that_asks_for_what_is_not_there_lists_nothing(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, "index.html#product=gone") as at:
        at.shows("#count", "0 of 60 launches")
        at.lists([])
        assert at.complaints == []


def test_an_empty_ledger_has_a_front_page(chromium: Browser, tmp_path: Path) -> None:
    with visit(chromium, site(tmp_path, [])) as at:
        at.shows("#count", "0 of 0 launches")
        at.mentions("#chart-weeks", "Nothing to count yet.")
        assert at.complaints == []


def test_a_team_is_filtered_by_where_entries_have_one(
    chromium: Browser, coming: Path, company: Path
) -> None:
    with visit(chromium, coming, now=NOW) as at:
        at.page.select_option("select[name=team]", "payments")
        at.lists(["SOON"])
        at.page.click("button[type=reset]")
        at.page.click("#teams th a")
        at.lists(["SOON"])
    with visit(chromium, company) as at:
        expect(at.page.locator("select[name=team]")).to_be_hidden()
        expect(at.page.locator("#table th.team")).to_be_hidden()


def test_products_and_teams_have_a_table_and_a_calendar_of_their_own(coming: Path) -> None:
    for pattern, others in (("products/*", "RUNNING"), ("teams/*", "RUNNING")):
        (folder,) = coming.glob(pattern)
        for name in ("launches.csv", "calendar.ics"):
            text = (folder / name).read_text("utf-8")
            assert "SOON" in text
            assert others not in text
            assert others in (coming / name).read_text("utf-8")
    assert (coming / "announcements.atom").is_file()


def test_without_a_script_every_launch_is_on_the_page_of_its_month(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, java_script_enabled=False) as at:
        at.mentions("#count", "The latest 20 of 60 launches")
        months = at.page.locator("#months a").evaluate_all("links => links.map(link => link.href)")
        names = []
        for month in months:
            at.page.goto(month)
            names += at.page.locator("#table tbody th a").all_inner_texts()
    assert sorted(names) == [f"LR-2026-{number:04d}" for number in range(60)]


def test_a_link_to_an_event_leads_to_that_event(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as at:
        link = at.page.locator("#events a").first
        at.follow(link)
        anchor = at.page.url.split("#")[1]
        expect(at.page.locator(f"li#{anchor}")).to_be_visible()
        expect(at.page.locator("li:target")).to_have_count(1)


def test_the_months_of_the_calendar_are_turned(chromium: Browser, company: Path) -> None:
    with visit(chromium, company, now=datetime(2026, 8, 10, tzinfo=UTC)) as at:
        at.shows("#month-name", "2026-08")
        at.page.click("#month button >> nth=0")
        at.shows("#month-name", "2026-07")
        at.wait_for_address("month=2026-07")
        assert at.page.locator("#month a.chip").count() > 0

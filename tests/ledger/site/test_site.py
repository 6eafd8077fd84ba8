"""The static site of the ledger as people see it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from launchpolicy.reporters.ledger.site import pages
from tests.extent import share_of
from tests.ledger.site.browser import site, visit
from tests.ledger.site.history import HOSTILE, half_year, hostile
from tests.ledger.views.ledgers import view

pytestmark = pytest.mark.browser

OURS = re.compile(
    r"(\.\./)?((assets|launches|proofs|months)/[a-z0-9.-]+(#entry-\d+)?|(index|rules)\.html(#\w*)?"
    r"|launches\.csv|calendar\.ics|announcements\.atom"
    r"|(products|teams)/[a-z0-9-]+/(launches\.csv|calendar\.ics|announcements\.atom))"
    r"|#(\w*|entry-\d+|(product|team|wrong)=[\w.%~/-]+)|data:,"
)
FOLLOWED = ':is(main, nav) a:not([download], [href$=".ics"], [href$=".atom"])'
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site(tmp_path_factory.mktemp("attacked"), [*half_year(4), *hostile()])


def test_it_opens_from_a_file_without_a_complaint(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as found:
        found.shows("h1", "Release ledger")
        found.shows("#count", "60 of 60 launches")
        expect(found.rows).to_have_count(20)
        found.page.click("#after")
        found.page.click("#after")
        found.shows("#page", "3 / 3")
        expect(found.rows).to_have_count(20)
        expect(found.page.locator("#after")).to_be_disabled()
        assert found.complaints == []


def test_a_search_looks_through_names_titles_products_and_people(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company) as found:
        for words, names in (
            ("0007", ["LR-2026-0007"]),
            ("第 12 版", ["LR-2026-0012"]),
            ("checkout 20.0", ["LR-2026-0020"]),
            ("nobody at all", []),
        ):
            found.page.fill("input[name=q]", words)
            found.lists(names)
        found.page.fill("input[name=q]", "李薇")
        found.shows("#count", "60 of 60 launches")


def test_filters_add_up_and_stand_in_the_address(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as found:
        found.page.select_option("select[name=product]", "tracking")
        found.page.select_option("select[name=standing]", "rolled-back")
        found.wait_for_address("product=tracking", "standing=rolled-back")
        names = found.names()
        assert names
        address = found.page.url
    with visit(chromium, company, f"index.html{address[address.index('#') :]}") as again:
        again.lists(names)
        again.page.click("button[type=reset]")
        again.shows("#count", "60 of 60 launches")


def test_what_nobody_announced_is_not_counted_as_launched(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as found:
        found.page.select_option("select[name=standing]", "unannounced")
        found.wait_for_address("standing=unannounced")
        names = found.names()
        assert names
        assert all(int(name[-4:]) % 10 == 6 for name in names)
        found.page.click("#table tbody tr:visible th a >> nth=0")
        found.mentions("main", "Not announced: it counts as not launched (D4.10).")


def test_a_click_on_a_column_sorts_and_a_second_one_turns_it_round(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company) as found:
        found.page.click("[data-sort=name]")
        expect(found.page.locator("th[aria-sort=ascending]")).to_have_count(1)
        first = found.names()
        assert first == sorted(first)
        found.page.click("[data-sort=name]")
        expect(found.page.locator("th[aria-sort=descending]")).to_have_count(1)
        assert found.names()[0] == "LR-2026-0059"


def test_the_language_is_switched_and_remembered(chromium: Browser, company: Path) -> None:
    with visit(chromium, company) as found:
        found.page.click("#language")
        found.shows("h1", "上线日志")
        found.shows("#count", "共 60 次上线，显示 60 次")
        expect(found.page).to_have_title("上线日志")
        expect(found.page.locator("html")).to_have_attribute("lang", "zh")
        found.page.click("#table tbody a >> nth=0")
        found.mentions("main", "全部上线")
        found.page.click("#language")
        found.mentions("main", "All launches")


def test_light_and_dark_follow_the_system_and_the_button(chromium: Browser, company: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with visit(chromium, company, color_scheme="light") as found:
        light = found.page.evaluate(ground)
        found.page.click("#theme")
        expect(found.page.locator("html")).to_have_attribute("data-theme", "dark")
        dark = found.page.evaluate(ground)
    with visit(chromium, company, color_scheme="dark") as found:
        assert found.page.evaluate(ground) == dark != light


@pytest.mark.npm
@pytest.mark.parametrize("page", ["index.html", "rules.html", "launch"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_that_keeps_anybody_out(
    chromium: Browser, company: Path, page: str, scheme: str
) -> None:
    with visit(chromium, company, _page(company, page), color_scheme=scheme, bypass_csp=True) as at:
        assert at.violations() == []
        at.page.click("#language")
        expect(at.page.locator("html")).to_have_attribute("lang", "zh")
        assert at.violations() == []


@pytest.mark.parametrize("page", ["index.html", "rules.html", "months/2026-11.html", "launch"])
def test_a_phone_needs_no_sideways_scrolling(chromium: Browser, attacked: Path, page: str) -> None:
    with visit(chromium, attacked, _page(attacked, page), viewport=PHONE) as found:
        assert found.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_o3_no_text_of_a_request_is_executed_not_even_by_clicking_every_link(
    chromium: Browser, attacked: Path
) -> None:
    with visit(chromium, attacked) as found:
        links = found.page.locator(FOLLOWED)
        every = links.evaluate_all("links => links.map(link => link.href)")
        targets = {target.split("#entry-")[0]: target for target in every}
        assert len(targets) > len(HOSTILE)
        for target in share_of(tuple(targets.values()), 20):
            number = links.evaluate_all(
                "(links, target) => links.findIndex(link => link.href === target)", target
            )
            if links.nth(number).is_visible():
                found.follow(links.nth(number))
                assert found.is_broken() is None
                found.page.goto(f"{attacked.as_uri()}/index.html")
        found.page.hover("#table tbody tr >> nth=0")
        found.page.fill("input[name=q]", HOSTILE[0])
        found.wait_for_address("q=")
        assert found.is_broken() is None
        assert found.complaints == []


def test_o3_every_page_of_hostile_launches_stays_quiet(chromium: Browser, attacked: Path) -> None:
    for file in sorted((*attacked.glob("launches/*"), *attacked.glob("months/*"))):
        with visit(chromium, attacked, str(file.relative_to(attacked))) as found:
            assert found.is_broken() is None
            assert found.complaints == []


def test_o3_pages_hold_no_script_and_no_style_of_their_own(attacked: Path) -> None:
    for file in attacked.rglob("*.html"):
        text = file.read_text("utf-8")
        assert "default-src 'none'; script-src 'self'" in text
        assert list(_acting(text)) == []
        assert "\u202e" not in text
        assert "\x00" not in text


def test_the_same_ledger_makes_the_same_bytes() -> None:
    entries = half_year(12)
    assert list(pages.files(view(entries))) == list(pages.files(view(entries)))


def _acting(text: str) -> Iterator[str]:
    """Every tag that could act: scripts and styles that are not ours, handlers, odd links."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(text)
    for tag, given in found:
        if tag in {"style", "iframe", "object", "embed", "base"}:
            yield tag
        if tag == "script" and not OURS.fullmatch(given.get("src") or ""):
            yield f"{tag} {given}"
        if not OURS.fullmatch(given.get("href") or "#"):
            yield f"{tag} {given['href']}"
        yield from (f"{tag} {name}" for name in given if name.startswith("on") or name == "style")


def _page(folder: Path, page: str) -> str:
    if page != "launch":
        return page
    return f"launches/{min(each.name for each in (folder / 'launches').iterdir())}"

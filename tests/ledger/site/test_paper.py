"""The site on paper: light, every row of the filter, heads and what it is of on each page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ledger.site.browser import Visit, visit

pytestmark = pytest.mark.browser

_STYLE = "(element, name) => getComputedStyle(element)[name]"


def _print(at: Visit) -> None:
    at.page.emulate_media(media="print")
    at.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")


def _line(at: Visit) -> str:
    """What stands in the margin of each page."""
    line: str = at.page.evaluate("document.documentElement.style.getPropertyValue('--paper-line')")
    return line


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_printed_light_and_without_buttons(
    chromium: Browser, company: Path, scheme: str, tmp_path: Path
) -> None:
    with visit(chromium, company, color_scheme=scheme) as at:
        _print(at)
        for selector in ("#language", "#filters", "#pages", "#table thead button >> nth=0"):
            expect(at.page.locator(selector)).to_be_hidden()
        expect(at.page.locator("#table th.name .onpaper")).to_be_visible()
        assert at.page.locator("body").evaluate(_STYLE, "backgroundColor") == "rgb(255, 255, 255)"
        assert at.page.locator("body").evaluate(_STYLE, "color") == "rgb(0, 0, 0)"
        paper = tmp_path / "ledger.pdf"
        at.page.pdf(path=str(paper), format="A4")
    assert paper.read_bytes().count(b"/Type /Page\n") > 3


def test_every_row_that_the_filter_leaves_is_printed_with_repeated_heads(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, "index.html#product=checkout&page=1") as at:
        expect(at.rows).to_have_count(15)
        at.page.click("button[type=reset]")
        expect(at.rows).to_have_count(20)
        _print(at)
        expect(at.rows).to_have_count(60)
        assert at.page.locator("#table thead").evaluate(_STYLE, "display") == "table-header-group"
        at.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(at.rows).to_have_count(20)


def test_each_page_says_what_was_filtered_and_of_which_checkpoint(
    chromium: Browser, company: Path
) -> None:
    with visit(chromium, company, 'index.html#product=checkout&q=20.0"') as at:
        at.page.fill("input[name=q]", '20.0" \\ }')
        _print(at)
        line = _line(at)
        for part in ("ledger.example/shop", "as of ", "printed 20", "checkpoint ", "UNSIGNED"):
            assert part in line
        assert 'filter: Search: 20.0\\" \\\\ }, product: checkout · 0 of 60 launches' in line
        assert line.startswith('"')
        expect(at.page.locator(".paper")).to_be_visible()
    with visit(chromium, company, "rules.html") as at:
        _print(at)
        assert "checkpoint " in _line(at)

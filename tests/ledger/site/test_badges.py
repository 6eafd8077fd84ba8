"""What nobody approved is never shown in the colour of what went well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from launchpolicy.ledger.launches import launches_of
from tests.ledger.site.browser import visit
from tests.ledger.site.history import half_year

_BADGE = re.compile(r'<span class="badge ([a-z-]+)"><span class="dot"[^>]*></span>(.*?)</span>')


def _unapproved() -> str:
    """The name of a launch that was carried out, and that nobody had approved."""
    launches = launches_of(half_year()).all
    return next(one.name for one in launches if one.is_bypassed and one.standing == "launched")


def test_a_launch_without_approval_is_not_green_on_its_page(company: Path) -> None:
    found = set()
    for page in (*company.glob("launches/*.html"), *company.glob("months/*.html")):
        for css, words in _BADGE.findall(page.read_text("utf-8")):
            if "merged without approval" in words:
                found.add(css)
    assert found == {"unapproved"}


@pytest.mark.browser
def test_nor_in_the_lists_of_the_overview(chromium: Browser, company: Path) -> None:
    name = _unapproved()
    with visit(chromium, company) as found:
        row = found.page.locator("#table tbody tr", has_text=name)
        assert "unapproved" in (row.locator(".badge").first.get_attribute("class") or "")

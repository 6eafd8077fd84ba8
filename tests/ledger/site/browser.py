"""Debian's Chromium, driven by Playwright, on pages that lie in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from launchpolicy.ledger.entry import Entry
from launchpolicy.reporters.ledger.site import pages
from tests.hosts.github.counterparts import file_of
from tests.ledger.views.ledgers import view

_AXE = "axe-core@4.10.3"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

expect.set_options(timeout=60_000)  # of a loaded machine; what is there is seen at once


@dataclass
class Visit:
    """A page that is open, and everything it complained about.

    A page reacts a moment after a click: ask for what it will show (`shows`, `lists`,
    `wait_for_address`), and read it only after that.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Locator:
        """The names of launches that the table shows."""
        return self.page.locator("#table tbody tr:visible th a")

    def shows(self, selector: str, text: str) -> None:
        """Waits until an element shows exactly this text."""
        expect(self.page.locator(selector).first).to_have_text(text, use_inner_text=True)

    def mentions(self, selector: str, text: str) -> None:
        """Waits until this text is part of what an element shows."""
        expect(self.page.locator(selector).first).to_contain_text(text, use_inner_text=True)

    def lists(self, names: list[str]) -> None:
        """Waits until the table shows exactly these launches, in this order."""
        expect(self.rows).to_have_text(names)

    def follow(self, link: Locator) -> None:
        """Clicks a link and waits until the page is the one that it leads to."""
        target: str = link.evaluate("link => link.href")
        link.click(modifiers=[])
        self.page.wait_for_function("target => window.location.href === target", arg=target)

    def wait_for_address(self, *parts: str) -> None:
        """Waits until the address holds every part; the table is drawn before it is written."""
        for part in parts:
            self.page.wait_for_function("part => window.location.hash.includes(part)", arg=part)

    def names(self) -> list[str]:
        """The launches that the table shows now."""
        return [each.strip() for each in self.rows.all_inner_texts()]

    def is_broken(self) -> Any:
        return self.page.evaluate("window.broken")

    def violations(self) -> list[str]:
        """What axe-core finds wrong: rule and place."""
        self.page.evaluate(file_of(_AXE, "axe.min.js").read_text("utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']} ({rule['impact']}): {node['target']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]


@contextmanager
def browser() -> Iterator[Browser]:
    """A fresh browser; Debian's, because no other is downloaded."""
    program = shutil.which("chromium")
    assert program is not None, "These tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visit(
    browser: Browser,
    site: Path,
    page: str = "index.html",
    now: datetime | None = None,
    **options: Any,
) -> Iterator[Visit]:
    """A page of a site, opened as a file at `now`, with nothing remembered of earlier visits."""
    context = browser.new_context(**options)
    try:
        found = Visit(context.new_page())
        if now is not None:
            found.page.clock.set_fixed_time(now)
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("dialog", lambda dialog: found.complaints.append(dialog.message))
        found.page.on("request", lambda request: _note(found, request.url))
        found.page.goto(f"{site.as_uri()}/{page}")
        yield found
    finally:
        context.close()


def site(folder: Path, entries: Iterable[Entry], **more: Any) -> Path:
    """The site of a ledger, written into a folder; `more` is of the view."""
    for path, text in pages.files(replace(view(list(entries)), **more)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def _note(found: Visit, url: str) -> None:
    if not url.startswith(("file:", "data:,")):
        found.complaints.append(f"asks for {url}")

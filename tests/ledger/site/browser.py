"""Debian's Chromium, driven by Playwright, on pages that lie in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

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


@dataclass
class Visit:
    """A page that is open, and everything it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return self.page.locator(selector).first.inner_text()

    def names(self) -> list[str]:
        """The launches that the table shows."""
        rows = self.page.locator("#table tbody tr:visible th a")
        return [each.strip() for each in rows.all_inner_texts()]

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
    browser: Browser, site: Path, page: str = "index.html", **options: Any
) -> Iterator[Visit]:
    """A page of a site, opened as a file, with nothing remembered of earlier visits."""
    context = browser.new_context(**options)
    try:
        found = Visit(context.new_page())
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("dialog", lambda dialog: found.complaints.append(dialog.message))
        found.page.on("request", lambda request: _note(found, request.url))
        found.page.goto(f"{site.as_uri()}/{page}")
        yield found
    finally:
        context.close()


def site(folder: Path, entries: Iterable[Entry]) -> Path:
    """The site of a ledger, written into a folder."""
    for path, text in pages.files(view(list(entries))):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def _note(found: Visit, url: str) -> None:
    if not url.startswith(("file:", "data:,")):
        found.complaints.append(f"asks for {url}")

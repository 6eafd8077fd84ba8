"""Every view by its name; one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from launchpolicy.reporters.ledger.view import LedgerReporter
from launchpolicy.vocabulary.text import Text


class ViewRegistration(NamedTuple):
    """How to load a view, and what it is."""

    load: Callable[[], LedgerReporter]
    title: Text


def _readme() -> LedgerReporter:
    from launchpolicy.reporters.ledger import readme  # noqa: PLC0415 (loaded when asked for)

    return readme


def _pages() -> LedgerReporter:
    from launchpolicy.reporters.ledger import page  # noqa: PLC0415 (loaded when asked for)

    return page


def _csv() -> LedgerReporter:
    from launchpolicy.reporters.ledger import table  # noqa: PLC0415 (loaded when asked for)

    return table


def _calendar() -> LedgerReporter:
    from launchpolicy.reporters.ledger import calendar  # noqa: PLC0415 (loaded when asked for)

    return calendar


def _feed() -> LedgerReporter:
    from launchpolicy.reporters.ledger import feed  # noqa: PLC0415 (loaded when asked for)

    return feed


def _site() -> LedgerReporter:
    from launchpolicy.reporters.ledger.site import pages  # noqa: PLC0415 (loaded when asked for)

    return pages


VIEWS: dict[str, ViewRegistration] = {
    "readme": ViewRegistration(_readme, Text("Overview in Markdown", "Markdown 概览")),
    "pages": ViewRegistration(_pages, Text("One page a launch in Markdown", "每次上线一页")),
    "csv": ViewRegistration(_csv, Text("Table for spreadsheets", "电子表格")),
    "calendar": ViewRegistration(_calendar, Text("Windows and freezes", "窗口与封网期日历")),
    "feed": ViewRegistration(_feed, Text("Feed of announcements", "通告订阅源")),
    "html": ViewRegistration(_site, Text("Static site", "静态网站")),
}

ON_BRANCH = ("readme", "pages", "csv", "calendar", "feed")
"""The views that stand on the ledger's own branch, where a host shows them."""

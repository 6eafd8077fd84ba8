"""Waivers in the views: requests for an exception, which count as no launch."""

from __future__ import annotations

import pytest

from launchpolicy.ledger.launches import LaunchState, launches_of
from launchpolicy.reporters.ledger import page, readme
from launchpolicy.reporters.ledger import table as csv_table
from launchpolicy.reporters.ledger.site.pages import files as site_files
from launchpolicy.reporters.ledger.text import table
from launchpolicy.reporters.ledger.words import STANDINGS
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.text import Language
from tests.ledger.views.ledgers import entry, view

LAUNCH = entry("approved", "LR-1", "2026-11-01T08:00:00Z")
WAIVER = entry(
    "bypassed",
    "late-notice",
    "2026-11-02T08:00:00Z",
    kind="Waiver",
    path="waivers/late-notice.yaml",
    attempted="approved",
    verdict="blocked",
    hurdles=({"policy": "waivers-approved", "outcome": "pending"},),
)


def test_a_waiver_is_in_no_figure_of_the_site() -> None:
    files = dict(site_files(view([LAUNCH, WAIVER])))
    front = files["index.html"]
    assert "2 entries, 1 launch<" in front
    assert "late-notice" not in front
    assert '<div id="card-bypassed"><dt>' in front  # none was: the card is not marked


def test_a_waiver_stands_beside_the_rules_with_a_page_of_its_own() -> None:
    files = dict(site_files(view([LAUNCH, WAIVER])))
    assert '<a href="launches/1.html"><bdi>late-notice</bdi></a>' in files["rules.html"]
    assert "late-notice" in files["launches/1.html"]
    assert "proofs/1.txt" in files
    assert not any(path.endswith("late-notice.md") for path in files)


def test_the_readme_counts_launches_and_warns_of_a_waiver_that_nobody_approved() -> None:
    ((_, text),) = readme.files(view([LAUNCH, WAIVER]))
    latest = text.partition("## Latest launches")[2].partition("## By product")[0]
    assert "LR-1" in latest
    assert "late-notice" not in latest
    assert "late-notice" in text.partition("> [!WARNING]")[2]


def test_table_and_pages_keep_a_waiver_with_its_kind() -> None:
    both = view([LAUNCH, WAIVER])
    ((_, lines),) = csv_table.files(both)
    assert [line.split(",")[0] for line in lines.splitlines()] == [
        '"kind"',
        '"LaunchRequest"',
        '"Waiver"',
    ]
    assert len(list(page.files(both))) == 2


@pytest.mark.parametrize(
    ("language", "sums"), [("en", "1 launch, 1 waiver"), ("zh", "共 1 次上线，1 项豁免")]
)
def test_a_list_counts_waivers_apart(language: Language, sums: str) -> None:
    reader = ReaderView(language)
    lines = list(table(launches_of([LAUNCH, WAIVER]).all, reader))
    assert lines[-1].strip() == sums
    assert any(STANDINGS[LaunchState.UNAPPROVED].in_language(language) in line for line in lines)

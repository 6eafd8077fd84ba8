"""`README.md` and the pages of launches, as a reader of Markdown takes them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import pytest
from markdown_it import MarkdownIt

from launchpolicy.ledger.entry import Entry
from launchpolicy.reporters.ledger import page, readme
from launchpolicy.reporters.ledger.registry import ON_BRANCH, VIEWS
from tests.ledger.views.ledgers import entry, product, said, view

PAYLOADS = (
    "[x](javascript:alert(1))",
    "![x](https://evil.invalid/beacon.png)",
    "<img src=x onerror=alert(1)>",
    "# heading",
    "a\n\n## heading",
    "| a | b |\n|---|---|",
    "```\ncode",
    "<!-- hidden",
    "[x]: https://evil.invalid",
    "https://evil.invalid",
    "@everybody #1 GH-1",
    "</code><script>x()</script>",
)
EVENTS_AT = "2026-11-01T08:00:00Z"


def _hostile(text: str) -> Entry:
    whole: dict[str, Any] = {
        "title": said(text),
        "summary": said(text),
        "product": product(text, text),
        "process": text,
        "risk": text,
        "people": [{"person": text, "role": text, "display": said(text)}],
        "approvals": [
            {"by": text, "role": text, "policy": text, "at": EVENTS_AT, "source": text}
            | {"where": text, "standsFor": text}
        ],
        "waivers": [{"policy": text, "waiver": text, "owner": text, "expires": EVENTS_AT}],
        "hurdles": [{"policy": text, "outcome": "failed"}],
        "evidence": [{"at": text, "path": text, "kind": text, "sha256": text, "found": text}],
        "problems": [{"name": text, "outcome": text}],
        "rollback": {"by": text, "reason": said(text)},
        "announced": {"at": EVENTS_AT, "by": text},
        "planned": {"start": text[:64], "end": text[:64]},
    }
    return entry("bypassed", "LR-1", EVENTS_AT, verdict="blocked", attempted="launched", **whole)


def _links(text: str) -> list[str]:
    """Where links and pictures lead, as a reader with GitHub's habits finds them."""
    found: list[str] = []
    parser = MarkdownIt("gfm-like", {"linkify": False})
    for token in parser.parse(text):
        for child in token.children or []:
            found += [str(child.attrs[name]) for name in ("href", "src") if name in child.attrs]
    return found


def _html(text: str) -> set[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    pieces = [each for token in tokens for each in [token, *(token.children or [])]]
    return {each.content for each in pieces if each.type in {"html_inline", "html_block"}}


def _headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        following.content for token, following in pairwise(tokens) if token.type == "heading_open"
    ]


def _page(*entries: Entry) -> str:
    ((_, text),) = page.files(view(entries))
    return text


def _readme(*entries: Entry) -> str:
    ((path, text),) = readme.files(view(entries))
    assert path == "README.md"
    return text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_request_makes_no_link_on_its_page(payload: str) -> None:
    assert _links(_page(_hostile(payload))) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_request_makes_no_html_but_code(payload: str) -> None:
    hostile = _hostile(payload)
    assert _html(_page(hostile)) <= {"<code>", "</code>"}
    assert _html(_readme(hostile)) <= {"<code>", "</code>"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_request_makes_no_heading(payload: str) -> None:
    assert len(_headings(_page(_hostile(payload)))) == len(_headings(_page(_hostile("x"))))
    assert len(_headings(_readme(_hostile(payload)))) == len(_headings(_readme(_hostile("x"))))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_request_makes_no_link_in_the_overview(payload: str) -> None:
    known = {"checkpoint", "launches.csv", "calendar.ics", "announcements.atom"}
    rest = set(_links(_readme(_hostile(payload)))) - known
    assert len(rest) == 1
    assert re.fullmatch(r"launches/[a-z0-9-]+\.md", rest.pop())


def test_every_link_of_the_overview_leads_to_a_file_of_a_view() -> None:
    ledger = view([entry("approved", "LR-1", EVENTS_AT), entry("approved", "发布", EVENTS_AT)])
    files = {path for name in ON_BRANCH for path, _ in VIEWS[name].load().files(ledger)}
    linked = set(_links(dict(readme.files(ledger))["README.md"]))
    assert linked - {"checkpoint"} <= files
    assert {each for each in files if PurePosixPath(each).parent.name == "launches"} <= linked


def test_a_bypassed_launch_is_warned_of_before_anything_else() -> None:
    bypassed = entry(
        "bypassed", "LR-1", EVENTS_AT, verdict="blocked", attempted="approved", title=said("Pay")
    )
    text = _readme(bypassed)
    assert text.index("[!WARNING]") < text.index("## Latest launches")
    assert "[!WARNING]" not in _readme(entry("approved", "LR-1", EVENTS_AT))


def test_what_nobody_announced_counts_as_not_launched() -> None:
    text = _page(entry("launched", "LR-1", EVENTS_AT, stage="launched"))
    assert "**not announced**" in text
    assert "counts as not launched" in text
    announced = {"at": EVENTS_AT, "by": "li"}
    told = _page(entry("launched", "LR-1", EVENTS_AT, stage="launched", announced=announced))
    assert "**launched**" in told


def test_an_unsigned_ledger_is_labelled_so_in_both_languages() -> None:
    text = _readme()
    assert "**UNSIGNED**" in text
    assert "**未签名**" in text


def test_evidence_that_is_not_what_was_stated_is_marked() -> None:
    stated = "a" * 64
    item = {"at": "/spec", "path": "report.pdf", "kind": "report", "sha256": stated}
    right = _page(
        entry("approved", "A", EVENTS_AT, evidence=[item | {"found": f"sha256:{stated}"}])
    )
    wrong = _page(
        entry("approved", "A", EVENTS_AT, evidence=[item | {"found": "sha256:" + "b" * 64}])
    )
    gone = _page(entry("approved", "A", EVENTS_AT, evidence=[item | {"found": ""}]))
    assert ["✅" in right, "✅" in wrong, "✅" in gone] == [True, False, False]


@pytest.mark.parametrize("name", ON_BRANCH)
def test_a_view_of_an_empty_ledger_is_made_all_the_same(name: str) -> None:
    assert all(text for _, text in VIEWS[name].load().files(view([])))


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_says_in_both_languages_what_it_is(name: str) -> None:
    assert VIEWS[name].title.en
    assert re.search(r"[\u4e00-\u9fff]", VIEWS[name].title.zh)


def test_a_page_says_when_each_approval_was_given() -> None:
    approval = {
        "by": "wang.fang",
        "role": "product-lead",
        "policy": "both-leads-approve",
        "at": "2026-10-31T07:30:00Z",
        "source": "signed",
        "where": "approvals/wang.fang.yaml",
    }
    approvals = (approval, {**approval, "policy": "operations-accepts"})
    files = dict(page.files(view([entry("approved", "LR-1", EVENTS_AT, approvals=approvals)])))
    (text,) = (text for path, text in files.items() if "LR-1" in text)
    (line,) = (line for line in text.splitlines() if "approved by" in line)
    assert "2026-10-31T07:30:00Z" in line

"""What an audit is shown as: the same bytes each time, and inert whatever a request says."""

from __future__ import annotations

import csv
import functools
import io
import json
from html.parser import HTMLParser

import pytest

from launchpolicy.ledger.audit.differences import MOST_LINES, difference_of
from launchpolicy.reporters.audit.files import audit_files
from launchpolicy.reporters.audit.summary import summary
from launchpolicy.vocabulary.text import LANGUAGES, Language
from tests.ledger.audit.reports import report_of
from tests.ledger.audit.year import Year, year
from tests.ledger.views.ledgers import said

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
BIDI, ANSI, FORMULA = "\u202egnp.exe", "\x1b[2J\x1b[31mred", "=cmd|' /C calc'!A0"
HOSTILE = f"{FORMULA} {SCRIPT} {BIDI} {ANSI}"


def _hostile_year() -> Year:
    whole = year()
    hostile = []
    for item in whole.entries:
        fields = item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        fields |= {"title": said(HOSTILE), "reason": HOSTILE}
        if item.name in whole.stories:
            fields["product"] = {"name": HOSTILE, "version": HOSTILE}
            fields["people"] = [{"person": HOSTILE, "role": HOSTILE}, *fields["people"]]
            fields["name"] = f"{HOSTILE} {item.name}"
        hostile.append(type(item).model_validate_json(json.dumps(fields)))
    whole.entries = hostile
    whole.stories = {f"{HOSTILE} {name}": story for name, story in whole.stories.items()}
    return whole


class _Page(HTMLParser):
    """The tags and attributes of a page, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def hostile() -> dict[str, str]:
    return dict(audit_files(report_of(_hostile_year())))


def test_o3_no_text_of_a_request_is_markup_in_an_audit(hostile: dict[str, str]) -> None:
    pages = [_Page(text) for path, text in hostile.items() if path.endswith(".html")]
    assert len(pages) == 6
    for page in pages:
        assert page.tags.isdisjoint({"script", "img", "iframe", "object", "link", "form"})
        assert not any(name.startswith("on") for name in page.attributes)
        shown = "".join(page.texts)
        assert SCRIPT in shown
        assert "<U+202E>gnp.exe" in shown
        assert "\\x1b[2J" in shown


def test_no_control_or_bidi_character_reaches_a_file_of_an_audit(hostile: dict[str, str]) -> None:
    for path, text in hostile.items():
        assert "\x1b" not in text, path
        assert "\u202e" not in text, path


def test_o4_no_cell_of_an_audit_is_a_formula(hostile: dict[str, str]) -> None:
    tables = {path: text for path, text in hostile.items() if path.endswith(".csv")}
    assert sorted(tables) == [
        "approvals.csv",
        "changes.csv",
        "duties.csv",
        "emergencies.csv",
        "exceptions.csv",
        "population.csv",
        "sample.csv",
        "waivers.csv",
    ]
    for path, text in tables.items():
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) > 1, path
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")], path
    assert f"'{FORMULA}" in tables["population.csv"]


def test_o5_the_summary_in_a_terminal_is_inert() -> None:
    lines = list(summary(report_of(_hostile_year()), 3, f"out {ANSI}", is_signed=False))
    assert not any("\x1b" in line for line in lines)
    assert lines[-1].startswith("The manifest is UNSIGNED")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(language: Language) -> None:
    first = _files(language)
    assert first == dict(audit_files(report_of(year(), language)))
    assert f'<html lang="{language}">' in first["index.html"]


@functools.cache
def _files(language: Language = "en") -> dict[str, str]:
    return dict(audit_files(report_of(year(), language)))


def test_both_languages_have_the_same_files_and_tables_of_the_same_size() -> None:
    english, chinese = (dict(audit_files(report_of(year(), language))) for language in ("en", "zh"))
    assert english.keys() == chinese.keys()
    assert english["duties.csv"] == chinese["duties.csv"]
    assert english["index.html"].count("<tr") == chinese["index.html"].count("<tr")
    assert "自我审批" in chinese["index.html"]
    assert "李薇（li.wei）" in chinese["index.html"]
    assert "Li Wei (li.wei)" in english["index.html"]
    assert "Separation of duties" not in chinese["index.html"]


@pytest.mark.parametrize(
    ("language", "product", "role"),
    [("en", "Checkout service", "head of product"), ("zh", "结算服务", "产品部负责人")],
)
def test_an_auditor_reads_names_where_the_repository_has_them(
    language: Language, product: str, role: str
) -> None:
    pages = {path: text for path, text in _files(language).items() if path.endswith(".html")}
    assert f"<bdi>{product}</bdi>" in pages["index.html"]
    assert "<bdi>checkout</bdi>" not in "".join(pages.values())
    launches = [text for path, text in pages.items() if path.startswith("launches/")]
    assert launches
    for page in launches:
        assert f"<bdi>{product} 3." in page
        assert f"<bdi>{role}</bdi>" in page


def test_no_outcome_stands_in_english_in_a_chinese_audit() -> None:
    pages = [text for path, text in _files("zh").items() if path.endswith(".html")]
    assert any("未满足：" in page for page in pages)
    for outcome in ("failed", "pending"):
        assert not any(f"（{outcome}" in page or f"：{outcome}" in page for page in pages)


@pytest.mark.parametrize(
    ("language", "begins", "pages"),
    [
        ("en", "the first entry (2025-12-31 ", 'counter(page) " / "'),
        ("zh", "首条记录（2025-12-31 ", '"第 " counter(page) " 页 共 "'),
    ],
)
def test_a_period_without_limits_says_from_when_until_when_it_is(
    language: Language, begins: str, pages: str
) -> None:
    page = _files(language)["index.html"]
    assert begins in page
    assert "no limit" not in page
    assert "不限" not in page
    assert pages in page


def test_what_is_about_the_rules_is_called_so_in_each_language() -> None:
    assert "<bdi>rules and people</bdi>" in _files()["index.html"]
    assert "<bdi>规则与人员</bdi>" in _files("zh")["index.html"]


def test_a_launch_that_nobody_approved_shows_that_beside_its_standing() -> None:
    whole = year()
    unapproved = next(name for kind, name in whole.expected if kind == "bypassed")
    row = _files()["index.html"].rpartition(f"<bdi>{unapproved}</bdi></td>")[2]
    assert "launched, merged without approval" in row.partition("</tr>")[0]


def test_a_page_allows_its_own_style_and_nothing_else() -> None:
    page = _files()["index.html"]
    assert "default-src 'none'; style-src 'sha256-" in page
    assert " style=" not in page
    assert "@page" in page


def test_json_holds_every_launch_exception_and_pair() -> None:
    report = report_of(year())
    data = json.loads(_files()["audit.json"])
    assert data["format"] == "launchpolicy/audit/v1"
    assert len(data["launches"]) == len(report.population.launches)
    assert [(e["kind"], e["name"]) for e in data["exceptions"]] == [
        (r.kind, r.name) for r in report.exceptions
    ]
    assert len(data["duties"]) == 15
    entries = data["entries"]
    assert entries["all"] == sum(entries[k] for k in ("launches", "waivers", "rules")) + len(
        entries["voided"]
    ) + len(entries["voiding"])


def test_a_long_difference_is_cut_and_says_how_much() -> None:
    new = "".join(f"line {number}\n" for number in range(1000))
    cut = difference_of("people.yaml", "", new)
    assert len(cut.lines) == MOST_LINES
    assert cut.left_out == 1000 + 1 - MOST_LINES
    assert difference_of("people.yaml", new, new).lines == ()
    assert len(difference_of("x", None, "y" * 9000).lines[1]) < 500

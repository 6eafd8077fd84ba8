"""Annotations on the exact lines, and nothing of a request that the runner obeys (threat O1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from launchpolicy.reporters.github import MOST, message, render, value_of
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.place import Place, Position, Span
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

VIEWS = st.builds(
    ReaderView,
    language=st.sampled_from(("en", "zh")),
    width=st.integers(40, 120),
    colour=st.booleans(),
    verbose=st.booleans(),
)
OURS = {"error", "warning", "notice", "group", "endgroup"}
ENDS = re.compile(r"\r\n|\r|\n")


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Command | None:
    """The runner's own grammar: `::name k=v,k=v::data` after white space, else `##[name k=v;]`."""
    trimmed = line.lstrip()
    if not trimmed.startswith("::") or "::" not in trimmed[2:]:
        old = re.search(r"##\[([^\]]*)\](.*)", line)
        return Command("old " + old[1], {}, old[2]) if old else None
    head, _, data = trimmed[2:].partition("::")
    name, _, written = head.partition(" ")
    properties = dict(each.split("=", 1) for each in written.split(",") if "=" in each)
    return Command(name, {key: _decoded(value) for key, value in properties.items()}, _data(data))


def _data(written: str) -> str:
    return written.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _decoded(written: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        written = written.replace(code, character)
    return written.replace("%25", "%")


def commands_of(report: Report, view: ReaderView | None = None) -> list[Command]:
    shown = "".join(render(report, view or ReaderView("en")))
    return [command for line in ENDS.split(shown) if (command := read(line)) is not None]


def annotations_of(report: Report, view: ReaderView | None = None) -> list[Command]:
    return [each for each in commands_of(report, view) if not each.name.endswith("group")]


def test_every_complaint_is_an_annotation_of_its_type(sample: Report) -> None:
    shown = [(each.name, each.data.split("\n")[0]) for each in annotations_of(sample)]
    assert shown == [
        ("error", "A tag."),
        ("error", "Wrong."),
        ("error", "Second."),
        ("error", "First."),
        ("error", "Third."),
        ("warning", "Fourth."),
        ("notice", "Only recorded."),
        ("notice", "Waived by W-2026-007: Fifth."),
    ]


def test_an_annotation_stands_on_the_exact_place_and_says_how_to_mend_it(sample: Report) -> None:
    assert annotations_of(sample, ReaderView("zh"))[2] == Command(
        "error",
        {
            "file": "launches/LR-2026-0042/request.yaml",
            "line": "40",
            "endLine": "40",
            "col": "9",
            "endColumn": "13",
            "title": "上线窗口尚未开始（window-ahead，D2.2）",
        },
        "Second.（中文）\n→ 请改选尚未开始的窗口。",
    )


def test_a_stretch_of_several_lines_has_no_columns(make: Make) -> None:
    place = Place("f", Span(Position(3, 2), Position(6, 1)))
    finding = make.finding()._replace(place=place)
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    properties = annotations_of(report)[0].properties
    assert (properties["line"], properties["endLine"]) == ("3", "6")
    assert not {"col", "endColumn"} & {*properties}


def test_files_are_named_from_the_top_level_of_the_git_repository(make: Make) -> None:
    report = make.report(make.judgement(Verdict.BLOCKED, make.result()))
    view = ReaderView("en", prefix="teams/a/")
    file = annotations_of(report, view)[0].properties["file"]
    assert file == "teams/a/launches/LR-2026-0042/request.yaml"


def test_a_waiver_that_is_not_named_is_still_said(make: Make) -> None:
    report = make.report(make.judgement(Verdict.PASS, make.result(Outcome.WAIVED)))
    shown = annotations_of(report)[0]
    assert (shown.name, shown.data.split("\n")[0]) == ("notice", "Waived: Wrong.")


def test_announced_approvals_are_a_notice(make: Make) -> None:
    report = make.report(make.judgement(Verdict.PASS, make.result(Outcome.PENDING)))
    assert [each.name for each in annotations_of(report)] == ["notice"]


@pytest.mark.parametrize("count", [MOST - 1, MOST, MOST + 1, 60])
def test_what_github_would_drop_is_counted_instead(make: Make, count: int) -> None:
    findings = tuple(make.finding(f"No. {number}.", line=number) for number in range(1, count + 1))
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=findings)))
    shown = annotations_of(report)
    assert len(shown) == min(count, MOST)
    if count > MOST:
        assert shown[-1].data.startswith(f"and {count - MOST + 1} more of this kind")
    assert sum("No. " in each.data for each in shown) == (count if count <= MOST else MOST - 1)


def test_the_gravest_are_among_the_ten(make: Make) -> None:
    many = make.judgement(
        Verdict.BLOCKED,
        make.result(Outcome.PENDING, findings=(make.finding("Missing."),) * 20),
        make.result(findings=(make.finding("Failed."),)),
    )
    broken = make.judgement(Verdict.UNDECIDED, make.result(Outcome.ERROR))
    first, second, *_ = annotations_of(make.report(many, broken))
    assert [first.data.split("\n")[0], second.data.split("\n")[0]] == ["Wrong.", "Failed."]


def test_the_text_is_there_in_a_group_and_the_verdict_below_it(sample: Report) -> None:
    shown = "".join(render(sample, ReaderView("en")))
    group, _, below = shown.partition("::endgroup::\n")
    assert "::group::launchpolicy: the whole report\n" in group
    assert "Nobody" not in below
    assert below.rstrip().endswith("(exit code 3)")
    assert "✗ blocked" in group


def test_a_report_without_requests_is_only_a_summary(make: Make) -> None:
    assert commands_of(make.report()) == []
    assert "Nothing was judged" in "".join(render(make.report(), ReaderView("en")))


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_hostile_text_starts_no_command(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    found = commands_of(report, view)
    assert {each.name for each in found} <= OURS
    assert sum(each.name == "group" for each in found) == bool(report.judgements)
    keys = {"file", "line", "endLine", "col", "endColumn", "title"}
    assert all({*each.properties} <= keys for each in found)


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_a_request_that_does_not_pass_is_never_without_an_error(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    stopped = any(each.verdict is not Verdict.PASS for each in report.judgements)
    assert any(each.name == "error" for each in annotations_of(report, view)) >= stopped


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param("x\n::add-mask::a", id="command on a line of its own"),
        pytest.param("x\r::set-env name=PATH::/tmp", id="behind a carriage return"),
        pytest.param("x%0A::stop-commands::t", id="already encoded line break"),
        pytest.param("::error::x", id="command at the start"),
        pytest.param("x ##[add-path]/tmp", id="old command anywhere"),
        pytest.param("a,file=/etc/passwd,line=1::x", id="ends the properties"),
        pytest.param("t::error file=b::", id="ends the command"),
    ],
)
def test_an_attack_in_every_field_stays_text(make: Make, attack: str) -> None:
    place = Place(attack, Span(Position(1, 1), Position(1, 2)), (attack,), (attack,), attack)
    finding = make.finding()._replace(
        message=Text(attack, attack), fix=Text(attack, attack), place=place
    )
    report = make.report(
        make.judgement(
            Verdict.BLOCKED,
            make.result(findings=(finding,)),
            make.result(action=Action.WARN, findings=(finding,)),
            name=attack,
            path=attack,
            refusals=(finding._replace(rule=attack),),
        )
    )
    found = commands_of(report)
    assert [each.name for each in found] == ["error", "error", "warning", "group", "endgroup"]
    assert all(each.properties["line"] == "1" for each in found[:3])


ANYTHING = st.text() | st.lists(
    st.sampled_from(["%", "0A", "\n", "\r", ":", ",", "##[", "##vso[", "::", "x"])
).map("".join)


@given(ANYTHING)
@example("%0A%25")
def test_the_runner_reads_back_what_is_shown(text: str) -> None:
    assert not set(message(text) + value_of(text)) & {"\n", "\r"}
    assert not set(value_of(text)) & {",", ":"}
    parsed = read(f"::error title={value_of(text)}::{message(text)}")
    assert parsed is not None
    assert "##[" not in message(text)
    assert "##vso[" not in message(text).lower()
    shown = "\n".join(escape(line) for line in text.split("\n"))
    assert parsed == Command("error", {"title": escape(text)}, shown)

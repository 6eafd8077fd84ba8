"""Code quality JSON: what GitLab reads of an issue, for every complaint."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.reporters.gitlab import render
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.finding import Outcome, Report, Verdict
from launchpolicy.vocabulary.place import Place, Position, Span

if TYPE_CHECKING:
    from tests.reporters.conftest import Make


def issues_of(report: Report, view: ReaderView | None = None) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads("".join(render(report, view or ReaderView("en"))))
    return issues


def test_an_issue_says_what_where_and_how_grave(sample: Report) -> None:
    first = issues_of(sample, ReaderView("zh"))[0]
    assert len(first.pop("fingerprint")) == 64
    assert first == {
        "description": "Second.（中文） → 请改选尚未开始的窗口。",
        "check_name": "window-ahead",
        "severity": "blocker",
        "location": {
            "path": "launches/LR-2026-0042/request.yaml",
            "lines": {"begin": 40, "end": 40},
        },
    }


def test_severities_follow_what_a_failure_does(sample: Report) -> None:
    severities = [each["severity"] for each in issues_of(sample)]
    assert severities == [
        "blocker",
        "blocker",
        "blocker",
        "minor",
        "info",
        "info",
        "blocker",
        "blocker",
    ]
    assert issues_of(sample)[4]["description"].startswith("Waived: Fifth.")


def test_nothing_to_say_is_an_empty_list(make: Make) -> None:
    assert issues_of(make.report()) == []
    assert issues_of(make.report(make.judgement(Verdict.PASS, make.result(Outcome.PASSED)))) == []


def test_files_are_named_from_the_top_level_of_the_git_repository(make: Make) -> None:
    report = make.report(make.judgement(Verdict.BLOCKED, make.result()))
    view = ReaderView("en", prefix="teams/a/")
    path = issues_of(report, view)[0]["location"]["path"]
    assert path == "teams/a/launches/LR-2026-0042/request.yaml"


def test_a_stretch_up_to_the_start_of_a_line_does_not_include_that_line(make: Make) -> None:
    place = Place("f", Span(Position(3, 2), Position(6, 1)))
    finding = make.finding()._replace(place=place)
    issue = issues_of(
        make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    )[0]
    assert issue["location"]["lines"] == {"begin": 3, "end": 5}


@settings(deadline=None)
@given(st.data())
def test_hostile_text_never_breaks_the_list_or_acts_in_a_log(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data.draw(hostile_reports)
    issues = issues_of(report)
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert all(each["location"]["lines"]["begin"] >= 1 for each in issues)
    shown = "".join(render(report, ReaderView("en")))
    kinds = {unicodedata.category(each) for each in shown.replace("\n", "")}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "##[" not in shown
    assert "##vso[" not in shown.lower()
    assert all(line[:3] in {"[", "]", "[]", "  {"} for line in shown.splitlines())


@settings(deadline=None)
@given(st.data())
def test_a_report_that_does_not_pass_is_never_an_empty_list(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data.draw(hostile_reports)
    stopped = any(each.verdict is not Verdict.PASS for each in report.judgements)
    blockers = [each for each in issues_of(report) if each["severity"] == "blocker"]
    assert bool(blockers) >= stopped

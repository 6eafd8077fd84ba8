"""What a person reads of each request: what is shown, in which order, in which words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.reporter import render
from launchpolicy.vocabulary.finding import UNANSWERED, Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.place import START, Place, Position, Span
from launchpolicy.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

ENGLISH = ReaderView("en", 80)
CHINESE = ReaderView("zh", 80)


def text(report: Report, view: ReaderView) -> str:
    return "".join(render(report, view))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_colour_changes_nothing_but_colour(sample: Report, language: Language, width: int) -> None:
    plain = text(sample, ReaderView(language, width))
    painted = text(sample, ReaderView(language, width, colour=True))
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert painted != plain


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_of_the_sample_is_too_wide(sample: Report, language: Language, width: int) -> None:
    lines = text(sample, ReaderView(language, width, verbose=True)).splitlines()
    assert [line for line in lines if cells(line) > width] == []


def test_nothing_is_half_translated(sample: Report) -> None:
    report = sample._replace(base=None, head=None)
    chinese = text(report, ReaderView("zh", 80, verbose=True))
    ids = r"\S*[-./:_]\S*|LaunchRequest|requested|risk|none|people|requester|Only recorded"
    assert re.findall(r"[a-zA-Z]{2,}", re.sub(ids, "", chinese)) == []
    assert not re.search(r"[\u4e00-\u9fff]", text(report, ReaderView("en", 80, verbose=True)))


def _messages(report: Report, view: ReaderView) -> list[str]:
    """The labels and messages, in the order in which they are shown."""
    pattern = re.compile(r"^  \S (\w+(?: only)?)  .*\n    \S+:\d+:\d+\n    (\w+)", re.MULTILINE)
    wide = view._replace(width=120)
    return [" ".join(found) for found in pattern.findall(text(report, wide))]


def test_what_stops_comes_first_then_the_order_of_the_file(sample: Report) -> None:
    assert _messages(sample, ENGLISH) == [
        "failed First",
        "pending Third",
        "warning Fourth",
        "waived Fifth",
        "malformed A",
        "error Wrong",
    ]


def test_what_is_only_recorded_is_shown_on_request_and_always_counted(sample: Report) -> None:
    assert "recorded only Only" in _messages(sample, ReaderView("en", 80, verbose=True))
    assert "1 recorded only" in text(sample, ENGLISH)


def test_what_does_not_apply_is_listed_on_request_with_its_reason(sample: Report) -> None:
    line = "  - not applicable  window-ahead: not about it\n"
    assert line in text(sample, ReaderView("en", 80, verbose=True))
    assert line not in text(sample, ENGLISH)


def test_an_error_says_who_must_act(sample: Report) -> None:
    assert "  ? error  for the owner of the policies: " in text(sample, ENGLISH)
    assert "须由策略负责人处理" in text(sample, CHINESE)


def test_an_error_shows_no_line_because_no_line_is_wrong(make: Make) -> None:
    report = make.report(make.judgement(Verdict.UNDECIDED, make.result(Outcome.ERROR)))
    assert "│" not in text(report, ENGLISH)


def test_a_waiver_says_why(sample: Report) -> None:
    assert "    waived by the leadership until 2026-12-31\n" in text(sample, ENGLISH)


def test_a_waived_complaint_names_its_waiver(sample: Report) -> None:
    assert (
        "    Waived by W-2026-007 (waivers/W-2026-007.yaml) until 2026-12-31T23:59:00+08:00; owner"
        " zhou.jie. The\n    test centre is being rebuilt.\n"
    ) in text(sample, ReaderView("en", 104))
    assert "依据 W-2026-007（waivers/W-2026-007.yaml）豁免" in text(sample, ReaderView("zh", 120))


def test_missing_approvals_of_one_quorum_are_said_in_one(make: Make) -> None:
    findings = (make.finding("One more."), make.finding("Li Wei's."))
    pending = make.result(Outcome.PENDING, findings=findings)
    shown = text(make.report(make.judgement(Verdict.BLOCKED, pending)), ENGLISH)
    assert "    One more.\n    Li Wei's.\n    19 │" in shown
    assert shown.count("… pending") == 1
    assert shown.count("→ Choose a window") == 1


def test_findings_of_one_policy_stand_under_one_heading(make: Make) -> None:
    lines = [f"    - {{name: step-{number}}}" for number in range(3)]
    findings = tuple(
        make.finding(f"Step {n} has no owner.")._replace(place=_at(n + 1, line))
        for n, line in enumerate(lines)
    )
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=findings)))
    shown = text(report, ENGLISH)
    assert shown.count("✗ failed") == shown.count("The window is ahead") == 1
    assert shown.count("→ Choose a window") == 1
    for number, line in enumerate(lines):
        block = f":{number + 1}:7\n    Step {number} has no owner.\n    {number + 1} │ {line}\n"
        assert block in shown


def test_a_line_is_quoted_once_for_all_that_is_wrong_on_it(make: Make) -> None:
    line = "    testers: [sun.yu, sun.yu]"
    findings = tuple(
        make.finding(message)._replace(place=_at(16, line, column, length))
        for message, column, length in (("Twice.", 15, 6), ("Again.", 23, 6), ("Again.", 23, 6))
    )
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=findings)))
    assert (
        ":16:15\n    Twice.\n    Again.\n"
        f"    16 │ {line}\n"
        f"       │ {' ' * 14}{'^' * 6}\n"
        f"       │ {' ' * 22}{'^' * 6}\n"
    ) in text(report, ENGLISH)


def _at(line: int, source: str, column: int = 7, length: int = 4) -> Place:
    span = Span(Position(line, column), Position(line, column + length))
    return Place(_path(), span, (), (), source)


def test_every_approval_has_its_story(sample: Report) -> None:
    shown = text(sample, ReaderView("en", 120))
    assert (
        "    Approvals so far:\n"
        "      ✓ wang.fang  approval-file  launches/LR-2026-0042/approvals/wang.fang.yaml"
        "  2026-12-01T09:30:00+08:00\n"
        "        counted as product-lead\n"
        "      – octo-cat  github-review  pullrequestreview-80  2026-12-01T10:00:00Z\n"
        "        belongs to nobody in the directory\n"
    ) in shown


def test_what_was_said_of_approvals_above_is_not_said_again(make: Make, sample: Report) -> None:
    stories = sample.judgements[1].results[3].stories
    pending = make.result(Outcome.PENDING, stories=stories)
    others = make.result(Outcome.PENDING, stories=stories[:1])
    shown = text(
        make.report(make.judgement(Verdict.BLOCKED, pending, pending, others)),
        ReaderView("en", 120),
    )
    assert shown.count("counted as product-lead") == len(("the first", "that of others"))
    assert shown.count("    Approvals so far: the same as above.\n") == 1
    assert shown.count("belongs to nobody in the directory") == 1


def test_the_stories_of_a_quorum_that_is_met_are_told_on_request(
    make: Make, sample: Report
) -> None:
    stories = sample.judgements[1].results[3].stories
    met = make.result(Outcome.PASSED, stories=stories)
    report = make.report(make.judgement(Verdict.PASS, met))
    assert "counted as product-lead" in text(report, ReaderView("en", 80, verbose=True))
    assert "counted as product-lead" not in text(report, ENGLISH)


def test_a_file_without_a_name_is_called_by_its_path_once(sample: Report) -> None:
    assert f"✗ malformed  LaunchRequest  {_path()}\n" in text(sample, ENGLISH)


def test_a_missing_key_of_a_file_without_lines_is_named_in_the_text(make: Make) -> None:
    finding = make.finding(place=Place("f.yaml", START, (), ("spec", "risk")))
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    assert "    `spec.risk` is missing here\n" in text(report, ENGLISH)


def test_a_missing_key_that_does_not_fit_beside_the_caret_goes_below(make: Make) -> None:
    finding = make.finding(place=make.place("x" * 70, 50, 68, missing=("requester",)))
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    assert f"^^^\n{' ' * 7}│ `requester` is missing here\n" in text(report, ENGLISH)


def test_a_fix_may_show_several_lines(make: Make) -> None:
    fix = Text("Write:\n  window:\n    start: …\n", "请填写：\n  window:\n    start: …\n")
    finding = make.finding()._replace(fix=fix)
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    assert "    → Write:\n        window:\n          start: …\n" in text(report, ENGLISH)


def test_a_very_long_message_does_not_push_the_rest_away(make: Make) -> None:
    finding = make.finding("word " * 10_000)
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    assert len(text(report, ENGLISH)) < 5_000


def _many(make: Make, *others: Verdict) -> Report:
    passing = [make.judgement(Verdict.PASS, name=f"LR-{n}") for n in range(21 - len(others))]
    return make.report(*passing, *(make.judgement(verdict, name="LR-X") for verdict in others))


def test_among_many_the_passing_ones_take_one_line(make: Make) -> None:
    shown = text(_many(make, Verdict.BLOCKED), ENGLISH)
    assert re.findall(r"LR-\w+(?=  )", shown) == ["LR-X"]
    assert "✓ pass  and 20 more that pass; --verbose lists them\n" in shown
    assert "requests  20 pass  1 blocked\n" in shown


def test_many_are_listed_on_request(make: Make) -> None:
    shown = text(_many(make), ReaderView("en", 80, verbose=True))
    assert len(re.findall(r"^✓ pass  LR-", shown, re.MULTILINE)) == 21


def test_twenty_are_not_many(make: Make) -> None:
    report = make.report(*(make.judgement(Verdict.PASS, name=f"LR-{n}") for n in range(20)))
    assert len(re.findall(r"^✓ pass  LR-", text(report, ENGLISH), re.MULTILINE)) == 20


def test_a_passing_request_with_a_warning_is_never_folded(make: Make) -> None:
    warned = make.judgement(Verdict.PASS, make.result(action=Action.WARN), name="LR-W")
    report = make.report(*_many(make).judgements, warned)
    assert "✓ pass  LR-W" in text(report, ENGLISH)


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.PASS])
def test_nothing_but_a_pass_is_folded(make: Make, verdict: Verdict) -> None:
    assert "  LR-X  " in text(_many(make, verdict), ENGLISH)


def _path() -> str:
    return "launches/LR-2026-0042/request.yaml"


def test_open_questions_are_one_line_each_with_one_remedy(make: Make) -> None:
    questions = [
        make.finding(f"`spec.{field}` is not answered.")._replace(rule=UNANSWERED)
        for field in ("risk", "summary")
    ]
    report = make.report(make.judgement(Verdict.BLOCKED, refusals=tuple(questions)))
    shown = text(report, ReaderView("en", 100))
    assert "✗ open  Questions that are not answered yet (request/unanswered)" in shown
    assert "request.yaml:19:9  `spec.risk` is not answered.\n" in shown
    assert "request.yaml:19:9  `spec.summary` is not answered.\n" in shown
    assert shown.count("  → ") == 1
    assert "│" not in shown
    assert "Blocked: replace each TODO with its answer, then check again." in shown


def test_open_questions_beside_a_failure_ask_for_both(make: Make) -> None:
    question = make.finding()._replace(rule=UNANSWERED)
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(), refusals=(question,)))
    assert "replace each TODO with its answer and fix what is marked “failed”" in " ".join(
        text(report, ENGLISH).split()
    )


def test_an_open_question_that_does_not_fit_beside_its_place_goes_below(make: Make) -> None:
    question = make.finding("`spec.rollback.impact.assessedBy` is not answered.")
    report = make.report(
        make.judgement(Verdict.BLOCKED, refusals=(question._replace(rule=UNANSWERED),))
    )
    shown = text(report, ReaderView("en", 60))
    assert "request.yaml:19:9\n      `spec.rollback.impact.assessedBy` is not answered.\n" in shown


def test_each_remedy_stands_below_what_it_is_for(make: Make) -> None:
    line = "    - {name: step}"
    findings = tuple(
        make.finding(message)._replace(place=_at(number, line), fix=Text(fix, fix))
        for number, (message, fix) in enumerate(
            (
                ("No time.", "Write a time."),
                ("No unit.", "Write a unit."),
                ("Nor here.", "Write a unit."),
            )
        )
    )
    shown = text(
        make.report(make.judgement(Verdict.BLOCKED, make.result(findings=findings))), ENGLISH
    )
    order = ["No time.", "→ Write a time.", "No unit.", "Nor here.", "→ Write a unit."]
    assert sorted(order, key=shown.index) == order
    assert shown.count("→ Write a unit.") == 1

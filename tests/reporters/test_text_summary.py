"""The end of the text report: what it rests on, and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.reporter import render
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from tests.reporters.conftest import Make

ENGLISH = ReaderView("en", 80)


def text(report: Report, view: ReaderView) -> str:
    return "".join(render(report, view))


def test_commits_and_digest_are_shortened(sample: Report) -> None:
    end = text(sample, ENGLISH)
    assert "judged    work tree  base 8dd9145fbb  head 1089069d1c\n" in end
    assert "rules     sha256:4be1fd1d9b66\n" in end


def test_universal_time_is_called_z(make: Make) -> None:
    report = make.report()._replace(now=datetime(2026, 12, 2, 2, 0, 0, 7, tzinfo=UTC))
    assert "as of     2026-12-02T02:00:00Z\n" in text(report, ENGLISH._replace(verbose=True))


def test_a_name_that_is_no_object_id_is_not_shortened(make: Make) -> None:
    report = make.report(base="refs/heads/a-long-branch-name")
    shown = text(report, ENGLISH._replace(verbose=True))
    assert "base refs/heads/a-long-branch-name\n" in shown


def test_notes_stand_in_the_summary(sample: Report) -> None:
    assert "note      The policies were edited, too.\n" in text(sample, ENGLISH)


def test_effects_of_changed_rules_stand_in_the_summary(sample: Report) -> None:
    shown = text(sample, ENGLISH)
    assert "effect    LR-2026-0042  window-ahead: failed → passed\n" in shown
    assert "effect    LR-2026-0042  people-named: no such policy → failed\n" in shown
    assert "规则影响  LR-2026-0042  window-ahead：不满足 → 满足\n" in text(
        sample, ReaderView("zh", 80)
    )


def test_many_effects_are_counted_and_listed_on_request(sample: Report) -> None:
    report = sample._replace(effects=sample.effects * 10)
    assert text(report, ENGLISH).count("\neffect    LR-") == 10
    assert "effect    and 10 more; --verbose lists them\n" in text(report, ENGLISH)
    assert text(report, ReaderView("en", 80, verbose=True)).count("\neffect    LR-") == 20


@pytest.mark.parametrize(
    ("verdict", "results", "last"),
    [
        pytest.param(
            Verdict.PASS, [], "✓ Pass: every request may go ahead. (exit code 0)", id="pass"
        ),
        pytest.param(
            Verdict.PASS,
            [(Outcome.FAILED, Action.WARN)],
            "✓ Pass: every request may go ahead. Consider the warnings; they may become failures."
            " (exit code 0)",
            id="warned",
        ),
        pytest.param(
            Verdict.PASS,
            [(Outcome.PENDING, Action.DENY)],
            "✓ Pass: every request may go ahead; approvals are asked for before the merge."
            " (exit code 0)",
            id="announced",
        ),
        pytest.param(
            Verdict.PASS,
            [(Outcome.PENDING, Action.DENY), (Outcome.FAILED, Action.WARN)],
            "✓ Pass: every request may go ahead; approvals are asked for before the merge."
            " Consider the warnings; they may become failures. (exit code 0)",
            id="announced and warned",
        ),
        pytest.param(
            Verdict.BLOCKED,
            [(Outcome.PENDING, Action.DENY)],
            "✗ Blocked: only approvals are missing. Ask for those marked “pending”, then check"
            " again. (exit code 1)",
            id="pending",
        ),
        pytest.param(
            Verdict.BLOCKED,
            [(Outcome.PENDING, Action.DENY), (Outcome.FAILED, Action.DENY)],
            "✗ Blocked: fix what is marked “failed” and ask for the approvals that are pending,"
            " then check again. (exit code 1)",
            id="failed and pending",
        ),
        pytest.param(
            Verdict.REJECTED,
            [],
            "✗ Malformed: what is marked “malformed” could not be judged. Fix it, then check"
            " again. (exit code 2)",
            id="malformed",
        ),
        pytest.param(
            Verdict.UNDECIDED,
            [],
            "? Undecided, which is not a pass: no verdict could be reached where “error” or"
            " “undecided” stands; the remedy there says who must act. (exit code 3)",
            id="undecided",
        ),
    ],
)
def test_the_last_line_says_what_to_do_next(
    make: Make, verdict: Verdict, results: list[tuple[Outcome, Action]], last: str
) -> None:
    outcomes = [make.result(outcome, action=action) for outcome, action in results]
    report = make.report(make.judgement(verdict, *outcomes))
    assert text(report, ReaderView("en", 200)).splitlines()[-1] == last


def test_no_request_passes_and_says_so(make: Make) -> None:
    shown = text(make.report(), ENGLISH._replace(verbose=True))
    assert "requests  none\n" in shown
    assert shown.endswith("\n○ Nothing was judged: there was no request. (exit code 0)\n")


def test_a_run_with_nothing_to_judge_is_one_line(make: Make) -> None:
    assert text(make.report(), ENGLISH) == "○ Nothing was judged: there was no request.\n"
    report = make.report(notes=(Text("Nothing is changed.", "没有变更。"),))
    assert text(report, ENGLISH) == "○ Nothing is changed.\n"
    assert text(report, ReaderView("zh", 80)) == "○ 没有变更。\n"


def test_an_empty_run_that_does_not_pass_is_never_shortened_to_a_pass(make: Make) -> None:
    report = make.report()._replace(verdict=Verdict.UNDECIDED)
    assert "exit code 3" in text(report, ENGLISH)


def test_quiet_says_nothing_of_a_pass(make: Make) -> None:
    quiet = ENGLISH._replace(quiet=True)
    assert text(make.report(make.judgement(Verdict.PASS)), quiet) == ""
    assert text(make.report(), quiet) == ""


def test_quiet_shows_the_findings_and_the_verdict_alone(make: Make) -> None:
    blocked = make.judgement(Verdict.BLOCKED, make.result(), name="LR-2")
    report = make.report(make.judgement(Verdict.PASS, name="LR-1"), blocked)
    shown = text(report, ENGLISH._replace(quiet=True))
    assert "LR-2" in shown
    assert "LR-1" not in shown
    assert "rules " not in shown
    assert "✗ failed" in shown
    assert shown.rstrip().endswith("(exit code 1)")


@pytest.mark.parametrize("verdict", [Verdict.REJECTED, Verdict.UNDECIDED])
def test_quiet_is_never_silent_about_what_is_no_pass(make: Make, verdict: Verdict) -> None:
    report = make.report()._replace(verdict=verdict)
    assert text(report, ENGLISH._replace(quiet=True)) != ""


def test_an_undecided_run_never_ends_with_a_pass(make: Make) -> None:
    report = make.report()._replace(verdict=Verdict.UNDECIDED)
    assert "✓" not in text(report, ENGLISH).splitlines()[-1]

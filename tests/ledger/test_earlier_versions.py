"""A version that was proposed and replaced before the landing cannot stop the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.request import Evaluate, judge
from launchpolicy.engine.submission import Submission
from launchpolicy.operations.ledger.derivation import judge_landing
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Judgement
from launchpolicy.vocabulary.text import Text
from tests.ledger.chronicle import Chronicle, begun


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """A launch that was mended on its branch, whose first version has no load test."""
    chronicle = begun(tmp_path)
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "branch")
    chronicle.request("LR-1")
    chronicle.edit("launches/LR-1/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("In a hurry")
    chronicle.edit("launches/LR-1/request.yaml", "takes: 26m", "takes: 25m")
    chronicle.commit("Mended")
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge", "branch")
    return chronicle


def fail_at_the_first_version(monkeypatch: pytest.MonkeyPatch, error: Exception) -> list[str]:
    """Make judging the first version raise `error`; return the list of its paths, filled then."""
    reached: list[str] = []

    def judge_or_fail(
        submission: Submission, rules: PackSet, now: datetime, evaluate: Evaluate = Evaluation
    ) -> Judgement:
        if submission.new is not None and b"takes: 26m" in submission.new.source:
            reached.append(submission.path)
            raise error
        return judge(submission, rules, now, evaluate)

    monkeypatch.setattr(judge_landing, "judge", judge_or_fail)
    return reached


@pytest.mark.parametrize("error", [AttributeError("get"), KeyError("a"), RecursionError()])
def test_an_earlier_version_that_crashes_the_judge_does_not_stop_the_ledger(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    reached = fail_at_the_first_version(monkeypatch, error)
    chronicle.append()
    assert reached == ["launches/LR-1/request.yaml"]
    assert ("bypassed", "LR-1") in chronicle.told()
    assert "fixed" not in {hurdle.outcome for hurdle in chronicle.entries()[-1].hurdles}
    assert chronicle.complaints() == []


def test_what_git_cannot_read_of_an_earlier_version_still_stops_the_ledger(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Text("git cannot read it", "git 无法读取")
    fail_at_the_first_version(monkeypatch, UndecidedError(nothing, nothing))
    with pytest.raises(UndecidedError):
        chronicle.append()

"""Requests judged by several processes: the same judgements in the same order, none missing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import Submission
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.run import collect_input, run_check
from launchpolicy.operations.submissions import collect as collect_requests
from launchpolicy.operations.submissions import parallel
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Judgement, Report, Verdict
from tests.operations.launch_folder import commit, launch_folder, put, request_file

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
POLICY = ("object.spec.risk != 'emergency'", "change.edits.size() == 0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return eight requests: one changed, one malformed, one blocked, one too new to be in git."""
    commit(launch_folder(tmp_path, POLICY, range(1, 8)))
    for number, (before, after) in {
        2: ("takes: 25m", "takes: 26m"),
        4: ("kind: LaunchRequest", "kind: [LaunchRequest"),
        5: ("risk: standard", "risk: emergency"),
    }.items():
        file = request_file(tmp_path, number)
        put(file, file.read_text("utf-8").replace(before, after))
    launch_folder(tmp_path, POLICY, [8])
    return tmp_path


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let several processes judge even a few requests, two at a time."""
    for module in (parallel, collect_requests):
        monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(parallel, "_CHUNK", 2)


def _report(folder: Path, *, in_parts: bool, jobs: int = 2, staged: bool = False) -> Report:
    question = CheckOptions(folder, staged=staged, in_parts=in_parts)
    found = collect_input(question, NOW)
    assert bool(found.files) is in_parts
    return run_check(found, jobs)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("jobs", [1, 3])
def test_files_read_by_several_processes_are_judged_as_by_one(folder: Path, jobs: int) -> None:
    whole = _report(folder, in_parts=False, jobs=1)
    assert {each.verdict for each in whole.judgements} == {
        Verdict.PASS,
        Verdict.BLOCKED,
        Verdict.REJECTED,
    }
    assert _report(folder, in_parts=True, jobs=jobs) == whole


@pytest.mark.usefixtures("small")
def test_the_index_is_read_by_several_processes_too(folder: Path) -> None:
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    request_file(folder, 5).unlink()
    whole = _report(folder, in_parts=False, staged=True)
    assert len(whole.judgements) == 4
    assert _report(folder, in_parts=True, staged=True) == whole


@pytest.fixture
def spawned() -> Iterator[None]:
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method("spawn", force=True)
    yield
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.usefixtures("spawned")
def test_processes_that_share_no_memory_with_their_parent_judge_alike(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _report(folder, in_parts=False, jobs=1)
    for module in (parallel, collect_requests):
        monkeypatch.setattr(module, "MANY", 2)
    assert _report(folder, in_parts=True) == whole
    assert _report(folder, in_parts=False) == whole


def _dying(*numbers: int) -> object:
    """Return a `judge` that kills the process with which it judges these, but never this one."""
    ours = os.getpid()
    paths = {f"launches/LR-2026-{number:05d}/request.yaml" for number in numbers}

    def dies(submission: Submission, rules: PackSet, now: datetime) -> Judgement:
        if submission.path in paths and os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return judge(submission, rules, now)

    return dies


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("number", [2, 3, 8])
@pytest.mark.parametrize("in_parts", [True, False])
def test_what_a_killed_process_was_to_judge_is_undecided_and_not_missing(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch, *, in_parts: bool
) -> None:
    whole = _report(folder, in_parts=False, jobs=1)
    monkeypatch.setattr(parallel, "judge", _dying(number))
    report = _report(folder, in_parts=in_parts)
    assert [each.path for each in report.judgements] == [each.path for each in whole.judgements]
    assert report.verdict is Verdict.UNDECIDED
    assert report.verdict.exit_code == 3
    pairs = list(zip(report.judgements, whole.judgements, strict=True))
    ended = [found for found, alive in pairs if found != alive]
    assert any(f"{number:05d}" in each.path for each in ended)
    for each in ended:
        assert each.verdict is Verdict.UNDECIDED
        assert [finding.rule for finding in each.refusals] == ["request/not-answered"]


@pytest.mark.usefixtures("small")
def test_when_every_process_is_killed_nothing_passes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "judge", _dying(*range(1, 9)))
    report = _report(folder, in_parts=True)
    first, *others = report.judgements
    assert first.verdict is Verdict.PASS, "this process judges it"
    assert [each.verdict for each in others] == [Verdict.UNDECIDED] * 7
    assert report.verdict is Verdict.UNDECIDED


@pytest.mark.usefixtures("small")
def test_a_file_that_vanishes_before_it_is_read_stops_the_check(folder: Path) -> None:
    found = collect_input(CheckOptions(folder, in_parts=True), NOW)
    request_file(folder, 8).unlink()
    with pytest.raises(UndecidedError, match="LR-2026-00008"):
        run_check(found, 2)

"""Facts found by several processes: the same as by one, none missing, and no pipe shared."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from launchpolicy.engine.submission import Submission
from launchpolicy.facts.facts import NO_FACTS, Facts
from launchpolicy.hosts import evidence_files, forked_process
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.check.check_input import CheckInput, CheckOptions
from launchpolicy.operations.check.run import collect_input, run_check
from launchpolicy.operations.submissions import facts_of_many, finding_facts
from launchpolicy.operations.submissions.facts_of_many import find_in_processes
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.snapshot import SnapshotEntry
from launchpolicy.vocabulary.text import Text
from tests.examples.catalogue import EXAMPLES, PROCESSES
from tests.operations.launch_folder import commit

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this process be forked, whatever threads the runner of the tests has."""
    monkeypatch.setattr(forked_process, "can_fork", lambda: True)
    monkeypatch.setattr(finding_facts, "_MANY", 4)


def _adopted(name: str, folder: Path) -> Path:
    shutil.copytree(EXAMPLES / name, folder / name, ignore=shutil.ignore_patterns("broken"))
    commit(folder / name)
    return folder / name


def _input(folder: Path, jobs: int, *, base: str | None = None) -> CheckInput:
    return collect_input(CheckOptions(folder, base=base, jobs=jobs), NOW)


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the ids of the processes that are forked."""
    fork, started = os.fork, []

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noted)
    return started


@pytest.mark.parametrize("process", PROCESSES)
def test_several_processes_find_the_facts_that_one_finds(
    process: str, tmp_path: Path, starts: list[int]
) -> None:
    folder = _adopted(process, tmp_path)
    alone = _input(folder, 1)
    assert starts == []
    assert any(one.facts != NO_FACTS for one in alone.submissions)
    together = _input(folder, 3)
    assert len(starts) == 3
    assert [one.facts for one in together.submissions] == [one.facts for one in alone.submissions]
    assert run_check(together, 1) == run_check(alone, 1)


def test_several_processes_find_the_facts_of_a_pull_request(
    tmp_path: Path, starts: list[int]
) -> None:
    folder = _adopted("product-launch", tmp_path)
    for file in folder.glob("launches/*/request.yaml"):
        file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    subprocess.run(["git", "branch", "base"], cwd=folder, check=True)
    commit(folder)
    alone, together = (_input(folder, jobs, base="base") for jobs in (1, 2))
    assert len(starts) == 2
    assert len(alone.submissions) > 4
    assert [one.facts for one in together.submissions] == [one.facts for one in alone.submissions]


def test_few_requests_are_not_worth_a_process(tmp_path: Path, starts: list[int]) -> None:
    folder = _adopted("product-launch", tmp_path)
    paths = tuple(sorted(folder.glob("launches/*/request.yaml"))[:3])
    collect_input(CheckOptions(folder, paths, jobs=4), NOW)
    assert starts == []


def _request(number: int) -> Submission:
    return Submission("LaunchRequest", f"launches/{number}/request.yaml", None, None)


def _found(submission: Submission) -> Facts:
    return NO_FACTS._replace(texts={"path": submission.path})


REQUESTS = [_request(number) for number in range(12)]


def _dying_of(*numbers: int) -> Callable[[Submission], Facts]:
    paths = {_request(number).path for number in numbers}

    def find(submission: Submission) -> Facts:
        if submission.path in paths:
            os.kill(os.getpid(), signal.SIGKILL)
        return _found(submission)

    return find


def test_a_request_whose_process_is_killed_is_undecided_and_not_without_facts() -> None:
    found = find_in_processes(REQUESTS, _dying_of(3, 9), 2)
    assert [one.path for one in found] == [one.path for one in REQUESTS]
    for number, one in enumerate(found):
        if number in {3, 9}:
            assert one.unjudged is not None
            assert one.unjudged.verdict is Verdict.UNDECIDED
            assert one.unjudged.rule == "request/not-answered"
        else:
            assert one.unjudged is None
            assert one.facts == _found(one)


def test_an_error_in_a_process_stops_the_run_as_it_would_here() -> None:
    error = UndecidedError(Text("No file.", "没有文件。"), Text("Add it.", "请补上。"))

    def find(submission: Submission) -> Facts:
        if submission.path == REQUESTS[7].path:
            raise error
        return _found(submission)

    before = _children()
    with pytest.raises(UndecidedError) as raised:
        find_in_processes(REQUESTS, find, 2)
    assert raised.value is error
    assert _children() == before, "a process lives as long as the error is kept"


def _children() -> set[bytes]:
    files = Path("/proc/self/task").glob("*/children")
    return {word for file in files for word in file.read_bytes().split()}


def test_a_killed_process_is_no_false_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _adopted("product-launch", tmp_path)
    assert run_check(_input(folder, 1), 1).verdict is Verdict.PASS
    ours = os.getpid()
    read = evidence_files.evidence_file

    def dying(*arguments: object) -> object:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(evidence_files, "evidence_file", dying)
    report = run_check(_input(folder, 2), 1)
    assert report.verdict is Verdict.UNDECIDED
    assert len(report.judgements) == len(_input(folder, 1).submissions)


def test_forked_processes_ask_git_by_themselves(tmp_path: Path) -> None:
    names = [f"{number:03d}.txt" for number in range(60)]
    for name in names:
        (tmp_path / name).write_text(f"content of {name}\n" * 50, "utf-8")
    (tmp_path / ".gitattributes").write_text("0*.txt text\n", "utf-8")
    commit(tmp_path)
    with open_repository(tmp_path) as repository:
        files = work_tree(tmp_path, repository)
        entries = [files.entry(name) for name in names]
        ids = repository.git.run("ls-tree", "-r", "HEAD").output.decode().split("\n")
        blobs = {line.split("\t")[1]: line.split()[2] for line in ids if line}

        def content(submission: Submission) -> Facts:
            name = Path(submission.path).name
            (entry,) = [
                one for one in entries if isinstance(one, SnapshotEntry) and one.path == name
            ]
            (blob,) = files.read([entry], 1 << 20)
            (git_object,) = repository.objects.read([blobs[name]], 1 << 20)
            assert git_object.data == blob.data
            process = repository.objects._git_process().pid
            return NO_FACTS._replace(texts={"data": blob.data, "process": process})

        asked = [Submission("", name, None, None) for name in names]
        found = facts_of_many.find_in_processes(asked, content, 4)
        assert [one.facts.texts["data"] for one in found] == [
            f"content of {name}\n".encode() * 50 for name in names
        ]
        processes = {one.facts.texts["process"] for one in found[1:]}
        assert len(processes) == 4
        assert not any(Path(f"/proc/{process}").exists() for process in processes), "left behind"
        assert content(asked[5]).texts["data"] == b"content of 005.txt\n" * 50

"""Two recorders at once, a night without network, a recorder that is killed: nothing is lost."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.operations.record.facts import StepReport, step_fact
from launchpolicy.operations.record.record import record
from tests.cli.record.conftest import BRANCH, REQUEST, Clone, Night, tonight
from tests.extent import share_of
from tests.processes.program import COMMAND

DRAIN = ("step", "drain", "done")
MIGRATE = ("step", "migrate", "done", "--by", "he.lin")


def facts(clone: Clone, revision: str = f"origin/{BRANCH}") -> list[str]:
    """The subjects of the commits of a revision that record something, oldest first."""
    log = clone.git("log", "--reverse", "--format=%s", f"main..{revision}").splitlines()
    return [subject for subject in log if subject.startswith("Record")]


def test_two_recorders_who_do_not_know_of_each_other_are_both_recorded(started: Night) -> None:
    started.zhao.recorded(*DRAIN, "--offline")
    started.he.recorded(*MIGRATE, "--anyway")  # her clone has not heard of the first step yet
    said = started.zhao.recorded("step", "upload", "done", at="22:20")
    assert "Pushed" in said
    status = started.zhao.status()
    assert [
        len(re.findall(rf"name: {step}\b", status)) for step in ("drain", "migrate", "upload")
    ] == [1, 1, 1]
    assert len(facts(started.zhao)) == 3
    started.zhao.recorded("finish", at="22:30")
    checked = started.zhao.check("--base", "main", now=tonight("22:40"))
    assert checked.code == 0, checked.output


def test_two_recorders_at_the_same_time_are_both_recorded(started: Night) -> None:
    begun = [
        subprocess.Popen(
            [*COMMAND, "record", *what, "--now", tonight("22:10")],
            cwd=clone.folder,
            env=clone.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for clone, what in (
            (started.zhao, (*DRAIN, "--anyway")),
            (started.he, (*MIGRATE, "--anyway")),
        )
    ]
    outputs = [process.communicate(timeout=120)[0] for process in begun]
    assert [process.returncode for process in begun] == [0, 0], outputs
    started.zhao.git("fetch", "--quiet")
    assert sorted(facts(started.zhao)) == [
        "Record the step drain of LR-2026-0042: done",
        "Record the step migrate of LR-2026-0042: done",
    ]
    status = started.zhao.status()
    assert [status.count(f"name: {step}") for step in ("drain", "migrate")] == [1, 1]


def test_the_same_fact_of_two_recorders_is_recorded_once(started: Night) -> None:
    started.zhao.recorded(*DRAIN, "--offline")
    started.he.recorded(*DRAIN, "--by", "zhao.min", at="22:11")
    assert started.zhao.recorded("queue", "--push").startswith("Pushed")
    assert len(facts(started.zhao)) == 1
    assert started.zhao.git("status", "--porcelain") == ""
    assert started.zhao.git("rev-parse", BRANCH) == started.zhao.git(
        "rev-parse", f"origin/{BRANCH}"
    )


def test_a_fact_that_a_newer_file_contradicts_is_kept_and_shown(started: Night) -> None:
    started.zhao.recorded(*DRAIN, "--offline")
    failed = ("step", "drain", "failed", "--symptom", "Sessions stay", "--by", "zhao.min")
    started.he.recorded(*failed)
    queue = started.zhao.record("queue", "--push")
    assert queue.code == 1
    assert "which says otherwise: step drain: done" in " ".join(queue.output.split())
    assert "result: failed" in started.zhao.status(BRANCH)  # the first that was pushed stands
    identifier = queue.output.split()[-1]
    assert "says otherwise" not in started.zhao.recorded("queue", "--forget", identifier)


def test_without_network_facts_wait_and_are_pushed_by_the_next_call(started: Night) -> None:
    started.unplug()
    first = started.zhao.recorded(*DRAIN)
    assert "1 waiting in this clone" in first
    second = started.zhao.recorded(*MIGRATE, at="22:12")
    assert "2 waiting in this clone" in second
    assert started.zhao.record("queue").code == 1
    started.plug()
    assert "Pushed" in started.zhao.recorded("step", "upload", "done", at="22:20")
    started.he.git("fetch", "--quiet")
    assert len(facts(started.he)) == 3
    assert started.zhao.record("queue").code == 0


def test_what_another_person_took_back_is_not_recorded_as_ones_own(started: Night) -> None:
    started.he.recorded(*MIGRATE, "--anyway")
    started.zhao.git("fetch", "--quiet")
    started.zhao.git("switch", "--quiet", BRANCH)
    started.zhao.git("merge", "--quiet", "--ff-only", f"origin/{BRANCH}")
    started.he.git("reset", "--hard", "--quiet", "HEAD~1")
    started.he.git("commit", "--quiet", "--allow-empty", "--message", "Nothing happened")
    started.he.git("push", "--quiet", "--force", "origin", f"HEAD:{BRANCH}")

    answer = started.zhao.record("queue", "--push")

    assert answer.code == 3
    assert "no records of yours" in answer.output + answer.complaint
    started.zhao.git("fetch", "--quiet")
    assert facts(started.zhao) == []


def test_commits_that_are_no_records_are_not_rewritten(started: Night) -> None:
    started.zhao.recorded(*DRAIN, "--offline")
    (started.zhao.folder / "launches/LR-2026-0042/log.txt").write_text("a log\n", "utf-8")
    own = started.zhao.commit("attach the log")
    started.he.recorded(*MIGRATE, "--anyway")
    refused = started.zhao.record("step", "upload", "done", at="22:20")
    assert (refused.code, "no records" in refused.complaint) == (3, True), refused.complaint
    assert started.zhao.git("rev-parse", "HEAD") == own


class KilledError(BaseException):
    """The process ends here."""


WRITING = {"update-ref", "hash-object", "commit-tree", "add", "push", "switch", "read-tree"}
KILLS = [(number, when) for number in range(12) for when in ("before", "after")]


@pytest.mark.parametrize(("number", "when"), share_of(KILLS, 8))
def test_a_recorder_that_is_killed_loses_and_doubles_nothing(
    started: Night, number: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed around one of its calls of git that write; then the same is recorded again."""
    zhao, calls = started.zhao, 0
    zhao.git("switch", "--quiet", BRANCH)
    run = subprocess.run

    def killing(argv: list[str], **options: Any) -> Any:
        nonlocal calls
        is_writing = not WRITING.isdisjoint(argv)
        calls += is_writing
        if is_writing and calls == number + 1:
            if when == "after":
                run(argv, **options)
            raise KilledError
        return run(argv, **options)

    def drain() -> None:
        record(Path(zhao.folder), REQUEST, make, zhao.options())

    def make(night: Any) -> Any:
        return step_fact(night, StepReport("drain", "done"))

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", killing)
        try:
            drain()
        except KilledError:
            pass
        else:
            assert calls <= number  # it was over before
    drain()
    assert facts(zhao) == ["Record the step drain of LR-2026-0042: done"]
    assert zhao.status().count("name: drain") == 1
    assert zhao.git("status", "--porcelain") == ""
    assert zhao.git("rev-parse", BRANCH) == zhao.git("rev-parse", f"origin/{BRANCH}")

"""What a result must say to be recorded: how a failure ended, what was measured, who did it."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.cli.record.conftest import BRANCH, NAME, REQUEST, STARTED, Begin, Night, tonight

LOG = "Load of 600 orders a minute for ten minutes, without an error: p95 240 ms, p99 410 ms.\n"
FAILED = ("step", "drain", "failed", "--symptom", "Sessions stay")
FINISHED = f"""{STARTED}    finishedAt: 2026-12-01T22:41:00+08:00
    steps:
      - {{name: drain, result: done, at: 2026-12-01T22:06:00+08:00, by: zhao.min}}
      - {{name: migrate, result: done, at: 2026-12-01T22:20:00+08:00, by: he.lin}}
      - {{name: upload, result: done, at: 2026-12-01T22:38:00+08:00, by: zhao.min}}
"""


@pytest.fixture
def finished(begin: Begin) -> Night:
    """The launch is over; the checks after it are not recorded yet."""
    return begin(FINISHED)


def test_what_is_recorded_anyway_names_the_policies_that_it_overrides(prepared: Night) -> None:
    said = prepared.zhao.recorded("start", "--anyway", "--by", "he.lin", at="21:40")
    message = prepared.zhao.git("log", "-1", "--format=%B", f"origin/{BRANCH}")
    fact = json.loads(message.partition("Launchpolicy-Fact: ")[2])
    for policy in ("execution-inside-window", "executed-as-assigned"):
        assert policy in said
        assert policy in fact["overrides"]
        assert policy in message.partition("\n\n")[2].partition("Launchpolicy-Fact")[0]
    assert "stays blocked" in " ".join(said.split())


def test_a_step_out_of_turn_names_the_rule_that_it_overrides(started: Night) -> None:
    said = started.he.recorded("step", "migrate", "done", "--anyway")
    assert "record/out-of-turn" in said
    honest = started.zhao.recorded("step", "drain", "done", "--anyway")
    assert "refused by" not in honest  # nothing refuses it, so nothing is overridden
    assert '"overrides"' not in started.zhao.git("log", "-1", "--format=%B", f"origin/{BRANCH}")


def test_a_failed_step_that_is_done_later_needs_its_handling(started: Night) -> None:
    started.zhao.recorded(*FAILED)
    refused = started.zhao.record("step", "drain", "done", at="22:20")
    assert (refused.code, "--handling" in refused.complaint) == (1, True), refused.complaint
    assert "--symptom" not in refused.complaint
    assert "outcome" not in started.zhao.status()
    started.zhao.recorded("step", "drain", "done", "--handling", "Restarted it", at="22:20")


def test_a_failed_step_whose_symptom_nobody_noted_is_asked_for_it(started: Night) -> None:
    started.zhao.recorded("step", "drain", "failed")
    refused = started.zhao.record("step", "drain", "done", "--handling", "Restarted it")
    assert (refused.code, "--symptom" in refused.complaint) == (1, True), refused.complaint


def test_a_failed_step_without_an_end_is_no_finished_launch(started: Night) -> None:
    for step, person in (("drain", "zhao.min"), ("migrate", "he.lin")):
        started.zhao.recorded("step", step, "done", "--by", person)
    last = ("step", "upload", "failed", "--symptom", "No space", "--handling", "Removed old logs")
    started.zhao.recorded(*last, at="22:30")
    refused = started.zhao.record("finish", at="22:41")
    assert (refused.code, "upload" in refused.complaint) == (1, True), refused.complaint
    assert "--unresolved" in refused.complaint
    forced = started.zhao.recorded("finish", "--anyway", at="22:42")
    assert "record/open-failure" in forced


def test_a_broken_off_step_without_handling_is_no_finished_launch(started: Night) -> None:
    started.zhao.recorded(*FAILED, "--unresolved", at="22:10")
    refused = started.zhao.record("finish", at="22:15")
    assert (refused.code, "failed-steps-handled" in refused.complaint) == (1, True)
    started.zhao.recorded(*FAILED, "--unresolved", "--handling", "Restarted", at="22:16")
    started.zhao.recorded("finish", at="22:17")


def test_the_handling_of_another_person_bears_their_own_name(started: Night) -> None:
    started.zhao.recorded(*FAILED)
    handled = ("step", "drain", "done", "--handling", "Restarted it")
    started.he.recorded(*handled, at="22:20")
    status = started.zhao.git("fetch", "--quiet") + started.zhao.status()
    assert "handledBy: he.lin" in status
    assert f"handledAt: {tonight('22:20')}" in status
    assert "by: zhao.min" in status.partition("name: drain")[2]


def test_the_handling_of_who_did_not_know_of_the_failure_bears_their_own_name(
    started: Night,
) -> None:
    started.he.recorded(*FAILED, "--handling", "Restarted it", "--anyway", "--offline", at="22:12")
    started.zhao.recorded(*FAILED)
    started.he.recorded("queue", "--push", at="22:13")
    started.zhao.git("fetch", "--quiet")
    assert "handledBy: he.lin" in started.zhao.status()


@pytest.mark.parametrize("measured", ["301ms", "0.5s", "3 s", "299", "-1 ms", ""])
def test_a_check_that_misses_its_limit_has_not_passed(finished: Night, measured: str) -> None:
    said = ("--measured", measured) if measured else ()
    refused = finished.zhao.record(
        "check", "performance", "passed", *said, "--by", "sun.yu", "--anyway", at="22:50"
    )
    assert (refused.code, "300ms" in refused.complaint) == (1, True), refused.complaint
    assert "checksAfter" not in finished.zhao.status()


@pytest.mark.parametrize(("measured", "result"), [("0.3s", "passed"), ("301ms", "failed")])
def test_a_check_is_recorded_as_it_was_measured(
    finished: Night, measured: str, result: str
) -> None:
    by = ("--by", "sun.yu")
    finished.zhao.recorded("check", "performance", result, "--measured", measured, *by, at="22:50")
    assert f'measured: "{measured}"' in finished.zhao.status()


def test_the_evidence_of_a_check_is_committed_with_it(finished: Night) -> None:
    log = finished.folder / "p95.txt"
    log.write_text(LOG, "utf-8")
    measured = ("--measured", "240ms", "--evidence", str(log), "--by", "sun.yu")
    finished.zhao.recorded("check", "performance", "passed", *measured, at="22:50")
    digest = hashlib.sha256(log.read_bytes()).hexdigest()
    path = "checks/p95.txt"
    assert f"path: {path}" in finished.zhao.status()
    assert digest in finished.zhao.status()
    beside = f"launches/{NAME}/{path}"
    assert finished.zhao.git("show", f"origin/{BRANCH}:{beside}") == LOG.strip()
    assert finished.zhao.git("diff", "--name-only", "HEAD~1").split() == [beside, REQUEST]
    assert finished.zhao.git("status", "--porcelain") == ""


def test_evidence_that_waited_offline_comes_along(finished: Night) -> None:
    zhao = finished.zhao
    zhao.git("switch", "--quiet", BRANCH)
    log = zhao.folder / f"launches/{NAME}/checks/smoke.txt"
    log.parent.mkdir()
    log.write_text(LOG, "utf-8")
    by = ("--by", "sun.yu")
    zhao.recorded("check", "product-runs", "passed", "--evidence", str(log), *by, "--offline")
    finished.he.recorded("check", "performance", "failed", "--measured", "2s", *by, at="22:55")
    zhao.recorded("queue", "--push", at="22:56")
    assert zhao.git("show", f"origin/{BRANCH}:launches/{NAME}/checks/smoke.txt") == LOG.strip()
    assert zhao.git("status", "--porcelain") == ""


def test_another_file_in_the_place_of_evidence_is_refused(finished: Night) -> None:
    for clock, content, code in (("22:50", "one", 0), ("22:51", "two", 2)):
        log = finished.folder / "smoke.txt"
        log.write_text(f"{LOG}{content}\n", "utf-8")
        words = ("check", "product-runs", "passed", "--evidence", str(log), "--by", "sun.yu")
        answer = finished.zhao.record(*words, at=clock)
        assert answer.code == code, answer.complaint


def test_a_launch_that_is_broken_off_takes_no_further_step(started: Night) -> None:
    started.zhao.recorded(*FAILED, "--handling", "Restarted", "--unresolved")
    step = ("step", "migrate", "done", "--by", "he.lin")
    refused = started.zhao.record(*step, at="22:12")
    assert (refused.code, "broken off" in refused.complaint) == (1, True), refused.complaint
    assert "record/out-of-turn" in started.zhao.recorded(*step, "--anyway", at="22:13")


def test_before_the_window_a_start_is_not_spoken_of_as_if_it_were(prepared: Night) -> None:
    refused = prepared.zhao.record("start", at="21:59")
    words = " ".join(refused.complaint.split())
    assert "began" not in words
    assert "may begin from 2026-12-01T22:00:00+08:00" in words
    nothing = prepared.zhao.record(
        *("rollback", "--reason", "x", "--otherwise", "y", "--assessed-by", "he.lin"),
        *("--assessed-at", tonight("21:00")),
        at="21:59",
    )
    assert (nothing.code, "nothing to roll back" in nothing.complaint) == (1, True)


def test_what_a_start_misses_is_asked_for_by_commands(begin: Begin) -> None:
    refused = begin("").zhao.record("start", at="22:00")
    words = " ".join(refused.complaint.split())
    assert "→ Record it: launchpolicy record backup orders-db --file" in words
    assert "{name:" not in words


def test_launch_and_rollback_are_proposed_one_after_the_other(started: Night) -> None:
    started.zhao.recorded(*FAILED, "--handling", "Restarted", "--unresolved")
    started.zhao.recorded("finish", at="22:15")
    why = ("--reason", "No session ends", "--otherwise", "Orders are lost")
    assessed = ("--assessed-by", "he.lin", "--assessed-at", tonight("22:16"))
    started.zhao.recorded("rollback", *why, *assessed, at="22:18")
    started.zhao.recorded("step", "restore-orders", "done", "--by", "he.lin", at="22:35")
    started.zhao.recorded("step", "revert-service", "done", at="22:38")
    said = " ".join(started.zhao.recorded("finish", at="22:40").split())
    second = BRANCH.replace("-launched", "-rolled-back")
    for branch in (BRANCH, second):
        assert f"launchpolicy check --base main --head {branch}, and propose {branch}" in said
    started.zhao.git("switch", "--quiet", "main")
    first = started.zhao.here(
        "check", "--base", "main", "--head", BRANCH, "--now", tonight("22:50")
    )
    assert "stage-follows-the-arrows" not in first.output
    started.zhao.git("merge", "--quiet", "--no-ff", "--message", "merge", BRANCH)
    then = started.zhao.here("check", "--base", "main", "--head", second, "--now", tonight("22:50"))
    assert then.code == 0, then.output


def test_a_queue_in_which_nothing_waits_says_so(begin: Begin) -> None:
    zhao = begin("").zhao
    for words in (("queue",), ("queue", "--push")):
        said = zhao.recorded(*words, at="21:00")
        assert said.startswith("Nothing waits in this clone")
        assert "Pushed" not in said

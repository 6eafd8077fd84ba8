"""What must not be recorded: each would make a night look as it was not."""

from __future__ import annotations

import pytest

from tests.cli.record.conftest import BRANCH, NAME, PREPARED, REQUEST, Begin, Night, tonight

STARTS = [
    (("start",), "21:59", "execution-inside-window"),
    (("start",), "23:31", "execution-inside-window"),
    (("start", "--by", "he.lin"), "22:00", "executed-as-assigned"),
    (("start", "--watched-by", "zhao.min"), "22:00", "executed-as-assigned"),
]
"""Too early, too late, another executor, nobody else who watches."""


def test_a_start_that_the_plan_does_not_allow_is_refused(prepared: Night) -> None:
    for arguments, at, policy in STARTS:
        refused = prepared.zhao.record(*arguments, at=at)
        assert refused.code == 1, refused.output
        assert policy in refused.complaint, arguments
    assert "startedAt" not in prepared.zhao.status()
    assert BRANCH not in prepared.zhao.git("branch").split()


def test_a_start_without_backups_and_checks_is_refused(begin: Begin) -> None:
    night = begin("")
    refused = night.zhao.record("start", at="22:00")
    assert refused.code == 1
    for policy in ("planned-backups-taken", "environment-checks-passed"):
        assert policy in refused.complaint
    assert night.zhao.git("status", "--porcelain") == ""


def test_a_start_after_a_failed_check_is_refused(prepared: Night) -> None:
    prepared.zhao.recorded("check", "servers", "failed", at="21:50")
    refused = prepared.zhao.record("start", at="22:00")
    assert (refused.code, "environment-checks-passed" in refused.complaint) == (1, True)
    said = prepared.zhao.recorded("check", "servers", "passed", at="21:55")
    assert "passed" in said
    assert "Failed at 2026-12-01T21:50:00+08:00 first." in prepared.zhao.status()
    assert prepared.zhao.record("start", at="22:00").code == 0


def test_a_backup_dated_back_after_the_start_is_refused(begin: Begin) -> None:
    without_uploads = PREPARED[: PREPARED.index("    - name: uploads")]
    started = "  execution:\n    startedAt: 2026-12-01T22:00:00+08:00\n"
    night = begin(without_uploads + started)
    digest = "3b9b96018c4fd8088d750c48106391a5adaa5aed4d43611f1945862d732a628f"
    claim = ("backup", "uploads", "--sha256", digest, "--by", "gao.peng", "--at", tonight("21:00"))
    refused = night.zhao.record(*claim)
    assert (refused.code, "before that" in refused.complaint) == (1, True), refused.complaint
    assert "uploads" not in night.zhao.status()
    night.zhao.recorded(*claim, "--anyway")  # it was taken then, and nobody noted it


ROLLBACK = ("rollback", "--reason", "x", "--otherwise", "y", "--assessed-by", "he.lin")
NEVER_HAPPENED = [
    (("step", "reboot", "done"), "no step called reboot"),
    (("check", "weather", "passed"), "no check called weather"),
    (("step", "upload", "done"), "comes after drain"),
    (("step", "drain", "done", "--at", tonight("22:30")), "is still to come"),
    (("step", "drain", "done", "--at", "2026-11-24T22:00:00+08:00"), "before the request was"),
    (("step", "drain", "done", "--at", tonight("21:00")), "(execution-recorded)"),
    (("step", "drain", "done", "--by", "nobody.there"), "not in the directory"),
    (("check", "product-runs", "passed"), "is not finished"),
    (("finish",), "executed-steps-as-planned"),
    ((*ROLLBACK, "--assessed-at", tonight("22:05")), "is not finished"),
]


def test_what_did_not_happen_so_is_refused(started: Night) -> None:
    tip = started.zhao.git("rev-parse", f"origin/{BRANCH}")
    for arguments, complaint in NEVER_HAPPENED:
        refused = started.zhao.record(*arguments)
        assert refused.code in {1, 2}, refused.output
        assert complaint in " ".join(refused.complaint.split()), arguments
    assert started.zhao.git("ls-remote", "origin", "refs/heads/launch/*").split() == [
        tip,
        f"refs/heads/{BRANCH}",
    ]
    assert started.zhao.git("branch").split() == ["*", "main"]  # no branch of a refused rollback


def test_a_digest_that_is_none_is_refused_even_with_anyway(begin: Begin) -> None:
    refused = begin("").zhao.record("backup", "uploads", "--sha256", "zz", "--anyway", at="21:00")
    assert (refused.code, "schema/" in refused.complaint) == (1, True), refused.complaint


def test_a_result_that_contradicts_the_recorded_one_is_refused(started: Night) -> None:
    started.zhao.recorded("step", "drain", "done")
    before = started.zhao.git("rev-parse", BRANCH)
    again = started.zhao.recorded("step", "drain", "done", at="22:20")
    assert "Recorded already (2026-12-01T22:10:00+08:00, zhao.min)" in again
    refused = started.zhao.record("step", "drain", "failed", "--anyway", at="22:21")
    assert (refused.code, "recorded otherwise already" in refused.complaint) == (1, True)
    assert started.zhao.git("rev-parse", BRANCH) == before


def test_a_launch_whose_request_is_not_merged_is_not_recorded(begin: Begin) -> None:
    night = begin("")
    night.he.edit(("  stage: requested", "  stage: cancelled"), path=REQUEST)
    night.he.commit("call it off")
    night.he.git("push", "--quiet", "origin", "main")
    refused = night.zhao.record("check", "servers", "passed", "LR-2026-0042", at="21:30")
    assert (refused.code, "is not approved" in refused.complaint) == (2, True)


def test_a_plan_that_was_changed_on_the_branch_is_not_recorded(started: Night) -> None:
    started.he.git("switch", "--quiet", BRANCH)
    started.he.edit(("end: 2026-12-01T23:30:00", "end: 2026-12-02T05:30:00"), path=REQUEST)
    started.he.commit("more time")
    started.he.git("push", "--quiet")
    refused = started.zhao.record("step", "drain", "done")
    assert (refused.code, "is not the one approved" in refused.complaint) == (2, True)


def test_edits_that_are_not_committed_go_into_no_record(started: Night) -> None:
    started.zhao.git("switch", "--quiet", BRANCH)
    started.zhao.edit(("watchedBy: qian.na", "watchedBy: sun.yu"), path=REQUEST)
    refused = started.zhao.record("step", "drain", "done")
    assert (refused.code, "not committed" in refused.complaint) == (2, True)
    assert "sun.yu" in (started.zhao.folder / REQUEST).read_text("utf-8").partition("status:")[2]


def test_texts_of_strangers_stay_texts(started: Night) -> None:
    said = "x: {y}\n---\n- &a *a\n::error::boom ##[debug] 表锁 `rm`"
    hidden = started.zhao.record("step", "drain", "failed", "--symptom", f"\x1b[2J{said}")
    assert (hidden.code, "U+001B" in hidden.complaint) == (1, True), hidden.complaint
    shown = started.zhao.recorded("step", "drain", "failed", "--symptom", said)
    sheet = started.zhao.recorded("show")
    assert not any(line.startswith("::") for line in (shown + sheet).splitlines())
    assert "##[" not in shown + sheet
    checked = started.zhao.check("--base", "main", now=tonight("22:20"))
    assert (checked.code, "malformed" in checked.output) == (1, False)  # the night is not over
    assert "boom" in started.zhao.status(BRANCH)


def test_a_person_of_git_who_is_nobody_in_the_directory_is_asked_for(started: Night) -> None:
    stranger = {"GIT_AUTHOR_EMAIL": "eve@example.net", "GIT_AUTHOR_NAME": "Eve"}
    refused = started.zhao.record("step", "drain", "done", **stranger)
    assert (refused.code, "--by ID" in refused.complaint) == (2, True), refused.complaint
    assert started.zhao.record("step", "drain", "done", "--by", "zhao.min", **stranger).code == 0


@pytest.mark.parametrize("name", [".", "*", "a b", "LR-1~1"])
def test_what_is_no_launch_is_named_as_such(started: Night, name: str) -> None:
    answer = started.zhao.record("step", "drain", "done", name)

    assert answer.code == 2, answer.output + answer.complaint


def test_a_branch_of_another_launch_with_a_longer_name_is_not_written(started: Night) -> None:
    other = BRANCH.replace("-launched", "-retry-launched")
    started.zhao.git("switch", "--quiet", "--create", other)

    started.zhao.recorded("step", "drain", "done", NAME)

    assert started.zhao.git("log", "--format=%s", f"main..{other}") == ""

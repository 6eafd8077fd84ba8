"""The honest night, by the commands alone: the launch, its rollback, and what is shown."""

from __future__ import annotations

import hashlib

from tests.cli.record.conftest import BRANCH, NAME, REQUEST, Begin, Night, tonight

ROLLED_BACK = f"launch/{NAME}-rolled-back"


def test_a_whole_night_is_recorded_and_passes_the_check(begin: Begin) -> None:
    night = begin("")
    zhao, dump = night.zhao, night.folder / "orders.dump"
    dump.write_bytes(bytes(range(256)) * 1000)
    before = (zhao.folder / REQUEST).read_text("utf-8").partition("\nstatus:")[0]

    said = zhao.recorded(
        "backup", "orders-db", "--file", str(dump), "--by", "he.lin", NAME, at="20:10"
    )
    assert f"Switched to the branch {BRANCH}." in said
    assert "never restored in a rehearsal" in said
    zhao.recorded("backup", "orders-db", "--restored", "18m", "--by", "he.lin", at="20:40")
    other = hashlib.sha256(b"uploads").hexdigest()
    maintainer = ("--by", "gao.peng")
    zhao.recorded(
        "backup", "uploads", "--sha256", other, "--restored", "8m", *maintainer, at="20:50"
    )
    zhao.recorded("check", "servers", "passed", at="21:30")
    zhao.recorded("check", "database-connection", "passed", "--by", "he.lin", at="21:35")
    zhao.recorded("start", at="22:00")
    zhao.recorded("step", "drain", "done", at="22:06")
    symptom, handling = "Lock wait timeout", "Paused the report"
    zhao.recorded("step", "migrate", "failed", "--symptom", symptom, "--by", "he.lin", at="22:12")
    solved = ("step", "migrate", "done", "--handling", handling, "--by", "he.lin")
    zhao.recorded(*solved, at="22:20")
    assert "Next: launchpolicy record finish" in zhao.recorded("step", "upload", "done", at="22:38")
    said = zhao.recorded("finish", at="22:41")
    assert "launchpolicy check --base main" in said

    text = (zhao.folder / REQUEST).read_text("utf-8")
    assert text.partition("\nstatus:")[0] == before  # the plan keeps its bytes
    digest = hashlib.sha256(dump.read_bytes()).hexdigest()
    for fact in (digest, symptom, handling, "outcome: done", "watchedBy: qian.na"):
        assert fact in text
    assert zhao.git("status", "--porcelain") == ""
    checked = zhao.check("--base", "main", now=tonight("22:50"))
    assert checked.code == 0, checked.output


def test_a_rollback_is_recorded_on_a_branch_of_its_own(started: Night) -> None:
    zhao = started.zhao
    failed = ("step", "drain", "failed", "--symptom", "Sessions stay", "--handling", "Restarted")
    zhao.recorded(*failed, "--unresolved", at="22:10")
    zhao.recorded("finish", at="22:15")
    assessed = ("--assessed-by", "he.lin", "--assessed-at", tonight("22:16"))
    why = ("--reason", "No session ends", "--otherwise", "Orders of the night are lost")
    said = zhao.recorded("rollback", *why, *assessed, at="22:18")
    assert f"Switched to the branch {ROLLED_BACK}." in said
    zhao.recorded("step", "restore-orders", "done", "--by", "he.lin", at="22:35")
    zhao.recorded("step", "revert-service", "done", at="22:38")
    zhao.recorded("finish", at="22:40")
    status = zhao.status(f"origin/{ROLLED_BACK}")
    for fact in ("stage: rolled-back", "orders-db", "revertedTo: v3.1.4", "dataLoss:"):
        assert fact in status
    assert "stage: launched" in zhao.status(f"origin/{BRANCH}")

    zhao.git("switch", "--quiet", "main")
    for branch in (BRANCH, ROLLED_BACK):
        zhao.git("merge", "--quiet", "--no-ff", "--message", "merge", branch)
        checked = zhao.check("--base", "HEAD~1", now=tonight("22:50"))
        assert " 0 failed" in checked.output, checked.output


def test_the_run_sheet_fits_a_phone_and_names_what_is_next(started: Night) -> None:
    started.zhao.recorded("step", "drain", "done", at="22:06")
    for language, words in (("en", "Window: 1 h 20 min left"), ("zh", "窗口还剩 1 小时 20 分钟")):
        sheet = started.zhao.here(
            "--lang",
            language,
            "record",
            "show",
            "--lang",
            language,
            "--now",
            tonight("22:10"),
            COLUMNS="40",
        ).output
        assert words in sheet
        assert "launchpolicy record step migrate" in sheet.replace("\n", " ")
        assert "22:00 → 22:06" in sheet
        assert max(map(len, sheet.splitlines())) <= 40


def test_a_launch_is_found_without_being_named(begin: Begin) -> None:
    night = begin("")
    assert NAME in night.zhao.recorded("show", at="21:00")  # its window opens soon
    lost = night.zhao.here("record", "show", "--now", "2026-11-29T10:00:00+08:00")
    assert (lost.code, "No launch is under way" in lost.complaint) == (2, True)
    assert f"Approved and to come: {NAME}" in lost.complaint
    assert f"launchpolicy record show {NAME}" in lost.complaint


def test_a_misspelt_person_is_corrected(begin: Begin) -> None:
    refused = begin("").zhao.record("check", "servers", "passed", "--by", "he.lni", at="21:30")
    assert (refused.code, "Did you mean he.lin?" in refused.complaint) == (2, True)

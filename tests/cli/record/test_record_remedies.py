"""What a refusal of `record` advises: a command that differs from the one just refused."""

from __future__ import annotations

from tests.cli.record.conftest import STARTED, Begin, Night, tonight

DIGEST = "3b9b96018c4fd8088d750c48106391a5adaa5aed4d43611f1945862d732a628f"
CHECK = ("check", "servers", "passed")
EARLY = "2026-11-30T10:00:00+08:00"


def test_who_may_not_have_done_it_is_answered_with_who_may(begin: Begin) -> None:
    night = begin("")
    refused = night.zhao.record(*CHECK, "--by", "li.wei", at="21:30")
    english = " ".join(refused.complaint.split())
    assert refused.code == 1
    assert "launchpolicy record check servers passed --by zhao.min. If it happened" in english
    refused = night.zhao.record(*CHECK, "--by", "li.wei", "--lang", "zh", at="21:30")
    chinese = "".join(refused.complaint.split())
    assert "checkserverspassed--byzhao.min。如确已发生" in chinese
    backup = ("backup", "orders-db", "--sha256", DIGEST)
    refused = night.zhao.record(*backup, "--by", "li.wei", at="21:30")
    assert "--file … --by he.lin. If" in " ".join(refused.complaint.split())
    night.zhao.recorded(*CHECK, "--by", "zhao.min", at="21:30")


def test_a_wrong_time_is_answered_with_the_option_for_the_time(begin: Begin) -> None:
    night = begin("")
    refused = night.zhao.record(*CHECK, "--at", EARLY, at="21:30")
    assert refused.code == 1
    assert "record check servers passed --at TIME. Else" in " ".join(refused.complaint.split())
    night.zhao.recorded(*CHECK, "--at", tonight("21:20"), at="21:30")


def test_between_a_command_and_the_next_sentence_is_a_full_stop(begin: Begin) -> None:
    refused = begin("").zhao.record("start", at="22:00")
    assert "--file …. If it happened" in " ".join(refused.complaint.split())


def test_a_backup_is_recorded_after_the_window_has_opened(begin: Begin) -> None:
    night = begin("")
    taken = ("--sha256", DIGEST, "--restored", "18m", "--at", tonight("22:05"))
    night.zhao.recorded("backup", "orders-db", *taken, "--by", "he.lin", at="22:40")


def test_a_backup_recorded_as_taken_now_is_answered_with_the_option_for_the_time(
    begin: Begin,
) -> None:
    night = begin("")
    taken = ("--sha256", DIGEST, "--restored", "18m", "--by", "he.lin")
    refused = night.zhao.record("backup", "orders-db", *taken, at="22:05")
    assert refused.code == 1
    english = " ".join(refused.complaint.split())
    assert "record backup orders-db --file … --restored … --at TIME" in english
    night.zhao.recorded("backup", "orders-db", *taken, "--at", tonight("21:40"), at="22:05")


def test_the_remedy_names_the_backup_that_is_recorded_and_not_the_one_that_is_there(
    begin: Begin,
) -> None:
    night = begin("")
    taken = ("--sha256", DIGEST, "--restored", "18m")
    night.zhao.recorded("backup", "uploads", *taken, "--by", "gao.peng", at="21:10")
    refused = night.zhao.record("backup", "orders-db", *taken, "--by", "he.lin", at="21:15")
    assert refused.code == 1
    assert "Record it: launchpolicy record backup orders-db --file …" in " ".join(
        refused.complaint.split()
    )


def test_what_comes_before_the_start_is_refused_without_a_gap_in_chinese(begin: Begin) -> None:
    refused = begin("").zhao.record("step", "drain", "done", "--lang", "zh", at="22:10")
    assert refused.code == 1
    assert " 。" not in refused.complaint


def test_a_time_before_the_approval_is_compared_in_one_time_zone(begin: Begin) -> None:
    refused = begin("").zhao.record(*CHECK, "--at", "2026-11-20T10:00:00+08:00", at="21:30")
    assert refused.code == 2
    assert "before the request was approved (2026-11-25T10:00:00+08:00)" in " ".join(
        refused.complaint.split()
    )


def test_the_next_command_asks_for_all_that_it_needs(started: Night) -> None:
    zhao = started.zhao
    failed = zhao.recorded("step", "drain", "failed", "--symptom", "Timeout", at="22:02")
    assert "Next: launchpolicy record step drain done --handling …" in failed
    done = zhao.recorded("step", "drain", "done", "--handling", "Waited", at="22:04")
    assert "Next: launchpolicy record step migrate done\n" in done
    for step in ("migrate", "upload"):
        zhao.recorded("step", step, "done", at="22:20")
    zhao.recorded("finish", at="22:25")
    said = zhao.recorded("check", "product-runs", "passed", "--by", "sun.yu", at="22:30")
    assert "record check performance passed --measured …" in " ".join(said.split())


def test_the_next_command_gives_no_figure_that_nobody_has_measured(begin: Begin) -> None:
    said = begin("").zhao.recorded(
        "backup", "orders-db", "--sha256", DIGEST, "--by", "he.lin", at="20:40"
    )
    assert "Next: launchpolicy record backup orders-db --restored …" in said


LEFT_OPEN = f"""{STARTED}    finishedAt: TODO
    steps:
      - {{name: drain, result: TODO, at: TODO, by: TODO}}
      - name: migrate
        result: TODO
        at: TODO
        by: TODO
      - name: upload
        result: TODO
        at: TODO
        by: TODO
"""


def test_a_step_that_stays_unresolved_asks_for_what_was_seen_and_done(started: Night) -> None:
    zhao = started.zhao
    zhao.recorded("step", "drain", "done", at="22:02")
    wanted = "launchpolicy record step migrate failed --unresolved --handling …"
    broken = zhao.recorded(
        *("step", "migrate", "failed", "--unresolved", "--symptom", "Lock", "--by", "he.lin"),
        at="22:10",
    )
    assert f"Next: {wanted}" in " ".join(broken.split())
    refused = zhao.record("finish", at="22:12")
    assert refused.code == 1
    assert f"Record it: {wanted}" in " ".join(refused.complaint.split())
    handled = zhao.recorded(
        *("step", "migrate", "failed", "--unresolved", "--handling", "Ran it again in vain"),
        *("--by", "he.lin"),
        at="22:13",
    )
    assert "Next: launchpolicy record finish" in handled
    zhao.recorded("finish", at="22:14")


def test_a_launch_that_is_broken_off_ends_without_the_steps_that_advance_left_open(
    begin: Begin,
) -> None:
    zhao = begin(LEFT_OPEN).zhao
    zhao.recorded("step", "drain", "done", at="22:02")
    account = ("--symptom", "Lock", "--handling", "Ran it again in vain", "--by", "he.lin")
    zhao.recorded("step", "migrate", "failed", "--unresolved", *account, at="22:10")
    zhao.recorded("finish", at="22:14")
    status = zhao.status()
    assert "upload" not in status[status.index("execution:") :]
    assert "TODO" not in status
    assert "symptom: Lock" in status


def test_a_launch_that_is_not_broken_off_does_not_end_while_steps_are_open(begin: Begin) -> None:
    zhao = begin(LEFT_OPEN).zhao
    zhao.recorded("step", "drain", "done", at="22:02")
    assert zhao.record("finish", at="22:14").code == 1

"""Where the output goes must not change the verdict: encodings, closed pipes, full devices."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository
from tests.operations.replay.thing_history import thing_repository

BREAK = ("    watcher: qian.na\n", "")
PROGRAM = f"{sys.executable} -m launchpolicy"
CHECK = f"{PROGRAM} check --now {NOW}"


def in_shell(
    repository: LaunchRepository, script: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", script],
        cwd=repository.folder,
        env={**repository.environment, **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_encoding_of_the_output_changes_the_verdict(
    repository: LaunchRepository, encoding: str, language: str
) -> None:
    command = f"{CHECK} --lang {language}"
    for expected in (0, 1):
        done = in_shell(repository, command, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (expected, b"")
        assert f" {expected}" in done.stdout.decode(encoding).splitlines()[-1]
        if expected == 0:
            repository.edit(BREAK)


def test_what_an_encoding_lacks_has_a_stand_in(repository: LaunchRepository) -> None:
    passed = in_shell(repository, CHECK, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert passed.splitlines()[-1].startswith("+ Pass")
    repository.edit(BREAK)
    blocked = in_shell(repository, CHECK, PYTHONIOENCODING="ascii").stdout.decode("ascii")
    assert "x failed" in blocked
    assert "-> " in blocked
    chinese = in_shell(repository, f"{CHECK} --lang zh", PYTHONIOENCODING="latin-1").stdout
    assert rb"\u963b\u65ad:" in chinese  # 阻断：


def test_every_command_survives_an_ascii_output(repository: LaunchRepository) -> None:
    request = "launches/LR-2026-0042"
    for command in (
        "--help",
        "check --help",
        "schema LaunchRequest",
        "policy show rollback-impact-assessed",
        "policy clauses",
        f"status {request} --now {NOW}",
        f"paper application {request} --now {NOW}",
        "people check",
        "chekc",
        "check nowhere",
    ):
        done = in_shell(
            repository, f"{PROGRAM} --lang zh {command}", PYTHONIOENCODING="ascii:strict"
        )
        assert b"unexpected" not in done.stderr, command
        assert b"\xe6\x84\x8f\xe5\xa4\x96" not in done.stderr, command  # 意外
        assert done.returncode in {0, 1, 2}, (command, done.stderr)


def test_data_is_utf_8_whatever_the_locale(repository: LaunchRepository) -> None:
    done = in_shell(repository, f"{CHECK} --format json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("utf-8"))["verdict"] == "pass"
    assert "审批".encode() in done.stdout


@pytest.mark.parametrize("command", [f"{CHECK} --verbose", f"{CHECK} --format json"])
def test_a_reader_that_leaves_early_keeps_the_verdict(
    repository: LaunchRepository, command: str
) -> None:
    script = f"{command} | head -c1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    assert in_shell(repository, script).returncode == 0
    repository.edit(BREAK)
    done = in_shell(repository, script)
    assert (done.returncode, done.stderr) == (1, b"")


def test_more_than_a_pipe_holds_into_a_closed_pipe(repository: LaunchRepository) -> None:
    done = in_shell(repository, f"{PROGRAM} schema LaunchRequest | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
def test_streams_closed_at_start_keep_the_verdict(
    repository: LaunchRepository, closed: str
) -> None:
    assert in_shell(repository, f"{CHECK} {closed}").returncode == 0
    repository.edit(BREAK)
    assert in_shell(repository, f"{CHECK} {closed}").returncode == 1
    assert in_shell(repository, f"{PROGRAM} chekc {closed}").returncode == 2


@pytest.mark.parametrize(
    "command", [CHECK, f"{CHECK} --format json", f"{PROGRAM} schema LaunchRequest", PROGRAM + " -h"]
)
def test_a_full_device_is_an_error_of_output(repository: LaunchRepository, command: str) -> None:
    done = in_shell(repository, f"{command} >/dev/full")
    assert done.returncode == 3
    complaint = done.stderr.decode()
    assert "Cannot write to standard output: No space left on device." in complaint
    assert "→ " in complaint
    for word in ("defect", "unexpected", "Traceback", "Exception"):
        assert word not in complaint
    chinese = in_shell(repository, f"{command} >/dev/full", LC_ALL="zh_CN.UTF-8")
    assert "无法写入标准输出" in chinese.stderr.decode()


def test_a_full_standard_error_leaves_the_exit_code_of_what_went_wrong(
    repository: LaunchRepository,
) -> None:
    assert in_shell(repository, f"{PROGRAM} chekc 2>/dev/full").returncode == 2
    assert in_shell(repository, f"{PROGRAM} check nowhere 2>/dev/full").returncode == 2
    assert in_shell(repository, f"{CHECK} >/dev/full 2>&1").returncode == 3
    assert in_shell(repository, f"{CHECK} 2>/dev/full").returncode == 0


def test_a_report_file_on_a_full_disk_is_no_verdict(repository: LaunchRepository) -> None:
    script = f"ulimit -f 1; {CHECK} --output json=report.json"
    done = in_shell(repository, script, PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 3
    assert "report.json" in done.stderr.decode()
    assert not (repository.folder / "report.json").exists()
    assert [path.name for path in repository.folder.glob(".launchpolicy-*")] == []


def test_python_dash_m_is_the_same_program(repository: LaunchRepository) -> None:
    version = in_shell(repository, f"{PROGRAM} --version")
    assert version.stdout.startswith(b"launchpolicy, version ")
    assert in_shell(repository, CHECK).stdout == repository.check().output.encode()


@pytest.mark.parametrize(
    "command",
    [
        "policy clauses --format json",
        "policy clauses --format markdown --lang zh",
        "policy obligations --format json",
        "policy diff HEAD --jobs 1 --format json",
        "policy diff HEAD --jobs 1 --format markdown --lang zh",
        "policy replay --jobs 1 --format json",
        "policy replay --jobs 1 --format markdown --lang zh",
    ],
)
def test_formats_for_programs_are_utf_8_on_a_chinese_terminal(command: str, tmp_path: Path) -> None:
    repository = thing_repository(tmp_path / "things", (1, 6), tmp_path / "home")
    done = in_shell(repository, f"{PROGRAM} {command}", PYTHONIOENCODING="gbk")
    assert (done.returncode in {0, 1}, done.stderr) == (True, b"")
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stdout.decode("utf-8"))

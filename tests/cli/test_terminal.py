"""What a person sees: colour in a terminal only, the language they read, no text that acts."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

from tests.cli.launch_repository import NOW, LaunchRepository

BREAK = ("    watcher: qian.na\n", "")


def in_a_terminal(repository: LaunchRepository, *arguments: str, **environment: str) -> str:
    """What the command writes when its standard output is a pseudo-terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "launchpolicy.cli.main", *arguments],
        cwd=repository.folder,
        env={**repository.environment, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ):
        os.close(theirs)
        written = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # EIO: the other side has gone
                break
            if not piece:
                break
            written += piece
    os.close(ours)
    return written.decode()


def test_colour_in_a_terminal_and_none_in_a_pipe(repository: LaunchRepository) -> None:
    repository.edit(BREAK)
    arguments = ("check", "--now", NOW)
    assert "\x1b[" in in_a_terminal(repository, *arguments)
    assert "\x1b" not in in_a_terminal(repository, *arguments, NO_COLOR="1")
    assert "\x1b" not in in_a_terminal(repository, *arguments, TERM="dumb")
    assert "\x1b" not in in_a_terminal(repository, *arguments, "--color", "never")
    assert "\x1b" not in repository.check().output
    assert "\x1b[" in repository.check("--color", "always").output


def test_lines_fit_the_terminal(repository: LaunchRepository) -> None:
    repository.edit(BREAK)
    output = repository.check(COLUMNS="60").output
    long = [line for line in output.splitlines() if len(line) > 60 and "/" not in line]
    assert long == []


@pytest.mark.parametrize(
    ("option", "configured", "locale", "chinese"),
    [
        (("--lang", "zh"), "en", "en_GB.UTF-8", True),
        (("--lang", "en"), "zh", "zh_CN.UTF-8", False),
        ((), "zh", "en_GB.UTF-8", True),
        ((), "en", "zh_CN.UTF-8", False),
        ((), None, "zh_CN.UTF-8", True),
        ((), None, "C.UTF-8", False),
    ],
)
def test_language_is_the_option_then_the_configuration_then_the_locale(
    repository: LaunchRepository,
    option: tuple[str, ...],
    configured: str | None,
    locale: str,
    chinese: bool,  # noqa: FBT001 (an expectation)
) -> None:
    if configured:
        repository.edit(
            ("kind: Configuration\n", f"kind: Configuration\nlanguage: {configured}\n"),
            path=".launchpolicy.yaml",
        )
    output = repository.check(*option, LC_ALL=locale).output
    assert ("通过" in output) is chinese


def test_errors_and_help_are_chinese_where_the_locale_is(repository: LaunchRepository) -> None:
    assert "不存在" in repository.check("nowhere", LC_ALL="zh_CN.UTF-8").complaint
    assert "退出码" in repository.run("check", "--help", LC_ALL="zh_CN.UTF-8").output
    assert "Exit codes" in repository.run("check", "--help").output


def test_exit_codes_stand_in_the_help(repository: LaunchRepository) -> None:
    output = repository.run("--help").output
    for word in ("pass", "blocked", "malformed", "undecided"):
        assert word in output


def test_text_of_a_request_cannot_give_orders_to_a_workflow_or_a_terminal(
    repository: LaunchRepository,
) -> None:
    repository.edit(
        ("owner: zhao.min\n", 'owner: "##[error]"\n'),
        ("      - {name: servers, target:", '      - {name: "::stop", target:'),
    )
    finished = repository.check()
    assert finished.code == 2
    for line in (finished.output + finished.complaint).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_a_closed_pipe_is_no_traceback(repository: LaunchRepository) -> None:
    pipe = f"{sys.executable} -m launchpolicy.cli.main schema LaunchRequest | head -c 10"
    done = subprocess.run(
        ["sh", "-c", pipe],
        cwd=repository.folder,
        env=repository.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("{")
    assert done.stderr == ""


def test_schema_lists_kinds_and_prints_one(repository: LaunchRepository) -> None:
    kinds = repository.run("schema").output.split()
    assert {"Calendar", "Configuration", "Directory", "LaunchRequest", "Policy"} <= set(kinds)
    assert kinds == sorted(kinds)
    for kind in kinds:
        assert '"$schema"' in repository.run("schema", kind).output
    unknown = repository.run("schema", "Lunch")
    assert unknown.code == 2
    assert "Lunch" in unknown.complaint


def test_schema_knows_the_kinds_that_the_repository_declares(repository: LaunchRepository) -> None:
    own = {"type": "object", "properties": {"name": {"type": "string"}}}
    (repository.folder / "ticket.json").write_text(json.dumps(own), "utf-8")
    with (repository.folder / ".launchpolicy.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "kinds:\n  - name: Ticket\n    files: tickets/*.yaml\n    schema: ticket.json\n"
            "    id: path.stem\n    packs: [launch]\n"
        )
    assert "Ticket" in repository.run("schema").output.split()
    assert json.loads(repository.run("schema", "Ticket").output) == own
    unknown = repository.run("schema", "Tiket")
    assert unknown.code == 2
    assert "Did you mean Ticket?" in unknown.complaint
    assert "LaunchRequest" in unknown.complaint
    chinese = repository.run("schema", "Tiket", LANG="zh_CN.UTF-8")
    assert "是否想写 Ticket？" in chinese.complaint


@pytest.mark.parametrize("schema", ["nowhere.json", "broken.json"])
def test_schema_prints_what_is_shipped_whatever_the_configuration_says(
    repository: LaunchRepository, schema: str
) -> None:
    (repository.folder / "broken.json").write_text("{", "utf-8")
    with (repository.folder / ".launchpolicy.yaml").open("a", encoding="utf-8") as file:
        file.write(f"kinds:\n  - {{name: T, files: t/*.yaml, schema: {schema}, id: path.stem}}\n")
    assert '"$schema"' in repository.run("schema", "LaunchRequest").output
    listed = repository.run("schema")
    assert listed.code == 0
    assert "LaunchRequest" in listed.output
    assert ".launchpolicy.yaml:" in listed.complaint
    unknown = repository.run("schema", "T")
    assert unknown.code == 2
    assert "Traceback" not in unknown.complaint


def test_schema_prints_what_is_shipped_outside_of_any_repository(
    bare_folder: LaunchRepository,
) -> None:
    (bare_folder.folder / ".launchpolicy.yaml").unlink()
    assert '"$schema"' in bare_folder.run("schema", "LaunchRequest").output
    assert "LaunchRequest" in bare_folder.run("schema").output
    assert bare_folder.run("schema", "Ticket").code == 2


def test_policy_show_explains_and_suggests(repository: LaunchRepository) -> None:
    shown = repository.run("policy", "show", "rollback-impact-assessed", "--lang", "zh")
    assert shown.code == 0
    for piece in ("D2.7", "上线前已评估回滚影响", "launch", "variables.assessed", "assessed ="):
        assert piece in shown.output
    unknown = repository.run("policy", "show", "rollback-impact-asessed")
    assert unknown.code == 2
    assert "rollback-impact-assessed" in unknown.complaint


def test_policy_test_reports_a_case_that_does_not_come_out(repository: LaunchRepository) -> None:
    pack = repository.folder / "policies" / "own"
    (pack / "cases").mkdir(parents=True)
    repository.edit(("[launch]        #", "[launch, own]   #"), path=".launchpolicy.yaml")
    files = {
        "pack.yaml": "kind: Pack\nmetadata: {name: own, title: Own}\n"
        "spec: {version: 1, bindings: [{policy: has-watch, action: deny}]}\n",
        "has-watch.yaml": "kind: Policy\nmetadata: {name: has-watch, title: Watch}\n"
        "spec:\n  match: {kinds: [LaunchRequest]}\n  validations:\n"
        "    - {expression: has(object.spec.watch), at: spec.watch, message: No watch}\n"
        "  fix: Write one.\n",
        "has-watch.test.yaml": "kind: PolicyTest\nmetadata: {name: has-watch}\n"
        "spec:\n  object: cases/good.yaml\n  cases:\n"
        "    - {name: passes, expect: passed}\n"
        "    - {name: fails, remove: [spec.watch], expect: failed, at: spec, missing: watch}\n",
    }
    for name, text in files.items():
        (pack / name).write_text(f"apiVersion: launchpolicy/v1\n{text}", "utf-8")
    (pack / "cases" / "good.yaml").write_text(repository.request.read_text("utf-8"), "utf-8")
    good = repository.run("policy", "test")
    assert good.code == 0, good.output + good.complaint
    assert "1 policy, 2 cases: 2 as expected" in good.output
    repository.edit(("missing: watch", "missing: wach"), path="policies/own/has-watch.test.yaml")
    wrong = repository.run("policy", "test", "policies/own")
    assert wrong.code == 1
    assert "'wach'" in wrong.output
    repository.edit(("expect: failed", "expect: passed"), path="policies/own/has-watch.test.yaml")
    never = repository.run("policy", "test")
    assert never.code == 1
    assert "a case that is failed" in never.output


def test_no_paper_in_bytes_is_written_onto_a_terminal(repository: LaunchRepository) -> None:
    command = ("paper", "application", "launches/LR-2026-0042", "--format", "docx")
    assert in_a_terminal(repository, *command) == ""
    assert repository.run(*command, "--output", "form.docx").code == 0

"""The command line as a person meets it: suggestions, both languages, the folder, colour, quiet."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import NOW, Finished, LaunchRepository, clean_environment

BREAK = ("    watcher: qian.na\n", "")
HELP = """\
import json, sys
import click
from launchpolicy.cli.language import speak
from launchpolicy.cli.main import program
speak(["--lang", sys.argv[1]])
def walk(command, ctx, path):
    yield path, command.get_help(ctx)
    for name in getattr(command, "list_commands", lambda _: ())(ctx):
        below = command.get_command(ctx, name)
        inner = click.Context(below, ctx, name, **below.context_settings)
        yield from walk(below, inner, f"{path} {name}")
root = program()
top = click.Context(root, info_name="launchpolicy", **root.context_settings)
print(json.dumps(dict(walk(root, top, "launchpolicy"))))
"""
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[,;:!?()](?!\S*\])|[,;:!?(][\u4e00-\u9fff]")
COMMAND = re.compile(r"launchpolicy(?: [a-z-]+)*")
SENTENCE = re.compile(r"\b[A-Z]?[a-z]+(?: [a-z]+){2,}")


def helps(language: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", HELP, language], capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    assert {"launchpolicy check", "launchpolicy ledger append", "launchpolicy policy test"} <= set(
        found
    )
    return found


def test_the_chinese_help_of_every_command_is_wholly_chinese() -> None:
    for path, text in helps("zh").items():
        assert HALF_WIDTH.findall(text) == [], path
        assert SENTENCE.findall(COMMAND.sub("", text)) == [], path
        for word in ("Usage", "Options", "Commands", "Show this", "default:"):
            assert word not in text, path
        assert "用法：" in text, path
        assert "选项：" in text, path


def test_the_english_help_of_every_command_has_no_chinese() -> None:
    for path, text in helps("en").items():
        assert re.findall(r"[\u3000-\u9fff\uff00-\uffef]", text) == [], path


def test_every_option_has_its_sentence() -> None:
    for path, text in helps("en").items():
        for line in text.split("Options:")[1].split("Commands:")[0].splitlines():
            assert not re.fullmatch(r"  -{1,2}\S+(, -\S+)?( \S+)?\n? *", line) or len(line) > 28, (
                path,
                line,
            )


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (("chekc",), "check"),
        (("ledger", "quer"), "query"),
        (("policy", "tets"), "test"),
        (("evidence", "ad"), "add"),
        (("check", "--stagde"), "--staged"),
    ],
)
def test_a_misspelt_command_is_suggested(
    repository: LaunchRepository, arguments: tuple[str, ...], suggestion: str
) -> None:
    done = repository.run(*arguments)
    assert done.code == 2
    assert "Did you mean" in done.complaint
    assert suggestion in done.complaint
    chinese = repository.run("--lang", "zh", *arguments)
    assert "是否想写" in chinese.complaint
    assert suggestion in chinese.complaint


def test_a_command_that_is_like_none_lists_all(repository: LaunchRepository) -> None:
    done = repository.run("xyzzy")
    assert done.code == 2
    assert "The commands are advance, agenda, approve, audit," in done.complaint


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--lang", "fr"),
        ("check", "--now", "today"),
        ("check", "--jobs", "0"),
        ("check", "--jobs", "x"),
        ("check", "--output", "xml"),
        ("check", "--base"),
        ("check", "--staged", "--base", "main"),
        ("check", "--head", "main"),
        ("check", "-"),
        ("status",),
        ("status", "nowhere"),
        ("schema", "Lunch"),
        ("paper", "x", "y"),
        ("ledger", "query", "--outcome", "x"),
        ("--directory", "nowhere", "check"),
        ("people", "check", "extra"),
    ],
    ids=" ".join,
)
def test_a_usage_error_is_chinese_where_the_locale_is(
    repository: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    done = repository.run(*arguments, LANG="zh_CN.UTF-8")
    assert done.code == 2
    assert "错误：" in done.complaint or "→ 请" in done.complaint
    assert HALF_WIDTH.findall(done.complaint) == []
    assert SENTENCE.findall(COMMAND.sub("", done.complaint)) == []


def test_the_language_may_stand_before_the_command_and_the_commands_own_wins(
    repository: LaunchRepository,
) -> None:
    assert "通过" in repository.run("--lang", "zh", "check", "--now", NOW).output
    assert "通过" in repository.run("--lang", "en", "check", "--now", NOW, "--lang=zh").output
    assert "pass" in repository.run("--lang", "zh", "check", "--now", NOW, "--lang", "en").output
    assert "退出码" in repository.run("--lang", "zh", "--help").output
    assert "退出码" in repository.run("check", "--help", "--lang", "zh").output
    assert "不存在" in repository.run("--lang", "zh", "check", "nowhere").complaint
    assert repository.run("--lang", "fr", "check").code == 2
    for group in ("record", "people", "policy", "ledger", "bundle", "evidence"):
        assert repository.run(group, "--lang", "zh", "nonsense").complaint.count("没有名为") == 1
        assert repository.run(group, "--lang", "fr", "nonsense").code == 2


def test_head_or_approvals_without_base_have_their_own_sentence(
    repository: LaunchRepository,
) -> None:
    for option, value in (("--head", "main"), ("--approvals", "x.json")):
        done = repository.check(option, value)
        assert done.code == 2
        assert f"{option} needs --base" in done.complaint
        assert "--base origin/main" in done.complaint


def test_standard_input_is_refused_in_one_sentence(repository: LaunchRepository) -> None:
    done = repository.check("-")
    assert done.code == 2
    assert "check does not read standard input" in done.complaint


def test_a_file_without_a_configuration_is_told_how_to_get_one(tmp_path: Path) -> None:
    (tmp_path / "request.yaml").write_text("kind: LaunchRequest\n", "utf-8")
    nowhere = LaunchRepository(tmp_path, clean_environment(tmp_path))
    done = nowhere.run("check", "request.yaml")
    assert done.code == 2
    assert "No .launchpolicy.yaml in" in done.complaint
    assert "launchpolicy init" in done.complaint
    assert "reviews.md" in done.complaint


def test_ledger_commands_are_in_order() -> None:
    listed = helps("en")["launchpolicy ledger"].split("Commands:\n")[1]
    names = [line.split()[0] for line in listed.splitlines() if re.match(r"  \w", line)]
    assert names == sorted(names)
    assert len(names) > 8


@pytest.fixture
def monorepo(repository: LaunchRepository, tmp_path: Path) -> LaunchRepository:
    """The launch repository as the folder `ops` of a larger repository; seen from its top."""
    top = tmp_path / "mono"
    top.mkdir()
    (repository.folder / ".git").rename(top / ".git")
    repository.folder.rename(top / "ops")
    found = LaunchRepository(top, repository.environment)
    found.commit("move it")
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--now", NOW),
        ("check", "--now", NOW, "--staged"),
        ("people", "check"),
        ("policy", "test", "--if-any"),
        ("schema", "--verify"),
        ("status", "launches/LR-2026-0042", "--now", NOW),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_commands_that_hooks_call_take_the_folder(
    monorepo: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    there = LaunchRepository(monorepo.folder / "ops", monorepo.environment).run(*arguments)
    assert monorepo.run(*arguments).code == 2
    for done in (
        monorepo.run(*arguments, "--directory", "ops"),
        monorepo.run("-C", "ops", *arguments),
        monorepo.run("--directory=ops", *arguments),
    ):
        assert (done.code, done.output) == (there.code, there.output)


def test_a_bad_request_in_a_named_folder_is_still_blocked(monorepo: LaunchRepository) -> None:
    monorepo.edit(BREAK, path="ops/launches/LR-2026-0042/request.yaml")
    monorepo.git("add", "--all")
    assert monorepo.check("--staged", "--directory", "ops").code == 1


def test_a_folder_that_is_not_there_is_never_a_pass(monorepo: LaunchRepository) -> None:
    (monorepo.folder / "file").write_text("", "utf-8")
    for name in ("nowhere", "file", ""):
        assert monorepo.check("--directory", name).code == 2


def test_quiet_is_silent_on_a_pass_and_says_the_rest(repository: LaunchRepository) -> None:
    assert repository.check("-q") == Finished(0, "", "")
    assert repository.check("-q", "--base", "main", "--head", "main") == Finished(0, "", "")
    repository.edit(BREAK)
    blocked = repository.check("--quiet")
    assert blocked.code == 1
    assert "`watcher` is missing here" in blocked.output
    assert "outcomes" not in blocked.output
    assert json.loads(repository.check("-q", "--format", "json").output)["verdict"] == "blocked"


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colour_can_be_forced_and_no_color_wins(
    repository: LaunchRepository, environment: dict[str, str], *, coloured: bool
) -> None:
    assert ("\x1b[" in repository.check(**environment).output) is coloured
    assert "\x1b[" not in repository.check("--color", "never", **environment).output


def test_nothing_to_judge_is_one_line(repository: LaunchRepository) -> None:
    done = repository.check("--staged")
    assert done.code == 0
    assert len(done.output.splitlines()) == 1
    assert done.output.startswith("○ Nothing was judged")


def test_a_folder_that_was_deleted_is_named_and_no_defect(tmp_path: Path) -> None:
    script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -m launchpolicy check'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable],
        cwd=tmp_path,
        env=clean_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "The current folder no longer exists." in done.stderr
    assert "defect" not in done.stderr

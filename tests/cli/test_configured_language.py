"""The language of the configuration is that of every command: its help, its output, its errors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from launchpolicy.cli.main import program
from tests.cli.launch_repository import LaunchRepository

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b[A-Z][a-z]+(?: [a-z]+){2,}")
REQUEST = "launches/LR-2026-0042"


def leaves(command: click.Command, ctx: click.Context, words: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield " ".join(words)
        return
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        assert below is not None
        yield from leaves(below, click.Context(below, ctx, name), (*words, name))


COMMANDS = tuple(leaves(program(), click.Context(program()), ()))


@pytest.fixture
def chinese(repository: LaunchRepository) -> LaunchRepository:
    """The example with `language: zh`, for people whose locale is English."""
    file = repository.folder / ".launchpolicy.yaml"
    text = re.sub(r"(?m)^language:.*\n", "", file.read_text("utf-8"))
    file.write_text(f"{text}\nlanguage: zh  # for all\n", "utf-8")
    repository.commit("speak Chinese")
    return repository


def test_every_command_is_known() -> None:
    assert {"check", "record start", "policy show", "bundle list", "ledger query"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_and_usage_errors_are_in_the_configured_language(
    chinese: LaunchRepository, command: str
) -> None:
    words = command.split()
    shown = chinese.run(*words, "--help")
    assert "用法：" in shown.output
    assert "Usage" not in shown.output
    refused = chinese.run(*words, "--no-such-option")
    assert refused.code == 2
    assert "没有选项" in refused.complaint, refused.complaint
    assert "Error" not in refused.complaint


@pytest.mark.parametrize(
    "command",
    [
        "advance launched LR-9",
        "agenda",
        f"approve {REQUEST}",
        "audit --check nowhere",
        "bundle list",
        "bundle update nothing",
        "bundle verify nothing",
        "check nowhere",
        "check --base nowhere",
        "evidence add README.md",
        f"gate {REQUEST}",
        "ledger verify",
        "ledger query",
        "ledger export csv",
        "new x --process nothing --yes",
        "paper racks nowhere",
        "people check",
        "policy blind-spots",
        "policy clauses",
        "policy diff nowhere",
        "policy explain nothing",
        "policy mutate nowhere",
        "policy obligations",
        "policy replay --base nowhere",
        "policy show nothing",
        "policy show window-set",
        "policy test nowhere",
        "postpone LR-9 --reason x",
        "record start LR-9",
        "record show LR-9",
        "schema Nothing",
        "status LR-9",
        "status --due",
        "upgrade nowhere",
    ],
)
def test_what_a_command_says_is_in_the_configured_language(
    chinese: LaunchRepository, command: str
) -> None:
    done = chinese.run(*command.split())
    says = done.output + done.complaint
    assert CHINESE.search(says), says
    assert not ENGLISH.search(done.complaint), says


def test_the_command_line_wins_over_the_configuration(chinese: LaunchRepository) -> None:
    done = chinese.run("--lang", "en", "status", "LR-9")
    assert not CHINESE.search(done.complaint)
    assert not CHINESE.search(chinese.run("check", "--lang", "en", "nowhere").complaint)


def test_the_configuration_wins_over_the_locale(repository: LaunchRepository) -> None:
    file = repository.folder / ".launchpolicy.yaml"
    file.write_text(f"{file.read_text('utf-8')}\nlanguage: en\n", "utf-8")
    assert not CHINESE.search(repository.run("status", "LR-9", LANG="zh_CN.UTF-8").complaint)


def test_without_a_language_in_it_the_locale_counts(repository: LaunchRepository) -> None:
    assert CHINESE.search(repository.run("status", "LR-9", LANG="zh_CN.UTF-8").complaint)
    assert not CHINESE.search(repository.run("status", "LR-9").complaint)


def test_the_folder_that_is_named_counts(chinese: LaunchRepository) -> None:
    above = LaunchRepository(chinese.folder.parent, chinese.environment)
    name = chinese.folder.name
    assert not CHINESE.search(above.run("status", "LR-9").complaint)
    assert CHINESE.search(above.run("-C", name, "status", "LR-9").complaint)
    assert "没有选项" in above.run("-C", name, "status", "--no-such-option").complaint


def test_a_malformed_configuration_is_complained_of_in_its_language(
    chinese: LaunchRepository,
) -> None:
    file = chinese.folder / ".launchpolicy.yaml"
    file.write_text(f"{file.read_text('utf-8')}nonsense: 1\n", "utf-8")
    done = chinese.run("check")
    assert done.code == 2
    assert CHINESE.search(done.complaint), done.complaint


def test_a_language_further_down_is_not_that_of_messages(repository: LaunchRepository) -> None:
    file = repository.folder / ".launchpolicy.yaml"
    file.write_text(f"{file.read_text('utf-8')}\nnames:\n  language: zh\n", "utf-8")
    assert not CHINESE.search(repository.run("status", "LR-9").complaint)

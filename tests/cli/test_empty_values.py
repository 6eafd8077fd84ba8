"""An empty path, revision or name is a mistake, and a path that does not exist is called that."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click.core import ParameterSource

from launchpolicy.cli.main import program
from tests.cli.launch_repository import REQUEST, LaunchRepository

FREE_TEXTS = {"TEXT", "VALUE", "[DAY]"}


def _parameters(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Parameter]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _parameters(below, f"{path} {name}".strip())
    for parameter in command.params:
        if path and not getattr(parameter, "is_flag", False):
            yield f"{path} {parameter.opts[0]}", parameter


PARAMETERS = dict(_parameters(program()))


@pytest.mark.parametrize("name", PARAMETERS)
def test_an_empty_value_is_refused_by_every_command_that_takes_one(name: str) -> None:
    parameter = PARAMETERS[name]
    context = click.Context(click.Command("any"))
    assert parameter.name is not None
    context.set_parameter_source(parameter.name, ParameterSource.COMMANDLINE)
    if parameter.metavar in FREE_TEXTS:
        assert parameter.type.convert("", parameter, context) == ""
        return
    with pytest.raises(click.UsageError):
        parameter.type.convert("", parameter, context)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ""),
        ("check", "--base", ""),
        ("check", "--base="),
        ("check", REQUEST, ""),
        ("status", ""),
        ("status", "--due", "--for", ""),
        ("paper", "application", ""),
        ("ledger", "query", "--product", ""),
        ("bundle", "verify", ""),
        ("record", "start", ""),
    ],
    ids=" ".join,
)
def test_an_empty_variable_of_a_script_is_exit_2(
    repository: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    done = repository.run(*arguments)
    assert (done.code, done.output) == (2, "")
    assert "it is empty. Give a value" in done.complaint or "no request ''" in done.complaint
    chinese = repository.run(*arguments, LC_ALL="zh_CN.UTF-8")
    assert "取值为空" in chinese.complaint or "此处没有申请“”" in chinese.complaint


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "nowhere.yaml"),
        ("check", "launches/*"),
        ("check", "launches/lr-2026-0042"),
        ("check", "--base", "HEAD", "--approvals", "nowhere.json"),
        ("bundle", "add", "/proc/nowhere"),
        ("bundle", "add", "nowhere"),
        ("ledger", "check-proof", "nowhere"),
        ("evidence", "add", "nowhere"),
    ],
    ids=" ".join,
)
def test_a_path_that_does_not_exist_is_called_that(
    repository: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    done = repository.run(*arguments)
    assert (done.code, done.output) == (2, "")
    assert "does not exist" in done.complaint or ": No such file" in done.complaint
    assert "Errno" not in done.complaint


def test_a_folder_without_a_request_is_called_that(repository: LaunchRepository) -> None:
    (repository.folder / "empty").mkdir()
    assert "is no request, and holds none" in repository.check("empty").complaint


def test_a_fact_of_a_launch_that_does_not_exist_leaves_no_branch(
    repository: LaunchRepository,
) -> None:
    done = repository.run("record", "start", "LR-2026-0404", "--by", "zhao.min")
    assert done.code == 2, done
    assert repository.git("branch", "--format", "%(refname:short)") == "main"

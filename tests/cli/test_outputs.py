"""Several reports from one run: `--output FORMAT=FILE`, as often as wanted."""

from __future__ import annotations

import json

import pytest

from launchpolicy.reporters.registry import REPORTERS
from tests.cli.launch_repository import LaunchRepository


def test_every_format_at_once_beside_standard_output(repository: LaunchRepository) -> None:
    wanted = [word for name in REPORTERS for word in ("--output", f"{name}=out.{name}")]
    done = repository.check(*wanted)
    assert done.code == 0
    assert done.output == repository.check().output
    for name in REPORTERS:
        assert (repository.folder / f"out.{name}").read_text("utf-8") != ""
    assert json.loads((repository.folder / "out.json").read_text("utf-8"))["exitCode"] == 0


def test_a_file_gets_no_colour_though_the_terminal_does(repository: LaunchRepository) -> None:
    done = repository.check("--color", "always", "--output", "text=report.txt")
    assert "\x1b[" in done.output
    assert "\x1b" not in (repository.folder / "report.txt").read_text("utf-8")


def test_the_reports_do_not_change_the_exit_code(repository: LaunchRepository) -> None:
    repository.edit(("    watcher: qian.na\n", ""))
    assert repository.check("--output", "json=report.json").code == 1
    assert json.loads((repository.folder / "report.json").read_text("utf-8"))["exitCode"] == 1


def test_an_absolute_path_outside_the_repository(repository: LaunchRepository) -> None:
    file = repository.folder.parent / "report.json"
    assert repository.check("--output", f"json={file}").code == 0
    assert file.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(("--output", "yaml=x"), "FORMAT is one of text, json", id="unknown format"),
        pytest.param(("--output", "json"), "Write --output json=FILE", id="no file"),
        pytest.param(("--output", "json="), "names no file", id="empty file"),
        pytest.param(("--output", "json=-"), "names no file", id="standard output"),
        pytest.param(
            ("--output", "json=x", "--output", "text=./x"), "twice", id="one file for two reports"
        ),
        pytest.param(
            ("--output", "json=no/such/x"),
            "cannot be written: there is no folder",
            id="no such folder",
        ),
    ],
)
def test_a_report_that_cannot_be_had_is_exit_2(
    repository: LaunchRepository, arguments: tuple[str, ...], sentence: str
) -> None:
    done = repository.check(*arguments)
    assert done.code == 2
    assert sentence in done.complaint
    assert not (repository.folder / "x").exists()


def test_a_file_named_through_two_links_is_still_one(repository: LaunchRepository) -> None:
    (repository.folder.parent / "door").symlink_to(repository.folder)
    done = repository.check("--output", "json=x", "--output", "text=../door/x")
    assert done.code == 2
    assert "twice" in done.complaint

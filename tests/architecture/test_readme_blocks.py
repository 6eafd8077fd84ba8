"""The runner of the README's blocks: it follows a page as a reader would, and cannot be fooled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme_blocks import UnfollowableError, main, run, runnable_blocks

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md")


def _page(folder: Path, *blocks: str, mark: str = "sh test") -> Path:
    page = folder / "page.md"
    page.write_text("\n\n".join(f"Text.\n\n```{mark}\n{each}\n```" for each in blocks), "utf-8")
    return page


def _follow(folder: Path, *blocks: str) -> Path:
    """Runs the blocks, and gives the folder that they ran in."""
    here = folder / "here"
    here.mkdir()
    assert len(run(_page(folder, *blocks), here, {"PATH": "/usr/bin:/bin"})) == len(blocks)
    return here


@pytest.mark.parametrize("name", PAGES)
def test_the_readme_has_something_to_run(name: str) -> None:
    assert runnable_blocks((ROOT / name).read_text("utf-8"))


@pytest.mark.parametrize("mark", ["sh", "console test", "text", "sh tested", "sh test more"])
def test_a_page_whose_blocks_are_all_unmarked_is_refused(tmp_path: Path, mark: str) -> None:
    with pytest.raises(UnfollowableError, match="no runnable block"):
        run(_page(tmp_path, "true", mark=mark), tmp_path, {})


def test_a_block_that_is_never_closed_is_refused() -> None:
    with pytest.raises(UnfollowableError, match="block at line 2 is never closed"):
        runnable_blocks("Text\n```sh test\ntrue\n")


def test_a_marked_block_inside_another_block_is_text() -> None:
    page = "````markdown\n```sh test\nfalse\n```\n````\n\n```sh test\ntrue\n```\n"
    assert [(each.number, each.line, each.text) for each in runnable_blocks(page)] == [
        (1, 8, "true")
    ]


def test_blocks_run_in_order_in_one_folder_that_they_may_leave(tmp_path: Path) -> None:
    here = _follow(
        tmp_path, "mkdir shop\ncd shop\nexport NAME='a b'", 'echo "$NAME" > name', "test -s name"
    )
    assert (here / "shop/name").read_text() == "a b\n"


@pytest.mark.parametrize(
    "block",
    [
        "false\ntrue",
        "false | true",
        'echo "$UNSET"\ntrue',
        "no-such-command\ntrue",
        "true # exit 1",
        "sh -c 'exit 2' # exit 1",
        "false # exit 1\nfalse",
        "true; sh -c 'exit 3' # exit 1",
        "exit 3",
        "exit 0\nfalse",
    ],
    ids=[
        "a failure in the middle",
        "a failure in a pipe",
        "an unset variable",
        "a missing command",
        "a success where a failure is expected",
        "another failure than the expected one",
        "a failure after the expected one",
        "another failure behind a success",
        "an early end",
        "an early end that looks like a success",
    ],
)
def test_a_block_that_goes_wrong_stops_the_page(tmp_path: Path, block: str) -> None:
    after = tmp_path / "after"
    with pytest.raises(UnfollowableError, match="block 1, line 4"):
        run(_page(tmp_path, block, f"touch {after}"), tmp_path, {"PATH": "/usr/bin:/bin"})
    assert not after.exists()


def test_an_expected_exit_code_is_no_failure_and_what_follows_is_run(tmp_path: Path) -> None:
    here = _follow(tmp_path, "sh -c \\\n  'exit 1'  # exit 1\nsh -c 'exit 3' # exit 3\ntouch after")
    assert (here / "after").exists()


def test_the_line_the_command_and_its_output_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _page(tmp_path, "true", "echo the reason; sh -c 'exit 4' # exit 1")
    assert main([str(page)]) == 1
    shown = capsys.readouterr().err
    for part in (f"{page}: block 2, line 10", "sh -c 'exit 4'", "the reason", "got 4"):
        assert part in shown


def test_as_a_command_it_needs_nothing_but_python(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", ROOT / "tests/readme_blocks.py", _page(tmp_path, "true")],
        env={"PATH": os.defpath},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.endswith("page.md: 1 blocks, 0 s\n")

"""The scripted story of `make demo`, told in a real repository with real keys."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import clean_environment
from tests.examples.catalogue import EXAMPLES

TOLD = (
    "== 2.",
    "There is no such file in the request's folder",
    "One more approval is missing from product-lead: Wang Fang can still give it.",
    "One more approval is missing from rd-lead: Zhou Kai can still give it.",
    "== 4.",
    "One more approval is missing from rd-lead: Zhou Kai can still give it.",
    "is not asked for: the approver holds dba",
    "counted as product-lead",
    "== 5.",
    "周凯 (zhou.kai) 以 rd-lead 的身份审批此版本",
    "== 6.",
    "Pass: every request may go ahead.",
    "== 7.",
    "was given for an earlier version; changed since: spec.window.start",
    "== 8.",
    "Pass: every request may go ahead.",
    "Launch checkout 3.2",
    "== 9.",
    "approved pass",
    "approved by wang.fang as product-lead",
    "approved by zhou.kai as rd-lead",
    "2 entries appended.",
    "(signed)",
    "The configured key has signed the checkpoint.",
    "Judged again by the rules of its time, every landing is as it is recorded.",
    "== 10.",
    "Proved: LR-2026-0042 approved",
    "== 11.",
    "entry 1 (LR-2026-0042, approved,",
    "The ledger does NOT verify",
    "== 12.",
    "/site/index.html",
)
"""What must come up, in this order."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    home = tmp_path_factory.mktemp("home")
    return subprocess.run(
        [sys.executable, str(EXAMPLES / "demo" / "demo.py")],
        env={**clean_environment(home), "TMPDIR": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_story_goes_as_told(story: subprocess.CompletedProcess[str]) -> None:
    assert story.returncode == 0, story.stderr
    assert story.stderr == ""
    codes = [line for line in story.stdout.splitlines() if line.startswith("(exit code")]
    assert codes == [f"(exit code {code})" for code in (1, 1, 1, 0, 1, 0)]


def test_each_turn_of_the_story_is_seen(story: subprocess.CompletedProcess[str]) -> None:
    rest = " ".join(story.stdout.split())
    for words in TOLD:
        assert words in rest, words
        rest = rest.split(words, 1)[1]


def test_the_site_that_is_named_is_there(story: subprocess.CompletedProcess[str]) -> None:
    line = next(line for line in story.stdout.splitlines() if line.startswith("open "))
    page = Path(line.removeprefix("open ")).read_text("utf-8")
    assert "LR-2026-0042" in page


def test_the_merged_history_holds_the_approvals(story: subprocess.CompletedProcess[str]) -> None:
    folder = Path(story.stdout.split("\ncd ", 1)[1].splitlines()[0])
    approvals = folder / "launches" / "LR-2026-0042" / "approvals"
    assert {file.name for file in approvals.iterdir()} == {
        "he.lin.yaml",
        "wang.fang.yaml",
        "zhou.kai.yaml",
    }

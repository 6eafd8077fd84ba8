"""`make demo`: three scenes, or all of them, in a real repository with real keys."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.cli.launch_repository import clean_environment
from tests.examples.catalogue import EXAMPLES
from tests.extent import share_of

pytestmark = pytest.mark.slow

DEMO = EXAMPLES / "demo" / "demo.py"

SEEN = {
    "en": (
        "━━ 1  What is missing, and where",
        "One more approval is missing from product-lead",
        "`impact` is missing here",
        "▶ Every gap is named",
        "━━ 2  A moved window voids an approval",
        "as product-lead …",
        "approved by Wang Fang (wang.fang, product-lead), Zhou Kai (zhou.kai, rd-lead)",
        "(exit code 0: it may be merged)",
        "start: 2026-12-01T22:15:00+08:00",
        "Wang Fang (wang.fang) signed",
        "spec.window.start",
        "Zhao Min (zhao.min) signed",
        "(exit code 1: the merge is blocked)",
        "▶ An approval counts for what was approved",
        "━━ 3  One byte changed in the ledger is found",
        "approved pass",
        "✓",
        "he.lin becomes he.liu",
        "✗ entry 1 (LR-2026-0042, approved",
        "▶ The ledger is a signed Merkle tree",
        "In short",
    ),
    "zh": (
        "━━ 1  缺什么，在哪里",
        "尚未评估回滚会对用户造成什么影响。",
        "▶ 审批之前",
        "━━ 2  改动时间窗口，审批随即失效",
        "王芳（wang.fang，产品部负责人）",
        "（退出码 0：可以合并）",
        "spec.window.start",
        "（退出码 1：合并被阻断）",
        "▶ 审批只对当时的内容有效",
        "━━ 3  上线日志中改动一个字节也会被发现",
        "he.lin 变成 he.liu",
        "✗",
        "▶ 上线日志是带签名的 Merkle 树",
        "小结",
    ),
}
"""What must come up, in this order."""

IN_FULL = {
    "en": (
        "━━ 1 ",
        "rd-lead: zhou.kai — both-leads-approve",
        "operations-lead: zhao.min — operations-accepts",
        "━━ 2 ",
        "There is no such file in the request's folder",
        "━━ 4 ",
        "is not asked for: the approver holds dba",
        "counted as product-lead",
        "━━ 5 ",
        "周凯",
        "━━ 6 ",
        "✓ pass",
        "━━ 7 ",
        "was given for an earlier version; changed since: spec.window.start",
        "━━ 8 ",
        "Launch checkout 3.2",
        "━━ 9 ",
        "approved by Zhou Kai (zhou.kai) as rd-lead",
        "2 entries appended.",
        "━━ 10 ",
        "Proved: LR-2026-0042 approved",
        "━━ 11 ",
        "The ledger does NOT verify",
        "━━ 12 ",
        "~/site",
    ),
    "zh": ("━━ 1  上线仓库", "━━ 5 ", "Zhou Kai", "━━ 12  上线日志网站"),
}


@dataclass(frozen=True)
class Run:
    """What a run of the demo left behind."""

    code: int
    output: str
    complaint: str
    left_behind: list[Path]

    @property
    def lines(self) -> list[str]:
        return re.sub(r"\x1b\[\d+m", "", self.output).splitlines()


def surroundings(folder: Path, **variables: str) -> dict[str, str]:
    """A clean environment whose temporary folder is empty and ours."""
    (folder / "tmp").mkdir()
    return {**clean_environment(folder), "TMPDIR": str(folder / "tmp"), **variables}


def tell(folder: Path, *arguments: str, demo: Path = DEMO, **variables: str) -> Run:
    done = subprocess.run(
        [sys.executable, str(demo), *arguments],
        env=surroundings(folder, **variables),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    left = sorted((folder / "tmp").iterdir())
    return Run(done.returncode, done.stdout, done.stderr, left)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return tell(tmp_path_factory.mktemp("english"))


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """In Chinese by the locale, on a narrow terminal, with settings that would break git."""
    folder = tmp_path_factory.mktemp("chinese")
    settings = folder / "gitconfig"
    settings.write_text(
        "[commit]\ngpgSign = true\n[gpg]\nprogram = false\n[init]\ndefaultBranch = trunk\n"
        f"templateDir = {folder}\n[core]\nhooksPath = {folder / 'hooks'}\n",
        "utf-8",
    )
    (folder / "hooks").mkdir()
    for name in ("pre-commit", "commit-msg", "pre-merge-commit"):
        (folder / "hooks" / name).write_text("#!/bin/sh\nexit 1\n", "utf-8")
        (folder / "hooks" / name).chmod(0o755)
    environment = surroundings(
        folder,
        LANG="zh_CN.UTF-8",
        HOME=str(folder / "nowhere"),
        COLUMNS="40",
        TERM="xterm",
        GIT_CONFIG_GLOBAL=str(settings),
        GIT_DIR=str(folder / "no-repository"),
        GIT_INDEX_FILE=str(folder / "no-index"),
        GIT_AUTHOR_EMAIL="wang.fang@example.com",
        LAUNCHPOLICY_KEY=str(folder / "no-key"),
        PYTHONIOENCODING="gb18030",
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, str(DEMO)], env=environment, stdout=theirs, stderr=theirs, cwd=folder
    ) as process:
        os.close(theirs)
        output = b"".join(iter(lambda: read_terminal(ours), b""))
    os.close(ours)
    left = sorted((folder / "tmp").iterdir())
    return Run(process.returncode, output.decode("gb18030"), "", left)


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed, which Linux says in this way
        return b""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return tell(tmp_path_factory.mktemp("everything"), FULL="1", KEEP="1")


def width_of(line: str) -> int:
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in line)


def comes_up_in_order(words: tuple[str, ...], run: Run) -> None:
    rest = " ".join("\n".join(run.lines).split())
    for each in words:
        wanted = " ".join(each.split())
        assert wanted in rest, each
        rest = rest.split(wanted, 1)[1]


def test_in_english_three_scenes_are_told_to_the_end(english: Run) -> None:
    assert (english.code, english.complaint) == (0, ""), english.output
    comes_up_in_order(SEEN["en"], english)


def test_in_chinese_and_whatever_the_user_has_set(chinese: Run) -> None:
    assert chinese.code == 0, chinese.output
    comes_up_in_order(SEEN["zh"], chinese)


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_it_fits_80_lines_of_100_columns(name: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(name)
    assert len(run.lines) <= 80
    assert [line for line in run.lines if width_of(line) > 100] == []


def test_colour_is_for_a_terminal_only(english: Run, chinese: Run) -> None:
    assert "\x1b" not in english.output
    assert "\x1b[31m✗\x1b[0m" in chinese.output


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_nothing_is_left_behind(name: str, request: pytest.FixtureRequest) -> None:
    run: Run = request.getfixturevalue(name)
    assert run.left_behind == []


def test_in_full_nothing_is_cut(everything: Run) -> None:
    assert not any(line.endswith(" …") for line in everything.lines)


@pytest.mark.parametrize("language", share_of(("en", "zh"), 1))
def test_in_full_all_scenes_are_told(
    language: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    run: Run = (
        request.getfixturevalue("everything")
        if language == "en"
        else tell(tmp_path, "zh", "--full", NO_COLOR="1", FORCE_COLOR="")
    )
    assert (run.code, run.complaint) == (0, ""), run.output
    comes_up_in_order(IN_FULL[language], run)


def test_what_is_kept_is_where_it_says(everything: Run) -> None:
    home = Path(everything.lines[-1].removeprefix("Kept: "))
    assert everything.left_behind == [home]
    assert "LR-2026-0042" in (home / "site" / "index.html").read_text("utf-8")
    approvals = home / "launches-of-acme" / "launches" / "LR-2026-0042" / "approvals"
    assert {file.stem for file in approvals.iterdir()} == {
        "he.lin",
        "wang.fang",
        "zhao.min",
        "zhou.kai",
    }


def altered(folder: Path, path: str, old: str, new: str) -> Path:
    """A copy of the demo and its example in which one thing is different."""
    copy = folder / "examples"
    for name in ("demo", "product-launch"):
        shutil.copytree(EXAMPLES / name, copy / name)
    text = (copy / path).read_text("utf-8")
    assert old in text
    (copy / path).write_text(text.replace(old, new), "utf-8")
    return copy / "demo" / "demo.py"


def test_it_stops_at_the_first_scene_that_goes_wrong_with_the_reason(tmp_path: Path) -> None:
    people = "product-launch/people.yaml"
    demo = altered(tmp_path, people, "rd-lead: [zhou.kai]", "rd-lead: [xu.bo]")
    run = tell(tmp_path, demo=demo)
    assert run.code == 1
    assert run.complaint == ""
    comes_up_in_order(
        (
            "━━ 2 ",
            "✗ This scene went wrong",
            "command launchpolicy approve launches/LR-2026-0042",
            "expected exit code 0",
            "got exit code 2",
            "zhou.kai holds no role",
        ),
        run,
    )
    assert "━━ 3 " not in run.output
    assert run.left_behind == []


def test_a_right_exit_code_for_another_reason_is_a_wrong_scene(tmp_path: Path) -> None:
    story = "demo/short_story.py"
    demo = altered(tmp_path, story, 'LATER = "start: 2026-12-01T22:15', 'LATER = "start: nonsense')
    run = tell(tmp_path, "zh", demo=demo)
    assert run.code == 1
    assert "✗ 这一幕与预期不符" in run.output
    assert run.left_behind == []


def test_without_ssh_keygen_it_says_so_in_one_sentence(tmp_path: Path) -> None:
    only_git = tmp_path / "bin"
    only_git.mkdir()
    (only_git / "git").symlink_to(shutil.which("git") or "git")
    run = tell(tmp_path, PATH=str(only_git))
    assert (run.code, run.output, run.left_behind) == (2, "", [])
    assert run.complaint.count("\n") == 1
    assert "ssh-keygen" in run.complaint


def test_a_reader_that_leaves_early_leaves_nothing_behind(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, str(DEMO)],
        env=surroundings(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141
    assert list((tmp_path / "tmp").iterdir()) == []

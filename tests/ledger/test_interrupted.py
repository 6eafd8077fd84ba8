"""A writer that dies at any of its calls of git, and clones that are set up differently."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from launchpolicy.ledger.signing import Signer
from tests.extent import share_of
from tests.ledger.chronicle import Chronicle, begun
from tests.processes.program import COMMAND

pytestmark = pytest.mark.slow

SIGNER = Signer("acme.example/launches", b"\x07" * 32)
CLONES = 6

KILLER = """#!/bin/sh
echo x >> "$KILLER_CALLS"
if [ "$(wc -l < "$KILLER_CALLS")" -eq "$KILLER_AT" ]; then
    [ "$KILLER_WHEN" = before ] || "$KILLER_GIT" "$@"
    kill -KILL "$PPID"
    exit 137
fi
exec "$KILLER_GIT" "$@"
"""
"""A git that kills who calls it, before or after having done what it was called for."""


@pytest.fixture
def shared(tmp_path: Path) -> Chronicle:
    """A clone whose remote `origin` is a bare repository on disk."""
    chronicle = begun(tmp_path)
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    chronicle.git("remote", "add", "origin", str(remote))
    chronicle.git("push", "--quiet", "origin", "main")
    return chronicle


def is_whole(chronicle: Chronicle) -> None:
    """Every commit of main has exactly one entry, and the remote's ledger verifies."""
    chronicle.git("fetch", "--quiet", "origin", "+launch-ledger:launch-ledger")
    chain = chronicle.git("rev-list", "--first-parent", "main").split()
    assert Counter(entry.commit for entry in chronicle.entries()) == Counter(chain)
    done = chronicle.run("verify", "--remote", "origin")
    assert done.code == 0, done.output + done.complaint
    assert "not recorded yet" not in done.output


def killed(chronicle: Chronicle, tools: Path, at: int, when: str) -> tuple[int, int]:
    """Appends with the killing git; gives the exit code and how often git was called."""
    calls = tools / "calls"
    calls.write_text("", "utf-8")
    git = shutil.which("git")
    assert git is not None
    done = chronicle.run(
        *("append", "--remote", "origin"),
        PATH=f"{tools}{os.pathsep}{chronicle.environment['PATH']}",
        KILLER_CALLS=str(calls),
        KILLER_AT=str(at),
        KILLER_WHEN=when,
        KILLER_GIT=git,
    )
    return done.code, len(calls.read_text("utf-8").splitlines())


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_writer_killed_at_each_of_its_calls_of_git_loses_and_doubles_nothing(
    shared: Chronicle, tmp_path: Path, when: str
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").write_text(KILLER, "utf-8")
    (tools / "git").chmod(0o755)
    code, calls = killed(shared, tools, 0, when)
    assert (code, calls > 5) == (0, True)
    died = 0
    tried = share_of(range(1, calls + 1), 6)
    for at in tried:
        shared.merged(f"LR-{at}")
        shared.git("push", "--quiet", "origin", "main")
        code, _ = killed(shared, tools, at, when)
        assert code in {0, -signal.SIGKILL}
        died += code != 0
        if died % 5 == 0:
            assert shared.run("append", "--remote", "origin").code == 0
            is_whole(shared)
    assert died >= len(tried) - 2
    assert shared.run("append", "--remote", "origin").code == 0
    is_whole(shared)


def test_six_clones_that_append_at_once_enter_every_merge_once(shared: Chronicle) -> None:
    remote = shared.git("remote", "get-url", "origin")
    clones = []
    for number in range(CLONES):
        target = shared.folder.parent / f"clone-{number}"
        subprocess.run(
            ["git", "clone", "--quiet", "--branch=main", remote, str(target)], check=True
        )
        clones.append(Chronicle(target, shared.home))
    for number in share_of(range(2), 1):
        shared.merged(f"LR-{number}")
        shared.git("push", "--quiet", "origin", "main")
        for clone in clones:
            clone.git("pull", "--quiet", "--ff-only", "origin", "main")
        writers = [
            subprocess.Popen(
                [*COMMAND, "ledger", "append", "--remote", "origin"],
                cwd=clone.folder,
                env=clone.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for clone in clones
        ]
        told = [writer.communicate()[0] for writer in writers]
        assert [writer.returncode for writer in writers] == [0] * CLONES, told
    is_whole(shared)


def test_a_key_that_is_configured_and_not_given_is_a_usage_error(tmp_path: Path) -> None:
    chronicle = begun(tmp_path, {"key": SIGNER.verifier.source})
    done = chronicle.run("append")
    assert done.code == 2
    assert "LAUNCHPOLICY_LEDGER_KEY" in done.complaint
    assert chronicle.git("branch", "--list", "launch-ledger*") == ""
    assert chronicle.run("append", LAUNCHPOLICY_LEDGER_KEY=SIGNER.source).code == 0
    assert chronicle.run("verify").code == 0


@pytest.mark.parametrize("mask", [0o000, 0o077, 0o027], ids=oct)
def test_another_umask_and_another_user_build_the_same_tree(tmp_path: Path, mask: int) -> None:
    chronicle = begun(tmp_path)
    chronicle.merged("LR-1")
    assert chronicle.run("append").code == 0
    clone = chronicle.clone("elsewhere")
    clone.git("fetch", "--quiet", "origin", "launch-ledger:launch-ledger")
    clone.git("config", "user.name", "孙 宇 <x>")
    clone.git("config", "user.email", "sun.yu@other.example")
    clone.git("config", "core.autocrlf", "true")
    clone.git("config", "core.quotePath", "false")
    done = subprocess.run(
        [*COMMAND, "ledger", "build", "again", "--now", "2031-01-01T00:00:00Z"],
        cwd=clone.folder,
        env={**clone.environment, "GIT_AUTHOR_NAME": "Mallory"},
        umask=mask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    trees = clone.git("rev-parse", "launch-ledger^{tree}", "again^{tree}").split()
    assert trees[0] == trees[1]
    modes = {line.split()[0] for line in clone.git("ls-tree", "-r", "again").splitlines()}
    assert modes == {"100644"}

"""Writers that race, are killed, run out of disk, or are refused: nothing is lost (threat L2)."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.extent import share_of
from tests.ledger.chronicle import Chronicle, begun
from tests.processes.program import COMMAND

pytestmark = pytest.mark.slow

MERGES = 5
WRITERS = 4


@pytest.fixture
def shared(tmp_path: Path) -> tuple[Chronicle, Path]:
    """A clone whose remote `origin` is a bare repository on disk."""
    chronicle = begun(tmp_path)
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    chronicle.git("remote", "add", "origin", str(remote))
    chronicle.git("push", "--quiet", "origin", "main")
    return chronicle, remote


def start(chronicle: Chronicle, **options: Any) -> subprocess.Popen[str]:
    started: subprocess.Popen[str] = subprocess.Popen(
        [*COMMAND, "ledger", "append", "--remote", "origin"],
        cwd=chronicle.folder,
        env=chronicle.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
    return started


def commits_entered(chronicle: Chronicle) -> Counter[str]:
    chronicle.git("fetch", "--quiet", "origin", "+launch-ledger:launch-ledger")
    return Counter(entry.commit for entry in chronicle.entries())


def is_whole(chronicle: Chronicle) -> None:
    """Every commit of main has exactly one entry, and the remote's ledger verifies."""
    chain = chronicle.git("rev-list", "--first-parent", "main").split()
    assert commits_entered(chronicle) == Counter(chain)
    done = chronicle.run("verify", "--remote", "origin")
    assert done.code == 0, done.output + done.complaint
    assert "not recorded yet" not in done.output


def test_writers_that_race_from_several_clones_enter_every_merge_once(
    shared: tuple[Chronicle, Path],
) -> None:
    chronicle, remote = shared
    clones = []
    for number in range(WRITERS):
        target = chronicle.folder.parent / f"clone-{number}"
        subprocess.run(
            ["git", "clone", "--quiet", "--branch=main", str(remote), str(target)], check=True
        )
        clones.append(Chronicle(target, chronicle.home))
    for number in share_of(range(MERGES), 2):
        chronicle.merged(f"LR-{number}")
        chronicle.git("push", "--quiet", "origin", "main")
        for clone in clones:
            clone.git("pull", "--quiet", "--ff-only", "origin", "main")
        writers = [start(clone) for clone in clones]
        ended = [(writer.communicate(), writer.returncode) for writer in writers]
        assert [code for _, code in ended] == [0] * WRITERS, ended
    is_whole(chronicle)


def test_writers_whose_clones_know_different_merges_lose_none(
    shared: tuple[Chronicle, Path],
) -> None:
    chronicle, remote = shared
    behind = chronicle.folder.parent / "behind"
    subprocess.run(
        ["git", "clone", "--quiet", "--branch=main", str(remote), str(behind)], check=True
    )
    for number in range(3):
        chronicle.merged(f"LR-{number}")
    chronicle.git("push", "--quiet", "origin", "main")
    writers = [start(chronicle), start(Chronicle(behind, chronicle.home))]
    for writer in writers:
        _, complaint = writer.communicate()
        assert writer.returncode == 0, complaint
    is_whole(chronicle)


def test_a_writer_that_is_killed_at_any_moment_loses_nothing(
    shared: tuple[Chronicle, Path],
) -> None:
    chronicle, _ = shared
    moments = random.Random(5)  # noqa: S311 (when to kill, not what to keep secret)
    killed = 0
    for number in range(8):
        chronicle.merged(f"LR-{number}")
        chronicle.git("push", "--quiet", "origin", "main")
        writer = start(chronicle, start_new_session=True)
        time.sleep(moments.uniform(0.2, 1.6))
        if writer.poll() is None:
            os.killpg(writer.pid, signal.SIGKILL)
            killed += 1
        writer.communicate()
    assert killed > 0
    done = chronicle.run("append", "--remote", "origin")
    assert done.code == 0, done.complaint
    is_whole(chronicle)


def test_a_full_disk_leaves_the_ledger_as_it_was(shared: tuple[Chronicle, Path]) -> None:
    chronicle, _ = shared
    assert chronicle.run("append", "--remote", "origin").code == 0
    before = chronicle.git("ls-remote", "origin", "launch-ledger")
    chronicle.merged("LR-1")
    chronicle.git("push", "--quiet", "origin", "main")
    full = start(
        chronicle,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512)),
    )
    _, complaint = full.communicate()
    assert full.returncode == 3, complaint
    assert "git fast-import failed" in complaint
    assert chronicle.git("ls-remote", "origin", "launch-ledger") == before
    assert chronicle.run("append", "--remote", "origin").code == 0
    is_whole(chronicle)


def test_a_remote_that_refuses_is_told_with_what_to_do(shared: tuple[Chronicle, Path]) -> None:
    chronicle, remote = shared
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'protected branch' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    done = chronicle.run("append", "--remote", "origin")
    assert done.code == 3
    assert "protected branch" in done.complaint
    assert "contents: write" in done.complaint
    hook.unlink()
    assert chronicle.run("append", "--remote", "origin").code == 0
    is_whole(chronicle)


def test_a_remote_that_cannot_be_reached_is_undecided(shared: tuple[Chronicle, Path]) -> None:
    chronicle, remote = shared
    remote.rename(remote.with_name("elsewhere.git"))
    done = chronicle.run("append", "--remote", "origin")
    assert done.code == 3
    assert "cannot be read" in done.complaint


@pytest.mark.parametrize("name", ["--upload-pack=touch x", "ext::sh -c touch% x", ""])
def test_a_remote_that_reads_as_an_option_or_a_program_is_none(
    shared: tuple[Chronicle, Path], name: str
) -> None:
    chronicle, _ = shared
    done = chronicle.run("append", f"--remote={name}" if name else "--remote=-x")
    assert done.code in {2, 3}
    assert not (chronicle.folder / "x").exists()


def test_the_last_checkpoint_is_kept_in_a_second_repository(tmp_path: Path) -> None:
    audit = tmp_path / "audit.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(audit)], check=True)
    chronicle = begun(tmp_path / "own", {"heads": {"remote": str(audit), "branch": "heads"}})
    chronicle.merged("LR-1")
    assert chronicle.run("append").code == 0
    kept = subprocess.run(
        ["git", "-C", str(audit), "ls-tree", "-r", "--name-only", "heads"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [path.rpartition("/")[2] for path in kept.stdout.split()].count("checkpoint") == 1
    assert chronicle.git("branch", "--list", "heads") == ""
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger")
    chronicle.git("reset", "--quiet", "--hard", "HEAD~1")
    done = chronicle.run("append")
    assert done.code == 1
    assert "keeps a checkpoint of 2 entries" in " ".join(done.complaint.split())


def test_one_second_repository_keeps_the_checkpoints_of_many_ledgers(tmp_path: Path) -> None:
    audit = tmp_path / "audit.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(audit)], check=True)
    for name in ("one", "two"):
        settings = {"branch": f"ledger-{name}", "heads": {"remote": str(audit)}}
        done = begun(tmp_path / name, settings).run("append")
        assert done.code == 0, done.complaint
    listed = subprocess.run(
        ["git", "-C", str(audit), "ls-tree", "-r", "--name-only", "launch-ledger-heads"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [path.rpartition("/")[2] for path in listed.stdout.split()].count("checkpoint") == 2


def test_a_launch_repository_in_a_folder_of_another_one(tmp_path: Path) -> None:
    inner = begun(tmp_path)
    outer = Chronicle(tmp_path / "whole", inner.home)
    outer.folder.mkdir()
    outer.git("init", "--quiet", "--initial-branch=main")
    shutil.rmtree(inner.folder / ".git")
    inner.folder.rename(outer.folder / "ops")
    outer.commit("Adopt")
    ours = Chronicle(outer.folder / "ops", inner.home)
    ours.merged("LR-1")
    (outer.folder / "README.md").write_text("hello\n", "utf-8")
    outer.commit("Elsewhere")
    assert ours.run("append").code == 0
    assert ours.told() == [("adopted", "rules"), ("bypassed", "LR-1")]
    assert ours.complaints() == []

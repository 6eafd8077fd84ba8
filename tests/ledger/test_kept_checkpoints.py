"""A ledger that was cut off shows wherever a kept checkpoint is, and its absence is said (L1)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.ledger.chronicle import Chronicle, begun

pytestmark = pytest.mark.slow

LEDGER, HEADS = "refs/heads/launch-ledger", "refs/heads/launch-ledger-heads"


@pytest.fixture
def source(tmp_path: Path) -> Chronicle:
    """A repository with a ledger of three entries, which were appended one by one."""
    chronicle = begun(tmp_path)
    chronicle.append()
    for name in ("LR-1", "LR-2"):
        chronicle.merged(name)
        chronicle.append()
    return chronicle


def said(output: str) -> str:
    return " ".join(output.split())


def test_a_fresh_clone_verifies_against_the_heads_that_it_fetched(source: Chronicle) -> None:
    done = source.clone("fresh").run("verify")
    assert done.code == 0, done.output + done.complaint
    assert "kept elsewhere (3)" in done.output


def test_a_ledger_cut_off_before_a_fresh_clone_does_not_verify(source: Chronicle) -> None:
    source.git("update-ref", LEDGER, "launch-ledger~1")
    clone = source.clone("fresh")
    done = clone.run("verify", "--quick")
    assert done.code == 1, done.output
    assert "keeps a checkpoint of 3 entries, and the ledger has only 2" in said(done.output)
    assert clone.run("append").code == 1


def test_a_cut_off_ledger_of_which_a_clone_fetched_no_heads_is_undecided(
    source: Chronicle,
) -> None:
    source.git("update-ref", LEDGER, "launch-ledger~1")
    clone = source.clone("fresh")
    clone.git("update-ref", "-d", "refs/remotes/origin/launch-ledger-heads")
    done = clone.run("verify", "--quick")
    assert done.code == 3, done.output
    assert "a ledger that was cut off would look the same" in said(done.output)
    assert "git fetch origin launch-ledger-heads" in said(done.output)


def test_heads_that_were_deleted_leave_it_undecided_also_on_the_remote(source: Chronicle) -> None:
    source.git("update-ref", "-d", HEADS)
    done = source.run("verify", "--quick")
    assert done.code == 3
    clone = source.clone("fresh")
    done = clone.run("verify", "--quick", "--remote", "origin", "--lang", "zh")
    assert done.code == 3
    assert "未另存检查点" in done.output


def test_where_only_the_heads_were_fetched_the_ledger_is_missing(source: Chronicle) -> None:
    clone = source.clone("fresh")
    clone.git("update-ref", "-d", "refs/remotes/origin/launch-ledger")
    done = clone.run("verify")
    assert done.code == 1
    assert "checkpoint: it is missing" in said(done.output)


def test_heads_here_that_are_behind_do_not_hide_those_that_were_fetched(source: Chronicle) -> None:
    source.git("update-ref", LEDGER, "launch-ledger~1")
    clone = source.clone("fresh")
    clone.git("update-ref", LEDGER, "origin/launch-ledger")
    clone.git("update-ref", HEADS, "origin/launch-ledger-heads~2")
    done = clone.run("verify", "--quick")
    assert done.code == 1, done.output
    assert "origin/launch-ledger-heads" in done.output


def test_a_remote_cut_off_on_both_branches_is_found_by_what_was_fetched_before(
    source: Chronicle,
) -> None:
    clone = source.clone("fresh")
    for name in (LEDGER, HEADS):
        source.git("update-ref", name, f"{name}~1")
    done = clone.run("verify", "--quick", "--remote", "origin")
    assert done.code == 1, done.output


def test_a_ledger_here_that_is_only_behind_its_remote_is_undecided(source: Chronicle) -> None:
    clone = source.clone("fresh")
    clone.git("update-ref", LEDGER, "origin/launch-ledger~1")
    done = clone.run("verify", "--quick")
    assert done.code == 3, done.output
    assert "is behind origin" in said(done.output)
    assert "--remote origin" in done.output
    assert clone.run("verify", "--quick", "--remote", "origin").code == 0


def test_heads_of_a_fork_accuse_nobody(source: Chronicle) -> None:
    clone = source.clone("fresh")
    fork = source.clone("fork")
    fork.merged("LR-7")
    fork.append()
    source.merged("LR-8")
    source.append()
    clone.git("pull", "--quiet", "origin", "main")
    clone.git("remote", "add", "fork", str(fork.folder))
    clone.git("fetch", "--quiet", "fork")
    assert clone.run("verify", "--quick").code == 0
    clone.git("fetch", "--quiet", "origin")
    done = clone.run("verify", "--quick")
    assert done.code == 0, done.output
    assert "kept elsewhere (4)" in done.output


def test_heads_in_a_second_repository_are_asked_from_every_clone(tmp_path: Path) -> None:
    audit = tmp_path / "audit.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(audit)], check=True)
    source = begun(tmp_path / "source", {"heads": {"remote": str(audit)}})
    assert source.run("append").code == 0
    source.merged("LR-1")
    assert source.run("append").code == 0
    assert source.clone("fresh").run("verify", "--quick").code == 0
    source.git("update-ref", LEDGER, "launch-ledger~1")
    done = source.clone("later").run("verify", "--quick")
    assert done.code == 1
    assert "keeps a checkpoint of 2 entries" in said(done.output)

"""Clones that lack objects (`git clone --filter`): never a pass, and a remedy that works."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from tests.cli.launch_repository import NOW, REQUEST, LaunchRepository

REMEDY = "git fetch --refetch --no-filter"
PROPOSED = ("check", "--base", "origin/main", "--head", "origin/request", "--now", NOW)


@pytest.fixture
def upstream(proposal: LaunchRepository) -> LaunchRepository:
    proposal.git("config", "uploadpack.allowFilter", "true")
    proposal.git("config", "uploadpack.allowAnySHA1InWant", "true")
    return proposal


def partial(upstream: LaunchRepository, filter_: str, *options: str) -> LaunchRepository:
    clone = upstream.folder.parent / "clone"
    upstream.git(
        "clone", "--quiet", f"--filter={filter_}", *options, upstream.folder.as_uri(), str(clone)
    )
    return replace(upstream, folder=clone)


@pytest.mark.parametrize("filter_", ["blob:none", "tree:0"])
def test_a_partial_clone_decides_nothing_until_it_is_whole(
    upstream: LaunchRepository, filter_: str
) -> None:
    clone = partial(upstream, filter_, "--no-checkout")
    finished = clone.run(*PROPOSED)
    assert finished.code == 3
    assert "This clone is partial" in finished.complaint
    assert "damaged" not in finished.complaint
    assert REMEDY in " ".join(finished.complaint.split())
    clone.git(*REMEDY.split()[1:])
    assert clone.run(*PROPOSED).code == upstream.check("--base", "main").code == 1


def test_a_clone_that_lacks_only_the_evidence_is_partial(upstream: LaunchRepository) -> None:
    clone = partial(upstream, "blob:none", "--no-checkout")
    tree = clone.git("ls-tree", "-r", "origin/request").splitlines()
    wanted = [line.split()[2] for line in tree if line.endswith(".yaml")]
    subprocess.run(
        ["git", "cat-file", "--batch"],
        cwd=clone.folder,
        env=clone.environment,
        input="\n".join(wanted),
        capture_output=True,
        text=True,
        check=True,
    )
    finished = clone.run(*PROPOSED)
    assert finished.code == 3
    assert "This clone is partial" in finished.complaint


def test_the_work_tree_of_a_partial_clone_asks_for_what_head_lacks(
    upstream: LaunchRepository,
) -> None:
    clone = partial(upstream, "tree:0")  # checked out, so HEAD and its files are there
    upstream.edit(("users: 12000", "users: 13000"))
    upstream.commit()
    clone.git("fetch", "--quiet")
    clone.git("reset", "--quiet", "--soft", "origin/request")
    finished = clone.check()
    assert finished.code == 3
    assert "This clone is partial" in finished.complaint
    assert clone.check("--staged").code == 3
    clone.git(*REMEDY.split()[1:])
    assert clone.check().code == 0


def test_the_ledger_of_a_partial_clone_is_not_called_tampered_with(
    repository: LaunchRepository,
) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    finished = repository.run("ledger", "append")
    assert finished.code == 0, finished.complaint
    clone = partial(repository, "blob:none", "--no-checkout")
    clone.git("branch", "launch-ledger", "origin/launch-ledger")
    finished = clone.run("ledger", "verify")
    assert finished.code == 3, finished.output
    assert "This clone is partial" in finished.complaint
    clone.git(*REMEDY.split()[1:])
    assert clone.run("ledger", "verify").code == 0


def test_chinese_names_the_same_remedy(upstream: LaunchRepository) -> None:
    clone = partial(upstream, "blob:none", "--no-checkout")
    finished = clone.run(*PROPOSED, LANG="zh_CN.UTF-8")
    assert "部分克隆" in finished.complaint
    assert REMEDY in " ".join(finished.complaint.split())
    assert REQUEST not in finished.output

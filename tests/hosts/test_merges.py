"""What a merge has that git would not have made of its parents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.commits import commits_of
from launchpolicy.hosts.git.merges import paths_made_by_hand
from launchpolicy.hosts.git.repository import Repository
from tests.hosts.conftest import REQUEST

Git = Callable[..., str]
Commit = Callable[..., str]


@pytest.fixture
def branches(folder: Path, git: Git, commit: Commit) -> Path:
    """The branch `topic` is checked out; it and the base have a commit of their own each."""
    git(folder, "branch", "--move", "base")
    git(folder, "switch", "--quiet", "--create", "topic")
    commit(folder, {REQUEST: "title: second\n"})
    git(folder, "switch", "--quiet", "base")
    commit(folder, {"notes.txt": "of the base\n"})
    git(folder, "switch", "--quiet", "topic")
    return folder


def by_hand(repository: Repository, oid: str) -> frozenset[bytes] | None:
    (made,) = commits_of(repository, [oid])
    return paths_made_by_hand(repository, made)


def _merge(folder: Path, git: Git, *branches: str) -> str:
    git(folder, "merge", "--quiet", "--no-edit", *branches)
    return git(folder, "rev-parse", "HEAD")


def test_a_merge_that_git_would_make_has_nothing_by_hand(
    branches: Path, git: Git, repository: Repository
) -> None:
    before = sorted(path.name for path in (branches / ".git/objects").rglob("*"))
    merge = _merge(branches, git, "base")
    after_merge = sorted(path.name for path in (branches / ".git/objects").rglob("*"))
    assert by_hand(repository, merge) == frozenset()
    assert sorted(path.name for path in (branches / ".git/objects").rglob("*")) == after_merge
    assert before != after_merge


@pytest.mark.parametrize(
    "files",
    [{REQUEST: "title: mine\n"}, {REQUEST: None}, {"launches/LR-1/more.txt": "hidden\n"}],
    ids=["changes", "removes", "adds"],
)
def test_an_evil_merge_shows_what_it(
    files: dict[str, str | None], branches: Path, git: Git, commit: Commit, repository: Repository
) -> None:
    _merge(branches, git, "base")
    merge = commit(branches, files)
    tree = git(branches, "rev-parse", f"{merge}^{{tree}}")
    parents = ("-p", "HEAD~1^1", "-p", "HEAD~1^2")
    evil = git(branches, "commit-tree", tree, *parents, "-m", "merge")
    assert by_hand(repository, evil) == frozenset(path.encode() for path in files)


def test_a_conflict_is_settled_by_hand(
    branches: Path, git: Git, commit: Commit, repository: Repository
) -> None:
    git(branches, "switch", "--quiet", "base")
    commit(branches, {REQUEST: "title: another\n"})
    git(branches, "switch", "--quiet", "topic")
    git(branches, "merge", "--quiet", "--no-edit", "--strategy-option", "ours", "base")
    assert by_hand(repository, git(branches, "rev-parse", "HEAD")) == frozenset({REQUEST.encode()})


def test_nothing_is_known_of_a_merge_of_three(
    branches: Path, git: Git, commit: Commit, repository: Repository
) -> None:
    git(branches, "switch", "--quiet", "--create", "third", "base~1")
    commit(branches, {"third.txt": "third\n"})
    git(branches, "switch", "--quiet", "topic")
    assert by_hand(repository, _merge(branches, git, "base", "third")) is None


def test_nothing_is_known_of_a_commit_that_is_no_merge(
    branches: Path, git: Git, repository: Repository
) -> None:
    assert by_hand(repository, git(branches, "rev-parse", "HEAD")) is None


def test_no_merge_driver_of_a_repository_is_run(
    branches: Path, git: Git, commit: Commit, repository: Repository
) -> None:
    commit(branches, {".gitattributes": "* merge=mine\n"})
    merge = _merge(branches, git, "base")
    git(branches, "config", "merge.mine.driver", "touch PWNED; true")
    assert by_hand(repository, merge) is None
    assert not (branches / "PWNED").exists()

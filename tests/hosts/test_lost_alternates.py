"""A clone whose objects are in a repository that is gone says so, wherever it is noticed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.revisions import head, resolve
from launchpolicy.vocabulary.errors import UndecidedError

Git = Callable[..., str]


@pytest.fixture(params=["--shared", "--reference"])
def borrowing(request: pytest.FixtureRequest, folder: Path, git: Git, tmp_path: Path) -> Path:
    """A clone that borrows from `lender`, which is gone."""
    shutil.copytree(folder, tmp_path / "lender")
    if request.param == "--shared":
        git(tmp_path, "clone", "--quiet", "--shared", "lender", "clone")
    else:
        git(
            tmp_path,
            "clone",
            "--quiet",
            "--no-local",
            "--reference",
            "lender",
            str(folder),
            "clone",
        )
    (tmp_path / "lender").rename(tmp_path / "moved")
    return tmp_path / "clone"


def _require_named(error: UndecidedError, clone: Path) -> None:
    assert str(clone.parent / "lender/.git/objects") in error.problem.en.replace("/./", "/")
    assert "borrows objects" in error.problem.en
    assert "借用对象" in error.problem.zh
    assert "objects/info/alternates" in error.remedy.en
    assert "objects/info/alternates" in error.remedy.zh


@pytest.mark.parametrize("name", ["origin/main", "main", "HEAD"])
def test_a_branch_of_a_clone_whose_lender_is_gone(borrowing: Path, name: str) -> None:
    with open_repository(borrowing) as repository, pytest.raises(UndecidedError) as caught:
        resolve(repository, name)
    _require_named(caught.value, borrowing)


def test_the_head_of_a_clone_whose_lender_is_gone(borrowing: Path) -> None:
    with open_repository(borrowing) as repository, pytest.raises(UndecidedError) as caught:
        head(repository)
    _require_named(caught.value, borrowing)


def test_an_object_of_a_clone_whose_lender_is_gone(folder: Path, git: Git, borrowing: Path) -> None:
    commit = git(folder, "rev-parse", "HEAD")
    with open_repository(borrowing) as repository:
        with pytest.raises(UndecidedError) as caught:
            repository.objects.read([commit], 1000)
        _require_named(caught.value, borrowing)
        with pytest.raises(UndecidedError) as caught:
            repository.git.demand("rev-list", commit)
        _require_named(caught.value, borrowing)


def test_a_clone_whose_lender_is_there_is_read(folder: Path, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--shared", str(folder), "clone")
    with open_repository(tmp_path / "clone") as repository:
        assert resolve(repository, "origin/main") == head(repository)


def test_a_name_that_is_nowhere_is_still_called_that(
    folder: Path, git: Git, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", "--shared", str(folder), "clone")
    with (
        open_repository(tmp_path / "clone") as repository,
        pytest.raises(UndecidedError, match="There is no commit nowhere"),
    ):
        resolve(repository, "nowhere")

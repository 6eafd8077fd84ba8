"""Every example as its own launch repository in git, and the real command on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.launch_repository import LaunchRepository, clean_environment
from tests.examples.catalogue import EXAMPLES

Adopted = Callable[[str], LaunchRepository]


@pytest.fixture
def adopted(tmp_path: Path) -> Adopted:
    """A function that gives the example of a name, everything in it committed on main."""

    def adopt(name: str) -> LaunchRepository:
        folder = tmp_path / name
        shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns("broken"))
        home = tmp_path / "home"
        home.mkdir()
        repository = LaunchRepository(folder, clean_environment(home))
        repository.git("init", "--quiet", "--initial-branch=main")
        repository.commit("adopt launchpolicy")
        return repository

    return adopt

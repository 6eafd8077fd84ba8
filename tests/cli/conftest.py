"""The example as a launch repository, in the states that tests start from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.launch_repository import EXAMPLE, LaunchRepository, clean_environment


@pytest.fixture
def bare_folder(tmp_path: Path) -> LaunchRepository:
    """A copy of the example that is in no git repository."""
    folder = tmp_path / "repository"
    shutil.copytree(EXAMPLE, folder)
    home = tmp_path / "home"
    home.mkdir()
    return LaunchRepository(folder, clean_environment(home))


@pytest.fixture
def repository(bare_folder: LaunchRepository) -> LaunchRepository:
    """The example committed on main; the request too."""
    bare_folder.git("init", "--quiet", "--initial-branch=main")
    bare_folder.commit("adopt launchpolicy")
    return bare_folder


@pytest.fixture
def proposal(bare_folder: LaunchRepository) -> LaunchRepository:
    """main holds the configuration only; a branch `request`, checked out, adds the request."""
    text = bare_folder.request.read_text("utf-8")
    shutil.rmtree(bare_folder.folder / "launches")
    bare_folder.git("init", "--quiet", "--initial-branch=main")
    bare_folder.commit("adopt launchpolicy")
    bare_folder.git("switch", "--quiet", "--create", "request")
    bare_folder.request.parent.mkdir(parents=True)
    bare_folder.request.write_text(text, "utf-8")
    bare_folder.commit("request a launch")
    return bare_folder

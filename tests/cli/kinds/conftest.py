"""A repository whose only documents are of a kind of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kinds.proposals import Proposals
from tests.cli.launch_repository import LaunchRepository, clean_environment


@pytest.fixture
def proposals(tmp_path: Path) -> Proposals:
    folder, home = tmp_path / "repository", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    return Proposals(LaunchRepository(folder, clean_environment(home)))

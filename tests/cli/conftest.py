"""The example as a launch repository, in the states that tests start from."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import EXAMPLE, REQUEST, LaunchRepository, clean_environment
from tests.cli.review_repository import ReviewRepository, review_repository
from tests.cli.workflow import Workflow
from tests.hosts.github.stub import Stub, serving


def _other_requests(folder: str, names: list[str]) -> list[str]:
    wanted = Path(REQUEST).parent.name
    return [
        name
        for name in names
        if (folder.endswith("launches") and name != wanted) or name in {"broken", "waivers"}
    ]


@pytest.fixture
def bare_folder(tmp_path: Path) -> LaunchRepository:
    """A copy of the example, with its one open request, that is in no git repository."""
    folder = tmp_path / "repository"
    shutil.copytree(EXAMPLE, folder, ignore=_other_requests)
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
    folder = bare_folder.folder / "launches"
    aside = bare_folder.folder.parent / "aside"
    folder.rename(aside)
    bare_folder.git("init", "--quiet", "--initial-branch=main")
    bare_folder.commit("adopt launchpolicy")
    bare_folder.git("switch", "--quiet", "--create", "request")
    aside.rename(folder)
    bare_folder.commit("request a launch")
    return bare_folder


@pytest.fixture
def company(bare_folder: LaunchRepository, tmp_path: Path) -> Company:
    """On the branch `request`, where the request is new; the rules and people are on `main`."""
    keys = tmp_path / "keys"
    keys.mkdir()
    found = Company(bare_folder, keys)
    bare_folder.edit(("source: github", "source: signed"), path=".launchpolicy.yaml")
    found.register(*LEADS, "zhao.min", "he.lin", "xu.bo")
    bare_folder.git("init", "--quiet", "--initial-branch=main")
    aside = bare_folder.folder.parent / "aside"
    (bare_folder.folder / FOLDER).rename(aside)
    bare_folder.commit("adopt launchpolicy")
    bare_folder.git("switch", "--quiet", "--create", "request")
    (bare_folder.folder / "launches").mkdir(exist_ok=True)
    aside.rename(bare_folder.folder / FOLDER)
    bare_folder.commit("ask")
    return found


@pytest.fixture
def workflow(proposal: LaunchRepository, tmp_path: Path) -> Iterator[Workflow]:
    proposal.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    proposal.commit("ask")
    with serving(Stub()) as stub:
        # The stub's clock is the real one; the command is told another time on purpose.
        stub.date = "Wed, 25 Nov 2026 02:00:00 GMT"
        yield Workflow(proposal, stub, tmp_path / "runner")


@pytest.fixture
def reviews(tmp_path: Path) -> ReviewRepository:
    """Proposals and reviews as kinds of their own; proposal 1 is reviewed, all on main."""
    return review_repository(tmp_path)

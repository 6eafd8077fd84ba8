"""An append of a long ledger walks back to where the last one was, and believes no false mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts.git.branch_tips import is_on_first_parent_history
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.operations.ledger.branch import location
from launchpolicy.operations.ledger.growth import append
from launchpolicy.vocabulary.errors import LaunchpolicyError
from tests.ledger.chronicle import Chronicle, begun


@pytest.fixture
def chronicle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Chronicle:
    monkeypatch.setattr(append, "_LONG", 1)
    chronicle = begun(tmp_path)
    chronicle.merged("LR-1")
    chronicle.append()
    chronicle.merged("LR-2")
    assert chronicle.append().count == 1
    return chronicle


def _walks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commits that git walks back to from now on."""
    commits: list[str] = []
    walk = is_on_first_parent_history

    def note(repository: Repository, commit: str, tip: str) -> bool:
        commits.append(commit)
        return walk(repository, commit, tip)

    monkeypatch.setattr(location, "is_on_first_parent_history", note)
    return commits


def test_the_first_commit_is_not_walked_back_to_again(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = chronicle.git("rev-list", "--max-parents=0", "main")
    head = chronicle.git("rev-parse", "main")
    name = "launchpolicy.launch-ledger.passed"
    assert chronicle.git("config", "--get", name) == f"{first} {head}"
    chronicle.merged("LR-3")
    walks = _walks(monkeypatch)
    assert chronicle.append().count == 1
    assert first not in walks
    assert head in walks
    chronicle.git("config", "--unset", name)
    chronicle.merged("LR-4")
    assert chronicle.append().count == 1
    assert first in walks
    assert chronicle.complaints() == []


@pytest.mark.parametrize("tip", ["HEAD", "", "nonsense", "0" * 40])
def test_a_mark_of_another_history_is_not_believed(chronicle: Chronicle, tip: str) -> None:
    first = chronicle.git("rev-list", "--max-parents=0", "main")
    chronicle.git("checkout", "--quiet", "--orphan", "other")
    chronicle.commit("Another history")
    chronicle.git("branch", "--force", "main", "other")
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("branch", "--quiet", "-D", "other")
    if tip != "HEAD":
        chronicle.git("config", "launchpolicy.launch-ledger.passed", f"{first} {tip}")
    with pytest.raises(LaunchpolicyError):
        chronicle.append()

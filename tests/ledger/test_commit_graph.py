"""git's commit-graph is kept current where an append asks a long history about approvals."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from launchpolicy.hosts.git.commit_graph import keep_commit_graph
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.growth import append
from tests.ledger.chronicle import begun

_GRAPH = ".git/objects/info/commit-graphs/commit-graph-chain"


def test_a_long_ledger_of_signed_launches_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle = begun(tmp_path)
    chronicle.merged("LR-1")
    chronicle.append()
    assert not (chronicle.folder / _GRAPH).exists()
    monkeypatch.setattr(append, "_LONG", 1)
    chronicle.merged("LR-2")
    assert chronicle.append().count == 1
    assert (chronicle.folder / _GRAPH).exists()
    chronicle.git("commit-graph", "verify")
    assert chronicle.complaints() == []


def test_where_it_cannot_be_written_nothing_stops(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    information = tmp_path / ".git/objects/info"
    information.rmdir()
    information.write_text("no folder\n")
    with open_repository(tmp_path) as repository:
        keep_commit_graph(repository, repository.empty_tree)

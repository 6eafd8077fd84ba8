"""What a walk through history asks git about its next steps is read for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from launchpolicy.hosts.git.first_parent_history import HistoryStep, steps
from launchpolicy.hosts.git.objects import GitObject, ObjectReader
from launchpolicy.hosts.git.read_ahead import read_ahead
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.vocabulary.snapshot import read_one
from tests.bench.long_history import long_history

MERGES = 40
LIMIT = 1 << 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return long_history(tmp_path_factory.mktemp("read-ahead") / "history", MERGES)


@pytest.fixture
def conversations(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The questions to git about objects."""
    asked: list[Sequence[str]] = []
    exchange = ObjectReader._exchange

    def note(reader: ObjectReader, oids: Sequence[str], limit: int) -> list[GitObject]:
        asked.append(oids)
        return exchange(reader, oids, limit)

    monkeypatch.setattr(ObjectReader, "_exchange", note)
    return asked


def _is_request(path: str) -> bool:
    return path.endswith("/request.yaml")


def _read_sides(repository: Repository, step: HistoryStep) -> int:
    """Return the bytes of the changed files at the commit and at what it merged."""
    size = 0
    for oid in (step.listed.commit, *step.listed.others):
        snapshot = CommitSnapshot(repository, oid)
        for change in step.changes:
            entry = snapshot.entry(change.path)
            assert entry is not None
            size += read_one(snapshot, entry, LIMIT).size
    return size


def test_a_walk_asks_git_a_few_times_for_the_files_of_many_steps(
    folder: Path, conversations: list[Sequence[str]]
) -> None:
    with open_repository(folder) as repository:
        sizes = []
        for step in read_ahead(repository, steps(repository, "main"), _is_request):
            before = len(conversations)
            sizes.append(_read_sides(repository, step))
            if len(sizes) > 1:  # the first one is of files that nobody wants
                assert len(conversations) == before
    assert len(sizes) == MERGES + 1
    assert all(sizes)
    assert len(conversations) < MERGES / 2


def test_what_nobody_wants_is_not_read(folder: Path, conversations: list[Sequence[str]]) -> None:
    with open_repository(folder) as repository:
        plain = list(steps(repository, "main"))
        assert list(read_ahead(repository, steps(repository, "main"))) == plain
        blobs = {change.new.blob for step in plain for change in step.changes if change.new}
    assert blobs.isdisjoint(oid for oids in conversations for oid in oids)


def test_what_cannot_be_read_is_complained_about_only_where_it_is_asked_for(
    folder: Path,
) -> None:
    lost = "0" * 40

    def with_lost_file(step: HistoryStep) -> HistoryStep:
        changes = (
            change._replace(new=change.new and change.new._replace(blob=lost))
            for change in step.changes
        )
        return step._replace(changes=tuple(changes))

    with open_repository(folder) as repository:
        walk = map(with_lost_file, steps(repository, "main"))
        listed = [step.listed for step in read_ahead(repository, walk, _is_request)]
        assert listed == [step.listed for step in steps(repository, "main")]


def test_folders_too_large_to_be_kept_together_are_read_for_fewer_steps_at_once(
    folder: Path, conversations: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launchpolicy.hosts.git.read_ahead._NAMES", 4)
    with open_repository(folder) as repository:
        for step in read_ahead(repository, steps(repository, "main"), _is_request):
            _read_sides(repository, step)
    assert len(conversations) > MERGES

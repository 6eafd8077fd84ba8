"""The requests that are followed along a history are those that a snapshot of it has."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.operations.ledger.derivation import derive_entries
from launchpolicy.operations.ledger.derivation.requests_over_time import RequestsOverTime
from launchpolicy.operations.submissions import neighbours
from launchpolicy.operations.submissions.neighbours import RequestTexts, SnapshotNeighbours
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import SnapshotEntry
from tests.bench.long_history import STAGES, long_history
from tests.cli.launch_repository import clean_environment
from tests.ledger.chronicle import Chronicle
from tests.ledger.histories import REQUEST, Step, write_history

PATHS = ("launches/LR-1/request.yaml", "launches/LR-2/request.yaml")


def rules_with(schema: dict[str, Any], digest: str) -> Any:
    kind = Kind(
        "LaunchRequest",
        FilePatterns(("launches/*/request.yaml",)),
        Schema(schema),
        "path.stem",
        digest,
    )
    return SimpleNamespace(
        kinds={kind.name: kind}, kind_of=lambda path: kind if kind.matches(path) else None
    )


def test_a_request_that_another_schema_takes_for_good_counts_from_then_on(tmp_path: Path) -> None:
    for path in PATHS:
        file = tmp_path / path
        file.parent.mkdir(parents=True)
        file.write_text(REQUEST.replace("LR-2026-0042", path.split("/")[1]), "utf-8")
    snapshot = WorkTreeSnapshot(tmp_path)
    strict, lax = rules_with({"required": ["more"]}, "sha256:1"), rules_with({}, "sha256:2")
    requests = RequestsOverTime()
    requests.move(snapshot, [], strict)
    requests.move(snapshot, [], lax)
    kind = lax.kinds["LaunchRequest"]
    version = RequestVersion(PATHS[0], (tmp_path / PATHS[0]).read_bytes())
    fact = requests.fact(kind, version)
    assert fact == SnapshotNeighbours(snapshot, lax, []).fact(kind, version)
    assert "LR-2" in str(fact)


LONE = RequestVersion("launches/LR-9/request.yaml", b"metadata: {name: LR-9}\n")
"""A request that has to do with no other."""


def _files_read(folder: Path, monkeypatch: pytest.MonkeyPatch, merges: int) -> list[list[str]]:
    """Return which requests are read at each commit, to see which concern a lone one."""
    rules, texts = rules_with({}, "sha256:1"), RequestTexts()
    kind = rules.kinds["LaunchRequest"]
    paths: list[list[str]] = []
    read = CommitSnapshot.read

    def note(snapshot: CommitSnapshot, entries: Iterable[SnapshotEntry], limit: int) -> Any:
        listed = list(entries)
        paths.append([entry.path.split("/")[1] for entry in listed])
        return read(snapshot, listed, limit)

    monkeypatch.setattr(CommitSnapshot, "read", note)
    with open_repository(long_history(folder / "history", merges)) as repository:
        for back in reversed(range(merges)):
            snapshot = CommitSnapshot(repository, resolve(repository, f"main~{back}"))
            SnapshotNeighbours(snapshot, rules, [], texts).fact(kind, LONE)
    return paths


def test_a_walk_reads_the_text_of_each_request_once_and_again_where_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _files_read(tmp_path, monkeypatch, 6) == [["LR-000000"]] * 4 + [["LR-000001"]] * 2


def test_texts_of_which_there_are_too_many_to_be_kept_are_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours, "_LONGEST", 0)
    both = ["LR-000000", "LR-000001"]
    assert _files_read(tmp_path, monkeypatch, 6) == [["LR-000000"]] * 4 + [both] * 2


def test_what_is_read_again_for_a_request_that_concerns_it_is_what_the_commit_has(
    tmp_path: Path,
) -> None:
    rules, texts = rules_with({}, "sha256:1"), RequestTexts()
    kind = rules.kinds["LaunchRequest"]
    near = RequestVersion(LONE.path, b"metadata: {name: LR-9}\nspec: {dependsOn: [LR-000000]}\n")
    facts = []
    with open_repository(long_history(tmp_path / "history", 6)) as repository:
        for back in (5, 4, 3, 2, 1, 0, 5):
            snapshot = CommitSnapshot(repository, resolve(repository, f"main~{back}"))
            facts.append(SnapshotNeighbours(snapshot, rules, [], texts).fact(kind, near))
            assert facts[-1] == SnapshotNeighbours(snapshot, rules, []).fact(kind, near)
    stages = [fact["dependencies"][0]["stage"] for fact in facts]
    assert stages == [*STAGES, STAGES[-1], STAGES[-1], STAGES[0]]


def test_an_earlier_version_is_judged_beside_the_same_launches_in_every_append(
    tmp_path: Path,
) -> None:
    """LR-2 landed after the branch with LR-1 began, and the first version of LR-1 overlaps it."""
    first, second = ("launches/LR-1/request.yaml", 0), ("launches/LR-1/request.yaml", 1)
    rules = ((".launchpolicy.yaml", 0), ("people.yaml", 0), ("calendar.yaml", 0))
    steps = (
        Step((rules,), "merge", "not", 1),
        Step(((("launches/LR-2/request.yaml", 0),),), "direct", "not", 1),
        Step(((first,), (second,)), "nested", "not", 1),
    )
    landings = write_history(tmp_path / "launches", steps, clean_environment(tmp_path))
    chronicle = Chronicle(tmp_path / "launches", tmp_path)
    for landed in landings:
        chronicle.git("update-ref", "refs/heads/main", landed.commit)
        chronicle.append()
    hurdles = {(hurdle.policy, hurdle.outcome) for hurdle in chronicle.entries()[-1].hurdles}
    assert ("launches-kept-apart", "fixed") in hurdles
    assert chronicle.complaints() == []


@pytest.mark.parametrize("many", [0, 1, 2, 100])
def test_an_append_of_many_landings_follows_the_requests_that_were_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(derive_entries, "MANY_QUESTIONS", many)
    monkeypatch.setattr(neighbours, "_PARSING", many)
    rules = ((".launchpolicy.yaml", 0), ("people.yaml", 0), ("calendar.yaml", 0))
    steps = (
        Step((rules,), "merge", "not", 1),
        *(
            Step((((f"launches/LR-{name}/request.yaml", version),),), "direct", "not", 1)
            for name, version in ((2, 0), (1, 0), (2, 1), (1, 1), (1, 2))
        ),
    )
    landings = write_history(tmp_path / "launches", steps, clean_environment(tmp_path))
    chronicle = Chronicle(tmp_path / "launches", tmp_path)
    for landed in (landings[1], landings[-1]):  # the second append begins in the middle
        chronicle.git("update-ref", "refs/heads/main", landed.commit)
        chronicle.append()
    assert len(chronicle.entries()) > len(steps) - 2
    assert chronicle.complaints() == []

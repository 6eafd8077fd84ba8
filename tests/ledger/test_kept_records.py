"""Losing the ledger's branch loses no review: its records are kept a second time (threat L1)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord, record_path
from launchpolicy.ledger.signing import Signer
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.growth.append import AppendOptions
from launchpolicy.operations.ledger.growth.build import build
from tests.ledger.chronicle import MOMENT, Chronicle, begun

pytestmark = pytest.mark.slow

LEDGER, HEADS = "refs/heads/launch-ledger", "refs/heads/launch-ledger-heads"


def with_a_push(chronicle: Chronicle) -> Chronicle:
    """Append a request that two commits brought, which one push holds together: a record."""
    chronicle.append()
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.request("LR-2")
    chronicle.commit("One half")
    chronicle.edit("launches/LR-2/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("And the other")
    assert chronicle.run("append", "--landed-after", before).code == 0
    return chronicle


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    return with_a_push(begun(tmp_path_factory.mktemp("written")))


@pytest.fixture
def chronicle(written: Chronicle, tmp_path: Path) -> Chronicle:
    """A copy to be harmed."""
    shutil.copytree(written.folder, tmp_path / "launches")
    return Chronicle(tmp_path / "launches", written.home)


def lose_ledger(chronicle: Chronicle) -> str:
    """Delete the ledger's branch; return the tree that it had."""
    tree = chronicle.git("rev-parse", f"{LEDGER}^{{tree}}")
    chronicle.git("update-ref", "-d", LEDGER)
    return tree


def kept_paths(chronicle: Chronicle) -> list[str]:
    return chronicle.git("ls-tree", "-r", "--name-only", HEADS).splitlines()


def change_kept(chronicle: Chronicle, part: str, files: Mapping[str, bytes] | None = None) -> None:
    """Remove what is kept below `records/part`, and write other files there."""
    folder = next(path for path in kept_paths(chronicle) if path.endswith("/checkpoint"))
    folder = f"{folder.removesuffix('checkpoint')}records/"
    gone = [path for path in kept_paths(chronicle) if path.startswith(folder + part)]
    written = {f"{folder}{path}": source for path, source in (files or {}).items()}
    tip = chronicle.git("rev-parse", HEADS)
    with chronicle.place() as place:
        left = [path for path in gone if path not in written]
        commit = commit_files(place.repository, tip, written, left, "harm", MOMENT)
    chronicle.git("update-ref", HEADS, commit)


def recorded(chronicle: Chronicle) -> tuple[str, LandingRecord]:
    """Return the commit that has a record, and the record."""
    commit = chronicle.entries()[-1].commit
    with chronicle.state() as (_, state):
        record = state.files.record(commit)
    assert isinstance(record, LandingRecord)
    return commit, record


def said(output: str) -> str:
    return " ".join(output.split())


def test_records_and_packs_are_kept_beside_the_checkpoint(written: Chronicle) -> None:
    commit, record = recorded(written)
    kept = [path.partition("/records/")[2] for path in kept_paths(written)]
    with written.state() as (_, state):
        files = [entry.path for entry in state.files.all()]
    of_records = [path for path in files if path.startswith(("facts/", "shipped/"))]
    assert record_path(commit) in of_records
    assert record_path(record.members[0]) in of_records
    assert sorted(filter(None, kept)) == sorted([*of_records, "until.json"])


def test_a_lost_ledger_is_built_again_to_the_same_bytes(chronicle: Chronicle) -> None:
    tree = lose_ledger(chronicle)
    done = chronicle.run("build", "again")
    assert done.code == 0, done.output + done.complaint
    assert "every checkpoint that was kept (2)" in said(done.output)
    assert chronicle.git("rev-parse", "again^{tree}") == tree


def test_a_lost_ledger_is_built_again_by_a_newer_program_as_it_was(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = lose_ledger(chronicle)
    old = shipped_files.current()
    launch = old.packs["launch"]
    policies = tuple(policy for policy in launch.policies if policy.quorum is None)
    newer = launch._replace(policies=policies, digest=f"sha256:{'1' * 64}")
    packs = {**old.packs, "launch": newer}
    monkeypatch.setattr(shipped_files, "current", lambda: old._replace(packs=packs))
    with chronicle.place() as place:
        result = build(place, "again", AppendOptions(None, lambda: MOMENT))
    assert result.exit_code == 0
    assert chronicle.git("rev-parse", "again^{tree}") == tree


def test_a_ledger_without_its_records_is_not_silently_another_one(chronicle: Chronicle) -> None:
    lose_ledger(chronicle)
    change_kept(chronicle, "")
    done = chronicle.run("build", "again")
    assert done.code == 1, done.output
    assert "keeps a checkpoint of 2 entries" in said(done.output)
    assert "nothing is recorded" in said(done.output)
    assert chronicle.run("append").code == 1


def test_a_forged_record_on_the_heads_branch_does_not_pass(chronicle: Chronicle) -> None:
    commit, record = recorded(chronicle)
    lose_ledger(chronicle)
    forged = record.model_copy(update={"merged_at": "2026-11-24T00:00:00Z"})
    change_kept(chronicle, "facts/none", {record_path(commit): forged.source})
    done = chronicle.run("build", "again")
    assert done.code == 1, done.output
    assert "keeps a checkpoint of 2 entries" in said(done.output)


def test_a_record_of_another_landing_does_not_pass(chronicle: Chronicle) -> None:
    commit, record = recorded(chronicle)
    other = chronicle.entries()[0].commit
    lose_ledger(chronicle)
    for wrong in (record.model_copy(update={"commit": other}).source, b"{}"):
        change_kept(chronicle, "facts/none", {record_path(commit): wrong})
        done = chronicle.run("build", "again")
        assert done.code == 1, done.output
        assert record_path(commit) in said(done.complaint)


def test_a_record_that_is_only_missing_on_the_ledger_is_read_from_its_copy(
    chronicle: Chronicle,
) -> None:
    commit, _ = recorded(chronicle)
    whole = chronicle.git("rev-parse", f"{LEDGER}^{{tree}}")
    with chronicle.state() as (place, state):
        tip = state.files.commit
        for harmed in ({}, {record_path(commit): b"{}"}):
            gone = [] if harmed else [record_path(commit)]
            new = commit_files(place.repository, tip, harmed, gone, "harm", MOMENT)
            chronicle.git("update-ref", LEDGER, new)
            assert chronicle.run("verify", "--quick").code == 1
            name = f"again-{len(harmed)}"
            done = chronicle.run("build", name)
            assert done.code == 0, done.output + done.complaint
            assert chronicle.git("rev-parse", f"{name}^{{tree}}") == whole


def test_a_record_that_is_missing_in_both_places_is_named(chronicle: Chronicle) -> None:
    commit, _ = recorded(chronicle)
    with chronicle.state() as (place, state):
        gone = [record_path(commit)]
        new = commit_files(place.repository, state.files.commit, {}, gone, "harm", MOMENT)
        chronicle.git("update-ref", LEDGER, new)
    change_kept(chronicle, record_path(commit))
    done = chronicle.run("build", "again")
    assert done.code == 1
    assert f"missing: {record_path(commit)}" in said(done.output)


def test_a_copy_that_differs_from_its_record_is_a_complaint_and_is_not_overwritten(
    chronicle: Chronicle,
) -> None:
    commit, record = recorded(chronicle)
    forged = record.model_copy(update={"merged_at": "2026-11-24T00:00:00Z"})
    change_kept(chronicle, "facts/none", {record_path(commit): forged.source})
    told = chronicle.complaints(replay=False)
    assert len(told) == 1
    assert record_path(commit) in told[0]
    chronicle.merged("LR-3")
    chronicle.append()
    assert chronicle.complaints(replay=False) == told


def test_records_of_an_earlier_program_are_kept_by_the_next_append(chronicle: Chronicle) -> None:
    before = kept_paths(chronicle)
    change_kept(chronicle, "")
    assert len(kept_paths(chronicle)) == 1
    done = chronicle.run("verify", "--quick")
    assert done.code == 0
    assert "not kept a second time yet" in said(done.output)
    assert chronicle.append().count == 0
    assert kept_paths(chronicle) == before


def test_a_second_repository_keeps_the_records_and_gives_them_back(tmp_path: Path) -> None:
    audit = tmp_path / "audit.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(audit)], check=True)
    settings = {"heads": {"remote": str(audit)}}
    other = with_a_push(begun(tmp_path / "other", {"branch": "log", **settings}))
    chronicle = with_a_push(begun(tmp_path / "source", settings))
    tree = lose_ledger(chronicle)
    fresh = chronicle.clone("fresh")
    done = fresh.run("build", "again")
    assert done.code == 0, done.output + done.complaint
    assert fresh.git("rev-parse", "again^{tree}") == tree
    assert other.run("verify", "--quick").code == 0


def test_the_host_is_asked_again_about_what_no_record_is_kept_of(chronicle: Chronicle) -> None:
    commit, record = recorded(chronicle)
    tree = lose_ledger(chronicle)
    change_kept(chronicle, record_path(commit))
    asked: list[str] = []

    def recorder(steps: Sequence[HistoryStep]) -> Mapping[str, LandingRecord | MemberRecord]:
        asked.extend(step.listed.commit for step in steps)
        return {commit: record}

    with chronicle.place() as place:
        options = AppendOptions(None, lambda: MOMENT, recorder)
        result = build(place, "again", options)
        assert result.exit_code == 0
        again = LedgerFiles(place.repository, chronicle.git("rev-parse", "again"))
        assert again.record(commit) == record
    assert commit in asked
    assert record.members[0] not in asked
    assert chronicle.git("rev-parse", "again^{tree}") == tree


def test_unsigned_heads_do_not_confirm_a_build_where_a_key_is_configured(tmp_path: Path) -> None:
    key = Signer("acme.example/launches", b"\x07" * 32)
    chronicle = begun(tmp_path, {"key": key.verifier.source})
    chronicle.append(key)
    lose_ledger(chronicle)
    kept = next(path for path in kept_paths(chronicle) if path.endswith("/checkpoint"))
    text = chronicle.git("show", f"{HEADS}:{kept}").partition("\n\n")[0]
    with chronicle.place() as place:
        unsigned = {kept: f"{text}\n\n".encode()}
        commit = commit_files(place.repository, None, unsigned, (), "forged", MOMENT)
        chronicle.git("update-ref", HEADS, commit)
        result = build(place, "again", AppendOptions(key, lambda: MOMENT))
    assert (result.kept, result.contradiction) == (0, None)


def test_a_build_that_nothing_confirms_says_so(chronicle: Chronicle) -> None:
    lose_ledger(chronicle)
    chronicle.git("update-ref", "-d", HEADS)
    done = chronicle.run("build", "again")
    assert done.code == 0
    assert "nothing to compare it with" in said(done.output)

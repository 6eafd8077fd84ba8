"""An insider without the key: voids, renames, odd commits, forged files; nothing false is good."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from launchpolicy.ledger.comparison import (
    ExpectedEntries,
    LandingFromHistory,
    WrittenEntry,
    compare_landing,
)
from launchpolicy.ledger.entry import FORMAT_3, Entry, EntryError, entry_of
from launchpolicy.ledger.landing_record import record_path
from launchpolicy.ledger.limits import shorten_lists
from launchpolicy.ledger.records import CommitMaker, EntryLabel, VoidedEntries
from launchpolicy.ledger.voids import Void, WrongVoids, wrong_voids
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.growth.append import AppendOptions
from launchpolicy.operations.ledger.growth.void import void
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from tests.ledger.chronicle import AT, CLOSED, MOMENT, Chronicle, begun
from tests.processes.program import run_program

WRITING = AppendOptions(None, lambda: MOMENT)
REQUEST = f"launches/{CLOSED}/request.yaml"
COMMIT = "a" * 40


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    return begun(tmp_path)


def test_a_shallow_clone_voids_nothing(chronicle: Chronicle, tmp_path: Path) -> None:
    chronicle.merged("LR-2026-0101")
    chronicle.append()
    source, shallow = f"file://{chronicle.folder}", tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "-q", "--depth=1", "--no-single-branch", source, str(shallow)],
        env=chronicle.environment,
        check=True,
    )

    with Chronicle(shallow, chronicle.home).place() as place, pytest.raises(UndecidedError):
        void(place, "they look as if from elsewhere", WRITING)


def test_a_branch_that_is_behind_hides_no_landing_by_a_void(chronicle: Chronicle) -> None:
    chronicle.merged("LR-2026-0101")
    latest = chronicle.merged("LR-2026-0102")
    chronicle.append()
    chronicle.git("reset", "--hard", "--quiet", "HEAD^1")
    with chronicle.place() as place:
        void(place, "stale", WRITING)
    chronicle.git("reset", "--hard", "--quiet", latest)

    [complaint] = chronicle.complaints()
    assert "is on the branch now without another entry" in complaint
    folder = chronicle.folder.parent / "audit"
    code, rows = audited(chronicle, folder)
    assert code == 1
    assert any(kind == "missing-record" for kind, _ in rows)

    chronicle.append()
    assert chronicle.complaints() == []


def audited(chronicle: Chronicle, folder: Path, *options: str) -> tuple[int, list[tuple[str, str]]]:
    """The exit code of an audit, and its exceptions: kinds and names."""
    done = run_program(
        ["audit", "--output", str(folder), *options],
        cwd=chronicle.folder,
        env=chronicle.environment,
    )
    with (folder / "exceptions.csv").open(encoding="utf-8-sig") as file:
        return done.returncode, [(row["kind"], row["name"]) for row in csv.DictReader(file)]


def test_a_landing_that_is_dated_back_is_missing_in_the_period_of_the_one_before(
    chronicle: Chronicle,
) -> None:
    chronicle.merged("LR-2026-0101")
    chronicle.append()
    chronicle.request("LR-2026-0102")
    commit = chronicle.commit("unrecorded", at="2020-01-01T00:00:00Z")

    code, rows = audited(chronicle, chronicle.folder.parent / "audit", "--since", "2026-01-01")

    assert code == 1
    assert ("missing-record", commit) in rows


@pytest.mark.parametrize("last", ["requested", "cancelled"])
def test_a_launch_outside_its_window_is_listed_at_every_stage(
    chronicle: Chronicle, last: str
) -> None:
    chronicle.request(CLOSED, CLOSED)
    chronicle.edit(REQUEST, "startedAt: 2026-11-03T22:00:00", "startedAt: 2026-11-03T13:00:00")
    chronicle.edit(REQUEST, "  stage: closed", f"  stage: {last}")
    chronicle.commit()
    chronicle.append()

    _, rows = audited(chronicle, chronicle.folder.parent / "audit")

    assert ("outside-window", CLOSED) in rows


def test_a_later_correction_of_the_times_excuses_nothing(chronicle: Chronicle) -> None:
    chronicle.request(CLOSED, CLOSED)
    chronicle.edit(REQUEST, "startedAt: 2026-11-03T22:00:00", "startedAt: 2026-11-03T13:00:00")
    chronicle.commit()
    chronicle.edit(REQUEST, "startedAt: 2026-11-03T13:00:00", "startedAt: 2026-11-03T22:00:00")
    chronicle.commit()
    chronicle.append()

    _, rows = audited(chronicle, chronicle.folder.parent / "audit")

    assert ("outside-window", CLOSED) in rows


def test_what_nobody_approved_is_not_approved_once_it_is_launched(chronicle: Chronicle) -> None:
    chronicle.request(CLOSED, CLOSED)
    file = chronicle.folder / REQUEST
    spec, _, status = file.read_text("utf-8").partition("status:\n")
    file.write_text(f"{spec}status:\n  stage: requested\n", "utf-8")
    chronicle.commit("Nobody approves it", at="2026-11-03T20:00:00+08:00")
    status = re.sub(r"^  (announcement|resumption):.*\n", "", status, flags=re.MULTILINE)
    status = re.sub(r"^  summary:\n(    .*\n)+", "", status, flags=re.MULTILINE)
    launched = status.replace("stage: closed", "stage: launched")
    file.write_text(f"{spec}status:\n{launched}", "utf-8")
    chronicle.commit("Launched", at="2026-11-03T23:20:00+08:00")
    chronicle.append()
    deployments = chronicle.folder.parent / "deployments.csv"
    deployments.write_text(
        "time,product,artifact\n2026-11-03T23:25:00+08:00,loyalty,1.7.0\n", "utf-8"
    )

    done = chronicle.run("reconcile", str(deployments))

    assert done.code == 1
    assert "approved" in done.output


def test_a_new_branch_with_the_old_name_is_not_appended(chronicle: Chronicle) -> None:
    chronicle.merged("LR-2026-0101")
    chronicle.append()
    bare = chronicle.clone("bare.git", bare=True)
    bare.git("branch", "--move", "main", "trunk")
    bare.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    work = bare.clone("work-of-an-insider")
    work.git("switch", "--quiet", "--create", "main")
    work.request("LR-2026-0666")
    work.commit("Nobody reviews it")
    work.git("push", "--quiet", "origin", "main")

    done = work.run("append", "--remote", "origin", "--now", AT)

    assert done.code == 2
    assert "was it renamed?" in done.complaint


def test_one_branch_is_not_both_the_ledger_and_its_kept_checkpoints(tmp_path: Path) -> None:
    chronicle = begun(tmp_path, {"branch": "log", "heads": {"branch": "log"}})

    with pytest.raises(UsageError, match="for the ledger and for its kept checkpoints"):
        chronicle.append()


GOOD = "li.wei <li.wei@example.com> 1795572000 +0800"


@pytest.mark.parametrize(
    ("author", "message"),
    [
        ("li.wei <li.wei@example.com> -100 +0000", "before 1970"),
        ("li.wei <li.wei@example.com> 1795572000 +051800", "a zone of six digits"),
        ("li.wei <li.wei@example.com> 1795572000", "no zone"),
        ("li.wei <li<wei@example.com> 1795572000 +0000", "a bracket in the address"),
        ("li.wei <li.wei@example.com> 17000000000000 +0000", "after 9999"),
        (GOOD, "long " + "y" * (1024 * 1024 + 10)),
    ],
    ids=lambda value: value[:40],
)
def test_an_odd_commit_in_what_is_merged_locks_nobody_out(
    chronicle: Chronicle, author: str, message: str
) -> None:
    chronicle.append()
    chronicle.git("switch", "--quiet", "--create", "odd")
    chronicle.request("LR-2026-0103")
    chronicle.git("add", "--all")
    tree, parent = chronicle.git("write-tree"), chronicle.git("rev-parse", "HEAD")
    commit = (
        f"tree {tree}\nparent {parent}\nauthor {author}\ncommitter {GOOD}\n\n{message}\n".encode()
    )
    oid = subprocess.run(
        ["git", "hash-object", "-w", "--literally", "-t", "commit", "--stdin"],
        cwd=chronicle.folder,
        env=chronicle.environment,
        input=commit,
        capture_output=True,
        check=True,
    )
    chronicle.git("reset", "--hard", "--quiet", oid.stdout.decode().strip())
    chronicle.git("switch", "--quiet", "main")
    chronicle.git("merge", "--quiet", "--no-ff", "--message", "Merge it", "odd")

    chronicle.append()

    assert "LR-2026-0103" in {name for _, name in chronicle.told()}
    assert chronicle.complaints() == []


def entry(**values: object) -> Entry:
    common = {
        "format": FORMAT_3,
        "event": "approved",
        "commit": COMMIT,
        "at": "2026-11-25T02:00:00Z",
        "time_source": "commit",
        "kind": "LaunchRequest",
        "name": "LR-1",
        "path": "launches/LR-1/request.yaml",
        "verdict": "pass",
    }
    return Entry.model_validate({**common, **values})


def test_entries_of_one_landing_in_another_order_are_found() -> None:
    made = (entry(), entry(name="LR-2", path="launches/LR-2/request.yaml"))
    outline = ExpectedEntries(COMMIT, frozenset())

    def complaints(*entries: Entry) -> list[str]:
        numbered = [WrittenEntry(number, one.source) for number, one in enumerate(entries)]
        history = [LandingFromHistory(outline, made)]
        return [c.what.en for c in compare_landing(numbered, history, lambda _: 0, [])]

    assert complaints(*made) == []
    [complaint] = complaints(*made[::-1])
    assert "in another order" in complaint


def test_long_labels_take_no_evidence_and_no_people_out_of_an_entry() -> None:
    labels = tuple(
        EntryLabel(name=f"{number}-{'k' * 290}", value="v" * 400) for number in range(150)
    )
    authors = tuple(CommitMaker(name=f"Author {number}") for number in range(20))

    kept = shorten_lists(entry(labels=labels, authors=authors))

    assert kept.authors == authors
    assert kept.shortened == 150 - len(kept.labels) > 0


def test_no_size_is_counted_through_whose_entries_are_not_there(
    chronicle: Chronicle, monkeypatch: pytest.MonkeyPatch
) -> None:
    chronicle.append()
    with chronicle.state() as (_, state):
        checkpoint = state.files.read("checkpoint").decode()
    lines = checkpoint.split("\n")
    lines[1] = str(10**15)
    write_ledger_file(chronicle, "checkpoint", "\n".join(lines).encode())
    monkeypatch.setattr(
        "launchpolicy.operations.ledger.verification.verify.ExpectedFiles",
        None,
    )

    assert "it is missing" in str(chronicle.complaints())


def write_ledger_file(chronicle: Chronicle, path: str, data: bytes) -> None:
    """Commits one file onto the branch of the ledger, as who may push it."""
    folder = chronicle.folder.parent / "ledger-work"
    shutil.rmtree(folder, ignore_errors=True)
    chronicle.git("worktree", "prune")
    chronicle.git("worktree", "add", "--quiet", str(folder), "launch-ledger")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    ledger = replace(chronicle, folder=folder)
    ledger.commit("forged")
    chronicle.git("worktree", "remove", "--force", str(folder))


def voiding(number: int, first: int, last: int, commit: str = COMMIT) -> Void:
    one = entry(event="voided", commit=commit, voids=VoidedEntries(first=first, last=last))
    return Void(number, one, range(max(first, 0), min(last + 1, number)))


def test_overlapping_voids_are_looked_at_once_and_ranges_that_reach_on_are_wrong() -> None:
    asked: list[int] = []

    def commits_of(numbers: Iterable[int]) -> dict[int, str]:
        asked.extend(numbers)
        return dict.fromkeys(asked, "b" * 40)

    voids = [voiding(1000 + number, 2, 900) for number in range(600)]
    wrong = wrong_voids([*voids, voiding(1700, 2, 10**9)], commits_of, {COMMIT: 5}.get, lambda: ())

    assert asked == list(range(2, 901))
    assert wrong == WrongVoids({}, {}, {1700: COMMIT})


@pytest.mark.parametrize(
    "at", ["2026-13-45T00:00:00Z", "1200-01-01T00:00:00Z", "٢٠٢٦-01-01T00:00:00Z"]
)
def test_an_entry_of_no_moment_is_no_entry(at: str) -> None:
    source = json.dumps(
        {**json.loads(entry().source), "at": at}, sort_keys=True, separators=(",", ":")
    )

    with pytest.raises(EntryError):
        entry_of(source.encode())


@pytest.mark.parametrize(
    "data", [b"[" * 200_000, b'{"a": 1}', b"[[1]]"], ids=["nested", "a map", "half a pair"]
)
def test_a_list_of_packs_that_is_none_is_a_damaged_ledger(
    chronicle: Chronicle, data: bytes
) -> None:
    chronicle.append()
    write_ledger_file(chronicle, "shipped/since.json", data)

    assert any("shipped/since.json" in complaint for complaint in chronicle.complaints())


@pytest.mark.parametrize(
    "approvals", [{"source": "github"}, {"reviews": 3, "source": "x"}, {"reviews": [{}]}]
)
def test_a_record_with_odd_approvals_is_a_damaged_ledger(
    chronicle: Chronicle, approvals: dict[str, object]
) -> None:
    commit = chronicle.merged("LR-2026-0101")
    chronicle.append()
    record = {"approvals": approvals, "commit": commit, "format": "launchpolicy/landing-record/v1"}
    source = json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
    write_ledger_file(chronicle, record_path(commit), source)

    with chronicle.state() as (_, state):
        files = LedgerState(state.files, None, None).files
        with pytest.raises(MalformedLedgerError):
            files.record(commit)

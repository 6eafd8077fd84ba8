"""The index that is kept of a long ledger hides nothing that reading all of it would show."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, launches_of
from launchpolicy.ledger.tiles import bundle, grow
from launchpolicy.operations.ledger.branch import launches_by_name as by_name
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from tests.ledger.sample import sample_entries
from tests.ledger.small_ledger import AT, grown, ledger_of

NAME = "LR-2026-0042"
ENTRIES = sample_entries(400)[:700]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setattr(by_name, "_LONG", 300)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "clone"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    with open_repository(folder) as opened:
        yield opened


def _launches(state: LedgerState, name: str = NAME) -> Sequence[Launch]:
    return by_name.launches_by_name(state, [name], uses_kept_index=True).with_name(name)


def _reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bundles that are read from now on."""
    found: list[int] = []
    read = LedgerState.bundle

    def note(state: LedgerState, index: int) -> list[bytes]:
        found.append(index)
        return read(state, index)

    monkeypatch.setattr(LedgerState, "bundle", note)
    return found


def test_a_second_question_reads_only_the_bundles_of_its_launch(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ledger_of(repository, ENTRIES[:700])
    whole = launches_of(ENTRIES)
    assert _launches(state) == whole.with_name(NAME)
    reads = _reads(monkeypatch)
    expected = whole.with_name(NAME)
    assert _launches(state) == expected
    numbers = {event.number // 256 for launch in expected for event in launch.events}
    assert set(reads) == numbers


def test_what_was_appended_since_is_found_and_nothing_old_is_read_for_it(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ledger_of(repository, ENTRIES[:600])
    assert _launches(state) == launches_of(ENTRIES[:600]).with_name(NAME)
    state = grown(repository, state, ENTRIES[600:])
    name = ENTRIES[-1].name
    reads = _reads(monkeypatch)
    assert _launches(state, name) == launches_of(ENTRIES).with_name(name)
    numbers = {event.number // 256 for one in _launches(state, name) for event in one.events}
    assert 2 in reads
    assert set(reads) <= {2, *numbers}


def _changed(
    repository: Repository, state: LedgerState, files: dict[str, bytes], gone: Sequence[str] = ()
) -> LedgerState:
    commit = commit_files(repository, state.files.commit, files, gone, "change\n", AT)
    return read_state(LedgerFiles(repository, commit), ())


def test_a_byte_that_is_changed_in_another_launch_is_noticed_all_the_same(
    repository: Repository,
) -> None:
    state = ledger_of(repository, ENTRIES[:700])
    _launches(state)
    path = "tile/entries/000"
    source = state.files.read(path)
    forged = _changed(repository, state, {path: source.replace(b"pass", b"fail", 1)})
    with pytest.raises(MalformedLedgerError):
        _launches(forged)


def test_a_cancellation_that_is_taken_out_with_its_hash_is_noticed(repository: Repository) -> None:
    state = ledger_of(repository, ENTRIES[:700])
    _launches(state)
    sources = [entry.source for entry in ENTRIES[:256]]
    sources[7] = ENTRIES[300].source
    tile = grow(0, lambda _: b"", sources).files
    forged = _changed(
        repository,
        state,
        {"tile/entries/000": bundle(sources), "tile/0/000": tile["tile/0/000"]},
    )
    with pytest.raises(MalformedLedgerError):
        _launches(forged)


def test_a_gate_finds_what_was_taken_out_of_the_kept_index(
    repository: Repository, tmp_path: Path
) -> None:
    state = ledger_of(repository, ENTRIES[:700])
    whole = launches_of(ENTRIES).with_name(NAME)
    assert _launches(state) == whole
    (index,) = (tmp_path / "cache").rglob("*.sqlite")
    with closing(sqlite3.connect(index)) as database:
        database.execute("DELETE FROM marks")
        database.commit()
    assert _launches(state) == ()
    anew = by_name.launches_by_name(state, [NAME], uses_kept_index=False)
    assert anew.with_name(NAME) == whole


def test_another_ledger_of_the_same_name_is_read_anew(repository: Repository) -> None:
    _launches(ledger_of(repository, ENTRIES[:700]))
    others = [
        _renamed(entry, f"X-{entry.name}") if entry.name == NAME else entry for entry in ENTRIES
    ]
    state = ledger_of(repository, others)
    assert _launches(state) == ()
    assert _launches(state, f"X-{NAME}") == launches_of(others).with_name(f"X-{NAME}")


def _renamed(entry: Entry, name: str) -> Entry:
    return entry.model_copy(update={"name": name})


def test_a_ledger_that_was_cut_off_is_read_anew(repository: Repository) -> None:
    _launches(ledger_of(repository, ENTRIES[:700]))
    state = ledger_of(repository, ENTRIES[:310])
    assert _launches(state) == launches_of(ENTRIES[:310]).with_name(NAME)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 99])
def test_a_file_that_is_no_index_is_passed_over(
    repository: Repository, tmp_path: Path, content: bytes
) -> None:
    state = ledger_of(repository, ENTRIES[:700])
    expected = _launches(state)
    (file,) = (tmp_path / "cache/launchpolicy/ledgers").iterdir()
    file.write_bytes(content)
    assert _launches(state) == expected
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert _launches(state) == expected
    assert not (tmp_path / "elsewhere").exists()


def test_a_short_ledger_is_kept_nowhere(repository: Repository, tmp_path: Path) -> None:
    assert _launches(ledger_of(repository, ENTRIES[:299])) == launches_of(ENTRIES[:299]).with_name(
        NAME
    )
    assert not (tmp_path / "cache").exists()

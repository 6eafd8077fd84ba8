"""Whatever somebody does to the ledger shows, and where (threat L1)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.signing import sign
from launchpolicy.ledger.tiles import grow
from launchpolicy.operations.ledger.branch.state import CHECKPOINT
from tests.extent import share_of
from tests.ledger.chronicle import MOMENT, Chronicle, begun

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """Four entries in three appends, with a record and views."""
    chronicle = begun(tmp_path_factory.mktemp("written"))
    chronicle.append()
    chronicle.merged("LR-1")
    chronicle.append()
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.request("LR-2")
    chronicle.commit("One half")
    chronicle.edit("launches/LR-2/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("And the other")
    chronicle.edit("people.yaml", "Zhao Min", "Zhao Min-Jun")
    chronicle.commit("A name")
    assert chronicle.run("append", "--landed-after", before).code == 0
    assert chronicle.run("render").code == 0
    assert chronicle.complaints() == []
    return chronicle


@pytest.fixture
def chronicle(written: Chronicle, tmp_path: Path) -> Chronicle:
    """A copy to be harmed."""
    shutil.copytree(written.folder, tmp_path / "launches")
    return Chronicle(tmp_path / "launches", written.home)


def replace(chronicle: Chronicle, files: dict[str, bytes], gone: Sequence[str] = ()) -> None:
    """Puts other files on the ledger's branch."""
    with chronicle.state() as (place, state):
        old = state.files.commit
        commit = commit_files(place.repository, old, files, gone, "harm", MOMENT)
        assert place.advance(old, commit)


def forge(chronicle: Chronicle, change: Callable[[list[Entry]], list[Entry]]) -> None:
    """Makes the whole ledger anew of other entries, as whoever holds every right could."""
    with chronicle.state() as (place, state):
        old = [path.path for path in state.files.all() if path.path.startswith("tile/")]
        entries = change(chronicle.entries())
        growth = grow(0, state.files.read, [entry.source for entry in entries])
        assert state.checkpoint is not None
        note = sign(Checkpoint(state.checkpoint.origin, growth.size, growth.root).text, None)
        files = {**growth.files, CHECKPOINT: note.source.encode()}
        gone = [path for path in old if path not in files]
        tip = state.files.commit
        commit = commit_files(place.repository, tip, files, gone, "forged", MOMENT)
        assert place.advance(tip, commit)


def paths(chronicle: Chronicle) -> list[str]:
    with chronicle.state() as (_, state):
        return [entry.path for entry in state.files.all()]


def test_one_byte_changed_in_any_file_is_found_and_named(written: Chronicle) -> None:
    files = paths(written)
    assert {"checkpoint", "README.md", "views.json", "shipped/since.json"} < set(files)
    assert any(path.startswith("facts/") for path in files)
    assert any(path.startswith("tile/entries/") for path in files)
    with written.state() as (place, state):
        tip = state.files.commit
        assert tip is not None
        for path in files:
            source = bytearray(state.files.read(path))
            # Of what views are made from, names that no page shows change nothing.
            at = source.find(b"checkpoint") if path == "views.json" else len(source) // 2
            source[at] ^= 1
            harmed = {path: bytes(source)}
            commit = commit_files(place.repository, tip, harmed, (), "harm", MOMENT)
            assert place.advance(tip, commit)
            told = written.complaints(replay=False)
            written.git("update-ref", place.reference, tip)
            assert told, path
            what = {"tile": "entry", "shipped": "shipped/"}.get(path.split("/")[0], path)
            assert any(what in each for each in told), (path, told)


def test_every_byte_of_the_entries_counts(written: Chronicle) -> None:
    with written.state() as (place, state):
        path = next(path for path in paths(written) if path.startswith("tile/entries/"))
        whole, tip = state.files.read(path), state.files.commit
        assert tip is not None
        for at in share_of(range(0, len(whole), 97), 40):
            harmed = {path: whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :]}
            commit = commit_files(place.repository, tip, harmed, (), "harm", MOMENT)
            assert place.advance(tip, commit)
            told = written.complaints(replay=False)
            written.git("update-ref", place.reference, tip)
            assert told, at


def test_an_entry_removed_in_the_middle_with_the_whole_tree_made_anew(
    chronicle: Chronicle,
) -> None:
    forge(chronicle, lambda entries: [*entries[:1], *entries[2:]])
    told = "\n".join(chronicle.complaints())
    assert "its end was cut off" in told
    assert "entry 1: before it the landing" in told
    assert "launches/LR-1/request.yaml" in told


def test_an_entry_removed_is_found_by_history_even_where_no_checkpoint_is_kept(
    chronicle: Chronicle,
) -> None:
    forge(chronicle, lambda entries: [*entries[:1], *entries[2:]])
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger-heads")
    told = chronicle.complaints(replay=False)
    assert any("launches/LR-1/request.yaml" in each for each in told)


def test_two_entries_that_changed_places(chronicle: Chronicle) -> None:
    forge(chronicle, lambda entries: [entries[0], entries[2], entries[1], entries[3]])
    told = "\n".join(chronicle.complaints())
    assert "the ledger was rewritten" in told
    assert "comes before the entry before it" in told


def test_an_entry_about_a_commit_that_never_was(chronicle: Chronicle) -> None:
    def invented(entries: list[Entry]) -> list[Entry]:
        return [*entries, entries[1].model_copy(update={"commit": "0" * 39 + "1"})]

    forge(chronicle, invented)
    assert any("is not on the first-parent history" in each for each in chronicle.complaints())


def test_a_verdict_that_was_changed_with_the_whole_tree_is_found_by_judging_again(
    chronicle: Chronicle,
) -> None:
    def whitewashed(entries: list[Entry]) -> list[Entry]:
        data = entries[1].model_dump(mode="json", by_alias=True, exclude_defaults=True)
        data |= {"event": "approved", "verdict": "pass", "hurdles": []}
        del data["attempted"], data["hurdles"]
        good = Entry.model_validate_json(Entry.model_validate(data, strict=False).source)
        return [entries[0], good, *entries[2:]]

    forge(chronicle, whitewashed)
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger-heads")
    told = "\n".join(chronicle.complaints())
    assert "verdict: pass ≠ blocked" in told
    assert "entry 1 (LR-1, approved)" in told


def test_the_tail_cut_off_is_found_by_what_is_kept(chronicle: Chronicle) -> None:
    chronicle.git("update-ref", "refs/heads/launch-ledger", "launch-ledger~2")
    done = chronicle.run("verify", "--quick")
    assert done.code == 1
    assert "keeps a checkpoint of 4 entries, and the ledger has only 2" in " ".join(
        done.output.split()
    )
    assert chronicle.run("append").code == 1


def test_a_ledger_that_is_gone_altogether_is_not_begun_anew(chronicle: Chronicle) -> None:
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger")
    done = chronicle.run("append")
    assert done.code == 1
    assert "the ledger has only 0" in " ".join(done.complaint.split())
    assert chronicle.run("verify").code == 1


def test_a_history_that_was_rewritten_and_pushed_with_force(chronicle: Chronicle) -> None:
    chronicle.git("reset", "--quiet", "--hard", "HEAD~1")
    chronicle.edit("people.yaml", "Zhao Min", "Zhao Ming")
    chronicle.commit("Another name")
    told = chronicle.complaints(replay=False)
    assert any("is not on the first-parent history" in each for each in told)
    assert chronicle.run("append").code == 1


def test_a_ledger_under_another_name_of_which_nothing_is_kept(chronicle: Chronicle) -> None:
    with chronicle.state() as (place, state):
        assert state.checkpoint is not None
        other = Checkpoint("launch-ledger/other", state.checkpoint.size, state.checkpoint.root)
        source = sign(other.text, None).source.encode()
        commit = commit_files(
            place.repository, state.files.commit, {CHECKPOINT: source}, (), "renamed", MOMENT
        )
        assert place.advance(state.files.commit, commit)
    assert any("calls itself launch-ledger/other" in each for each in chronicle.complaints())
    assert chronicle.run("append").code == 1


def test_a_strange_file_on_the_branch(chronicle: Chronicle) -> None:
    replace(chronicle, {"facts/zz/note.txt": b"hello\n", "NOTES.md": b"hello\n"})
    told = chronicle.complaints(replay=False)
    assert sorted(each.partition(":")[0] for each in told) == ["NOTES.md", "facts/zz/note.txt"]


def test_what_is_not_what_the_tree_holds_is_neither_shown_nor_exported(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    with chronicle.state() as (_, state):
        path = next(path for path in paths(chronicle) if path.startswith("tile/entries/"))
        source = state.files.read(path)
    replace(chronicle, {path: source.replace(b'"verdict":"blocked"', b'"verdict":"passed!"')})
    for arguments in (
        ("query",),
        ("show", "LR-1"),
        ("prove", "LR-1"),
        ("render", str(tmp_path / "views")),
        ("export", str(tmp_path / "data")),
        ("merge", str(tmp_path / "merged"), str(chronicle.folder)),
        ("append",),
    ):
        done = chronicle.run(*arguments)
        assert (done.code, done.output) == (1, ""), arguments
        assert "The ledger is damaged" in done.complaint
    assert not (tmp_path / "data").exists()

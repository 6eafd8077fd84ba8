from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.ledger.merkle import EMPTY_ROOT, leaf_hash
from launchpolicy.ledger.proofs import (
    ProofError,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from launchpolicy.ledger.tiles import (
    bundle,
    edge_root,
    entries_path,
    files_of,
    grow,
    hash_reader,
    parse_bundle,
    tile_path,
)
from tests.extent import examples_of
from tests.ledger.trees import Ledger, entries_of, flipped, ledger_of, naive_root


@pytest.mark.parametrize(
    ("index", "width", "path"),
    [
        (0, 256, "000"),
        (999, 256, "999"),
        (1000, 256, "x001/000"),
        (1234067, 256, "x001/x234/067"),
        (1, 17, "001.p/17"),
        (1234067, 255, "x001/x234/067.p/255"),
    ],
)
def test_paths_are_those_of_the_specification(index: int, width: int, path: str) -> None:
    assert tile_path(3, index, width) == f"tile/3/{path}"
    assert entries_path(index, width) == f"tile/entries/{path}"


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert parse_bundle(bundle(entries)) == entries


def test_an_entry_of_the_greatest_length_is_bundled_and_a_longer_one_is_not() -> None:
    longest = bytes(65535)
    assert parse_bundle(bundle([longest])) == [longest]
    with pytest.raises(ValueError, match="65,535"):
        bundle([longest + b"\x00"])


def test_a_bundle_cut_anywhere_but_between_entries_is_refused() -> None:
    entries = [b"first", b"", b"third"]
    source = bundle(entries)
    whole = {len(bundle(entries[:count])) for count in range(4)}
    for length in set(range(len(source))) - whole:
        with pytest.raises(ProofError, match="middle of an entry"):
            parse_bundle(source[:length])


def test_a_byte_after_a_bundle_is_refused() -> None:
    with pytest.raises(ProofError, match="middle of an entry"):
        parse_bundle(bundle([b"first"]) + b"\x00")


@settings(max_examples=examples_of(40), deadline=None)
@given(st.lists(st.integers(0, 300), max_size=6))
def test_a_ledger_that_grew_in_any_steps_equals_one_made_at_once(steps: list[int]) -> None:
    entries = entries_of(sum(steps))
    ledger, at = Ledger(), 0
    for step in steps:
        ledger.append(entries[at : at + step])
        at += step
    assert ledger.files == ledger_of(at).files
    assert ledger.root == naive_root(entries)


def test_a_ledger_appended_one_by_one_has_the_right_root_and_files_at_every_size() -> None:
    ledger, entries = Ledger(), entries_of(520)
    for size, entry in enumerate(entries, start=1):
        ledger.append([entry])
        assert ledger.root == naive_root(entries[:size])
        assert sorted(ledger.files) == sorted(path for path, _ in files_of(size))


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 65536, 65537])
def test_the_files_hold_every_entry_and_every_hash(size: int) -> None:
    ledger = ledger_of(size)
    found: list[bytes] = []
    for path, width in files_of(size):
        if path.startswith("tile/entries/"):
            found += parse_bundle(ledger.files[path])
        else:
            assert len(ledger.files[path]) == 32 * width
    assert found == entries_of(size)
    assert edge_root(size, ledger.read) == ledger.root == naive_root(found)


def test_appending_nothing_writes_and_reads_nothing_but_the_edge() -> None:
    ledger = ledger_of(300)
    growth = grow(300, ledger.read, [])
    assert (growth.size, growth.root, growth.files, growth.gone) == (300, ledger.root, {}, ())


def test_an_empty_ledger_has_the_root_of_nothing_and_reads_no_file() -> None:
    ledger = Ledger()
    assert edge_root(0, ledger.read) == EMPTY_ROOT
    assert ledger.reads == []


def test_a_partial_tile_that_was_replaced_is_named_as_gone() -> None:
    ledger = ledger_of(300)
    assert set(ledger.append([b"one more"]).gone) == {"tile/0/001.p/44", "tile/entries/001.p/44"}


def test_full_files_are_never_written_again() -> None:
    ledger = ledger_of(600)
    before = set(ledger.files)
    assert before.isdisjoint(ledger.append(entries_of(700)).files)


@pytest.mark.parametrize("size", [100, 1_000, 100_000])
def test_appending_reads_no_more_of_a_large_ledger(size: int) -> None:
    ledger = ledger_of(size)
    ledger.reads.clear()
    ledger.append([b"one more"])
    assert len(set(ledger.reads)) <= 4
    assert sum(path.startswith("tile/entries/") for path in ledger.reads) == 1


@pytest.mark.parametrize("size", [7, 300])
def test_any_flipped_byte_at_the_right_edge_is_not_built_upon(size: int) -> None:
    ledger = ledger_of(size)
    edge_root(size, ledger.read)
    edge = {path for path in ledger.reads if not path.startswith("tile/entries/")}
    assert edge
    for path in edge:
        for at in range(len(ledger.files[path])):
            forged = ledger.files | {path: flipped(ledger.files[path], at)}
            assert edge_root(size, forged.__getitem__) != ledger.root


def test_an_edge_that_was_tampered_with_cannot_grow_into_the_true_root() -> None:
    ledger, true = ledger_of(7), naive_root([*entries_of(7), b"next"])
    for at in range(len(ledger.files["tile/0/000.p/7"])):
        forged = ledger.files | {"tile/0/000.p/7": flipped(ledger.files["tile/0/000.p/7"], at)}
        assert grow(7, forged.__getitem__, [b"next"]).root != true


@pytest.mark.parametrize("change", [-32, -1, 1, 32])
@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1"])
def test_a_tile_of_the_wrong_length_is_refused(path: str, change: int) -> None:
    ledger = ledger_of(300)
    source = ledger.files[path]
    ledger.files[path] = source[:change] if change < 0 else source + bytes(change)
    with pytest.raises(ProofError, match=f"{path} has the wrong length"):
        edge_root(300, ledger.read)
    with pytest.raises(ProofError, match=f"{path} has the wrong length"):
        ledger.append(entries_of(300))


@pytest.mark.parametrize("count", [43, 45])
def test_a_bundle_with_another_number_of_entries_is_refused(count: int) -> None:
    ledger = ledger_of(300)
    ledger.files["tile/entries/001.p/44"] = bundle(entries_of(count))
    with pytest.raises(ProofError, match="wrong length"):
        ledger.append([b"one more"])


@settings(max_examples=examples_of(60), deadline=None)
@given(st.data())
def test_proofs_made_from_tiles_hold(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 700))
    old, index = data.draw(st.integers(1, new)), data.draw(st.integers(0, new - 1))
    ledger, entries = ledger_of(new), entries_of(new)
    hash_of = hash_reader(new, ledger.read)
    proof = inclusion_proof(index, new, hash_of)
    verify_inclusion(leaf_hash(entries[index]), index, new, proof, ledger.root)
    growth = consistency_proof(old, new, hash_of)
    verify_consistency(old, naive_root(entries[:old]), new, ledger.root, growth)

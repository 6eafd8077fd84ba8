from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.ledger.merkle import EMPTY_ROOT, leaf_hash
from launchpolicy.ledger.proofs import (
    ProofError,
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from tests.ledger.trees import (
    entries_of,
    flipped,
    naive_hashes,
    naive_path,
    naive_root,
    naive_subproof,
)

_SIZE = 13
_ENTRIES = entries_of(_SIZE)
_ROOT = naive_root(_ENTRIES)
_HASHES = naive_hashes(_ENTRIES)


@given(st.data())
def test_an_inclusion_proof_is_that_of_the_definition_and_holds(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 80))
    index = data.draw(st.integers(0, size - 1))
    entries = entries_of(size)
    proof = inclusion_proof(index, size, naive_hashes(entries))
    assert proof == naive_path(index, entries)
    verify_inclusion(leaf_hash(entries[index]), index, size, proof, naive_root(entries))


@given(st.data())
def test_a_consistency_proof_is_that_of_the_definition_and_holds(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, 80))
    old = data.draw(st.integers(1, new))
    entries = entries_of(new)
    proof = consistency_proof(old, new, naive_hashes(entries))
    assert proof == naive_subproof(old, entries)
    verify_consistency(old, naive_root(entries[:old]), new, naive_root(entries), proof)


@pytest.mark.parametrize("index", range(_SIZE))
def test_a_proof_for_one_entry_proves_no_other_place(index: int) -> None:
    proof = inclusion_proof(index, _SIZE, _HASHES)
    leaf = leaf_hash(_ENTRIES[index])
    for other in set(range(-1, _SIZE + 2)) - {index}:
        with pytest.raises(ProofError):
            verify_inclusion(leaf, other, _SIZE, proof, _ROOT)


@pytest.mark.parametrize("index", range(_SIZE))
def test_a_proof_with_any_flipped_byte_is_refused(index: int) -> None:
    proof = inclusion_proof(index, _SIZE, _HASHES)
    leaf = leaf_hash(_ENTRIES[index])
    for number, each in enumerate(proof):
        for at in range(len(each)):
            forged = [*proof[:number], flipped(each, at), *proof[number + 1 :]]
            with pytest.raises(ProofError):
                verify_inclusion(leaf, index, _SIZE, forged, _ROOT)


@pytest.mark.parametrize("old", range(1, _SIZE))
def test_a_consistency_proof_with_any_flipped_byte_is_refused(old: int) -> None:
    proof = consistency_proof(old, _SIZE, _HASHES)
    for number, each in enumerate(proof):
        for at in range(len(each)):
            forged = [*proof[:number], flipped(each, at), *proof[number + 1 :]]
            with pytest.raises(ProofError):
                verify_consistency(old, naive_root(_ENTRIES[:old]), _SIZE, _ROOT, forged)


@pytest.mark.parametrize("old", range(1, _SIZE))
def test_a_history_rewritten_before_the_known_head_is_refused(old: int) -> None:
    rewritten = [b"another", *_ENTRIES[1:]]
    proof = consistency_proof(old, _SIZE, naive_hashes(rewritten))
    with pytest.raises(ProofError):
        verify_consistency(old, naive_root(_ENTRIES[:old]), _SIZE, naive_root(rewritten), proof)


def test_a_tail_cut_off_is_refused() -> None:
    with pytest.raises(ProofError, match="smaller"):
        verify_consistency(_SIZE, _ROOT, _SIZE - 1, naive_root(_ENTRIES[:-1]), [])


def test_another_tree_of_the_same_size_is_refused() -> None:
    with pytest.raises(ProofError, match="two roots"):
        verify_consistency(_SIZE, _ROOT, _SIZE, naive_root([b"x", *_ENTRIES[1:]]), [])


def test_the_same_tree_needs_no_proof_and_takes_none() -> None:
    verify_consistency(_SIZE, _ROOT, _SIZE, _ROOT, [])
    with pytest.raises(ProofError, match="too long"):
        verify_consistency(_SIZE, _ROOT, _SIZE, _ROOT, [_ROOT])


@pytest.mark.parametrize("new", [0, 1, _SIZE])
@pytest.mark.parametrize("old", [0, -1])
def test_an_empty_head_vouches_for_no_tree(old: int, new: int) -> None:
    with pytest.raises(ProofError):
        verify_consistency(old, EMPTY_ROOT, new, naive_root(_ENTRIES[:new]), [])


@pytest.mark.parametrize("size", [0, -1])
def test_a_tree_without_entries_includes_nothing(size: int) -> None:
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(b""), 0, size, [], EMPTY_ROOT)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_of_another_length_is_refused(length: int) -> None:
    odd = bytes(length)
    leaf, proof = leaf_hash(_ENTRIES[0]), inclusion_proof(0, _SIZE, _HASHES)
    for arguments in ((odd, proof, _ROOT), (leaf, [odd, *proof[1:]], _ROOT), (leaf, proof, odd)):
        with pytest.raises(ProofError, match="32 bytes"):
            verify_inclusion(arguments[0], 0, _SIZE, arguments[1], arguments[2])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_for_an_entry_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, _HASHES)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (-1, 3), (4, 3)])
def test_no_proof_is_made_from_a_tree_that_is_no_beginning(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no consistency"):
        consistency_proof(old, new, _HASHES)


def test_a_refusal_speaks_both_languages() -> None:
    with pytest.raises(ProofError) as refusal:
        verify_inclusion(leaf_hash(b"forged"), 0, _SIZE, inclusion_proof(0, _SIZE, _HASHES), _ROOT)
    assert "not in the tree" in refusal.value.text.en
    assert "条目不在" in refusal.value.text.zh

"""Receipts: one entry, its proof and a checkpoint, checked by whoever holds nothing else."""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree, InvalidProof, verify_consistency, verify_inclusion

from launchpolicy.ledger import proofs as ours
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.merkle import leaf_hash
from launchpolicy.ledger.proofs import ProofError, consistency_proof, inclusion_proof
from launchpolicy.ledger.receipt import Receipt, check_receipt, read_receipt
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.ledger.tiles import TileGrowth, grow, hash_reader

SIGNER = Signer("acme.example/launches", bytes(range(32)))
ENTRIES = [b'{"name":"LR-%d"}' % number for number in range(300)]


def no_file(path: str) -> bytes:
    raise AssertionError(path)


@pytest.fixture(scope="module")
def grown() -> TileGrowth:
    return grow(0, no_file, ENTRIES)


def receipt(grown: TileGrowth, number: int) -> Receipt:
    hash_of = hash_reader(grown.size, grown.files.__getitem__)
    proof = inclusion_proof(number, grown.size, hash_of)
    note = sign(Checkpoint("acme.example/launches", grown.size, grown.root).text, SIGNER)
    return Receipt(ENTRIES[number], number, tuple(proof), note)


@pytest.mark.parametrize("number", [0, 1, 255, 256, 298, 299])
def test_a_receipt_proves_its_entry(grown: TileGrowth, number: int) -> None:
    again = read_receipt(receipt(grown, number).source)
    assert again == receipt(grown, number)
    assert check_receipt(again, [SIGNER.verifier]).size == 300


def test_every_byte_of_a_receipt_counts(grown: TileGrowth) -> None:
    source = receipt(grown, 3).source.encode()
    for at in range(len(source)):
        harmed = source[:at] + bytes([source[at] ^ 1]) + source[at + 1 :]
        with pytest.raises((ProofError, UnicodeDecodeError)):
            check_receipt(read_receipt(harmed.decode("utf-8")), [SIGNER.verifier])


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 40])
def test_a_receipt_that_is_cut_short_is_refused(grown: TileGrowth, cut: int) -> None:
    source = receipt(grown, 3).source
    with pytest.raises(ProofError):
        check_receipt(read_receipt(source[:-cut]), [SIGNER.verifier])


def test_a_receipt_of_another_entry_proves_nothing(grown: TileGrowth) -> None:
    mine, other = receipt(grown, 3), receipt(grown, 4)
    for forged in (
        Receipt(other.entry, 3, mine.proof, mine.note),
        Receipt(mine.entry, 4, mine.proof, mine.note),
        Receipt(mine.entry, 3, other.proof, mine.note),
        Receipt(mine.entry, 3, (*mine.proof, mine.proof[-1]), mine.note),
        Receipt(mine.entry, 3, (), mine.note),
    ):
        with pytest.raises(ProofError):
            check_receipt(forged)


def test_what_is_wrong_is_told_with_its_line(grown: TileGrowth) -> None:
    lines = receipt(grown, 3).source.split("\n")
    for number, text in ((0, "hello"), (1, "extra !"), (2, "index 03"), (4, "????")):
        with pytest.raises(ProofError, match=f"line {number + 1}"):
            read_receipt("\n".join([*lines[:number], text, *lines[number + 1 :]]))


@pytest.fixture(scope="module")
def independent() -> InmemoryTree:
    """The same entries in a tree that somebody else wrote."""
    tree = InmemoryTree(algorithm="sha256")
    for each in ENTRIES:
        tree.append_entry(each)
    return tree


def test_an_independent_implementation_verifies_our_inclusion_proofs(
    grown: TileGrowth, independent: InmemoryTree
) -> None:
    assert independent.get_root() == grown.root
    hash_of = hash_reader(grown.size, grown.files.__getitem__)
    for number in range(0, 300, 13):
        theirs = independent.prove_inclusion(number + 1)
        leaf = leaf_hash(ENTRIES[number])
        path = [leaf, *inclusion_proof(number, 300, hash_of)]
        data = {**theirs.serialize(), "path": [each.hex() for each in path]}
        again = type(theirs).deserialize(data)
        verify_inclusion(leaf, grown.root, again, index=number + 1, size=300)
        with pytest.raises(InvalidProof):
            verify_inclusion(leaf_hash(b"another"), grown.root, again, index=number + 1, size=300)


def test_an_independent_implementation_agrees_that_the_ledger_has_grown(
    grown: TileGrowth, independent: InmemoryTree
) -> None:
    hash_of = hash_reader(grown.size, grown.files.__getitem__)
    for size in (1, 2, 3, 7, 128, 255, 256, 257, 299):
        theirs = independent.prove_consistency(size, 300)
        old = grow(0, no_file, ENTRIES[:size]).root
        proof = consistency_proof(size, 300, hash_of)
        ours.verify_consistency(size, old, 300, grown.root, proof)
        theirs = independent.prove_consistency(size, 300)
        verify_consistency(old, grown.root, theirs, prior_size=size, later_size=300)

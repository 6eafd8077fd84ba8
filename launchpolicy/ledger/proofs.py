"""Inclusion and consistency proofs: made from tiles, verified from nothing but hashes.

RFC 9162 sections 2.1.3 and 2.1.4. A verifier raises on everything that is not exactly a proof.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence

from launchpolicy.ledger.merkle import HASH_SIZE, node_hash
from launchpolicy.vocabulary.text import Text

HashOf = Callable[[int, int], bytes]
"""The hash of a complete subtree of 2**level leaves, by level and by its index in that level."""


class ProofError(ValueError):
    """Something that does not prove what it should; `text` says which check failed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def inclusion_proof(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    """Return PATH(index, D[size]): the hashes beside a leaf's way to the root, lowest first.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        message = f"no leaf {index} in a tree of {size}"
        raise ValueError(message)
    return _path(index, 0, size, hash_of)


def consistency_proof(old: int, new: int, hash_of: HashOf) -> list[bytes]:
    """Return PROOF(old, D[new]), which shows that the old tree is the beginning of the new.

    Raises:
        ValueError: the old tree is empty or larger than the new one.
    """
    if not 0 < old <= new:
        message = f"no consistency from {old} to {new}"
        raise ValueError(message)
    return _subproof(old, 0, new, hash_of, is_whole=True)


def range_root(start: int, end: int, hash_of: HashOf) -> bytes:
    """Return MTH(D[start:end]); `start` is a multiple of the largest power of two below it."""
    size = end - start
    if size == 1 << (size.bit_length() - 1):
        level = size.bit_length() - 1
        return hash_of(level, start >> level)
    middle = start + _split(size)
    return node_hash(range_root(start, middle, hash_of), range_root(middle, end, hash_of))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf with this hash is number `index` in the tree of that size and root.

    Raises:
        ProofError: it is not proved (RFC 9162 section 2.1.3.2).
    """
    if not 0 <= index < size:
        raise _odd(f"there is no leaf {index} in a tree of {size}", "叶子序号超出树的大小")
    _demand_hashes((leaf, root, *proof))
    digest = leaf
    for sibling, is_left in zip(proof, _sides(index, size - 1, len(proof)), strict=True):
        digest = node_hash(sibling, digest) if is_left else node_hash(digest, sibling)
    if not hmac.compare_digest(digest, root):
        raise _odd("the entry is not in the tree with this root", "条目不在该根哈希对应的树中")


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the old tree is the beginning of the new one.

    Raises:
        ProofError: it is not proved (RFC 9162 section 2.1.4.2).
    """
    _demand_hashes(proof)
    if old_size < 1:
        raise _odd("an empty tree is the beginning of every other", "空树可以是任何树的开头")
    if old_size > new_size:
        raise _odd("the newer tree is smaller than the older one", "较新的树反而更小")
    if old_size == new_size:
        if proof:
            raise _odd("the proof is too long", "证明过长")
        if not hmac.compare_digest(old_root, new_root):
            raise _odd("two roots for one size", "同一大小出现两个根哈希")
        return
    _verify_growth(old_size, old_root, new_size, new_root, list(proof))


def _verify_growth(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: list[bytes]
) -> None:
    if old_size & (old_size - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        raise _odd("the proof is too short", "证明过短")
    node, last = old_size - 1, new_size - 1
    while node % 2 == 1:
        node >>= 1
        last >>= 1
    old = new = proof[0]
    for sibling, is_left in zip(proof[1:], _sides(node, last, len(proof) - 1), strict=True):
        old = node_hash(sibling, old) if is_left else old
        new = node_hash(sibling, new) if is_left else node_hash(new, sibling)
    if not hmac.compare_digest(old, old_root):
        raise _odd("the older root is not proved", "旧根哈希未得到证明")
    if not hmac.compare_digest(new, new_root):
        raise _odd("the newer root is not proved", "新根哈希未得到证明")


def _sides(node: int, last: int, count: int) -> list[bool]:
    """Return for each hash of a proof whether it stands on the left, from a node to the root.

    Raises:
        ProofError: a proof of `count` hashes does not lead to the root.
    """
    sides: list[bool] = []
    for _ in range(count):
        if last == 0:
            raise _odd("the proof is too long", "证明过长")
        is_left = node % 2 == 1 or node == last
        sides.append(is_left)
        while is_left and node % 2 == 0 and node != 0:
            node >>= 1
            last >>= 1
        node >>= 1
        last >>= 1
    if last != 0:
        raise _odd("the proof is too short", "证明过短")
    return sides


def _path(index: int, start: int, end: int, hash_of: HashOf) -> list[bytes]:
    size = end - start
    if size == 1:
        return []
    middle = start + _split(size)
    if index < middle:
        return [*_path(index, start, middle, hash_of), range_root(middle, end, hash_of)]
    return [*_path(index, middle, end, hash_of), range_root(start, middle, hash_of)]


def _subproof(old: int, start: int, end: int, hash_of: HashOf, *, is_whole: bool) -> list[bytes]:
    if old == end:
        return [] if is_whole else [range_root(start, end, hash_of)]
    middle = start + _split(end - start)
    if old <= middle:
        proof = _subproof(old, start, middle, hash_of, is_whole=is_whole)
        return [*proof, range_root(middle, end, hash_of)]
    proof = _subproof(old, middle, end, hash_of, is_whole=False)
    return [*proof, range_root(start, middle, hash_of)]


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _demand_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(digest) != HASH_SIZE for digest in hashes):
        raise _odd("a hash does not have 32 bytes", "哈希长度不是 32 字节")


def _odd(why: str, why_zh: str) -> ProofError:
    return ProofError(Text(f"it is not proved: {why}", f"未得到证明：{why_zh}"))

"""The Merkle tree of RFC 6962 section 2.1 (RFC 9162 2.1.1), as hashes over bytes.

Leaves and inner nodes are hashed with different prefixes, so that neither can pass for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry, MTH."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees side by side, MTH."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtree_root(hashes: Iterable[bytes]) -> bytes:
    """Return the root over the hashes of complete subtrees of one size, at least one of them."""
    frontier = Frontier()
    for digest in hashes:
        frontier.append(digest)
    return frontier.root()


class Frontier:
    """The complete subtrees along the right edge of a tree: all that is needed to let it grow.

    Appending costs a constant on average, and memory is logarithmic in the size.
    """

    __slots__ = ("_edge", "size")

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        """Take a tree of `size` leaves whose complete subtrees are `edge`, largest first."""
        self.size = size
        self._edge: list[bytes] = list(edge)

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self.size += 1
        full = self.size
        while full % 2 == 0:
            leaf = node_hash(self._edge.pop(), leaf)
            full //= 2
        self._edge.append(leaf)

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        if not self._edge:
            return EMPTY_ROOT
        root = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root

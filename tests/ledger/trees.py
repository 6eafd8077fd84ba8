"""RFC 6962 section 2.1 as its recursive definition reads, and small ledgers in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from launchpolicy.ledger.proofs import HashOf
from launchpolicy.ledger.tiles import TileGrowth, grow


def entries_of(count: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(count)]


def naive_root(entries: Sequence[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    middle = naive_split(len(entries))
    left, right = naive_root(entries[:middle]), naive_root(entries[middle:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def naive_path(index: int, entries: Sequence[bytes]) -> list[bytes]:
    if len(entries) == 1:
        return []
    middle = naive_split(len(entries))
    if index < middle:
        return [*naive_path(index, entries[:middle]), naive_root(entries[middle:])]
    return [*naive_path(index - middle, entries[middle:]), naive_root(entries[:middle])]


def naive_subproof(old: int, entries: Sequence[bytes], *, is_whole: bool = True) -> list[bytes]:
    if old == len(entries):
        return [] if is_whole else [naive_root(entries)]
    middle = naive_split(len(entries))
    if old <= middle:
        lower = naive_subproof(old, entries[:middle], is_whole=is_whole)
        return [*lower, naive_root(entries[middle:])]
    upper = naive_subproof(old - middle, entries[middle:], is_whole=False)
    return [*upper, naive_root(entries[:middle])]


def naive_split(size: int) -> int:
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def naive_hashes(entries: Sequence[bytes]) -> HashOf:
    """Gives only complete subtrees, as tiles do; anything else is a mistake of who asks."""

    def hash_of(level: int, index: int) -> bytes:
        width = 1 << level
        leaves = entries[index * width : (index + 1) * width]
        assert len(leaves) == width, f"subtree {index} of level {level} is not complete"
        return naive_root(leaves)

    return hash_of


class Ledger:
    """Files in memory, which remember what was read of them."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.size = 0
        self.root = naive_root(())
        self.reads: list[str] = []

    def read(self, path: str) -> bytes:
        self.reads.append(path)
        return self.files[path]

    def append(self, entries: Sequence[bytes]) -> TileGrowth:
        growth = grow(self.size, self.read, entries)
        for path in growth.gone:
            del self.files[path]
        self.files |= growth.files
        self.size, self.root = growth.size, growth.root
        return growth


def ledger_of(count: int) -> Ledger:
    ledger = Ledger()
    ledger.append(entries_of(count))
    return ledger


def flipped(source: bytes, at: int, bit: int = 1) -> bytes:
    return source[:at] + bytes([source[at] ^ bit]) + source[at + 1 :]

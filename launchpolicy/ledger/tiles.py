"""The tree in tiles: files that any client of C2SP tlog-tiles can read (c2sp.org/tlog-tiles).

A hash tile holds up to 256 hashes of one level; level L has one for every complete subtree of
256**L leaves. An entry bundle holds up to 256 entries. Full files never change again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from launchpolicy.ledger.merkle import HASH_SIZE, Frontier, leaf_hash, subtree_root
from launchpolicy.ledger.proofs import HashOf, ProofError, range_root
from launchpolicy.vocabulary.text import Text

WIDTH = 256
HEIGHT = 8
LONGEST = 65535
"""Bytes of an entry, whose length is written in two."""

_KEPT = 64

Read = Callable[[str], bytes]
"""Gives the bytes of a file of the ledger; raises where there is none."""


class TileGrowth(NamedTuple):
    """What appending changes: the new size and root, files to write, partial files to remove."""

    size: int
    root: bytes
    files: dict[str, bytes]
    gone: tuple[str, ...]


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Return the path of tile `index` of a level; with fewer than 256 hashes it is partial."""
    return f"tile/{level}/{_number(index)}{_partial(width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Return where the bundle number `index` of entries stands."""
    return f"tile/entries/{_number(index)}{_partial(width)}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Return entries one after the other, each after its length in two bytes.

    Raises:
        ValueError: one is longer than two bytes can say.
    """
    if any(len(entry) > LONGEST for entry in entries):
        message = "an entry of more than 65,535 bytes"
        raise ValueError(message)
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_bundle(source: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        ProofError: it ends in the middle of one.
    """
    entries = []
    at = 0
    while at < len(source):
        start = at + 2
        at = start + int.from_bytes(source[at:start], "big")
        if start > len(source) or at > len(source):
            raise ProofError(
                Text("a bundle ends in the middle of an entry", "条目包在条目中间截断")
            )
        entries.append(source[start:at])
    return entries


def levels(size: int) -> Iterator[tuple[int, int]]:
    """Yield the levels of the tiles of a tree, each with how many hashes it has."""
    level, count = 0, size
    while count:
        yield level, count
        level, count = level + 1, count // WIDTH


def files_of(size: int) -> Iterator[tuple[str, int]]:
    """Yield every file of a tree of this size, with how many hashes or entries it holds."""
    for level, count in levels(size):
        for index in range(-(-count // WIDTH)):
            width = min(WIDTH, count - index * WIDTH)
            yield tile_path(level, index, width), width
            if level == 0:
                yield entries_path(index, width), width


def grow(size: int, read: Read, entries: Sequence[bytes]) -> TileGrowth:
    """Return a tree of `size` entries with further ones; reads nothing but its right edge.

    Raises:
        ProofError: a file of the edge has the wrong length.
    """
    files: dict[str, bytes] = {}
    gone: list[str] = []
    _grow_entries(size, read, entries, (files, gone))
    hashes = [leaf_hash(entry) for entry in entries]
    count = size
    for level in range(64 // HEIGHT):
        if not hashes:
            break
        hashes = _grow_level(level, count, read, hashes, (files, gone))
        count //= WIDTH
    new = size + len(entries)

    def read_new(path: str) -> bytes:
        return files[path] if path in files else read(path)

    return TileGrowth(
        new, edge_root(new, read_new), files, tuple(p for p in gone if p not in files)
    )


def edge_root(size: int, read: Read) -> bytes:
    """Return the root of a tree, from the tiles of its right edge alone."""
    if size == 0:
        return subtree_root(())
    return range_root(0, size, hash_reader(size, read))


def frontier_of(size: int, hash_of: HashOf) -> Frontier:
    """Return the right edge of the tree of the first `size` leaves, so that it can grow.

    Raises:
        ProofError: a file of the edge has the wrong length.
    """
    edge, first = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            edge.append(hash_of(level, first >> level))
            first += 1 << level
    return Frontier(size, edge)


def hash_reader(size: int, read: Read) -> HashOf:
    """Return a reader of hashes of complete subtrees, from the tiles of a tree of this size."""
    counts = dict(levels(size))
    kept: dict[tuple[int, int], list[bytes]] = {}

    def tile(level: int, index: int) -> list[bytes]:
        if (level, index) not in kept:
            if len(kept) >= _KEPT:
                del kept[next(iter(kept))]
            width = min(WIDTH, counts[level] - index * WIDTH)
            kept[level, index] = _hashes(read, tile_path(level, index, width), width)
        return kept[level, index]

    def hash_of(level: int, index: int) -> bytes:
        tile_level, above = divmod(level, HEIGHT)
        first = index << above
        hashes = tile(tile_level, first // WIDTH)
        start = first % WIDTH
        return subtree_root(hashes[start : start + (1 << above)])

    return hash_of


def _grow_entries(
    size: int, read: Read, entries: Sequence[bytes], into: tuple[dict[str, bytes], list[str]]
) -> None:
    files, gone = into
    index, width = divmod(size, WIDTH)
    pending = list(entries)
    kept: list[bytes] = []
    if width and pending:
        path = entries_path(index, width)
        kept = parse_bundle(read(path))
        if len(kept) != width:
            raise _wrong_length(path)
        gone.append(path)
    while pending:
        taken = pending[: WIDTH - len(kept)]
        del pending[: len(taken)]
        kept += taken
        files[entries_path(index, len(kept))] = bundle(kept)
        index, kept = index + 1, []


def _grow_level(
    level: int,
    count: int,
    read: Read,
    hashes: list[bytes],
    into: tuple[dict[str, bytes], list[str]],
) -> list[bytes]:
    """Write the tiles of one level; return the hashes of those that became full."""
    files, gone = into
    index, width = divmod(count, WIDTH)
    kept: list[bytes] = []
    if width:
        path = tile_path(level, index, width)
        kept = _hashes(read, path, width)
        gone.append(path)
    full = []
    pending = list(hashes)
    while pending:
        taken = pending[: WIDTH - len(kept)]
        del pending[: len(taken)]
        kept += taken
        files[tile_path(level, index, len(kept))] = b"".join(kept)
        if len(kept) == WIDTH:
            full.append(subtree_root(kept))
        index, kept = index + 1, []
    return full


def _hashes(read: Read, path: str, width: int) -> list[bytes]:
    source = read(path)
    if len(source) != width * HASH_SIZE:
        raise _wrong_length(path)
    return [source[at : at + HASH_SIZE] for at in range(0, len(source), HASH_SIZE)]


def _number(index: int) -> str:
    """Return the number as a path: 1234067 → `x001/x234/067`."""
    parts = [f"{index % 1000:03d}"]
    while index >= 1000:  # noqa: PLR2004 (three digits a part)
        index //= 1000
        parts.append(f"x{index % 1000:03d}")
    return "/".join(reversed(parts))


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"


def _wrong_length(path: str) -> ProofError:
    return ProofError(Text(f"{path} has the wrong length", f"{path} 长度不正确"))

"""The tree built again from the entries, and every stored tile compared with it, hash by hash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.ledger.merkle import HASH_SIZE, Frontier, leaf_hash, subtree_root
from launchpolicy.ledger.tiles import WIDTH, tile_path


class Rebuilder:
    """Takes the bundles of entries in their order; memory is that of the higher levels only."""

    __slots__ = ("_frontier", "_levels")

    def __init__(self) -> None:
        self._frontier = Frontier()
        self._levels: list[list[bytes]] = []

    @property
    def root(self) -> bytes:
        """Return the root over everything taken so far."""
        return self._frontier.root()

    def take(self, index: int, entries: Sequence[bytes], stored: bytes) -> Iterator[int]:
        """Take the bundle `index`; return the numbers of entries that the stored tile denies."""
        hashes = [leaf_hash(entry) for entry in entries]
        for number, digest in enumerate(hashes):
            self._frontier.append(digest)
            at = number * HASH_SIZE
            if stored[at : at + HASH_SIZE] != digest:
                yield index * WIDTH + number
        if len(hashes) == WIDTH:
            self._rise(0, subtree_root(hashes))

    def higher_tiles(self) -> Iterator[tuple[str, bytes]]:
        """Yield the tiles above the lowest level, as they have to be."""
        for level, hashes in enumerate(self._levels, start=1):
            for index in range(-(-len(hashes) // WIDTH)):
                tile = hashes[index * WIDTH : (index + 1) * WIDTH]
                yield tile_path(level, index, len(tile)), b"".join(tile)

    def _rise(self, level: int, full: bytes) -> None:
        if len(self._levels) == level:
            self._levels.append([])
        hashes = self._levels[level]
        hashes.append(full)
        if len(hashes) % WIDTH == 0:
            self._rise(level + 1, subtree_root(hashes[-WIDTH:]))

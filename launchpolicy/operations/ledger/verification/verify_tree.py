"""Verify the tree of a ledger: every entry, every tile, and the root over them.

Of several complaints with one cause only the first is made: where an entry or a tile is wrong, the
root over it is wrong as well, and nothing is gained by saying so.
"""

from __future__ import annotations

import hmac
from collections.abc import Generator
from typing import NamedTuple

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.entry import EntryError, entry_of
from launchpolicy.ledger.merkle import HASH_SIZE
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.rebuild import Rebuilder
from launchpolicy.ledger.tiles import WIDTH, entries_path, parse_bundle, tile_path
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState
from launchpolicy.operations.ledger.problems import MalformedLedgerError, discrepancy_of
from launchpolicy.operations.ledger.verification.expected_files import (
    ExpectedFiles,
)
from launchpolicy.vocabulary.text import Text


class TreeResult(NamedTuple):
    """What further questions may build on.

    `is_read`: every entry could be read. `is_whole`: each is what the tree holds, with its record.
    `is_sound`: nothing at all is wrong, neither with the tiles above nor with the root.
    """

    is_read: bool
    is_whole: bool
    is_sound: bool


def check_tree(
    state: LedgerState, contents: ExpectedFiles
) -> Generator[Discrepancy, None, TreeResult]:
    """Check every file of the tree; yield what is wrong, return what can be built on."""
    tree, is_whole, is_sound = Rebuilder(), True, True
    for index in range(-(-state.size // WIDTH)):
        width = min(WIDTH, state.size - index * WIDTH)
        path, tile = entries_path(index, width), tile_path(0, index, width)
        bundle = _read_bundle(state, index, width)
        if isinstance(bundle, Discrepancy):
            yield bundle
            return TreeResult(is_read=False, is_whole=False, is_sound=False)
        entries, hashes = bundle
        denied = set(tree.take(index, entries, hashes))
        for number, source in enumerate(entries, start=index * WIDTH):
            complaint = contents.expect(number, source)
            if number in denied:
                complaint = not_hashed(tile)
            if complaint is not None:
                yield Discrepancy(entry_name(number, source, path), complaint)
                is_whole = False
    for path, tile_bytes in tree.higher_tiles():
        if state.files.find(path) != tile_bytes:
            yield Discrepancy(path, not_below())
            is_sound = False
    if state.checkpoint is not None and not hmac.compare_digest(tree.root, state.checkpoint.root):
        is_sound = False
        if is_whole:
            yield Discrepancy(CHECKPOINT, _other_root(state.size))
    return TreeResult(is_read=True, is_whole=is_whole, is_sound=is_whole and is_sound)


def _read_bundle(
    state: LedgerState, index: int, width: int
) -> tuple[list[bytes], bytes] | Discrepancy:
    """Return the entries of a bundle and the tile of their hashes, or why they cannot be read."""
    path, tile = entries_path(index, width), tile_path(0, index, width)
    try:
        entries = parse_bundle(state.files.read(path))
        hashes = state.files.read(tile)
    except ProofError as error:
        return Discrepancy(path, error.text)
    except MalformedLedgerError as error:
        return discrepancy_of(error, path)
    if len(entries) != width or len(hashes) != HASH_SIZE * width:
        return Discrepancy(path if len(entries) != width else tile, _length(width))
    return entries, hashes


def entry_name(number: int, source: bytes, path: str) -> str:
    """Return what to call an entry in a complaint: its number, and what it says it is."""
    try:
        entry = entry_of(source)
    except EntryError:
        return f"entry {number} in {path}"
    return f"entry {number} ({entry.name}, {entry.event}, {entry.commit[:12]}) in {path}"


def not_hashed(tile: str) -> Text:
    """Return the complaint about an entry that is not the one whose hash is in its tile."""
    return Text(
        f"its bytes are not those that {tile} has the hash of: one of the two was changed",
        f"其内容与 {tile} 中的哈希不符：两者之一被改动",
    )


def not_below() -> Text:
    """Return the complaint about a tile that is not made of the tiles below it."""
    return Text("it does not hold the hashes of what is below it", "其中的哈希与下层内容不符")


def _other_root(size: int) -> Text:
    return Text(f"its root is not that of the {size} entries", f"其根哈希与 {size} 条记录不符")


def _length(width: int) -> Text:
    return Text(f"it does not hold exactly {width}", f"其中不是恰好 {width} 项")

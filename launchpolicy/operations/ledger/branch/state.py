"""Read the ledger as it stands: its checkpoint, checked against the right edge of its tree."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from launchpolicy.ledger.checkpoint import Checkpoint, Note, parse_checkpoint, parse_note
from launchpolicy.ledger.entry import Entry, EntryError, entry_of
from launchpolicy.ledger.merkle import leaf_hash
from launchpolicy.ledger.proofs import ProofError, range_root
from launchpolicy.ledger.signing import Verifier
from launchpolicy.ledger.tiles import (
    WIDTH,
    edge_root,
    entries_path,
    hash_reader,
    parse_bundle,
    tile_path,
)
from launchpolicy.ledger.voids import last_standing_number
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.signatures import require_signature
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.vocabulary.text import Text

CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class LedgerState:
    """One version of the ledger. `note` and `checkpoint` are None before the first entry."""

    files: LedgerFiles
    note: Note | None
    checkpoint: Checkpoint | None

    @property
    def size(self) -> int:
        return self.checkpoint.size if self.checkpoint is not None else 0

    def entry_bytes(self, number: int) -> bytes:
        """Return the bytes of an entry.

        Raises:
            MalformedLedgerError: its bundle is not right.
        """
        return self.bundle(number // WIDTH)[number % WIDTH]

    def bundle(self, index: int) -> list[bytes]:
        """Return the entries of one bundle, each hashed and compared with the tile beside it.

        Raises:
            MalformedLedgerError: one is not what the tree holds, or the bundle is not right.
        """
        width = min(WIDTH, self.size - index * WIDTH)
        path, tile = entries_path(index, width), tile_path(0, index, width)
        try:
            entries = parse_bundle(self.files.read(path))
        except ProofError as error:
            raise damaged_ledger(path, error.text) from error
        if len(entries) != width:
            raise damaged_ledger(
                path, Text(f"it holds {len(entries)} entries, not {width}", "条目数量不符")
            )
        hashes = b"".join(leaf_hash(entry) for entry in entries)
        if hashes != self.files.read(tile):
            raise damaged_ledger(
                path,
                Text(
                    f"it does not hold the entries that {tile} has the hashes of",
                    f"其内容与 {tile} 中的哈希不符",
                ),
            )
        return entries

    def entry(self, number: int) -> Entry:
        """Return an entry.

        Raises:
            MalformedLedgerError: it is none.
        """
        return parse_entry(number, self.entry_bytes(number))

    def root_at(self, size: int) -> bytes:
        """Return the root that the tree had when it held `size` entries, at least one.

        Raises:
            MalformedLedgerError: a tile is not right.
        """
        try:
            return range_root(0, size, hash_reader(self.size, self.files.read))
        except ProofError as error:
            raise damaged_ledger("tile", error.text) from error

    @property
    def last_commit(self) -> str | None:
        """Return the commit of the last entry that is neither void nor voids others."""
        number = last_standing_number(self.size, self.entry)
        return self.entry(number).commit if number is not None else None


def parse_entry(number: int, source: bytes) -> Entry:
    """Return the entry with these bytes.

    Raises:
        MalformedLedgerError: they are none.
    """
    try:
        return entry_of(source)
    except EntryError as error:
        raise damaged_ledger(f"entry {number}", error.text) from error


def read_state(files: LedgerFiles, verifiers: Sequence[Verifier]) -> LedgerState:
    """Return the state of a ledger version; what it is built upon is checked, not all of it.

    Raises:
        MalformedLedgerError: the checkpoint is not right, not signed by a known key where keys are
            known, or not of this tree.
    """
    source = files.find(CHECKPOINT)
    if source is None:
        if any(True for _ in files.all()):
            raise damaged_ledger(CHECKPOINT, Text("it is missing", "文件缺失"))
        return LedgerState(files, None, None)
    note, checkpoint = read_checkpoint(source, verifiers, CHECKPOINT)
    try:
        root = edge_root(checkpoint.size, files.read)
    except ProofError as error:
        raise damaged_ledger("tile", error.text) from error
    if not hmac.compare_digest(root, checkpoint.root):
        raise damaged_ledger(
            CHECKPOINT,
            Text(
                f"its root is not that of the {checkpoint.size} entries in the tiles",
                f"其根哈希与瓦片中的 {checkpoint.size} 条记录不符",
            ),
        )
    return LedgerState(files, note, checkpoint)


def read_checkpoint(
    source: bytes, verifiers: Sequence[Verifier], where: str
) -> tuple[Note, Checkpoint]:
    """Return the checkpoint in some bytes, verified by the keys that are known.

    Raises:
        MalformedLedgerError: it is not right; `where` says which one it is.
    """
    try:
        note = parse_note(source.decode("utf-8"))
        checkpoint = parse_checkpoint(note.text)
    except UnicodeDecodeError as error:
        raise damaged_ledger(where, Text("it is no text", "不是文本")) from error
    except ProofError as error:
        raise damaged_ledger(where, error.text) from error
    require_signature(note, verifiers, where)
    return note, checkpoint

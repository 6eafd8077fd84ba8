"""A receipt: one entry, its proof and a checkpoint in one text that verifies offline.

C2SP tlog-proof (c2sp.org/tlog-proof@v1). The entry itself is its extra data, so
that anyone who holds the receipt needs nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from launchpolicy.ledger.checkpoint import (
    Checkpoint,
    Note,
    decode_base64,
    encode_base64,
    parse_checkpoint,
    parse_note,
)
from launchpolicy.ledger.merkle import leaf_hash
from launchpolicy.ledger.proofs import ProofError, verify_inclusion
from launchpolicy.ledger.signing import Verifier, verify
from launchpolicy.vocabulary.text import Text

_HEADER = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,15})")
_EXTRA = "extra "
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says; nothing of it is verified."""

    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def source(self) -> str:
        """Return the receipt as it is stored."""
        hashes = "".join(f"{encode_base64(digest)}\n" for digest in self.proof)
        head = f"{_HEADER}\n{_EXTRA}{encode_base64(self.entry)}\nindex {self.index}\n"
        return f"{head}{hashes}\n{self.note.source}"


def read_receipt(source: str) -> Receipt:
    """Return the receipt in a text.

    Raises:
        ProofError: it is none; says in which line.
    """
    head, blank, note = source.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines[0] != _HEADER:
        raise _odd(1, "it is no receipt", "不是收据")
    if len(lines) < 3 or not lines[1].startswith(_EXTRA):  # noqa: PLR2004 (header, extra, index)
        raise _odd(2, "the entry is missing", "缺少条目")
    index = _INDEX.fullmatch(lines[2])
    if index is None:
        raise _odd(3, "the index is missing", "缺少序号")
    if len(lines) > _MOST_HASHES + 3:
        raise _odd(len(lines), "the proof is too long", "证明过长")
    hashes = tuple(_decode_hash(line, number) for number, line in enumerate(lines[3:], start=4))
    entry = _decode_hash(lines[1].removeprefix(_EXTRA), 2)
    return Receipt(entry, int(index.group(1)), hashes, parse_note(note))


def check_receipt(receipt: Receipt, verifiers: Iterable[Verifier] = ()) -> Checkpoint:
    """Return the checkpoint that the receipt's entry is proved to be under.

    Without verifiers the signature is not looked at, and all is as good as the checkpoint is.

    Raises:
        ProofError: it is not proved.
    """
    keys = tuple(verifiers)
    if keys:
        verify(receipt.note, keys)
    checkpoint = parse_checkpoint(receipt.note.text)
    verify_inclusion(
        leaf_hash(receipt.entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root
    )
    return checkpoint


def _decode_hash(text: str, line: int) -> bytes:
    try:
        return decode_base64(text)
    except ProofError as error:
        raise _odd(line, "it holds bad base 64", "Base64 不合法") from error


def _odd(line: int, why: str, why_zh: str) -> ProofError:
    return ProofError(
        Text(f"the receipt is not right, line {line}: {why}", f"收据第 {line} 行不正确：{why_zh}")
    )

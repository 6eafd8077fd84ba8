"""A growth proof: that an older checkpoint is the beginning of a newer one, in one text.

The form is that in which witnesses are asked to cosign (c2sp.org/tlog-witness, "add-checkpoint"):
the older size, the hashes of the consistency proof of RFC 9162 section 2.1.4, an empty line, and
the newer checkpoint. The older root is not in it: who checks has kept it.
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
from launchpolicy.ledger.proofs import ProofError, verify_consistency
from launchpolicy.ledger.signing import Verifier, verify
from launchpolicy.vocabulary.text import Text

_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})")
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class GrowthProof:
    """What such a text says; nothing of it is verified. `old_size` is a number of entries."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def source(self) -> str:
        """Return the proof as it is stored."""
        hashes = "".join(f"{encode_base64(node)}\n" for node in self.proof)
        return f"old {self.old_size}\n{hashes}\n{self.note.source}"


def is_growth_proof(source: str) -> bool:
    """Return whether a text begins as a growth proof does; a receipt begins otherwise."""
    return _OLD.fullmatch(source.partition("\n")[0]) is not None


def read_growth_proof(source: str) -> GrowthProof:
    """Return the growth proof in a text.

    Raises:
        ProofError: it is none; says in which line.
    """
    head, blank, note = source.partition("\n\n")
    first, *lines = head.split("\n")
    old = _OLD.fullmatch(first)
    if not blank or old is None:
        raise _odd(1, "it is no proof of growth", "不是增长证明")
    if len(lines) > _MOST_HASHES:
        raise _odd(_MOST_HASHES + 2, "the proof is too long", "证明过长")
    hashes = tuple(_hash(line, number) for number, line in enumerate(lines, start=2))
    return GrowthProof(int(old.group(1)), hashes, parse_note(note))


def check_growth(proof: GrowthProof, old: Note, verifiers: Iterable[Verifier] = ()) -> Checkpoint:
    """Return the newer checkpoint, of which the kept checkpoint `old` is proved to be a beginning.

    With verifiers the signatures of both checkpoints are verified; without, all is as good as the
    places that they come from.

    Raises:
        ProofError: it is not proved.
    """
    keys = tuple(verifiers)
    if keys:
        verify(old, keys)
        verify(proof.note, keys)
    before, after = parse_checkpoint(old.text), parse_checkpoint(proof.note.text)
    if before.origin != after.origin:
        raise ProofError(
            Text(
                f"they are of two ledgers, {before.origin} and {after.origin}",
                f"二者属于不同的上线日志：{before.origin} 与 {after.origin}",
            )
        )
    if before.size != proof.old_size:
        raise ProofError(
            Text(
                f"the proof begins at {proof.old_size} entries, the checkpoint has {before.size}",
                f"证明从 {proof.old_size} 条记录开始，而检查点含 {before.size} 条",
            )
        )
    verify_consistency(before.size, before.root, after.size, after.root, proof.proof)
    return after


def _hash(text: str, line: int) -> bytes:
    try:
        return decode_base64(text)
    except ProofError as error:
        raise _odd(line, "it holds bad base 64", "Base64 不合法") from error


def _odd(line: int, why: str, why_zh: str) -> ProofError:
    return ProofError(
        Text(f"the proof is not right, line {line}: {why}", f"证明第 {line} 行不正确：{why_zh}")
    )

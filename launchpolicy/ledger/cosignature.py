"""Cosignatures of witnesses on a checkpoint (C2SP tlog-cosignature, cosignature/v1 by Ed25519).

A witness signs the whole text of a checkpoint with the time at which it saw it, once it has checked
that the checkpoint before is its beginning. A quorum of witnesses shows that everyone is shown the
same ledger. The newer type of the specification, ML-DSA-44, is passed over as any unknown one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from launchpolicy.ledger.checkpoint import Note, encode_base64
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import is_signature_of, key_parts
from launchpolicy.vocabulary.text import Text

COSIGNATURE_V1 = b"\x04"
"""The type of the key in its id and in how it is written down."""

_TIME = 8
_LENGTH = _TIME + 64


class Witness(NamedTuple):
    """A witness by its public key, under its name."""

    name: str
    key_id: bytes
    key: bytes

    @property
    def source(self) -> str:
        """Return how the key is written down: NAME+ID+KEY."""
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(COSIGNATURE_V1 + self.key)}"


def witness_of(source: str) -> Witness:
    """Return the witness whose key is written down so.

    Raises:
        UsageError: it is no key of a witness.
    """
    return Witness(*key_parts(source.strip(), COSIGNATURE_V1))


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return what a witness signs: of a checkpoint with this text, at a time since 1970."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosigners(note: Note, witnesses: Iterable[Witness]) -> frozenset[Witness]:
    """Return the witnesses that have cosigned a note; signatures of others are passed over.

    Raises:
        ProofError: a signature in the name and with the key of a witness is bad.
    """
    known = {(witness.name, witness.key_id): witness for witness in witnesses}
    signed: set[Witness] = set()
    for signature in note.signatures:
        witness = known.get((signature.name, signature.key_id))
        if witness is None:
            continue
        if len(signature.signature) != _LENGTH or not _is_good(note.text, signature[2], witness):
            raise ProofError(
                Text(f"the cosignature of {witness.name} is bad", f"{witness.name} 的联署签名无效")
            )
        signed.add(witness)
    return frozenset(signed)


def _is_good(text: str, signature: bytes, witness: Witness) -> bool:
    seconds = int.from_bytes(signature[:_TIME], "big")
    return is_signature_of(witness.key, signature[_TIME:], cosigned_message(text, seconds))

"""Checkpoints as notes: written, read strictly, signed and verified (C2SP)."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from nacl.signing import VerifyKey

from launchpolicy.ledger.checkpoint import Checkpoint, Note, parse_checkpoint, parse_note
from launchpolicy.ledger.merkle import EMPTY_ROOT, leaf_hash
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Signer, sign, signer_of, verifier_of, verify
from launchpolicy.vocabulary.errors import UndecidedError, UsageError

SIGNER = Signer("acme.example/launches", bytes(range(32)))
OTHER = Signer("other.example/launches", bytes(range(1, 33)))
CHECKPOINT = Checkpoint("acme.example/launches", 7, leaf_hash(b"x"))
KNOWN_KEY = (
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"  # Go's public log
)


def test_a_checkpoint_is_what_was_written() -> None:
    note = sign(CHECKPOINT.text, SIGNER)
    again = parse_note(note.source)
    assert again == note
    assert parse_checkpoint(again.text) == CHECKPOINT
    assert verify(again, [SIGNER.verifier]) == (SIGNER.name,)


def test_an_unsigned_checkpoint_says_so_and_verifies_by_no_key() -> None:
    note = parse_note(Note(CHECKPOINT.text).source)
    assert not note.is_signed
    with pytest.raises(ProofError, match="no known key"):
        verify(note, [SIGNER.verifier])


def test_another_implementation_verifies_the_signature() -> None:
    note = sign(CHECKPOINT.text, SIGNER)
    key = VerifyKey(SIGNER.verifier.key)
    assert key.verify(note.text.encode(), note.signatures[0].signature) == note.text.encode()


def test_the_public_key_of_a_well_known_log_is_read() -> None:
    assert verifier_of(KNOWN_KEY).name == "sum.golang.org"
    assert verifier_of(KNOWN_KEY).source == KNOWN_KEY


def test_keys_are_what_was_written() -> None:
    assert signer_of(SIGNER.source) == SIGNER
    assert verifier_of(SIGNER.verifier.source) == SIGNER.verifier


@pytest.mark.parametrize(
    "written",
    [
        "",
        "name",
        "name+00000000+AAAA",
        SIGNER.verifier.source.replace("acme", "evil"),
        SIGNER.verifier.source[:-1],
        SIGNER.source,
        "na me" + SIGNER.verifier.source[4:],
    ],
)
def test_what_is_no_public_key_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(UsageError) as refused:
        verifier_of(written)
    assert len(written) < 8 or written not in refused.value.problem.en


def test_a_public_key_does_not_sign() -> None:
    with pytest.raises(UsageError):
        signer_of(SIGNER.verifier.source)


def test_every_byte_of_a_signed_checkpoint_counts() -> None:
    source = sign(CHECKPOINT.text, SIGNER).source.encode()
    for at in range(len(source)):
        harmed = source[:at] + bytes([source[at] ^ 1]) + source[at + 1 :]
        with pytest.raises((ProofError, UnicodeDecodeError)):
            verify(parse_note(harmed.decode("utf-8")), [SIGNER.verifier])


def test_a_signature_is_for_one_name_only() -> None:
    note = sign(CHECKPOINT.text, SIGNER)
    renamed = note.signatures[0]._replace(name=OTHER.name)
    with pytest.raises(ProofError):
        verify(Note(note.text, (renamed,)), [SIGNER.verifier, OTHER.verifier])


def test_signatures_of_strangers_are_passed_over_in_any_order() -> None:
    mine, others = (sign(CHECKPOINT.text, each).signatures for each in (SIGNER, OTHER))
    rotated = others[0]._replace(name=SIGNER.name)
    for signatures in ((*others, *mine), (*mine, *others), (rotated, *mine), (*mine, rotated)):
        assert verify(Note(CHECKPOINT.text, signatures), [SIGNER.verifier]) == (SIGNER.name,)


def test_a_known_key_that_signs_twice_is_refused() -> None:
    mine = sign(CHECKPOINT.text, SIGNER).signatures
    with pytest.raises(ProofError, match="signed twice"):
        verify(Note(CHECKPOINT.text, (*mine, *mine)), [SIGNER.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "acme\n7\n",
        "acme\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "acme\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "acme\n7\nAAAA\n",
        "acme\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n",
        "acme\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "acme\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n",
        "../acme\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
        "acme\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(ProofError):
        parse_checkpoint(text)


def test_an_empty_ledger_has_the_empty_root() -> None:
    text = Checkpoint("acme", 0, EMPTY_ROOT, ("an extension",)).text
    assert parse_checkpoint(text).extensions == ("an extension",)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UndecidedError, match="cryptography") as refused:
        sign(CHECKPOINT.text, SIGNER)
    assert "pip install cryptography" in refused.value.remedy.en

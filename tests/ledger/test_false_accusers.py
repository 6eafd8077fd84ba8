"""Checkpoints that a stranger puts among the kept ones, so that nobody can append any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.ledger.checkpoint import Checkpoint, parse_note
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.operations.ledger.copies.kept_checkpoint import head_path
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from tests.ledger.chronicle import Chronicle, begun
from tests.ledger.test_signing_begins import configure, origin, write_checkpoint

SIGNER = Signer("acme.example/launches", b"\x07" * 32)
STRANGER = Signer("acme.example/launches", b"\x09" * 32)
HEADS = "launch-ledger-heads"


@pytest.fixture
def signed(tmp_path: Path) -> Chronicle:
    """A ledger that was signed from its first entry on."""
    chronicle = begun(tmp_path, {"key": SIGNER.verifier.source})
    chronicle.append(SIGNER)
    chronicle.merged("LR-1")
    chronicle.append(SIGNER)
    return chronicle


def _kept(chronicle: Chronicle) -> str:
    return chronicle.git("show", f"{HEADS}:{head_path(origin(chronicle))}") + "\n"


def _false(chronicle: Chronicle, size: int, signer: Signer | None) -> str:
    text = Checkpoint(origin(chronicle), size, b"\x01" * 32).text
    return sign(text, signer).source


@pytest.mark.parametrize(
    ("size", "signer"),
    [(10**9, None), (1, None), (10**9, STRANGER), (2, STRANGER)],
    ids=["more entries", "another beginning", "more, signed by a stranger", "a stranger's"],
)
def test_a_checkpoint_that_no_known_key_signed_stops_no_append_of_a_signed_ledger(
    signed: Chronicle, size: int, signer: Signer | None
) -> None:
    path = head_path(origin(signed))
    write_checkpoint(signed, HEADS, path, _false(signed, size, signer))
    signed.merged("LR-2")
    assert signed.append(SIGNER).count == 1
    assert parse_note(_kept(signed)).text.split("\n")[1] == "3"
    result = signed.verify(replay=False)
    assert result.complaints == []
    assert any(
        "1 checkpoint on" in note.en and "passed over" in note.en for note in result.unchecked
    )


def test_what_is_no_checkpoint_at_all_stops_no_append_of_a_signed_ledger(
    signed: Chronicle,
) -> None:
    write_checkpoint(signed, HEADS, head_path(origin(signed)), "nonsense\n")
    signed.merged("LR-2")
    assert signed.append(SIGNER).count == 1
    assert signed.verify(replay=False).complaints == []


def test_the_last_signed_one_accuses_from_below_a_false_one(signed: Chronicle) -> None:
    """To hide a cut under an unsigned checkpoint that agrees with it."""
    signed.git("branch", "--force", "launch-ledger", "launch-ledger~1")
    with signed.state() as (_, state):
        assert state.size == 1
        assert state.note is not None
        text = state.note.text
    write_checkpoint(signed, HEADS, head_path(origin(signed)), f"{text}\n")
    with pytest.raises(MalformedLedgerError, match="cut off"):
        signed.append(SIGNER)
    assert any("cut off" in complaint for complaint in signed.complaints(replay=False))


@pytest.mark.parametrize("size", [10**9, 1], ids=["more entries", "another beginning"])
def test_of_an_unsigned_ledger_anybody_accuses(tmp_path: Path, size: int) -> None:
    chronicle = begun(tmp_path)
    chronicle.append()
    path = head_path(origin(chronicle))
    write_checkpoint(chronicle, HEADS, path, _false(chronicle, size, None))
    chronicle.merged("LR-1")
    with pytest.raises(MalformedLedgerError):
        chronicle.append()


def test_what_was_kept_before_the_first_signature_accuses_still(tmp_path: Path) -> None:
    chronicle = begun(tmp_path)
    chronicle.append()
    path = head_path(origin(chronicle))
    write_checkpoint(chronicle, HEADS, path, _false(chronicle, 1, None))
    configure(chronicle, key=SIGNER.verifier.source)
    with pytest.raises(MalformedLedgerError):
        chronicle.append(SIGNER)

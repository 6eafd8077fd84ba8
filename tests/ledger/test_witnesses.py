"""Witnesses cosign the checkpoint (C2SP tlog-cosignature), and enough of them must have."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import parse_note
from launchpolicy.ledger.cosignature import cosigners, witness_of
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.errors import UsageError
from tests.ledger.chronicle import MOMENT, Chronicle, begun

CHECKPOINT = "example.com/sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
HEADS = "refs/heads/launch-ledger-heads"


class Cosigner:
    """A witness as the specification describes it, written without the code under test."""

    def __init__(self, name: str, seed: int, kind: bytes = b"\x04") -> None:
        self.name = name
        self.private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        public = self.private.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:4]
        encoded = base64.b64encode(kind + public).decode()
        self.source = f"{name}+{self.key_id.hex()}+{encoded}"

    def line(self, text: str, seconds: int = 1679315147, signed: str | None = None) -> str:
        """Return the signature line for a checkpoint; `signed` is what is really signed."""
        message = f"cosignature/v1\ntime {seconds}\n{text if signed is None else signed}"
        signature = self.private.sign(message.encode())
        data = self.key_id + seconds.to_bytes(8, "big") + signature
        return f"— {self.name} {base64.b64encode(data).decode()}\n"


ONE, TWO, THREE = (Cosigner(f"witness.example/w{number}", number) for number in (1, 2, 3))


def test_a_cosignature_by_the_specification_is_counted_and_others_are_passed_over() -> None:
    stranger = Cosigner("witness.example/w1", 9)
    text = f"{CHECKPOINT}\n{ONE.line(CHECKPOINT)}{stranger.line(CHECKPOINT)}{TWO.line(CHECKPOINT)}"
    witnesses = [witness_of(ONE.source), witness_of(THREE.source)]
    assert [witness.name for witness in cosigners(parse_note(text), witnesses)] == [ONE.name]


@pytest.mark.parametrize(
    "line",
    [
        ONE.line(CHECKPOINT, signed=CHECKPOINT.replace("20852163", "20852164")),
        f"{ONE.line(CHECKPOINT)[:60]}{'A' if ONE.line(CHECKPOINT)[60] != 'A' else 'B'}"
        + ONE.line(CHECKPOINT)[61:],
        ONE.line(CHECKPOINT, seconds=1)[:-30] + ONE.line(CHECKPOINT, seconds=2)[-30:],
    ],
    ids=["another checkpoint", "another byte", "another time"],
)
def test_a_bad_cosignature_of_a_known_witness_is_refused(line: str) -> None:
    with pytest.raises(ProofError, match=r"cosignature of witness.example/w1 is bad|base 64"):
        cosigners(parse_note(f"{CHECKPOINT}\n{line}"), [witness_of(ONE.source)])


def test_a_signature_over_the_bare_checkpoint_is_no_cosignature() -> None:
    """As a log signs: without the time, which a witness has to say."""
    data = ONE.key_id + bytes(8) + ONE.private.sign(CHECKPOINT.encode())
    line = f"— {ONE.name} {base64.b64encode(data).decode()}\n"
    with pytest.raises(ProofError):
        cosigners(parse_note(f"{CHECKPOINT}\n{line}"), [witness_of(ONE.source)])


def test_the_key_of_a_log_is_no_key_of_a_witness() -> None:
    log = Cosigner("acme.example/launches", 1, kind=b"\x01")
    for wrong in (log.source, ONE.source.replace("w1+", "w2+"), "nonsense"):
        with pytest.raises(UsageError):
            witness_of(wrong)
    assert witness_of(ONE.source).source == ONE.source


def witnessed(folder: Path, witnesses: Sequence[Cosigner], **quorum: int) -> Chronicle:
    keys = {"keys": [witness.source for witness in witnesses], **quorum}
    chronicle = begun(folder, {"witnesses": keys})
    chronicle.append()
    return chronicle


def checkpoint_text(chronicle: Chronicle) -> str:
    return f"{chronicle.git('show', 'launch-ledger:checkpoint').partition(chr(10) * 2)[0]}\n"


def cosigned_file(folder: Path, text: str, *witnesses: Cosigner) -> str:
    file = folder / f"cosigned-{len(list(folder.iterdir()))}"
    lines = "".join(witness.line(text) for witness in witnesses)
    file.write_text(f"{text}\n{lines}", "utf-8")
    return str(file)


def said(output: str) -> str:
    return " ".join(output.split())


@pytest.mark.slow
def test_a_quorum_of_witnesses_verifies_and_the_missing_ones_are_named(tmp_path: Path) -> None:
    chronicle = witnessed(tmp_path / "work", [ONE, TWO, THREE], quorum=2)
    text = checkpoint_text(chronicle)
    done = chronicle.run("verify", "--quick")
    assert done.code == 1
    assert "0 of the witnesses have cosigned it, and 2 must" in said(done.output)
    one, two = (cosigned_file(tmp_path, text, witness) for witness in (ONE, TWO))
    assert chronicle.run("verify", "--quick", "--cosigned", one).code == 1
    done = chronicle.run("verify", "--quick", "--cosigned", one, "--cosigned", two)
    assert done.code == 0, done.output
    assert f"Cosigned by witnesses: {ONE.name}, {TWO.name}." in said(done.output)
    assert f"Not cosigned by these witnesses: {THREE.name}." in said(done.output)


@pytest.mark.slow
def test_one_witness_under_two_names_is_not_two(tmp_path: Path) -> None:
    again = Cosigner("witness.example/other", 1)
    chronicle = witnessed(tmp_path / "work", [ONE, again, TWO], quorum=2)
    text = checkpoint_text(chronicle)
    both = cosigned_file(tmp_path, text, ONE, again)
    twice = cosigned_file(tmp_path, text, ONE, ONE)
    assert chronicle.run("verify", "--quick", "--cosigned", both, "--cosigned", twice).code == 1
    right = cosigned_file(tmp_path, text, again, TWO)
    assert chronicle.run("verify", "--quick", "--cosigned", right).code == 0


@pytest.mark.slow
def test_cosignatures_beside_the_kept_checkpoint_are_read_and_survive_an_append(
    tmp_path: Path,
) -> None:
    chronicle = witnessed(tmp_path / "work", [ONE])
    text = checkpoint_text(chronicle)
    tip = chronicle.git("rev-parse", HEADS)
    path = f"{text.splitlines()[0]}/checkpoint.cosigned"
    with chronicle.place() as place:
        files = {path: f"{text}\n{ONE.line(text)}".encode()}
        commit = commit_files(place.repository, tip, files, (), "cosigned", MOMENT)
    chronicle.git("update-ref", HEADS, commit)
    assert chronicle.run("verify", "--quick").code == 0
    chronicle.merged("LR-1")
    chronicle.append()
    done = chronicle.run("verify", "--quick")
    assert done.code == 3, done.output
    assert "have cosigned the first 1 entries, and not yet all 2" in said(done.output)


@pytest.mark.slow
def test_a_ledger_that_its_witness_saw_otherwise_does_not_verify(tmp_path: Path) -> None:
    chronicle = witnessed(tmp_path / "work", [ONE])
    text = checkpoint_text(chronicle)
    origin, size, root = text.splitlines()
    other = base64.b64encode(bytes([base64.b64decode(root)[0] ^ 1, *base64.b64decode(root)[1:]]))
    forked = f"{origin}\n{size}\n{other.decode()}\n"
    longer = f"{origin}\n9\n{other.decode()}\n"
    honest = cosigned_file(tmp_path, text, ONE)
    for wrong, words in ((forked, "the ledger was rewritten"), (longer, "was cut off")):
        file = cosigned_file(tmp_path, wrong, ONE)
        done = chronicle.run("verify", "--quick", "--cosigned", honest, "--cosigned", file)
        assert done.code == 1, done.output
        assert words in said(done.output)


@pytest.mark.slow
def test_a_key_that_is_none_of_a_witness_is_a_usage_error(tmp_path: Path) -> None:
    log = Cosigner("acme.example/launches", 1, kind=b"\x01")
    chronicle = witnessed(tmp_path / "work", [log])
    assert chronicle.run("verify", "--quick").code == 2
    file = tmp_path / "empty"
    file.write_text("", "utf-8")
    assert chronicle.run("verify", "--cosigned", str(file)).code == 2


@pytest.mark.slow
def test_a_receipt_carries_the_cosignatures_that_are_kept_or_given(tmp_path: Path) -> None:
    chronicle = witnessed(tmp_path / "work", [ONE, TWO], quorum=1)
    text = checkpoint_text(chronicle)
    forged = cosigned_file(tmp_path, text.replace("\n1\n", "\n2\n"), TWO)
    given = cosigned_file(tmp_path, text, ONE, THREE)
    receipt = str(tmp_path / "receipt")
    options = ("--cosigned", given, "--cosigned", forged, "--output", receipt)
    assert chronicle.run("prove", "0", *options).code == 0
    done = chronicle.run("check-proof", receipt, "--witness", ONE.source)
    assert done.code == 0, done.complaint
    assert f"Cosigned by witnesses: {ONE.name}." in said(done.output)
    # A stranger's signature is not passed on, and a witness of another checkpoint is none of this.
    for missing in (TWO, THREE):
        done = chronicle.run("check-proof", receipt, "--witness", missing.source)
        assert done.code == 1
        assert f"it is not cosigned by {missing.name}" in said(done.complaint)
    assert chronicle.run("prove", "0", "--output", receipt).code == 0
    assert chronicle.run("check-proof", receipt, "--witness", ONE.source).code == 1

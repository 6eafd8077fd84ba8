"""Growth proofs: a checkpoint that somebody kept is the beginning of the ledger, or it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ledger.chronicle import Chronicle, begun

Auditor = tuple[Chronicle, Path, Path]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Chronicle, str]:
    """A ledger of which an auditor kept a checkpoint before it grew."""
    chronicle = begun(tmp_path_factory.mktemp("growth"))
    chronicle.merged("LR-1")
    assert chronicle.run("append").code == 0
    kept = chronicle.git("cat-file", "blob", "launch-ledger:checkpoint") + "\n\n"  # `git` strips
    chronicle.merged("LR-2")
    chronicle.merged("LR-3")
    assert chronicle.run("append").code == 0
    return chronicle, kept


@pytest.fixture
def auditor(grown: tuple[Chronicle, str], tmp_path: Path) -> Auditor:
    """Who has the kept checkpoint and the proof, and neither repository nor ledger."""
    chronicle, kept = grown
    (tmp_path / "kept").write_text(kept, "utf-8")
    proof = tmp_path / "growth"
    done = chronicle.run("prove", "--since", str(tmp_path / "kept"), "--output", str(proof))
    assert done.code == 0, done.complaint
    return Chronicle(tmp_path, chronicle.home), tmp_path / "kept", proof


def test_a_kept_checkpoint_is_proved_to_be_the_beginning(auditor: Auditor) -> None:
    person, kept, proof = auditor
    assert proof.read_text("utf-8").startswith("old 2\n")
    done = person.run("check-proof", str(proof), "--since", str(kept))
    assert (done.code, done.complaint) == (0, "")
    assert "Proved: the first 2 entries are those of the checkpoint" in done.output
    assert "is not verified" in done.output


@pytest.mark.parametrize(
    ("line", "written"),
    [(2, "A" * 43 + "="), (1, "1"), (0, "acme.example/others")],
    ids=["another root", "another size", "another ledger"],
)
def test_a_checkpoint_that_is_no_beginning_proves_nothing(
    auditor: Auditor, grown: tuple[Chronicle, str], line: int, written: str
) -> None:
    person, kept, proof = auditor
    lines = kept.read_text("utf-8").split("\n")
    lines[line] = written
    kept.write_text("\n".join(lines), "utf-8")
    done = person.run("check-proof", str(proof), "--since", str(kept))
    assert (done.code, done.output) == (1, "")
    assert done.complaint.startswith("NOT proved: ")
    assert grown[0].run("prove", "--since", str(kept)).code == 1


def test_a_newer_checkpoint_that_was_exchanged_proves_nothing(auditor: Auditor) -> None:
    person, kept, proof = auditor
    head, _, note = proof.read_text("utf-8").partition("\n\n")
    lines = note.split("\n")
    lines[2] = "A" * 43 + "="
    proof.write_text(head + "\n\n" + "\n".join(lines), "utf-8")
    assert person.run("check-proof", str(proof), "--since", str(kept)).code == 1


def test_with_a_key_unsigned_checkpoints_prove_nothing(auditor: Auditor) -> None:
    person, kept, proof = auditor
    public = person.run("keygen", "acme.example/launches", "ledger.key").output.strip()
    done = person.run("check-proof", str(proof), "--since", str(kept), "--key", public)
    assert (done.code, done.output) == (1, "")


def test_what_is_missing_is_said(auditor: Auditor) -> None:
    person, kept, proof = auditor
    done = person.run("check-proof", str(proof))
    assert (done.code, "--since CHECKPOINT" in done.complaint) == (2, True)
    assert person.run("check-proof", str(kept), "--since", str(kept)).code == 2
    assert person.run("prove", "LR-1", "--since", str(kept)).code == 2
    assert person.run("prove").code == 2
    assert person.run("check-proof", str(proof), "--since", f"{proof}.none").code == 2


def test_what_is_no_file_and_no_number_is_a_usage_error(
    auditor: Auditor, grown: tuple[Chronicle, str], tmp_path: Path
) -> None:
    person, kept, _ = auditor
    os.mkfifo(tmp_path / "pipe")
    assert person.run("check-proof", str(tmp_path / "pipe"), "--since", str(kept)).code == 2
    for number in ("#" + "9" * 5000, "#\u0663", "#-1"):
        assert grown[0].run("prove", number).code == 2

"""A ledger that was never signed is signed from the next append on; a stripped one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.ledger.checkpoint import encode_base64, parse_note
from launchpolicy.ledger.signing import Signer
from launchpolicy.operations.ledger.problems import MalformedLedgerError
from tests.ledger.chronicle import Chronicle, begun
from tests.ledger.test_voids import append_forged, voiding

SIGNER = Signer("acme.example/launches", b"\x07" * 32)
OTHER = Signer("acme.example/launches", b"\x09" * 32)


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    """An unsigned ledger with two entries."""
    made = begun(tmp_path)
    made.merged("LR-1")
    made.append()
    return made


def configure(chronicle: Chronicle, **settings: object) -> None:
    """Writes the section `ledger` of the configuration, and commits it."""
    file = chronicle.folder / ".launchpolicy.yaml"
    text = file.read_text("utf-8").partition("\nledger:")[0].rstrip() + "\n"
    section = f"ledger: {json.dumps(settings)}\n" if settings else ""
    file.write_text(f"{text}{section}", "utf-8")
    chronicle.commit("The keys of the ledger")


def write_checkpoint(chronicle: Chronicle, branch: str, path: str, source: str) -> None:
    """Commits other bytes at a path of a branch, as who may push it could."""
    blob_file = chronicle.folder.parent / "blob"
    blob_file.write_text(source, "utf-8")
    blob = chronicle.git("hash-object", "-w", str(blob_file))
    index = f"GIT_INDEX_FILE={chronicle.folder.parent / 'index'}"
    script = (
        f"env {index} git read-tree {branch} && "
        f"env {index} git update-index --add --cacheinfo 100644,{blob},{path} && "
        f"git update-ref refs/heads/{branch} "
        f"$(git commit-tree $(env {index} git write-tree) -p {branch} -m x)"
    )
    chronicle.git("-c", f"alias.write=!{script}", "write")


def strip(chronicle: Chronicle, branch: str, path: str) -> None:
    """Takes the signatures off the checkpoint at a path of a branch."""
    note = parse_note(chronicle.git("show", f"{branch}:{path}") + "\n")
    assert note.is_signed
    write_checkpoint(chronicle, branch, path, f"{note.text}\n")


def origin(chronicle: Chronicle) -> str:
    with chronicle.state() as (_, state):
        assert state.checkpoint is not None
        return state.checkpoint.origin


def test_an_unsigned_ledger_is_signed_from_the_next_append_on(chronicle: Chronicle) -> None:
    configure(chronicle, key=SIGNER.verifier.source)
    before = chronicle.run("verify")
    assert before.code == 1
    assert "is not signed, and the configuration names a key" in before.output
    done = chronicle.append(SIGNER)
    assert (done.count, done.state.note is not None and done.state.note.is_signed) == (1, True)
    verified = chronicle.run("verify")
    assert verified.code == 0, verified.output
    assert "Unsigned until entry #1, signed from entry #2 on." in verified.output
    chronicle.merged("LR-2")
    assert chronicle.append(SIGNER).count == 1
    assert chronicle.verify().is_good


def test_a_ledger_without_new_entries_is_signed_all_the_same(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    """As with rules from outside, where naming the key is no landing."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        (rules / name).write_bytes((chronicle.folder / name).read_bytes())
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger")
    chronicle.git("update-ref", "-d", "refs/heads/launch-ledger-heads")
    assert chronicle.run("append", "--rules", str(rules)).code == 0
    file = rules / ".launchpolicy.yaml"
    text = file.read_text("utf-8")
    file.write_text(f'{text}ledger: {{key: "{SIGNER.verifier.source}"}}\n', "utf-8")
    done = chronicle.run("append", "--rules", str(rules), LAUNCHPOLICY_LEDGER_KEY=SIGNER.source)
    assert done.code == 0, done.complaint
    assert "0 entries appended" in done.output
    assert "(signed)" in done.output
    verified = chronicle.run("verify", "--rules", str(rules))
    assert verified.code == 0, verified.output


def test_an_unsigned_ledger_that_is_not_what_history_says_is_not_signed(
    chronicle: Chronicle,
) -> None:
    append_forged(chronicle, voiding(chronicle.git("rev-parse", "HEAD"), 1, 1))
    configure(chronicle, key=SIGNER.verifier.source)
    with pytest.raises(MalformedLedgerError, match="does not verify, so it was not signed"):
        chronicle.append(SIGNER)


def test_an_unsigned_ledger_of_which_more_is_kept_is_not_signed(chronicle: Chronicle) -> None:
    chronicle.merged("LR-2")
    chronicle.append()
    chronicle.git("update-ref", "refs/heads/launch-ledger", "launch-ledger~1")
    configure(chronicle, key=SIGNER.verifier.source)
    with pytest.raises(MalformedLedgerError, match=r"does not verify|cut off"):
        chronicle.append(SIGNER)


def test_a_signature_that_was_stripped_on_the_branch_is_not_made_anew(
    chronicle: Chronicle,
) -> None:
    configure(chronicle, key=SIGNER.verifier.source)
    chronicle.append(SIGNER)
    strip(chronicle, "launch-ledger", "checkpoint")
    with pytest.raises(MalformedLedgerError, match="signature was removed"):
        chronicle.append(SIGNER)
    assert chronicle.run("verify").code == 1


def test_a_signature_that_was_stripped_with_the_history_of_the_branch_is_not_made_anew(
    chronicle: Chronicle,
) -> None:
    """The branch is one unsigned commit now; what is kept still bears the signature."""
    configure(chronicle, key=SIGNER.verifier.source)
    chronicle.append(SIGNER)
    strip(chronicle, "launch-ledger", "checkpoint")
    tree = chronicle.git("rev-parse", "launch-ledger^{tree}")
    alone = chronicle.git("commit-tree", tree, "-m", "ledger")
    chronicle.git("update-ref", "refs/heads/launch-ledger", alone)
    with pytest.raises(MalformedLedgerError, match="signature was removed"):
        chronicle.append(SIGNER)


def test_a_signature_that_was_stripped_everywhere_is_missed_by_the_key_of_the_time(
    chronicle: Chronicle,
) -> None:
    """Both branches begin anew, unsigned; but where the last entry landed, a key was named."""
    configure(chronicle, key=SIGNER.verifier.source)
    chronicle.append(SIGNER)
    name = origin(chronicle)
    for branch, path in (
        ("launch-ledger", "checkpoint"),
        ("launch-ledger-heads", f"{name}/checkpoint"),
    ):
        strip(chronicle, branch, path)
        tree = chronicle.git("rev-parse", f"{branch}^{{tree}}")
        alone = chronicle.git("commit-tree", tree, "-m", "ledger")
        chronicle.git("update-ref", f"refs/heads/{branch}", alone)
    with pytest.raises(MalformedLedgerError, match="signature was removed"):
        chronicle.append(SIGNER)


def test_a_lost_key_is_named_with_the_remedy(chronicle: Chronicle) -> None:
    configure(chronicle, key=SIGNER.verifier.source)
    chronicle.append(SIGNER)
    configure(chronicle, key=OTHER.verifier.source)
    done = chronicle.run("append", LAUNCHPOLICY_LEDGER_KEY=OTHER.source)
    assert done.code == 1
    assert "no known key has signed it" in done.complaint
    assert f"{SIGNER.name}+{SIGNER.verifier.key_id.hex()}" in done.complaint
    assert "ledger.formerKeys" in done.complaint
    keys = {"key": OTHER.verifier.source, "formerKeys": [SIGNER.verifier.source]}
    configure(chronicle, **keys)
    done = chronicle.run("append", LAUNCHPOLICY_LEDGER_KEY=OTHER.source, LANG="C.UTF-8")
    assert done.code == 0, done.complaint
    assert chronicle.run("verify").code == 0


def test_a_bad_signature_of_a_known_key_stays_damage(chronicle: Chronicle) -> None:
    configure(chronicle, key=SIGNER.verifier.source)
    chronicle.append(SIGNER)
    source = chronicle.git("show", "launch-ledger:checkpoint") + "\n"
    with chronicle.state() as (_, state):
        assert state.note is not None
        good = state.note.signatures[0].signature
    key_id = SIGNER.verifier.key_id
    bad = source.replace(encode_base64(key_id + good), encode_base64(key_id + bytes(64)))
    assert bad != source
    write_checkpoint(chronicle, "launch-ledger", "checkpoint", bad)
    with pytest.raises(MalformedLedgerError, match="is bad"):
        chronicle.append(SIGNER)

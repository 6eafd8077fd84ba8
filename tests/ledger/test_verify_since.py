"""A daily check verifies what is new, and never passes what a whole one would not (threat L1)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import parse_note
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.signing import Signer
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)
from launchpolicy.operations.ledger.verification.verify import verify
from launchpolicy.operations.ledger.verification.verify_since import (
    Beginning,
)
from tests.ledger.chronicle import MOMENT, Chronicle, begun
from tests.ledger.test_tampering import forge

pytestmark = pytest.mark.slow

LEDGER, HEADS = "refs/heads/launch-ledger", "refs/heads/launch-ledger-heads"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """Five entries; the checkpoint of the first two is kept in a file beside the clone."""
    chronicle = begun(tmp_path_factory.mktemp("written"))
    chronicle.merged("LR-1")
    chronicle.append()
    kept = chronicle.git("show", "launch-ledger:checkpoint")
    (chronicle.folder.parent / "kept").write_text(f"{kept}\n\n", "utf-8")
    before = chronicle.git("rev-parse", "HEAD")
    chronicle.request("LR-2")
    chronicle.commit("One half")
    chronicle.edit("launches/LR-2/request.yaml", "takes: 25m", "takes: 26m")
    chronicle.commit("And the other")
    assert chronicle.run("append", "--landed-after", before).code == 0
    for name in ("LR-3", "LR-4"):
        chronicle.merged(name)
    chronicle.append()
    return chronicle


@pytest.fixture
def chronicle(written: Chronicle, tmp_path: Path) -> Chronicle:
    """A copy to be harmed, of which no checkpoint but the file is kept."""
    shutil.copytree(written.folder, tmp_path / "launches")
    shutil.copy(written.folder.parent / "kept", tmp_path / "kept")
    copy = Chronicle(tmp_path / "launches", written.home)
    copy.git("update-ref", "-d", HEADS)
    return copy


def since(chronicle: Chronicle, *, replay: bool = True) -> Verification:
    note = parse_note((chronicle.folder.parent / "kept").read_text("utf-8"))
    with chronicle.place() as place:
        return verify(place, replay=replay, beginning=Beginning(note))


def said(output: str) -> str:
    return " ".join(output.split())


def test_what_is_new_verifies_and_what_was_not_looked_at_is_said(chronicle: Chronicle) -> None:
    done = chronicle.run("verify", "--since", "../kept")
    assert done.code == 0, done.output
    assert "begins with the 2 entries that were verified before" in said(done.output)
    assert "were not looked at again" in said(done.output)
    chronicle.merged("LR-5")
    assert "1 landing after the last entry" in chronicle.run("verify", "--since", "../kept").output


def change_verdict(number: int) -> Callable[[list[Entry]], list[Entry]]:
    def change(entries: list[Entry]) -> list[Entry]:
        data = entries[number].model_dump(mode="json", by_alias=True, exclude_defaults=True)
        data |= {"event": "approved", "verdict": "pass", "hurdles": []}
        del data["attempted"], data["hurdles"]
        good = Entry.model_validate_json(Entry.model_validate(data, strict=False).source)
        return [*entries[:number], good, *entries[number + 1 :]]

    return change


ATTACKS: dict[str, Callable[[list[Entry]], list[Entry]]] = {
    "a verdict is changed": change_verdict(3),
    "the first new entry is changed": change_verdict(2),
    "an entry is left out": lambda entries: [*entries[:3], *entries[4:]],
    "an entry is made twice": lambda entries: [*entries, entries[-1]],
    "an old entry is entered again": lambda entries: [*entries, entries[1]],
    "two entries changed places": lambda entries: [*entries[:3], entries[4], entries[3]],
    "a commit that never was": lambda entries: [
        *entries,
        entries[-1].model_copy(update={"commit": "0" * 39 + "1"}),
    ],
    "a record is named that is not there": lambda entries: [
        *entries[:4],
        entries[4].model_copy(update={"record": f"sha256:{'0' * 64}"}),
    ],
    "the beginning is changed": change_verdict(1),
    "all that is new is cut off, and one more": lambda entries: entries[:1],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_whole_verification_finds_after_the_checkpoint_is_found(
    chronicle: Chronicle, attack: str
) -> None:
    forge(chronicle, ATTACKS[attack])
    assert chronicle.complaints() != []
    result = since(chronicle)
    assert result.exit_code == 1
    assert result.complaints


def test_every_file_of_the_new_part_counts(chronicle: Chronicle) -> None:
    with chronicle.state() as (place, state):
        tip = state.files.commit
        paths = [entry.path for entry in state.files.all()]
        files = {path: state.files.read(path) for path in paths}
        for path, source in files.items():
            harmed = {path: source[:-2] + bytes([source[-2] ^ 1]) + source[-1:]}
            commit = commit_files(place.repository, tip, harmed, (), "harm", MOMENT)
            chronicle.git("update-ref", LEDGER, commit)
            assert since(chronicle, replay=False).exit_code == 1, path
    strange = {"tile/notes.txt": b"x", "shipped/more.json": b"{}"}
    for path, source in strange.items():
        with chronicle.place() as place:
            commit = commit_files(place.repository, tip, {path: source}, (), "harm", MOMENT)
        chronicle.git("update-ref", LEDGER, commit)
        assert since(chronicle, replay=False).exit_code == 1, path


def test_a_history_rewritten_before_the_checkpoint_is_verified_as_a_whole(
    chronicle: Chronicle,
) -> None:
    chronicle.git("checkout", "--quiet", "--orphan", "other")
    chronicle.commit("All anew")
    result = since(chronicle, replay=False)
    assert result.exit_code == 1
    assert result.since == 0


def test_a_checkpoint_of_another_ledger_or_unsigned_is_no_beginning(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    text = kept.read_text("utf-8")
    kept.write_text(text.replace("launch-ledger/", "launch-ledger/x"), "utf-8")
    done = chronicle.run("verify", "--since", "../kept")
    assert done.code == 1
    assert "of two ledgers" in said(done.output)
    kept.write_text("nonsense", "utf-8")
    assert chronicle.run("verify", "--since", "../kept").code == 2
    key = Signer("acme.example/launches", b"\x07" * 32)
    signed = begun(tmp_path / "signed", {"key": key.verifier.source})
    signed.append(key)
    unsigned = signed.git("show", "launch-ledger:checkpoint").partition("\n\n")[0]
    (tmp_path / "unsigned").write_text(f"{unsigned}\n\n", "utf-8")
    done = signed.run("verify", "--since", str(tmp_path / "unsigned"))
    assert done.code == 1
    assert "no known key has signed it" in said(done.output)


def test_a_mark_is_set_by_a_whole_verification_and_goes_on_from_there(
    written: Chronicle, tmp_path: Path
) -> None:
    clone = written.clone(f"marked-{tmp_path.name}")
    assert "verified before" not in clone.run("verify", "--since", "verified").output
    done = clone.run("verify", "--since", "verified")
    assert (done.code, "the 5 entries that were verified before" in said(done.output)) == (0, True)
    clone.merged("LR-6")
    clone.append()
    assert clone.run("verify", "--since", "verified").code == 0
    assert "6 entries" in said(clone.run("verify", "--since", "verified").output)
    forge(clone, change_verdict(3))
    assert clone.run("verify", "--since", "verified").code == 1


def test_what_was_not_verified_sets_no_mark(chronicle: Chronicle) -> None:
    for options in (("--quick",), ()):
        done = chronicle.run("verify", "--since", "verified", *options)
        assert done.code == 3
        assert "verified" not in (chronicle.folder / ".git/config").read_text("utf-8")
    chronicle.append()
    assert chronicle.run("verify", "--since", "verified", "--quick").code == 0
    assert "verified" not in (chronicle.folder / ".git/config").read_text("utf-8")


def test_a_mark_never_comes_with_a_clone(written: Chronicle, tmp_path: Path) -> None:
    source = written.clone(f"source-{tmp_path.name}")
    assert source.run("verify", "--since", "verified").code == 0
    assert "verified = launch-ledger/" in (source.folder / ".git/config").read_text("utf-8")
    mirror = tmp_path / "mirror"
    source.git("clone", "--quiet", "--mirror", str(source.folder), str(mirror))
    assert "verified" not in (mirror / "config").read_text("utf-8")

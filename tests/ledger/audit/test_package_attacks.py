"""What somebody may do to a package on its way to the auditor, and what `--check` says of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.ledger.audit.manifest import (
    MANIFEST,
    NOTE,
    manifest_of,
    manifest_source,
    note_text,
    read_manifest,
)
from launchpolicy.ledger.checkpoint import parse_checkpoint, parse_note
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.operations.audit.check_package import check_package
from launchpolicy.operations.audit.collect import AuditOptions, collect_audit
from launchpolicy.operations.audit.package import write_package
from tests.ledger.chronicle import begun

SIGNER = Signer("example.com/launches", b"\x07" * 32)
STRANGER = Signer("example.com/launches", b"\x08" * 32)
KEYS = (SIGNER.verifier,)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    chronicle = begun(folder / "work", {"origin": "example.com/launches"})
    chronicle.merged("LR-1")
    chronicle.merged("LR-2")
    chronicle.append(SIGNER)
    with chronicle.place() as place:
        report = collect_audit(place, AuditOptions(), "en")
        write_package(place, report, folder / "audit", SIGNER)
    return folder / "audit"


@pytest.fixture
def package(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "audit"))


def _complaints(folder: Path, *, with_key: bool = True) -> str:
    return "; ".join(text.en for text in check_package(folder, KEYS if with_key else ()).complaints)


def _write_manifest(folder: Path, signer: Signer | None = None, end: str | None = None) -> None:
    """What someone without the key can do after a change: a manifest of the files as they are."""
    manifest = read_manifest((folder / MANIFEST).read_text("utf-8"))
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in {MANIFEST, NOTE}
    }
    checkpoints = (manifest.begin, manifest.end if end is None else end, manifest.ledger)
    whole = manifest_of(manifest.origin, checkpoints, files)
    source = manifest_source(whole)
    (folder / MANIFEST).write_text(source, "utf-8")
    note = sign(note_text(source.encode(), whole.origin), signer)
    (folder / NOTE).write_text(note.source, "utf-8")


def test_an_honest_package_is_good(package: Path) -> None:
    outcome = check_package(package, KEYS)
    assert outcome.complaints == ()
    assert outcome.facts.signers == ("example.com/launches",)
    assert outcome.facts.receipts == 2
    assert outcome.facts.is_signed


@pytest.mark.parametrize("name", ["index.html", "exceptions.csv", "audit.json", "checkpoints/end"])
def test_a_changed_byte_of_a_file_is_found(package: Path, name: str) -> None:
    file = package / name
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert f"{name}: its bytes were changed" in _complaints(package)


def test_an_exception_taken_out_is_found_by_the_signature_although_the_manifest_is_made_anew(
    package: Path,
) -> None:
    file = package / "exceptions.csv"
    file.write_text(file.read_text("utf-8").split("\r\n")[0] + "\r\n", "utf-8", newline="")
    _write_manifest(package)
    assert "no known key has signed it" in _complaints(package)
    _write_manifest(package, STRANGER)
    assert "no known key has signed it" in _complaints(package)


def test_without_a_key_a_package_made_anew_is_called_unverified(package: Path) -> None:
    _write_manifest(package)
    outcome = check_package(package, ())
    assert (outcome.complaints, outcome.facts.signers) == ((), ())
    assert not outcome.facts.is_signed


def test_the_note_of_another_manifest_signs_nothing(package: Path) -> None:
    note = (package / NOTE).read_text("utf-8")
    (package / "notes.txt").write_text("more\n", "utf-8")
    _write_manifest(package)
    (package / NOTE).write_text(note, "utf-8")
    assert "about another manifest" in _complaints(package)
    assert "about another manifest" in _complaints(package, with_key=False)


def test_a_missing_and_an_added_file_are_found(package: Path) -> None:
    (package / "duties.csv").unlink()
    (package / "launches" / "extra.html").write_text("x", "utf-8")
    complaints = _complaints(package)
    assert "duties.csv: it is missing" in complaints
    assert "launches/extra.html: the manifest does not list it" in complaints


def test_a_link_in_place_of_a_file_or_a_folder_is_found(package: Path, tmp_path: Path) -> None:
    moved = shutil.move(package / "audit.json", tmp_path / "audit.json")
    (package / "audit.json").symlink_to(moved)
    shutil.move(package / "receipts", tmp_path / "receipts")
    (package / "receipts").symlink_to(tmp_path / "receipts")
    complaints = _complaints(package)
    assert "audit.json: it is no ordinary file" in complaints
    assert "receipts: the manifest does not list it" in complaints


def _receipts_swapped(folder: Path) -> str | None:
    one, two = sorted((folder / "receipts").iterdir())
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return None


def _entry_forged(folder: Path) -> str | None:
    file = min((folder / "receipts").iterdir())
    lines = file.read_text("utf-8").split("\n")
    lines[1] = "extra e30="
    file.write_text("\n".join(lines), "utf-8")
    return None


def _end_forged(folder: Path) -> str | None:
    note = "example.com/launches\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
    (folder / "checkpoints" / "end").write_text(note, "utf-8")
    return note


def _end_is_of_another_ledger(folder: Path) -> str | None:
    source = (folder / "checkpoints" / "end").read_text("utf-8")
    note = source.replace("example.com/launches\n", "example.com/other\n", 1)
    (folder / "checkpoints" / "end").write_text(note, "utf-8")
    return note


def _end_is_left_out(folder: Path) -> str | None:
    (folder / "checkpoints" / "end").unlink()
    return ""


def _growth_is_left_out(folder: Path) -> str | None:
    (folder / "proofs" / "end-to-ledger").unlink()
    return None


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        (_receipts_swapped, "another ledger or entry"),
        (_entry_forged, "not in the tree"),
        (_end_forged, "not proved"),
        (_end_is_of_another_ledger, "another ledger"),
        (_end_is_left_out, "another ledger or entry"),
        (_growth_is_left_out, "it is missing"),
    ],
)
def test_proofs_that_prove_something_else_are_found_even_without_a_key(
    package: Path, attack: Callable[[Path], str | None], words: str
) -> None:
    _write_manifest(package, end=attack(package))
    complaints = _complaints(package, with_key=False)
    assert words in complaints


def _manifest(**changes: Any) -> str:
    data: dict[str, Any] = {
        "format": "launchpolicy/audit-manifest/v1",
        "origin": "example.com/launches",
        "checkpoints": {"begin": "", "end": "", "ledger": ""},
        "files": {},
    }
    return json.dumps({**data, **changes})


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        _manifest(format="launchpolicy/audit-manifest/v2"),
        _manifest(files=[]),
        _manifest(files={"a": 1}),
        _manifest(files={"a": "0" * 63}),
        _manifest(files={"../secret": "0" * 64}),
        _manifest(files={"/etc/passwd": "0" * 64}),
        _manifest(files={"a/../../b": "0" * 64}),
        _manifest(files={"a\\b": "0" * 64}),
        _manifest(files={".hidden": "0" * 64}),
        _manifest(files={"a\nb": "0" * 64}),
        _manifest(files={MANIFEST: "0" * 64}),
        _manifest(origin=None),
        _manifest(checkpoints=[]),
        _manifest().replace('"files": {}', '"files": {}, "files": {}'),
    ],
)
def test_a_manifest_that_is_none_or_leads_out_of_the_package_is_refused(source: str) -> None:
    with pytest.raises(ProofError):
        read_manifest(source)


def test_no_signature_over_a_package_is_one_over_a_ledger() -> None:
    """Whoever gets a package signed must not get a checkpoint signed with it."""
    for origin in ("example.com/launches", "12", "a\n12\nAAAA"):
        note = sign(note_text(b"{}", origin), SIGNER)
        with pytest.raises(ProofError):
            parse_checkpoint(parse_note(note.source).text)


def test_a_package_that_is_no_text_is_not_good(package: Path) -> None:
    (package / MANIFEST).write_bytes(b"\xff\xfe")
    assert "it is no text" in _complaints(package)
    (package / MANIFEST).write_bytes(b"{}")
    assert "cannot be read" in _complaints(package)

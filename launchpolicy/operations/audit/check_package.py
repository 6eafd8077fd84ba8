"""Check a package offline: its files against the manifest, its proofs, and who signed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from launchpolicy.ledger.audit.manifest import (
    MANIFEST,
    NOTE,
    PackageManifest,
    note_text,
    read_manifest,
)
from launchpolicy.ledger.checkpoint import Note, parse_checkpoint, parse_note
from launchpolicy.ledger.growth_proof import check_growth, read_growth_proof
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.receipt import check_receipt, read_receipt
from launchpolicy.ledger.signing import Verifier, verify
from launchpolicy.operations.audit.package_files import listed_files, read_package_file
from launchpolicy.operations.audit.proofs import BEGIN, END, GROWTH, LEDGER, TO_LEDGER
from launchpolicy.reporters.audit.summary import PackageFacts
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_RECEIPTS = "receipts/"


class PackageCheck(NamedTuple):
    """What was checked, and what is wrong with it."""

    facts: PackageFacts
    complaints: tuple[Text, ...]


def check_package(folder: Path, verifiers: Sequence[Verifier]) -> PackageCheck:
    """Check every file and proof of a package; with verifiers, also that one signed it.

    Raises:
        UsageError: there is no package in the folder.
    """
    if not (folder / MANIFEST).exists():
        raise _no_package(folder)
    complaints: list[Text] = []
    try:
        source = read_package_file(folder, MANIFEST)
        manifest = read_manifest(source.decode("utf-8"))
        note = parse_note(read_package_file(folder, NOTE).decode("utf-8"))
    except UnicodeDecodeError:
        return _nothing(Text(f"{MANIFEST}: it is no text", f"{MANIFEST}：不是文本"))
    except ProofError as error:
        return _nothing(error.text)
    signers: tuple[str, ...] = ()
    try:
        signers = _signers(note, source, manifest, verifiers)
    except ProofError as error:
        complaints.append(error.text)
    complaints += _file_complaints(folder, manifest)
    receipts = sorted(path for path in manifest.files if path.startswith(_RECEIPTS))
    if not complaints:
        complaints += _proof_complaints(folder, manifest, receipts, verifiers)
    facts = PackageFacts(
        manifest.origin, len(manifest.files), len(receipts), note.is_signed, signers
    )
    return PackageCheck(facts, tuple(complaints))


def _signers(
    note: Note, source: bytes, manifest: PackageManifest, verifiers: Sequence[Verifier]
) -> tuple[str, ...]:
    """Return who signed the manifest.

    Raises:
        ProofError: the note is about another manifest, or no given key signed it.
    """
    if note.text != note_text(source, manifest.origin):
        raise ProofError(
            Text(f"{NOTE}: it is about another manifest", f"{NOTE}：对应的不是这份清单")
        )
    return verify(note, verifiers) if verifiers else ()


def _file_complaints(folder: Path, manifest: PackageManifest) -> Iterator[Text]:
    """Yield what is wrong with the files themselves."""
    try:
        paths = listed_files(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Text(f"{folder}: {reason}", f"{folder}：{reason}")
        return
    for path in sorted(paths - manifest.files.keys() - {MANIFEST, NOTE}):
        yield Text(f"{path}: the manifest does not list it", f"{path}：不在清单中")
    for path, digest in manifest.files.items():
        try:
            data = read_package_file(folder, path)
        except ProofError as error:
            yield error.text
            continue
        if hashlib.sha256(data).hexdigest() != digest:
            yield Text(f"{path}: its bytes were changed", f"{path}：内容被改动")


def _proof_complaints(
    folder: Path, manifest: PackageManifest, receipts: Sequence[str], verifiers: Sequence[Verifier]
) -> Iterator[Text]:
    """Yield what does not prove what it should. All files are known to be those of the manifest."""
    checks = [(path, _check_receipt) for path in receipts]
    checks += [(END, _check_checkpoints), (TO_LEDGER, _check_growth)]
    for path, check in checks:
        try:
            check(folder, path, manifest, verifiers)
        except ProofError as error:
            yield Text(f"{path}: {error.text.en}", f"{path}：{error.text.zh}")
        except UnicodeDecodeError:
            yield Text(f"{path}: it is no text", f"{path}：不是文本")


def _check_receipt(
    folder: Path, path: str, manifest: PackageManifest, verifiers: Sequence[Verifier]
) -> None:
    """Require that a receipt proves its entry under the ledger of the manifest."""
    receipt = read_receipt(_text(folder, path))
    check_receipt(receipt, verifiers if receipt.note.is_signed else ())
    end = parse_checkpoint(parse_note(manifest.end).text).size if manifest.end else 0
    is_in_period = receipt.note.source == manifest.ledger and receipt.index < end
    if not is_in_period or path != f"{_RECEIPTS}{receipt.index}.tlog-proof":
        raise ProofError(
            Text("it is about another ledger or entry", "对应的是另一份上线日志或另一条记录")
        )


def _check_checkpoints(
    folder: Path, path: str, manifest: PackageManifest, verifiers: Sequence[Verifier]
) -> None:
    """Require that the files of checkpoints are those of the manifest, and of its ledger."""
    del path
    ledger = parse_note(manifest.ledger)
    if verifiers and ledger.is_signed:
        verify(ledger, verifiers)
    for name, source in ((BEGIN, manifest.begin), (END, manifest.end), (LEDGER, manifest.ledger)):
        is_listed = name in manifest.files
        if is_listed is not bool(source) or (is_listed and _text(folder, name) != source):
            raise ProofError(
                Text(f"{name} is not that of the manifest", f"{name} 与清单中的检查点不符")
            )
        if source and parse_checkpoint(parse_note(source).text).origin != manifest.origin:
            raise ProofError(Text(f"{name} is of another ledger", f"{name} 属于另一份上线日志"))


def _check_growth(
    folder: Path, path: str, manifest: PackageManifest, verifiers: Sequence[Verifier]
) -> None:
    """Require that the beginning leads to the end, and the end to the ledger.

    Only the last is signed: the others are computed again for the period.
    """
    del verifiers
    if manifest.end:
        end = parse_note(manifest.end)
        proof = read_growth_proof(_text(folder, path))
        check_growth(proof, end)
        _require(proof.note.source == manifest.ledger)
        if manifest.begin:
            growth = read_growth_proof(_text(folder, GROWTH))
            check_growth(growth, parse_note(manifest.begin))
            _require(growth.note.source == manifest.end)
    else:
        _require(not manifest.begin and TO_LEDGER not in manifest.files)


def _require(holds: bool) -> None:  # noqa: FBT001 (a condition)
    """Raise where the proofs of a package do not join.

    Raises:
        ProofError: they do not.
    """
    if not holds:
        raise ProofError(
            Text("it does not lead to the checkpoint of the manifest", "未通向清单中的检查点")
        )


def _text(folder: Path, path: str) -> str:
    return read_package_file(folder, path).decode("utf-8")


def _nothing(complaint: Text) -> PackageCheck:
    nothing = PackageFacts("", 0, 0, is_signed=False, signers=())
    return PackageCheck(nothing, (complaint,))


def _no_package(folder: Path) -> UsageError:
    return UsageError(
        Text(f"There is no audit in {folder}.", f"{folder} 中没有审计包。"),
        Text(
            f"Name the folder that holds {MANIFEST}; write one with: launchpolicy audit --output "
            "FOLDER",
            f"请指定包含 {MANIFEST} 的目录；可用 launchpolicy audit --output 目录 生成。",
        ),
    )

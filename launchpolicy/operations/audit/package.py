"""Write an audit into a folder: its files, their manifest, and the note that signs it."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.hosts.folders import require_own_folder, write_folder
from launchpolicy.hosts.write_errors import ANOTHER_FOLDER, explain_write_errors
from launchpolicy.ledger.audit.manifest import (
    MANIFEST,
    NOTE,
    manifest_of,
    manifest_source,
    note_text,
)
from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.operations.audit.package_files import listed_files
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.problems import another_key
from launchpolicy.reporters.audit.files import audit_files
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def write_package(
    place: LedgerLocation, report: AuditReport, folder: Path, signer: Signer | None
) -> int:
    """Write the package of an audit; return the number of files. `signer` signs the manifest.

    Raises:
        UsageError: the folder holds something else, or the key is not that of the ledger.
    """
    if signer is not None and place.verifiers and signer.verifier not in place.verifiers:
        raise another_key(place.settings.branch)
    require_own_folder(folder, MANIFEST)
    files = {path: text.encode("utf-8", "replace") for path, text in audit_files(report)}
    with explain_write_errors(folder, ANOTHER_FOLDER):
        present = listed_files(folder)
    if others := sorted(present - files.keys() - {MANIFEST, NOTE}):
        raise _other_package(folder, others[0])
    proofs = report.proofs
    manifest = manifest_source(
        manifest_of(proofs.origin, (proofs.begin, proofs.end, proofs.ledger), files)
    )
    note = sign(note_text(manifest.encode(), proofs.origin), signer)
    texts = [(path, data.decode()) for path, data in files.items()]
    return write_folder(folder, [(MANIFEST, manifest), (NOTE, note.source), *texts], MANIFEST)


def _other_package(folder: Path, path: str) -> UsageError:
    return UsageError(
        Text(
            f"{folder} holds another audit: {path} is not a file of this one.",
            f"{folder} 中是另一份审计：{path} 不属于本次审计。",
        ),
        Text("Name a new or an empty folder.", "请指定新目录或空目录。"),
    )

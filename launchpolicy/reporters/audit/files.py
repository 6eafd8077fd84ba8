"""Every file that an audit is shown as, by its path in the package."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.reporters.audit.pages import page_files
from launchpolicy.reporters.audit.plain_data import json_file
from launchpolicy.reporters.audit.tables import table_files
from launchpolicy.reporters.audit.words import receipt_path


def audit_files(report: AuditReport) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file; the same report gives the same bytes."""
    yield from page_files(report)
    yield from table_files(report)
    yield from json_file(report)
    proofs = report.proofs
    for name, note in (("begin", proofs.begin), ("end", proofs.end), ("ledger", proofs.ledger)):
        if note:
            yield f"checkpoints/{name}", note
    yield from proofs.files.items()
    for number, source in report.receipts.items():
        yield receipt_path(number), source

"""Read the test reports of a request from its folder, for papers that print their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.facts.evidence.examination import EvidenceFile, examine_all
from launchpolicy.facts.evidence.references import Reference, references
from launchpolicy.facts.evidence.registry import RECORD_SCHEMAS
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.evidence_files import evidence_file
from launchpolicy.papers.report_results import ReportResult, report_result
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_REPORTS: Route = ("spec", "testing", "reports")
_NO_FILE = Text("no report attached", "未附报告")


def read_test_reports(
    snapshot: Snapshot, kind: Kind, document: Document
) -> tuple[ReportResult, ...]:
    """Return what each of `spec.testing.reports` says, in their order.

    A report whose file is missing, altered or unreadable has not passed, and says why.
    """
    reports: Any = value_at(document.data, _REPORTS)
    stated = {
        reference.route: reference
        for reference in references(kind.schema, document.data)
        if reference.route[: len(_REPORTS)] == _REPORTS
    }
    files = [
        (reference, _file(snapshot, document.path, reference)) for reference in stated.values()
    ]
    schemas = {name: shipped_files.schema(name).data for name in RECORD_SCHEMAS}
    records = dict(zip(stated, examine_all(files, schemas), strict=True))
    return tuple(_results(reports if isinstance(reports, list) else [], records))


def _results(reports: list[Any], records: dict[Route, Any]) -> Iterator[ReportResult]:
    for number, report in enumerate(reports):
        name = value_at(report, ("name",))
        record = records.get((*_REPORTS, number, "evidence"))
        if record is not None:
            yield report_result(str(name), record)
        else:
            yield ReportResult(str(name), None, False, _NO_FILE, "", "")  # noqa: FBT003 (has_passed)


def _file(snapshot: Snapshot, path: str, reference: Reference) -> EvidenceFile | None:
    file = evidence_file(snapshot, path, reference)
    if file is None:
        return None
    if file.blob is None:
        return EvidenceFile(file.entry.mode, 0, None)
    return EvidenceFile(file.entry.mode, file.blob.size, file.blob.data)

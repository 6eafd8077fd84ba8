"""Read the source `recorded`: a file of kind ApprovalRecord that the caller names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from launchpolicy.documents.reading import read
from launchpolicy.documents.validation import well_formed
from launchpolicy.facts.approvals.record_file import RECORD, approval_record_of
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.run_files import note_input
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_LIMIT = 4 * 1024 * 1024


def read_record(path: Path) -> ApprovalRecord:
    """Return what the record in a file says.

    Raises:
        UsageError: it cannot be read.
        MalformedRulesError: it is no record.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    note_input(path)
    if len(source) > _LIMIT:
        raise _unreadable(path, "too large")
    data: Any = well_formed(shipped_files.schema(RECORD).data, read(path.name, source)).data
    return replace(approval_record_of(data), is_from_file=True)


def _unreadable(path: Path, why: str) -> UsageError:
    return UsageError(
        Text(
            f"The recorded approvals cannot be read: {path}: {why}.",
            f"无法读取审批记录：{path}：{why}。",
        ),
        Text("Name a file of kind ApprovalRecord.", "请指定类型为 ApprovalRecord 的文件。"),
    )

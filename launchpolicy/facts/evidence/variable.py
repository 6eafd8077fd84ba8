"""The CEL variable `evidence`: every reference of a request, and every file by its path."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.vocabulary.place import format_route

Data = dict[str, Any]

_OFFSET = re.compile(r"(?<=[0-9])(Z|[+-][0-9]{2}:[0-9]{2})\Z")


def evidence_fact(records: Iterable[Data]) -> Data:
    """Return the variable of all references; where two name one file, the unread one counts."""
    references = list(records)
    files: dict[str, Data] = {}
    for record in references:
        if record["path"] not in files or not record["passed"]:
            files[record["path"]] = record
    return {"references": references, "files": files}


def offset_of(instant: object) -> str:
    """Return the offset from UTC at the end of an instant as written, "" where there is none."""
    match = _OFFSET.search(instant) if isinstance(instant, str) else None
    return match.group() if match else ""


def reference_data(reference: Reference) -> Data:
    """Return the part of a reference that the request itself says."""
    return {
        "at": format_route(reference.route),
        "path": reference.path,
        "kind": reference.kind,
        "sha256": reference.sha256,
    }

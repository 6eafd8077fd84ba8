"""The CEL variable `evidence`: every reference of a request, and every file by its path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.vocabulary.place import format_route

Fields = dict[str, Any]


def evidence_fact(records: Iterable[Fields]) -> Fields:
    """Return the variable of all references; where two name one file, the unread one counts."""
    references = list(records)
    files: dict[str, Fields] = {}
    for record in references:
        if record["path"] not in files or not record["passed"]:
            files[record["path"]] = record
    return {"references": references, "files": files}


def reference_data(reference: Reference) -> Fields:
    """Return the part of a reference that the request itself says."""
    return {
        "at": format_route(reference.route),
        "path": reference.path,
        "kind": reference.kind,
        "sha256": reference.sha256,
    }

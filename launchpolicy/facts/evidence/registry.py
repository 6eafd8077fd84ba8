"""Every kind of evidence and what reads it; a reader is imported when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from launchpolicy.facts.evidence.contents import Reading

Schemas = Mapping[str, Mapping[str, Any]]


class Reader(Protocol):
    """One kind of evidence: a module with this function."""

    def read(self, path: str, data: bytes, schemas: Schemas, /) -> Reading:
        """What the file at `path` says; never raises, whatever the bytes are."""


_ROOM = "launchpolicy.facts.evidence"

READERS: Mapping[str, str] = {
    "document": f"{_ROOM}.document",
    "junit": f"{_ROOM}.junit",
    "sarif": f"{_ROOM}.sarif",
    "cobertura": f"{_ROOM}.cobertura",
    "in-toto": f"{_ROOM}.in_toto",
    "backup-manifest": f"{_ROOM}.backup_manifest",
    "minutes": f"{_ROOM}.minutes",
    "rehearsal": f"{_ROOM}.rehearsal",
    "steps": f"{_ROOM}.steps",
}


def reader(kind: str) -> Reader:
    """The reader of a kind of evidence."""
    return cast("Reader", import_module(READERS[kind]))

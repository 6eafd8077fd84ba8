"""Every kind of evidence: which files it is, and what reads it, imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from launchpolicy.facts.evidence.contents import Reading, Schemas
from launchpolicy.vocabulary.named_tuple import NamedTuple

MEBIBYTE = 1024 * 1024
STRUCTURED_LIMIT = 20 * MEBIBYTE
_DOCUMENT_LIMIT = 100 * MEBIBYTE
_YAML = (".yaml", ".yml")


class EvidenceReader(Protocol):
    """One kind of evidence: a module with this function."""

    def read(self, path: str, data: bytes, schemas: Schemas, edition: int, /) -> Reading:
        """Return what the file at `path` says, as an edition reads it; never raise."""


class EvidenceFormat(NamedTuple):
    """One kind of evidence.

    `load` imports the reader; the import stands in a function so that mypy compares both sides.
    `suffixes`, in lower case, are those of files that `evidence add` tries as this kind when nobody
    names one; it tries the kinds in the order of the registry. A file may have `max_bytes`.
    Of `marks`, which all files of a program are made of, a request may have so many in all
    (`facts.evidence.volume`); none where a file is small, or read in part.
    `schema` is the document kind that the file must have the shape of, "" where a standard or
    nobody describes it.
    """

    load: Callable[[], EvidenceReader]
    suffixes: tuple[str, ...]
    max_bytes: int = STRUCTURED_LIMIT
    schema: str = ""
    marks: tuple[bytes, ...] = ()


def _document() -> EvidenceReader:
    from launchpolicy.facts.evidence import document  # noqa: PLC0415 (loaded when asked for)

    return document


def _junit() -> EvidenceReader:
    from launchpolicy.facts.evidence import junit  # noqa: PLC0415 (loaded when asked for)

    return junit


def _sarif() -> EvidenceReader:
    from launchpolicy.facts.evidence import sarif  # noqa: PLC0415 (loaded when asked for)

    return sarif


def _cobertura() -> EvidenceReader:
    from launchpolicy.facts.evidence import cobertura  # noqa: PLC0415 (loaded when asked for)

    return cobertura


def _in_toto() -> EvidenceReader:
    from launchpolicy.facts.evidence import in_toto  # noqa: PLC0415 (loaded when asked for)

    return in_toto


def _backup_manifest() -> EvidenceReader:
    from launchpolicy.facts.evidence import backup_manifest  # noqa: PLC0415 (loaded when asked for)

    return backup_manifest


def _minutes() -> EvidenceReader:
    from launchpolicy.facts.evidence import minutes  # noqa: PLC0415 (loaded when asked for)

    return minutes


def _rehearsal() -> EvidenceReader:
    from launchpolicy.facts.evidence import rehearsal  # noqa: PLC0415 (loaded when asked for)

    return rehearsal


def _steps() -> EvidenceReader:
    from launchpolicy.facts.evidence import steps  # noqa: PLC0415 (loaded when asked for)

    return steps


READERS: Mapping[str, EvidenceFormat] = {
    "document": EvidenceFormat(_document, (), _DOCUMENT_LIMIT),
    "junit": EvidenceFormat(_junit, (".xml",), marks=(b"<",)),
    "in-toto": EvidenceFormat(_in_toto, (".json", ".jsonl", ".sigstore"), marks=(b"{", b",")),
    "sarif": EvidenceFormat(_sarif, (".sarif", ".json"), marks=(b"{",)),
    "cobertura": EvidenceFormat(_cobertura, (".xml",), marks=(b"<",)),
    "backup-manifest": EvidenceFormat(_backup_manifest, _YAML, schema="BackupManifest"),
    "minutes": EvidenceFormat(_minutes, _YAML, schema="Minutes"),
    "rehearsal": EvidenceFormat(_rehearsal, _YAML, schema="RehearsalRecord"),
    "steps": EvidenceFormat(_steps, _YAML, schema="StepRecord"),
}

RECORD_SCHEMAS = tuple(kind.schema for kind in READERS.values() if kind.schema)
"""The document kinds whose schemas readers are given."""


def kinds_of_suffix(suffix: str) -> tuple[str, ...]:
    """Return the kinds to try for a file with `suffix` (lower case, with its dot), likeliest first.

    The last is always `document`, which any suffix may be.
    """
    return (*(name for name, kind in READERS.items() if suffix in kind.suffixes), "document")

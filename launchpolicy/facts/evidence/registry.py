"""Every kind of evidence and what reads it; a reader is imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from launchpolicy.facts.evidence.contents import Reading, Schemas


class EvidenceReader(Protocol):
    """One kind of evidence: a module with this function."""

    def read(self, path: str, data: bytes, schemas: Schemas, /) -> Reading:
        """What the file at `path` says; never raises, whatever the bytes are."""


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


READERS: Mapping[str, Callable[[], EvidenceReader]] = {
    "document": _document,
    "junit": _junit,
    "sarif": _sarif,
    "cobertura": _cobertura,
    "in-toto": _in_toto,
    "backup-manifest": _backup_manifest,
    "minutes": _minutes,
    "rehearsal": _rehearsal,
    "steps": _steps,
}

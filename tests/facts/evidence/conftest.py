"""The schemas of the records, and a reader in one call."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents, UnreadableEvidence
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.hosts import shipped_files

KINDS = ("BackupManifest", "Minutes", "RehearsalRecord", "StepRecord")
Reads = Callable[..., EvidenceContents]
Refuses = Callable[..., str]


def _read(kind: str, data: bytes | str, path: str) -> EvidenceContents | UnreadableEvidence:
    written = data.encode() if isinstance(data, str) else data
    schemas = {name: shipped_files.schema(name).data for name in KINDS}
    return read_evidence(kind, path, written, schemas)


@pytest.fixture
def reads() -> Reads:
    """What a file says; fails where it cannot be read."""

    def read(kind: str, data: bytes | str, path: str = "a.txt") -> EvidenceContents:
        found = _read(kind, data, path)
        assert isinstance(found, EvidenceContents), found
        return found

    return read


@pytest.fixture
def refuses() -> Refuses:
    """Why a file cannot be read, in English; fails where it can."""

    def refuse(kind: str, data: bytes | str, path: str = "a.txt") -> str:
        found = _read(kind, data, path)
        assert isinstance(found, UnreadableEvidence), found
        assert found.problem.zh
        assert found.problem.zh != found.problem.en
        return found.problem.en

    return refuse

"""Records of what cannot have happened, or in which nothing is decided yet (threat E10)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.edition import SIXTH_EDITION
from tests.facts.evidence.conftest import KINDS, Reads
from tests.facts.evidence.test_readers import MANIFEST, MINUTES

TAKEN = "takenAt: 2026-12-01T20:00:00+08:00"
DECISION = MINUTES.rpartition("decisions:")[2].strip()


def passed_then(kind: str, record: str) -> bool:
    """Whether the edition before took the record for a pass."""
    schemas = {name: shipped_files.schema(name).data for name in KINDS}
    contents = read_evidence(kind, "a.yaml", record.encode(), schemas, SIXTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


@pytest.mark.parametrize("taken", ["2026-12-03T00:00:00+08:00", "2027-01-01T00:00:00Z"])
def test_a_backup_that_was_restored_before_it_was_taken_is_not_restored(
    reads: Reads, taken: str
) -> None:
    record = MANIFEST.replace(TAKEN, f"takenAt: {taken}")
    assert record != MANIFEST

    contents = reads("backup-manifest", record, "a.yaml")

    assert not contents.passed
    assert not contents.as_data()["backups"][0]["restored"]
    assert passed_then("backup-manifest", record)
    assert reads("backup-manifest", MANIFEST, "a.yaml").passed


@pytest.mark.parametrize("decision", ["TBD", "待定", "x", "N/A"])
def test_minutes_whose_decision_is_still_open_decide_nothing(reads: Reads, decision: str) -> None:
    record = MINUTES.replace(DECISION, f'["{decision}"]')

    assert not reads("minutes", record, "a.yaml").passed
    beside = MINUTES.replace(DECISION, f'["{decision}", 同意 11 月 25 日上线]')
    assert reads("minutes", beside, "a.yaml").as_data()["minutes"]["decisions"] == [
        "同意 11 月 25 日上线"
    ]

"""Records of rehearsals, of a launch or of a data conversion."""

from __future__ import annotations

from launchpolicy.facts.evidence.contents import Reading, Schemas
from launchpolicy.facts.evidence.step_records import read_steps


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what was rehearsed, and how it went."""
    del edition
    return read_steps("RehearsalRecord", path, data, schemas)

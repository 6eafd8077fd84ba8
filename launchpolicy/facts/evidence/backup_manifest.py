"""Manifests of backups: what was taken, where it lies, and that it was restored once."""

from __future__ import annotations

from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
)
from launchpolicy.facts.evidence.record import MEDIA_TYPE, spec_of
from launchpolicy.policy.edition import SIXTH_EDITION
from launchpolicy.vocabulary.text import Text


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what the manifest says; it passes if every backup was restored in a rehearsal."""
    spec = spec_of("BackupManifest", path, data, schemas)
    if isinstance(spec, UnreadableEvidence):
        return spec
    backups = [_backup(backup, edition) for backup in spec["backups"]]
    unproved = [backup["name"] for backup in backups if not backup["restored"]]
    return EvidenceContents(
        passed=not unproved,
        says=_says(len(backups), unproved),
        size=len(data),
        media_type=MEDIA_TYPE,
        made_at=max(backup["takenAt"] for backup in backups),
        request=spec.get("request", ""),
        details={"backups": backups},
    )


def _backup(data: dict[str, Any], edition: int) -> dict[str, Any]:
    rehearsal = data.get("rehearsal", {})
    is_restored = rehearsal.get("result") == "restored"
    if is_restored and edition > SIXTH_EDITION:  # nothing is restored before it was taken
        taken, restored = parse_instant(data["takenAt"]), parse_instant(rehearsal["at"])
        is_restored = taken is not None and restored is not None and taken <= restored
    return {
        "name": data["name"],
        "takenAt": data["takenAt"],
        "sha256": data["sha256"],
        "location": data["location"],
        "by": data.get("by", ""),
        "rehearsedAt": rehearsal.get("at", ""),
        "restored": is_restored,
    }


def _says(count: int, unproved: list[str]) -> Text:
    if unproved:
        return Text(
            f"Never restored in a rehearsal: {', '.join(unproved)}.",
            f"未经恢复演练：{'、'.join(unproved)}。",
        )
    return Text(f"{count} backups, all restored once.", f"{count} 份备份，均已通过恢复演练。")

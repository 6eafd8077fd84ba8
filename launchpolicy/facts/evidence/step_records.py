"""What rehearsals and executions have in common: steps with results."""

from __future__ import annotations

from typing import Any

from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
)
from launchpolicy.facts.evidence.record import MEDIA_TYPE, spec_of
from launchpolicy.vocabulary.text import Text


def read_steps(kind: str, path: str, data: bytes, schemas: Schemas) -> Reading:
    """Return what the record says; it passes if all steps are done and it states no failure."""
    spec = spec_of(kind, path, data, schemas)
    if isinstance(spec, UnreadableEvidence):
        return spec
    steps = [_step(step) for step in spec["steps"]]
    failed = [step["name"] for step in steps if step["result"] != "done"]
    overall = spec.get("result", "passed")
    return EvidenceContents(
        passed=not failed and overall == "passed",
        says=_says(len(steps), failed, overall),
        size=len(data),
        media_type=MEDIA_TYPE,
        made_at=spec["at"],
        request=spec.get("request", ""),
        details={"steps": steps, "environment": spec.get("environment", "")},
    )


def _step(data: dict[str, Any]) -> dict[str, str]:
    result = data["result"]
    if result == "failed" and data.get("outcome") == "done":
        result = "done"  # it failed, was handled, and was done in the end
    return {
        "name": data["name"],
        "result": result,
        "at": data.get("at", ""),
        "by": data.get("by", ""),
    }


def _says(count: int, failed: list[str], overall: str) -> Text:
    if failed:
        return Text(
            f"{len(failed)} of {count} steps failed: {', '.join(failed)}",
            f"{count} 个步骤中有 {len(failed)} 个失败：{'、'.join(failed)}",
        )
    if overall != "passed":
        return Text("It says of itself that it failed.", "记录自身注明未通过。")
    return Text(f"{count} steps done.", f"{count} 个步骤均已完成。")

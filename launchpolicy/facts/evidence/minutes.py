"""Structured minutes of a meeting."""

from __future__ import annotations

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.evidence.contents import (
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    stance_fact,
)
from launchpolicy.facts.evidence.record import MEDIA_TYPE, spec_of, words
from launchpolicy.policy.edition import SIXTH_EDITION, TENTH_EDITION, TWELFTH_EDITION
from launchpolicy.vocabulary.placeholders import is_placeholder
from launchpolicy.vocabulary.text import Text, quantity


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what the minutes say; they pass if anything was decided."""
    spec = spec_of("Minutes", path, data, schemas)
    if isinstance(spec, UnreadableEvidence):
        return spec
    decisions = [words(decision) for decision in spec.get("decisions", ())]
    if edition > SIXTH_EDITION:
        decisions = [decision for decision in decisions if not is_placeholder(decision)]
    topic = words(spec["topic"])
    return EvidenceContents(
        passed=bool(decisions),
        says=Text(
            f"{quantity(len(spec['attendees']), 'person', 'people')} met and decided"
            f" {quantity(len(decisions), 'thing')}.",
            f"{len(spec['attendees'])} 人参会，形成 {len(decisions)} 项决定。",
        ),
        size=len(data),
        media_type=MEDIA_TYPE,
        made_at=spec["start"],
        request=spec.get("request", ""),
        details={
            "stance": stance_fact(
                stance_of_decisions(
                    decisions,
                    counts_doubts=edition > TENTH_EDITION,
                    counts_dissent=edition > TWELFTH_EDITION,
                )
            ),
            "minutes": {
                "topic": topic,
                "start": spec["start"],
                "host": spec.get("host", ""),
                "recorder": spec.get("recorder", ""),
                "attendees": list(spec["attendees"]),
                "agenda": [words(entry) for entry in spec.get("agenda", ())],
                "decisions": decisions,
            },
        },
    )

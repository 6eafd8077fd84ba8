"""Write a replay as JSON, in both languages; version 1 of the format."""

from __future__ import annotations

from typing import Any

from launchpolicy.engine.analysis.decision_changes import (
    DecisionChange,
    OutcomeChange,
    PolicyOutcome,
    Replay,
    ReplayedLanding,
)
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.json_encoding import encode_indented
from launchpolicy.vocabulary.place import Place, format_route

FORMAT = "launchpolicy/replay/v1"


def document(replay: Replay) -> dict[str, Any]:
    """Return a replay as plain data."""
    return {
        "format": FORMAT,
        "before": replay.before.as_data(),
        "after": replay.after.as_data(),
        "history": replay.history.as_data(),
        "recorded": replay.is_recorded,
        "summary": {
            "landings": len(replay.landings),
            "otherwise": len(replay.otherwise),
            "blockedNow": replay.blocked_count,
            "passedNow": replay.passed_count,
            "notJudged": len(replay.problems),
            "unrecorded": replay.unrecorded,
        },
        "landings": [
            _landing(landing)
            for landing in replay.landings
            if landing.decisions or landing.problem is not None
        ],
        "contradictions": [item._asdict() for item in replay.contradictions],
    }


def as_json(replay: Replay) -> str:
    """Return a replay as a document of JSON; landings of which nothing differs are only counted."""
    return encode_indented(document(replay)) + "\n"


def _landing(landing: ReplayedLanding) -> dict[str, Any]:
    problem = landing.problem
    return {
        "commit": landing.commit,
        "at": in_utc(landing.at),
        "requests": landing.requests,
        "problem": {"problem": problem[0].as_data(), "fix": problem[1].as_data()}
        if problem
        else None,
        "decisions": [_decision(decision) for decision in landing.decisions],
    }


def _decision(decision: DecisionChange) -> dict[str, Any]:
    return {
        "kind": decision.kind,
        "name": decision.name,
        "path": decision.path,
        "before": decision.before,
        "after": decision.after,
        "changes": [_change(change) for change in decision.changes],
    }


def _change(change: OutcomeChange) -> dict[str, Any]:
    return {
        "policy": change.policy,
        "pack": change.pack,
        "before": _outcome(change.before),
        "after": _outcome(change.after),
        "place": _place(change.place) if change.place is not None else None,
        "message": change.message.as_data() if change.message is not None else None,
    }


def _outcome(outcome: PolicyOutcome) -> dict[str, str] | None:
    return outcome._asdict() if outcome.outcome else None


def _place(place: Place) -> dict[str, Any]:
    start = place.span.start
    route = format_route(place.full_route)
    return {"path": place.path, "line": start.line, "column": start.column, "route": route}

"""Write the answer of the gate as `launchpolicy.gate/v1`, see `schemas/gate.schema.json`.

The keys are this module's own; a change that could break a reader gets a new version.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy import __version__
from launchpolicy.engine.launches.start_conditions import (
    CONDITIONS,
    Condition,
    GateResult,
    Shortcoming,
)
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import format_route

FORMAT = "launchpolicy.gate/v1"


def render(result: GateResult) -> Iterator[str]:
    """Yield the head, one line for each condition, the end."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "launchpolicy": __version__,
        "verdict": str(result.verdict),
        "mayStart": result.verdict is Verdict.PASS,
        "trial": result.is_trial,
        "name": result.name,
        "path": result.path,
        "title": result.title.as_data(),
        "now": in_utc(result.now),
        "windowEnd": in_utc(result.window_end) if result.window_end is not None else None,
        "branch": result.branch,
        "commit": result.commit,
        "factsFrom": result.facts_from or None,
        "content": [
            {
                "name": row.name,
                "state": str(row.state),
                "approved": row.approved or None,
                "deployed": row.deployed or None,
            }
            for row in result.content
        ],
    }
    yield "{\n"
    for key, value in head.items():
        yield f'  "{key}": {encode(value)},\n'
    lines = ",\n    ".join(encode(_condition(condition)) for condition in result.conditions)
    yield f'  "conditions": [\n    {lines}\n  ]\n}}\n'


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.id,
        "title": CONDITIONS[condition.id].as_data(),
        "state": str(condition.state),
        "says": condition.says.as_data(),
        "missing": [_shortcoming(one) for one in condition.shortcomings],
    }


def _shortcoming(shortcoming: Shortcoming) -> dict[str, Any]:
    place = shortcoming.place
    return {
        "message": shortcoming.message.as_data(),
        "fix": shortcoming.fix.as_data(),
        "policy": shortcoming.policy or None,
        "people": list(shortcoming.people),
        "path": place.path if place is not None else None,
        "line": place.span.start.line if place is not None else None,
        "at": format_route(place.full_route) if place is not None else None,
    }

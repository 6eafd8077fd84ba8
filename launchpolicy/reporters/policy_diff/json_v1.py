"""Write a difference of rules as JSON, in both languages; version 1 of the format."""

from __future__ import annotations

from typing import Any

from launchpolicy.engine.analysis.policy_differences import (
    DifferingRequest,
    Direction,
    PolicyDifference,
    RulesDifference,
)
from launchpolicy.reporters.json_encoding import encode_indented

FORMAT = "launchpolicy/policy-diff/v1"


def as_json(difference: RulesDifference) -> str:
    """Return a difference as a document of JSON."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "before": difference.before.as_data(),
        "after": difference.after.as_data(),
        "landingsAsked": difference.replayed,
        "summary": {str(item): difference.count(item) for item in Direction},
        "policies": [_policy(policy) for policy in difference.policies],
        "notes": [note.as_data() for note in difference.notes],
    }
    return encode_indented(document) + "\n"


def _policy(policy: PolicyDifference) -> dict[str, Any]:
    return {
        "pack": policy.pack,
        "policy": policy.policy,
        "direction": policy.direction,
        "proven": policy.is_proven,
        "reasons": [reason.as_data() for reason in policy.reasons],
        "requestsAsked": policy.tried,
        "requests": [_request(request) for request in policy.requests],
        "landings": [{"commit": commit, "path": path} for commit, path in policy.landings],
    }


def _request(request: DifferingRequest) -> dict[str, Any]:
    return {
        "direction": request.direction,
        "source": request.source.as_data(),
        "before": request.before._asdict(),
        "after": request.after._asdict(),
        "request": request.request,
        "neighbour": request.neighbour or None,
        "files": [sentence.as_data() for sentence in request.files],
    }

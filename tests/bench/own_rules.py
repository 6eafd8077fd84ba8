"""The five rules of the user's own kind: as policies, and as a part of a JSON Schema.

Every tool does the same work: the schema of the kind, then the five rules. launchpolicy has the
rules as policies, its peers have them beside the schema of the kind.
"""

from __future__ import annotations

from typing import Any

from tests.bench.rules import chain, policy, resource, validation, within

KIND = "ChangeRequest"
_DIGEST = "object.acceptance.document.sha256"

POLICIES = (
    policy(
        "rollback-assessed",
        validation("rollback", chain("object.rollback.impact.assessedBy", start=2)),
        kind=KIND,
    ),
    policy(
        "acceptance-attached",
        validation(
            "acceptance",
            f"{chain(_DIGEST, start=2)} && {_DIGEST}.matches('^[0-9a-f]{{64}}$')",
        ),
        kind=KIND,
    ),
    policy(
        "backup-watched",
        validation("watch", "has(object.watch) && object.watch.exists(w, w.name == 'backup')"),
        kind=KIND,
    ),
    policy(
        "major-names-departments",
        validation("departments", "has(object.departments) && object.departments.size() > 0"),
        kind=KIND,
        condition="object.risk == 'major'",
    ),
    policy(
        "steps-complete",
        validation("steps", "has(object.steps) && object.steps.size() > 0"),
        validation("each", "has(each.by) && has(each.takes)", forEach="steps"),
        kind=KIND,
    ),
)
PACK = resource(
    "Pack",
    "changes",
    spec={
        "version": 1,
        "bindings": [{"policy": p["metadata"]["name"], "action": "deny"} for p in POLICIES],
    },
)
CONFIGURATION = resource(
    "Configuration",
    "",
    language="en",
    processes={},
    mandatory=[],
    paths={"launches": "launches", "policies": ["policies"]},
    kinds=[
        {
            "name": KIND,
            "files": "changes/*.yaml",
            "schema": "schemas/change.schema.json",
            "id": "path.stem",
            "packs": ["changes"],
        }
    ],
)

SCHEMA_OF_THE_RULES: dict[str, Any] = {
    "allOf": [
        within("rollback.impact.assessedBy", {}),
        within("acceptance.document.sha256", {"type": "string", "pattern": "^[0-9a-f]{64}$"}),
        within(
            "watch",
            {
                "type": "array",
                "contains": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"const": "backup"}},
                },
            },
        ),
        {
            "if": {"required": ["risk"], "properties": {"risk": {"const": "major"}}},
            "then": within("departments", {"type": "array", "minItems": 1}),
        },
        within(
            "steps",
            {
                "type": "array",
                "minItems": 1,
                "items": {"type": "object", "required": ["by", "takes"]},
            },
        ),
    ]
}

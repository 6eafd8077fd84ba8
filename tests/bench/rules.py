"""The five rules, once in each tool's own words.

They were chosen so that all three tools can express them. Beyond them every tool does what it
always does: launchpolicy also holds each request against the whole schema of its kind.
"""

from __future__ import annotations

from typing import Any

RULES = (
    "rollback-impact-assessed",
    "acceptance-document-attached",
    "backup-is-watched",
    "major-risk-names-departments",
    "steps-say-who-and-how-long",
)


def resource(kind: str, name: str, **rest: Any) -> dict[str, Any]:
    """Return a document of launchpolicy; without a name it has no metadata."""
    title = {"en": name.replace("-", " "), "zh": name}
    metadata = {"metadata": {"name": name, "title": title}} if name else {}
    return {"apiVersion": "launchpolicy/v1", "kind": kind, **metadata, **rest}


def policy(
    name: str,
    *validations: dict[str, Any],
    kind: str = "LaunchRequest",
    condition: str = "",
) -> dict[str, Any]:
    """Return a policy that denies what does not fulfil its validations."""
    conditions = {"matchConditions": [{"name": "condition", "expression": condition}]}
    spec = {
        "match": {"kinds": [kind]},
        **(conditions if condition else {}),
        "validations": list(validations),
        "fix": {"en": "Add what is missing.", "zh": "补上缺少的内容。"},
    }
    return resource("Policy", name, spec=spec)


def validation(at: str, expression: str, **rest: str) -> dict[str, Any]:
    """Return one validation of a policy, whose findings point at the route `at`."""
    message = {"en": "This does not hold.", "zh": "此项未满足。"}
    return {**rest, "expression": expression, "at": at, "message": message}


def chain(path: str, start: int = 3) -> str:
    """Return `has()` for each step of a route, since a missing key without it is an error.

    The first `start - 1` steps are always there.
    """
    steps = path.split(".")
    return " && ".join(f"has({'.'.join(steps[:end])})" for end in range(start, len(steps) + 1))


_DEPARTMENTS = "object.spec.impact.departments"
_DIGEST = "object.spec.acceptance.document.sha256"

CONFIGURATION = resource(
    "Configuration", "", language="en", processes={"bench": ["bench"]}, mandatory=["bench"]
)
PACK = resource(
    "Pack",
    "bench",
    spec={"version": 1, "bindings": [{"policy": name, "action": "deny"} for name in RULES]},
)
POLICIES = (
    policy(
        "rollback-impact-assessed",
        validation("spec.rollback.impact", chain("object.spec.rollback.impact.assessedBy")),
    ),
    policy(
        "acceptance-document-attached",
        validation(
            "spec.acceptance.document",
            f"{chain(_DIGEST)} && {_DIGEST}.matches('^[0-9a-f]{{64}}$')",
        ),
    ),
    policy(
        "backup-is-watched",
        validation(
            "spec.watch",
            "has(object.spec.watch) && object.spec.watch.exists(w, w.name == 'backup')",
        ),
    ),
    policy(
        "major-risk-names-departments",
        validation(
            "spec.impact.departments",
            f"{chain(_DEPARTMENTS)} && {_DEPARTMENTS}.size() > 0",
        ),
        condition="object.spec.risk == 'major'",
    ),
    policy(
        "steps-say-who-and-how-long",
        validation("spec.steps", "has(object.spec.steps) && object.spec.steps.size() > 0"),
        validation("each", "has(each.by) && has(each.takes)", forEach="spec.steps"),
    ),
)


def within(names: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that requires the keys `a.b.c`, and `schema` for the value of the last."""
    for name in reversed(names.split(".")):
        schema = {"type": "object", "required": [name], "properties": {name: schema}}
    return schema


_CONTAINS_BACKUP = {
    "type": "array",
    "contains": {"required": ["name"], "properties": {"name": {"const": "backup"}}},
}
_MAJOR = {"required": ["risk"], "properties": {"risk": {"const": "major"}}}
_SOME = {"type": "array", "minItems": 1}

# Spectral's own words where it has them, JSON Schema where only that says it.
_SPEC_SCHEMAS = {
    "rollback-impact-assessed": within("rollback.impact.assessedBy", {}),
    "acceptance-document-attached": within(
        "acceptance.document.sha256", {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    ),
    "backup-is-watched": within("watch", _CONTAINS_BACKUP),
    "major-risk-names-departments": {"if": _MAJOR, "then": within("impact.departments", _SOME)},
    "steps-say-who-and-how-long": within(
        "steps", _SOME | {"items": {"type": "object", "required": ["by", "takes"]}}
    ),
}

JSON_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **within("spec", {"allOf": list(_SPEC_SCHEMAS.values())}),
}


def _spectral(given: str, *then: dict[str, Any]) -> dict[str, Any]:
    return {"severity": "error", "given": given, "then": list(then)}


def _present(field: str) -> dict[str, Any]:
    return {"field": field, "function": "truthy"}


def _by_schema(name: str) -> dict[str, Any]:
    return {"function": "schema", "functionOptions": {"schema": _SPEC_SCHEMAS[name]}}


SPECTRAL_RULES: dict[str, Any] = {
    "rules": {
        "rollback-impact-assessed": _spectral("$.spec", _present("rollback.impact.assessedBy")),
        "acceptance-document-attached": _spectral(
            "$.spec",
            _present("acceptance.document.sha256"),
            {
                "field": "acceptance.document.sha256",
                "function": "pattern",
                "functionOptions": {"match": "^[0-9a-f]{64}$"},
            },
        ),
        "backup-is-watched": _spectral("$.spec", _by_schema("backup-is-watched")),
        "major-risk-names-departments": _spectral(
            "$.spec", _by_schema("major-risk-names-departments")
        ),
        "steps-say-who-and-how-long": _spectral("$.spec", _by_schema("steps-say-who-and-how-long")),
    }
}

"""Fields of several forms in whole policies: through `variables`, `forEach` and places."""

from __future__ import annotations

import json

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.evidence.references import places
from launchpolicy.policy.checking import check_policy
from launchpolicy.policy.edition import EDITION, THIRD_EDITION
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind

OWNER = {"type": "object", "properties": {"name": {"type": "string"}}}
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "owner": {"anyOf": [{"type": "string"}, OWNER]},
            "owners": {"type": ["array", "null"], "items": {"$ref": "#/$defs/o"}},
            "steps": {"type": ["array", "null"], "items": OWNER},
            "below": {"$ref": "#"},
        },
        "$defs": {"o": {"anyOf": [{"type": "string"}, OWNER]}},
    }
)
KINDS = {"Note": Kind("Note", FilePatterns(("notes/*.yaml",)), SCHEMA, "path.stem", "sha256:0")}


def problems(spec: dict[str, object], edition: int = EDITION) -> list[tuple[int, str]]:
    data = {
        "apiVersion": "launchpolicy/v1",
        "kind": "Policy",
        "metadata": {"name": "p", "title": {"en": "P", "zh": "某"}},
        "spec": {"match": {"kinds": ["Note"]}, **spec},
    }
    document = read("policies/p/p.yaml", json.dumps(data, indent=1).encode())
    assert isinstance(document, Document)
    findings = check_policy(document, KINDS, edition)
    return [(finding.place.span.start.line, finding.message.en) for finding in findings]


def _validation(expression: str, **more: str) -> dict[str, object]:
    return {"expression": expression, "message": {"en": "x", "zh": "x"}, **more}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            {
                "variables": [{"name": "who", "expression": "object.owner"}],
                "validations": [_validation("variables.who.name != ''")],
            },
            {
                "variables": [{"name": "who", "expression": "object.owner"}],
                "validations": [_validation("variables.who.nam != ''")],
            },
        ),
        (
            {"validations": [_validation("each.name != ''", forEach="owners")]},
            {"validations": [_validation("each.nam != ''", forEach="owners")]},
        ),
        (
            {"validations": [_validation("each.name != ''", forEach="steps")]},
            {"validations": [_validation("each.nam != ''", forEach="steps")]},
        ),
        (
            {"validations": [_validation("true", at="below.below.owner.name")]},
            {"validations": [_validation("true", at="below.below.owner.nam")]},
        ),
        (
            {"matchConditions": [{"name": "c", "expression": "has(object.owner.name)"}]},
            {"matchConditions": [{"name": "c", "expression": "has(object.owner.nam)"}]},
        ),
    ],
)
def test_a_misspelt_field_is_found_in_every_part_of_a_policy(
    right: dict[str, object], wrong: dict[str, object]
) -> None:
    assert problems(right) == []
    ((_, message),) = problems(wrong)
    assert "there is no field `nam` here" in message
    assert problems(wrong, THIRD_EDITION) == []


def test_a_kind_that_refers_to_itself_has_places_of_evidence() -> None:
    assert places(SCHEMA) == ()

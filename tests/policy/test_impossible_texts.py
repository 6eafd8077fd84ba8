"""A text that a value is compared with and can never be: such a policy would pass everything."""

from __future__ import annotations

import json

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.shapes import SchemaShapes
from launchpolicy.policy.checking import check_policy
from launchpolicy.policy.edition import EDITION, FIFTH_EDITION, SEVENTH_EDITION
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind

RISK = {"enum": ["standard", "major", "emergency"]}
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "risk": {"type": "string", **RISK},
            "former": {"$ref": "#/$defs/risk"},
            "maybe": {"anyOf": [{"$ref": "#/$defs/risk"}, {"type": "null"}]},
            "limited": {"allOf": [{"$ref": "#/$defs/risk"}, {"enum": ["major", "other"]}]},
            "free": {"anyOf": [{"$ref": "#/$defs/risk"}, {"type": "string"}]},
            "text": {"type": "string"},
            "kinds": {"type": "array", "items": {"enum": ["code", "database"]}},
            "content": {
                "type": "array",
                "items": {"type": "object", "properties": {"kind": {"enum": ["code", "database"]}}},
            },
            "ring": {"$ref": "#/properties/ring"},
            "tier": {"enum": [1, 2, 3]},
            "level": {"type": ["integer", "boolean"]},
            "port": {"anyOf": [{"type": "integer"}, {"enum": ["http", "https"]}]},
            "count": {"type": "integer"},
            "maybe_count": {"type": ["integer", "null"]},
            "matrix": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
            "tiers": {"type": "array", "items": {"enum": [1, 2]}},
            "on": {"enum": [True, "auto"]},
        },
        "$defs": {"risk": RISK},
    }
)
KINDS = {"Note": Kind("Note", FilePatterns(("notes/*.yaml",)), SCHEMA, "path.stem", "sha256:0")}

IMPOSSIBLE = [
    'object.risk == "standrd"',
    '"standrd" == object.risk',
    'object.risk != "Standard"',
    "object.risk == ''",
    'object["risk"] == "standrd"',
    'object.risk in ["standard", "majr"]',
    'object.former == "x"',
    'object.maybe == "x"',
    'object.limited == "standard"',
    '!has(object.risk) || object.risk == "standrd" ? true : false',
    'object.content.exists(c, c.kind == "databse")',
    'object.content.filter(c, c.kind == "code").all(c, c.kind != "databse")',
    'object.kinds.exists(k, k == "databse")',
    '"databse" in object.kinds',
    'object.kinds[0] == "databse"',
    'cel.bind(r, object.risk, r == "standrd")',
    'object.?risk.optMap(r, r == "standrd").orValue(true)',
    '(object.text == "a" ? object.risk : object.former) == "standrd"',
    'oldObject.risk == "standrd"',
    'object.port == "ftp"',
]

OF_TYPES = ['object.count == "1"', 'object.maybe_count == "1"', 'object.matrix[0][0] == "1"']
"""Refused by their types, or since edition 8."""

NEVER = [
    'object.tier == "1"',
    "object.tier == 4",
    "4 != object.tier",
    "object.tier == -1",
    "object.tier in [1, 4]",
    "object.tier == true",
    'object.level == "1"',
    "object.port == true",
    "object.tiers.exists(t, t == 3)",
    "3 in object.tiers",
    "object.on == 1",
    "object.on == false",
    'has(object.tier) && object.tier == "1"',
]
"""Refused since edition 8."""

POSSIBLE = [
    'object.risk == "standard"',
    'object.risk in ["standard", "major"]',
    'object.?risk.orValue("none") == "none"',
    'object.?risk.orValue("") in ["", "major"]',
    '(has(object.risk) ? object.risk : "none") == "none"',
    'cel.bind(r, object.?risk.orValue("none"), r == "none")',
    'object.content.map(c, c.kind == "code" ? c.kind : "other").exists(k, k == "other")',
    'object.free == "anything"',
    'object.text == "anything"',
    'object.ring == "anything"',
    "object.risk == object.text",
    'string(object.risk) == "anything"',
    'object.risk.lowerAscii() == "anything"',
    'object.risk + "!" == "standard!"',
    '"database" in object.kinds',
    'object.limited == "major"',
    "object.maybe == null",
    "object.tier == 3",
    "object.tier == 3.0",
    "object.tier == 0x2",
    "object.tier in [1, 2]",
    "object.tier == null",
    "object.level == 1",
    "object.level == true",
    "object.port == 80",
    'object.port == "http"',
    "2 in object.tiers",
    "object.on == true",
    "object.?tier.orValue(0) == 0",
    "object.ring == 5",
    "has(object.risk) == false",
    "has(object.tier) != true",
    "true in [has(object.count)]",
    "(object.tier > 1) == false",
    "!has(object.text) == true",
    'object.text.startsWith("a") == false',
    "object.?tier.hasValue() == false",
    "object.kinds.size() == 2",
    'object.content.exists(c, c.kind == "code") == false',
]


def findings(expression: str, edition: int = EDITION) -> list[tuple[str, str]]:
    data = {
        "apiVersion": "launchpolicy/v1",
        "kind": "Policy",
        "metadata": {"name": "p", "title": {"en": "P", "zh": "某"}},
        "spec": {
            "match": {"kinds": ["Note"]},
            "validations": [{"expression": expression, "message": {"en": "x", "zh": "x"}}],
        },
    }
    document = read("policies/p/p.yaml", json.dumps(data).encode())
    assert isinstance(document, Document)
    fixes = check_policy(document, KINDS, edition)
    return [(finding.message.en, finding.fix.en if finding.fix else "") for finding in fixes]


@pytest.mark.parametrize("expression", IMPOSSIBLE)
def test_a_policy_that_asks_for_what_never_is_does_not_load(expression: str) -> None:
    ((message, _),) = findings(expression)
    assert "the value beside it is never" in message


@pytest.mark.parametrize("expression", NEVER)
def test_a_number_or_a_text_that_a_value_of_several_forms_never_is_does_not_load(
    expression: str,
) -> None:
    ((message, _),) = findings(expression)
    assert "the value beside it is never" in message


@pytest.mark.parametrize("expression", NEVER)
def test_what_the_seventh_edition_compared_stays_usable(expression: str) -> None:
    assert findings(expression, SEVENTH_EDITION) == []


@pytest.mark.parametrize("expression", OF_TYPES)
def test_a_comparison_of_two_types_has_one_complaint(expression: str) -> None:
    assert len(findings(expression)) == 1


def test_what_a_schema_allows_instead_is_named() -> None:
    ((of_tier, fix),) = findings('object.tier == "1"')
    ((of_level, _),) = findings('object.level == "1"')
    assert of_tier.endswith('is never "1": its schema allows no text.')
    assert fix == "Did you mean `1`?"
    assert findings("object.tier == 4")[0][0].endswith("is never 4, but one of 1, 2, 3.")
    assert of_level.endswith('is never "1": its schema allows no text.')


@pytest.mark.parametrize("expression", POSSIBLE)
def test_what_a_value_can_be_and_what_an_expression_makes_of_it_loads(expression: str) -> None:
    assert findings(expression) == []


def test_the_values_are_listed_and_the_nearest_is_offered() -> None:
    ((message, fix),) = findings('object.risk == "standrd"')
    assert message == (
        "The expression does not fit the kind Note: the value beside it is never "
        '"standrd", but one of "emergency", "major", "standard".'
    )
    assert fix == 'Did you mean `"standard"`?'


@pytest.mark.parametrize("expression", IMPOSSIBLE)
def test_what_landed_under_an_earlier_edition_stays_usable(expression: str) -> None:
    assert findings(expression, FIFTH_EDITION) == []


def test_of_thousands_of_values_a_dozen_are_listed() -> None:
    schema = Schema({"type": "object", "properties": {"a": {"enum": [f"v{n}" for n in range(50)]}}})
    kind = Kind("Note", FilePatterns(("notes/*.yaml",)), schema, "path.stem", "sha256:1")
    document = read(
        "policies/p/p.yaml",
        b'{"apiVersion": "launchpolicy/v1", "kind": "Policy", "metadata": {"name": "p", "title": '
        b'{"en": "P", "zh": "P"}}, "spec": {"match": {"kinds": ["Note"]}, "validations": '
        b'[{"expression": "object.a == \'w\'", "message": {"en": "x", "zh": "x"}}]}}',
    )
    assert isinstance(document, Document)
    (finding,) = check_policy(document, {"Note": kind}, EDITION)
    assert '"v0", "v1"' in finding.message.en
    assert finding.message.en.endswith(" and 38 more.")
    assert "等，另有 38 项" in finding.message.zh


def test_a_schema_without_texts_says_nothing_of_texts() -> None:
    shapes = SchemaShapes({"anyOf": [{"type": "integer"}, {"enum": [1, 2]}, {"const": True}]})
    assert shapes.texts(shapes.root) == frozenset()
    assert SchemaShapes({"type": ["string", "null"]}).texts(frozenset({"#"})) is None

"""What a person is told of keywords that schemas of others bring: where, why, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import check_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema

CASES: list[tuple[dict[str, Any], str, tuple[int, str, str, str]]] = [
    (
        {"dependentRequired": {"card": ["address"]}},
        "name: a\ncard: 1\n",
        (1, "schema/missing-key", "`address` is missing: it belongs to `card`.", "Add `address`."),
    ),
    (
        {
            "allOf": [{"properties": {"name": True}}],
            "if": {"required": ["card"]},
            "then": {"properties": {"card": True, "address": True}},
            "unevaluatedProperties": False,
        },
        "name: a\ncard: 1\nadress: b\n",
        (
            3,
            "schema/unknown-key",
            "`adress` is not a key of the document.",
            "Did you mean `address`?",
        ),
    ),
    (
        {"properties": {"tags": {"contains": {"const": "urgent"}}}},
        "tags: [a, b]\n",
        (1, "schema/other", "`tags` has 0 items of the form that at least 1 must have.", "urgent"),
    ),
    (
        {"properties": {"tags": {"contains": {"type": "string"}, "maxContains": 1}}},
        "tags:\n- a\n- b\n",
        (1, "schema/other", "`tags` has 2 items of the form that at most 1 must have.", "string"),
    ),
    (
        {"dependentSchemas": {"card": {"properties": {"name": {"minLength": 2}}}}},
        "name: a\ncard: 1\n",
        (1, "schema/bad-format", "`name`", "at least 2"),
    ),
    (
        {"properties": {"pair": {"prefixItems": [True], "unevaluatedItems": False}}},
        "pair:\n- 1\n- 2\n",
        (3, "schema/unknown-key", "`pair[1]` is not allowed here.", "Remove it."),
    ),
    (
        {"properties": {"a": True}, "unevaluatedProperties": {"type": "string"}},
        "a: 1\nb: 2\n",
        (2, "schema/wrong-type", "`b` must be text", "quotes"),
    ),
]


@pytest.mark.parametrize(
    ("schema", "text", "expected"), CASES, ids=[str(case[0]) for case in CASES]
)
def test_a_finding_says_where_and_why_and_what_to_do(
    schema: dict[str, Any], text: str, expected: tuple[int, str, str, str]
) -> None:
    line, rule, message, fix = expected
    assert check_schema(schema) == ()
    document = read("notes/a.yaml", text.encode())
    assert isinstance(document, Document)
    (finding,) = explain(Schema(schema), document)
    assert (finding.place.span.start[0], finding.rule) == (line, rule)
    assert message in finding.message.en
    assert fix in finding.fix.en
    assert finding.message.zh
    assert finding.fix.zh

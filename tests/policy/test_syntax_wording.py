"""What CEL cannot read is said in words that lead to what it can read."""

from __future__ import annotations

import json

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.checking import check_policy
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind

SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "owner": {"type": "string"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
)
KINDS = {"Note": Kind("Note", FilePatterns(("notes/*.yaml",)), SCHEMA, "path.stem", "sha256:0")}

WORDS = {
    'object.owner = "x"': ("CEL has no `=`", "Write `==`."),
    'object.owner === "x"': ("CEL has no `===`", "Write `==`."),
    'object.owner <> "x"': ("CEL has no `<>`", "Write `!=`."),
    'object.owner is "x"': ("CEL has no `is`", "Write `==`."),
    "has(object.owner) and true": ("CEL has no `and`", "Write `&&`."),
    "has(object.owner) OR true": ("CEL has no `OR`", "Write `||`."),
    "has(object.owner) & true": ("CEL has no `&`", "Write `&&`."),
    "has(object.owner) | true": ("CEL has no `|`", "Write `||`."),
    "not has(object.owner)": ("CEL has no word `not`", "Write it as `!a`, `!(a in b)`."),
    'object.owner not in ["a"]': ("CEL has no word `not`", "Write it as `!a`, `!(a in b)`."),
    "if true then true else false": ("CEL has no word `if`", "Write it as `condition ? a : b`."),
    "object.owner in": ("it ends too early", "Write what comes after its last operator."),
    '(object.owner == "(" ': ("it ends too early", "Close what is open: `)`."),
    "[{'a': [1, 2": ("it ends too early", "Close what is open: `]}]`."),
    'object.owner == "x': ("a text is not closed", "Close its quotation mark"),
    "object.owner == object object": ("`object` cannot stand here", "Look for an operator"),
    'object.owner == "x";': ("`;` cannot stand here", "Look for an operator"),
}


def findings(spec: dict[str, object]) -> list[tuple[str, str, str]]:
    validation = {"expression": "true", "message": {"en": "x", "zh": "x"}}
    data = {
        "apiVersion": "launchpolicy/v1",
        "kind": "Policy",
        "metadata": {"name": "p", "title": {"en": "P", "zh": "某"}},
        "spec": {"match": {"kinds": ["Note"]}, "validations": [validation], **spec},
    }
    document = read("policies/p/p.yaml", json.dumps(data).encode())
    assert isinstance(document, Document)
    return [
        (one.message.en, one.fix.en, one.fix.zh) for one in check_policy(document, KINDS) if one.fix
    ]


def findings_of(expression: str) -> list[tuple[str, str, str]]:
    validation = {"expression": expression, "message": {"en": "x", "zh": "x"}}
    return findings({"validations": [validation]})


@pytest.mark.parametrize(("expression", "words"), WORDS.items(), ids=WORDS)
def test_what_cannot_be_read_is_named_once_with_what_to_write(
    expression: str, words: tuple[str, str]
) -> None:
    ((message, fix, chinese),) = findings_of(expression)
    assert words[0] in message
    assert fix.startswith(words[1])
    assert "Syntax error" not in message
    assert "请" in chinese


def test_a_pattern_that_cannot_be_run_is_not_said_to_be_a_wrong_type() -> None:
    ((message, fix, _),) = findings_of('object.owner.matches("(?=x)")')
    assert "RE2" in message
    assert fix.startswith("Write it without look-around")


def test_a_variable_that_is_declared_further_down_is_to_be_moved_up() -> None:
    variables = [
        {"name": "first", "expression": "variables.second"},
        {"name": "second", "expression": "1"},
    ]
    messages = findings({"variables": variables})
    ((message, fix, _),) = messages
    assert "nothing is called `variables.second`" in message
    assert "above where `variables.second` is used" in fix


def test_a_list_of_the_values_of_a_map_is_ordered_by_its_keys() -> None:
    """The first remedy, `.sort()`, does not sort objects, and `sortBy` is refused as well."""
    listed = {"name": "all", "expression": "object.labels.map(k, {'of': object.labels[k]})"}
    ((_, fix, _),) = findings({"variables": [listed]})
    assert "`m.map(k, k).sort().map(k, m[k])`" in fix
    listed["expression"] = "object.labels.map(k, k).sort().map(k, {'of': object.labels[k]})"
    assert findings({"variables": [listed]}) == []

"""A schema owns what is made from it: nothing is shared with another that only looks the same."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.dialect import UnsupportedSchemaError
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check


def test_what_is_derived_is_made_once_for_each_schema() -> None:
    made: list[Schema] = []

    def number(schema: Schema) -> int:
        made.append(schema)
        return len(made)

    one, other = Schema({"type": "object"}), Schema({"type": "object"})
    assert one == other
    assert [schema.derive(number) for schema in (one, one, other, one)] == [1, 1, 2, 1]
    assert made[0] is one
    assert made[1] is other


def test_two_functions_of_a_schema_do_not_take_each_others_place() -> None:
    schema = Schema({"type": "object"})
    assert schema.derive(len) == 1
    assert schema.derive(list) == ["type"]


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy])
def test_a_copy_is_a_schema_with_nothing_compiled(copied: Callable[[Schema], Schema]) -> None:
    schema = Schema({"properties": {"a": {"type": "string"}}})
    assert schema.accepts({"a": "x"})
    outline = outline_of(schema)
    other = copied(schema)
    assert type(other) is Schema
    assert other == schema
    assert outline_of(other) is not outline
    assert not other.accepts({"a": 1})


def test_findings_are_kept_with_the_schema_that_made_them() -> None:
    document = read("request.yaml", b"kept: with the schema")
    assert isinstance(document, Document)
    for _ in range(50):  # the memory of a schema that is gone is used again for the next
        assert check(Schema({"type": "object"}), document) == ()
        assert check(Schema({"type": "string"}), document) != ()


def test_a_schema_that_cannot_be_understood_says_so_each_time() -> None:
    schema = Schema({"no such keyword": 1})
    for _ in range(2):
        with pytest.raises(UnsupportedSchemaError):
            schema.accepts({})


def test_an_outline_keeps_the_places_below_it() -> None:
    schema = Schema(
        {
            "properties": {"steps": {"type": "array", "items": {"$ref": "#/$defs/step"}}},
            "$defs": {"step": {"properties": {"steps": {"$ref": "#/properties/steps"}}}},
        }
    )
    outline = outline_of(schema)
    first, second = outline.at(("steps", 0)), outline.at(("steps", 7))
    assert first is second
    assert first is not None
    assert first.definition == "step"
    assert outline.at(("steps", 0, "nothing")) is None
    assert outline_of(schema) is outline

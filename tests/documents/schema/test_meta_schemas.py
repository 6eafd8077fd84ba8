"""Schemas that refer to the published schema of schemas, as those of OpenAPI 2.0 do."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema.validators import validator_for

from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.translation import in_our_dialect
from launchpolicy.documents.schema.validator import validator_of
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.message_types import kind_types

DRAFTS = ["draft-04", "draft-06", "draft-07"]
DOCUMENTS: list[Any] = [
    {"shape": {"type": "string"}},
    {"shape": {"type": "strin"}},
    {"shape": {"properties": {"a": {"required": "a"}}}},
    {"shape": {"properties": {"a": {"items": [{"minimum": 1}]}}}},
    {"shape": 5},
    {"title": "Pets"},
    {"title": 5},
    {},
]


def _schema(draft: str, **more: Any) -> dict[str, Any]:
    address = f"http://json-schema.org/{draft}/schema#"
    properties = {"shape": {"$ref": address}, "title": {"$ref": f"{address}/properties/title"}}
    return {"$schema": address, "type": "object", "properties": properties, **more}


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("more", [{}, {"definitions": {"a": {"type": "string"}}}])
def test_a_reference_to_the_schema_of_its_draft_judges_as_the_library_does(
    draft: str, more: dict[str, Any]
) -> None:
    schema = _schema(draft, **more)
    assert check_schema(schema) == ()
    ours = in_our_dialect(schema)
    verdicts = [validator_for(schema)(schema).is_valid(document) for document in DOCUMENTS]
    assert [compile_schema(ours)(document) for document in DOCUMENTS] == verdicts
    assert [not any(validator_of(ours).iter_errors(document)) for document in DOCUMENTS] == verdicts
    assert True in verdicts
    assert False in verdicts


def test_the_fields_of_a_schema_within_a_document_are_known() -> None:
    checker = ExpressionChecker(kind_types(Schema(in_our_dialect(_schema("draft-07")))), {})
    assert checker.check("object.shape.?title.orValue('') == ''").problems == ()
    assert checker.check("object.titel == ''").problems


def test_a_file_that_gives_its_own_schema_that_name_means_its_own() -> None:
    address = "http://json-schema.org/draft-07/schema#"
    own = {"definitions": {"own": {"$id": address, "type": "integer"}}}
    schema = _schema("draft-07", **own)
    schema["properties"].pop("title")
    assert check_schema(schema) == ()
    accepts = compile_schema(in_our_dialect(schema))
    assert (accepts({"shape": 5}), accepts({"shape": {}})) == (True, False)


@pytest.mark.parametrize(
    "address",
    [
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-07/schema-of-mine",
        "https://example.com/schema",
    ],
)
def test_the_schema_of_another_draft_or_place_leads_out_of_the_file(address: str) -> None:
    schema = _schema("draft-07")
    schema["properties"]["shape"] = {"$ref": address}
    (problem,) = check_schema(schema)
    assert "leads out of this file" in problem.message.en

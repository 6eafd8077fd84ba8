"""The schemas of the files that policy owners write: explained, closed, and true to examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from launchpolicy.documents.instants import PATTERN
from launchpolicy.documents.reading import Document, read
from launchpolicy.policy.cel.runtime import Bindings

ROOT = Path(__file__).parents[2]
FILES = {
    "Policy": "policy.schema.json",
    "Pack": "pack.schema.json",
    "PolicyTest": "policy-test.schema.json",
    "Configuration": "configuration.schema.json",
    "Directory": "directory.schema.json",
    "Calendar": "calendar.schema.json",
    "Approval": "approval.schema.json",
    "ApprovalRecord": "approval-record.schema.json",
    "Waiver": "waiver.schema.json",
}
SCHEMAS: dict[str, dict[str, Any]] = {
    kind: json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8"))
    for kind, name in FILES.items()
}
EXPLANATIONS = ("title", "x-title-zh", "description", "x-description-zh")


def _good(name: str) -> dict[str, Any]:
    path = Path(__file__).parent / "good" / name
    document = read(path.name, path.read_bytes())
    assert isinstance(document, Document)
    assert isinstance(document.data, dict)
    return document.data


GOOD = {kind: _good(name.replace(".schema.json", ".yaml")) for kind, name in FILES.items()}


def _accepts(kind: str, data: object) -> bool:
    return Draft202012Validator(SCHEMAS[kind]).is_valid(data)


def _subschemas(schema: Any, at: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema with its JSON pointer, but not the conditions of a `not`."""
    if not isinstance(schema, dict):
        return
    yield at, schema
    for keyword in ("properties", "$defs"):
        for name, each in schema.get(keyword, {}).items():
            yield from _subschemas(each, f"{at}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        yield from _subschemas(schema.get(keyword), f"{at}/{keyword}")


ALL = [(kind, at, each) for kind, schema in SCHEMAS.items() for at, each in _subschemas(schema)]
EXPLAINED = {
    f"{kind}{at}": schema
    for kind, at, schema in ALL
    if at.split("/")[-2:-1] in (["properties"], ["$defs"])
}
PATTERNS = sorted({each["pattern"] for _, _, each in ALL if "pattern" in each})


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schema_is_valid_draft_2020_12(kind: str) -> None:
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_file_itself_is_explained(kind: str) -> None:
    assert [word for word in EXPLANATIONS if not SCHEMAS[kind].get(word)] == []


@pytest.mark.parametrize("at", EXPLAINED)
def test_every_property_is_explained_in_both_languages(at: str) -> None:
    schema = EXPLAINED[at]
    assert [word for word in EXPLANATIONS if not schema.get(word)] == []
    assert re.search(r"[\u4e00-\u9fff]", schema["x-title-zh"])
    assert re.search(r"[\u4e00-\u9fff]", schema["x-description-zh"])


def test_every_object_is_closed_or_a_map_whose_keys_have_a_pattern() -> None:
    opened = [
        f"{kind}{at}"
        for kind, at, schema in ALL
        if "object" in schema.get("type", ())
        and schema.get("additionalProperties") is not False
        and "pattern" not in schema.get("propertyNames", {})
    ]
    assert opened == []


def test_every_example_and_default_follows_its_own_schema() -> None:
    for kind, at, schema in ALL:
        samples = [*schema.get("examples", ())]
        samples += [schema["default"]] if "default" in schema else []
        whole = Draft202012Validator({**schema, "$defs": SCHEMAS[kind].get("$defs", {})})
        assert [each for each in samples if not whole.is_valid(each)] == [], f"{kind}{at}"


def test_a_definition_that_two_schemas_share_is_the_same_in_both() -> None:
    seen: dict[str, Any] = {}
    for schema in SCHEMAS.values():
        for name, definition in schema["$defs"].items():
            assert seen.setdefault(name, definition) == definition


def test_a_date_time_has_the_pattern_that_the_reader_of_instants_has() -> None:
    instants = [schema for _, _, schema in ALL if schema.get("format") == "date-time"]
    assert {schema["pattern"] for schema in instants} == {PATTERN}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_anchored_and_looks_neither_ahead_nor_back(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert not re.search(r"\(\?|\\[1-9]", pattern), (
        "neither groups with options nor back-references"
    )


@pytest.mark.parametrize(
    "text", ["x", "", "a-b", "A.b[0]", "../x", "/x", "a/*.json", "文件", " ", "\x01"]
)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_re2_and_the_validator_agree_on_a_pattern(pattern: str, text: str) -> None:
    bindings = Bindings({"params": {"pattern": pattern, "text": text}})
    matched = re.search(pattern, text) is not None
    assert bindings.holds("params.text.matches(params.pattern)") is matched


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_file_is_accepted(kind: str) -> None:
    errors = Draft202012Validator(SCHEMAS[kind]).iter_errors(GOOD[kind])
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_a_configuration_needs_nothing_but_its_head() -> None:
    assert _accepts("Configuration", {"apiVersion": "launchpolicy/v1", "kind": "Configuration"})


@pytest.mark.parametrize(
    ("kind", "definition", "route", "name"),
    [
        ("Policy", "spec", "matchConditions", "name"),
        ("Policy", "spec", "variables", "name"),
        ("Pack", "spec", "bindings", "policy"),
        ("PolicyTest", "spec", "cases", "name"),
        ("Configuration", "", "kinds", "name"),
    ],
)
def test_a_list_of_named_things_asks_for_unique_names(
    kind: str, definition: str, route: str, name: str
) -> None:
    schema = SCHEMAS[kind]["properties"]
    schema = schema[definition]["properties"] if definition else schema
    assert schema[route]["x-unique-by"] == name

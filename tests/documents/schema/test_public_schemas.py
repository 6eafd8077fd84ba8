"""The public schemas that check-jsonschema brings: each loads, or is refused for its reason."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.translation import in_our_dialect
from launchpolicy.documents.schema.validator import validator_of
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.message_types import kind_types

SCHEMAS: dict[str, dict[str, Any]] = {
    file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
    for file in sorted(
        files("check_jsonschema").joinpath("builtin_schemas", "vendor").iterdir(),
        key=lambda file: file.name,
    )
    if file.name.endswith(".json")
}
REFUSED = {"drone-ci": "`kubernetes-definitions.json#/definitions/"}
"""Those that cannot be used as they are, and what is said of them."""

LOADED = [name for name in SCHEMAS if name not in REFUSED]
VALUES = st.recursive(
    st.sampled_from([None, True, 1, 1.5, "", "a", "1.2", "on", "https://example.com/"]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=2,
)


def test_there_are_as_many_as_there_were() -> None:
    assert len(SCHEMAS) >= 25
    assert len(LOADED) >= len(SCHEMAS) - len(REFUSED)
    assert REFUSED.keys() <= SCHEMAS.keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_public_schema_loads_or_is_refused_for_its_reason(name: str) -> None:
    problems = check_schema(SCHEMAS[name])
    if name not in REFUSED:
        assert problems == ()
        return
    assert problems
    assert all(REFUSED[name] in problem.message.en for problem in problems)
    assert all("leads out of this file" in problem.message.en for problem in problems)


def _data(schema: Any, root: Any, depth: int) -> st.SearchStrategy[Any]:
    """Documents that are something like what a schema describes, and mostly not quite."""
    for _ in range(5):
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if isinstance(reference, str) and reference.startswith("#/"):
            schema = resolve(root, reference)
    if not isinstance(schema, dict) or depth == 0:
        return VALUES

    def inner(part: Any) -> st.SearchStrategy[Any]:
        return _data(part, root, depth - 1)

    choices = [*schema.get("anyOf", ()), *schema.get("oneOf", ())][:6]
    branches = [inner(part) for part in choices] + _containers(schema, inner)
    if "enum" in schema:
        branches.append(st.sampled_from(schema["enum"]))
    if "const" in schema:
        branches.append(st.just(schema["const"]))
    return st.one_of(branches or [VALUES])


@functools.cache  # to make the strategy anew for each example takes longer than the example
def _documents(name: str) -> st.SearchStrategy[Any]:
    return _data(SCHEMAS[name], SCHEMAS[name], 3)


def _containers(
    schema: dict[str, Any], inner: Callable[[Any], st.SearchStrategy[Any]]
) -> list[st.SearchStrategy[Any]]:
    branches: list[st.SearchStrategy[Any]] = []
    properties = schema.get("properties", {})
    if properties:
        keys = [*schema.get("required", ())[:3], *list(properties)[:4]]
        known = {key: inner(properties.get(key, True)) for key in keys}
        branches += [st.fixed_dictionaries({}, optional=known), st.fixed_dictionaries(known)]
    if isinstance(schema.get("additionalProperties"), dict):
        others = inner(schema["additionalProperties"])
        branches.append(st.dictionaries(st.sampled_from(["a", "x-b"]), others, max_size=2))
    if isinstance(schema.get("items"), dict):
        branches.append(st.lists(inner(schema["items"]), max_size=2))
    return branches


@pytest.mark.parametrize("name", LOADED)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_public_schema_judges_as_the_library_does(name: str, data: Any) -> None:
    schema = SCHEMAS[name]
    value = data.draw(_documents(name))
    ours = in_our_dialect(schema)
    expected = validator_for(schema)(schema).is_valid(value)
    assert compile_schema(ours)(value) is expected
    assert (not any(validator_of(ours).iter_errors(value))) is expected


@pytest.mark.parametrize("name", LOADED)
def test_the_fields_of_a_public_schema_are_known_to_the_type_check(name: str) -> None:
    ours = Schema(in_our_dialect(SCHEMAS[name]))
    checker = ExpressionChecker(kind_types(ours), {})
    keys = outline_of(ours).keys
    for key in keys[:5]:
        assert checker.check(f"object[{json.dumps(key)}] == dyn(1)").problems == ()
    has_patterns = any(word in ours for word in ("patternProperties", "additionalProperties"))
    if keys and ours.get("additionalProperties", False) is False and not has_patterns:
        assert checker.check("object.nobodyHasThisKey == 1").problems

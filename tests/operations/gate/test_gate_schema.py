"""The JSON of the gate is described in full, whatever the answer: `schemas/gate.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from launchpolicy.engine.launches.start_conditions import (
    CONDITIONS,
    Condition,
    ConditionState,
    GateResult,
    Shortcoming,
)
from launchpolicy.facts.deployed_content import ContentComparison, ContentState, IdentityKind
from launchpolicy.reporters.gate.json_v1 import FORMAT, render
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.text import Text
from tests.operations.gate.night import COMMIT, OPENS, SCHEMA, Night, complaints_of_schema

EXPLANATIONS = ("title", "x-title-zh", "description", "x-description-zh")
LINES = st.text(max_size=20)
TEXTS = st.builds(Text, LINES, LINES)
SHORTCOMINGS = st.builds(
    Shortcoming,
    TEXTS,
    TEXTS,
    st.none() | st.builds(Place, LINES, st.just(START)),
    st.lists(LINES, max_size=2).map(tuple),
    LINES,
)
NEEDED = st.lists(SHORTCOMINGS, max_size=2).map(tuple)
ANSWERS = st.builds(
    GateResult,
    name=LINES,
    path=LINES,
    title=TEXTS,
    now=st.just(OPENS),
    branch=LINES,
    commit=st.just(COMMIT),
    conditions=st.lists(
        st.builds(
            Condition,
            st.sampled_from(list(CONDITIONS)),
            st.sampled_from(ConditionState),
            TEXTS,
            NEEDED,
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    content=st.lists(
        st.builds(ContentComparison, LINES, st.sampled_from(ContentState), LINES, LINES), max_size=2
    ).map(tuple),
    facts_from=LINES,
    window_end=st.none() | st.just(OPENS),
    is_trial=st.booleans(),
)


@settings(deadline=None)
@given(ANSWERS)
def test_every_answer_follows_the_schema(result: GateResult) -> None:
    assert complaints_of_schema("".join(render(result))) == []


def test_the_schema_is_valid_closed_and_explained_in_both_languages() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for described in objects(SCHEMA):
        assert described["additionalProperties"] is False
        assert set(described["required"]) == set(described["properties"])
        for key, part in described["properties"].items():
            assert [word for word in EXPLANATIONS if not part.get(word)] == [], key


def test_the_schema_knows_every_state_and_condition() -> None:
    parts = SCHEMA["$defs"]
    assert parts["condition"]["properties"]["id"]["enum"] == list(CONDITIONS)
    assert parts["condition"]["properties"]["state"]["enum"] == [*map(str, ConditionState)]
    assert parts["content"]["properties"]["state"]["enum"] == [*map(str, ContentState)]
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert set(get_args(IdentityKind)) == {"artifact", "commit"}


@pytest.mark.parametrize("request_name", ["LR-2026-0042", "LR-2026-0099"])
def test_what_the_command_prints_follows_the_schema(approved: Night, request_name: str) -> None:
    path = approved.clone.folder / f"launches/{request_name}/request.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():  # here, and not merged
        path.write_bytes(approved.request.read_bytes())
    asked = approved.clone.run("gate", request_name, "--format", "json")
    assert complaints_of_schema(asked.output) == []


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """The parts of a schema that describe an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)

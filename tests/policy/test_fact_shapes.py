"""Facts have the shapes that expressions are checked against, or are refused."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.facts.facts import NO_FACTS
from launchpolicy.policy.cel.runtime import VARIABLES
from launchpolicy.policy.fact_shapes import (
    FACT_LISTS,
    FACTS,
    REFERENCE,
    FactError,
    complete_fact,
    empty_fact,
)


@pytest.mark.parametrize("name", list(FACTS))
def test_nothing_found_out_has_the_shape_of_the_fact(name: str) -> None:
    assert compile_schema(FACTS[name])(NO_FACTS.as_data()[name])


def test_the_fact_lists_are_lists_of_the_facts() -> None:
    for route in FACT_LISTS:
        fact, name = route.split(".")
        assert FACTS[fact]["properties"][name]["type"] == "array"


def test_what_is_left_out_is_filled_in() -> None:
    found = complete_fact(REFERENCE, {"tests": {"failed": 3}})

    assert found["tests"]["failed"] == 3
    assert found["tests"]["failures"] == []
    assert found == {
        **empty_fact(REFERENCE),
        "tests": {**empty_fact(REFERENCE)["tests"], "failed": 3},
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"test": {}}, "test: there is no such fact"),
        ({"tests": {"fialed": 1}}, "tests.fialed: there is no such fact"),
        ({"read": "yes"}, "read: must be of type bool, is str"),
        ({"read": 1}, "read: must be of type bool, is int"),
        ({"tests": {"failed": True}}, "tests.failed: must be of type int, is bool"),
        ({"commits": "abc"}, "commits: must be of type list"),
        ({"backups": [{"name": "a"}, {"name": 1}]}, "backups[1].name: must be of type str"),
    ],
)
def test_a_misspelt_or_mistyped_fact_of_a_case_is_refused(given: Any, says: str) -> None:
    with pytest.raises(FactError) as refused:
        complete_fact(REFERENCE, given)
    assert str(refused.value).startswith(says)


def test_every_fact_may_be_named_in_an_expression() -> None:
    assert {*FACTS, "files"} <= set(VARIABLES)

"""Requests made small, and changed in one place: nothing that is asked about is made up wrongly."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.engine.analysis.decided_otherwise import smallest
from launchpolicy.engine.analysis.request_mutations import (
    MutationWords,
    mutations_of,
    values_by_route,
    without,
)

_SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["a", "b", ""])
_KEYS = st.sampled_from(["a", "b", "c"])
REQUESTS = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
).filter(lambda data: isinstance(data, dict))
WORDS = MutationWords(frozenset({"a", "b"}), ("owner",), (5, 2.5))


def _places(data: Any, route: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Any = data.items() if isinstance(data, dict) else ()
    items = enumerate(data) if isinstance(data, list) else items
    routes = []
    for step, value in items:
        routes += [(*route, step), *_places(value, (*route, step))]
    return routes


def _count(data: Any, value: Any) -> int:
    """How often a value stands in some data."""
    if isinstance(data, dict):
        return sum(_count(item, value) for item in data.values())
    if isinstance(data, list):
        return sum(_count(item, value) for item in data)
    return int(type(data) is type(value) and data == value)


@given(REQUESTS)
def test_the_smallest_request_still_shows_it_and_no_part_of_it_can_be_left_out(data: Any) -> None:
    before = copy.deepcopy(data)

    def shows(request: Any) -> bool:
        return _count(request, "a") >= min(1, _count(data, "a"))

    small = smallest(data, shows)

    assert data == before
    assert shows(small)
    assert [route for route in _places(small) if shows(without(small, route))] == []


@given(REQUESTS)
def test_a_changed_request_differs_in_one_place_and_the_request_stays_as_it_is(data: Any) -> None:
    before = copy.deepcopy(data)
    mutations = list(mutations_of(data, WORDS, values_by_route([data])))
    assert data == before
    assert all(repr(mutation.data) != repr(data) for mutation in mutations)
    named = [route for route in _places(data) if {"a", "b"} & set(map(str, route))]
    assert len([item for item in mutations if item.what.startswith("without")]) == len(named)


@pytest.mark.parametrize(
    ("value", "others"),
    [
        (3, [4, 5, 6, 0, 2]),
        (True, [False]),
        ("x", ["owner"]),
        ([1], [[], [1, 1]]),
        (2.0, [4.0, 5.0, 6.0, 1.5, 2.5, 3.5]),
    ],
)
def test_a_value_is_changed_to_what_the_policies_compare_it_with(
    value: Any, others: list[Any]
) -> None:
    mutations = mutations_of({"a": value}, WORDS, {})
    changed = [item.data["a"] for item in mutations if item.what.startswith("a: ")]
    assert list(map(repr, changed)) == list(map(repr, others))

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.change import change_between
from launchpolicy.vocabulary.finding import Operation
from launchpolicy.vocabulary.place import format_route


def edits(old: Any, new: Any) -> list[tuple[str, str, str]]:
    change = change_between(old, new)
    return [(format_route(edit.route), edit.old, edit.new) for edit in change.edits]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [("a", "1", "2")]),
        ({"a": 1}, {"a": True}, [("a", "1", "true")]),
        ({"a": 1}, {"a": 1.0}, [("a", "1", "1.0")]),
        ({"a": "x"}, {}, [("a", "x", "")]),
        ({}, {"a": {"b": "中"}}, [("a", "", '{"b": "中"}')]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [("a.c", "2", "3")]),
        ({"a": [1, 2]}, {"a": [1, 3, 4]}, [("a[1]", "2", "3"), ("a[2]", "", "4")]),
        ({"a": [1, 2]}, {"a": [1]}, [("a[1]", "2", "")]),
        ({"a": [1]}, {"a": {"b": 1}}, [("a", "[1]", '{"b": 1}')]),
        ({"a": None}, {}, [("a", "null", "")]),
    ],
)
def test_differences(old: Any, new: Any, expected: list[tuple[str, str, str]]) -> None:
    assert edits(old, new) == expected


def test_named_items_are_compared_by_name_not_by_index() -> None:
    old = {"steps": [{"name": "drain", "takes": "5m"}, {"name": "migrate", "takes": "9m"}]}
    new = {"steps": [{"name": "notify"}, *old["steps"]]}
    assert edits(old, new) == [("steps[0]", "", '{"name": "notify"}')]
    new["steps"][2] = {"name": "migrate", "takes": "1m"}
    assert ("steps[2].takes", "9m", "1m") in edits(old, new)


def test_reordered_steps_are_an_edit() -> None:
    old = {"steps": [{"name": "drain"}, {"name": "migrate"}]}
    new = {"steps": [{"name": "migrate"}, {"name": "drain"}]}
    assert edits(old, new) == [("steps", "drain, migrate", "migrate, drain")]


def test_removed_named_item_is_an_edit_of_its_list() -> None:
    old = {"backup": [{"name": "orders-db"}, {"name": "uploads"}]}
    assert edits(old, {"backup": [{"name": "uploads"}]}) == [
        ("backup", '{"name": "orders-db"}', "")
    ]


def test_duplicate_names_do_not_hide_a_changed_item() -> None:
    old = {"steps": [{"name": "a", "by": "x"}, {"name": "a", "by": "y"}]}
    new = {"steps": [{"name": "a", "by": "evil"}, {"name": "a", "by": "y"}]}
    assert edits(old, new) == [("steps[0].by", "x", "evil")]


@pytest.mark.parametrize(
    ("old", "new", "operation", "stages"),
    [
        (None, {"status": {"stage": "requested"}}, Operation.CREATE, ("", "requested")),
        ({"status": {"stage": "a"}}, {"status": {"stage": "b"}}, Operation.UPDATE, ("a", "b")),
        ({"status": {"stage": "a"}}, None, Operation.DELETE, ("a", "")),
        ({"status": "text"}, {"status": {"stage": 3}}, Operation.UPDATE, ("", "")),
    ],
)
def test_operation_and_stage(
    old: Any, new: Any, operation: Operation, stages: tuple[str, str]
) -> None:
    change = change_between(old, new)
    assert change.operation is operation
    assert (change.stage_from, change.stage_to) == stages


data = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["x", "y"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b", "name"]), inner, max_size=3),
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Equality that tells 1 from True, as documents do."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


@given(data, data)
def test_there_are_edits_exactly_when_something_differs(old: Any, new: Any) -> None:
    assert bool(edits({"root": old}, {"root": new})) == (not same(old, new))

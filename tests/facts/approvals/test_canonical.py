"""The quick way to canonical JSON writes what the library writes, byte for byte."""

from __future__ import annotations

import math
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.approvals.canonical import canonical_json

_SCALARS = st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text() | st.floats()
_DATA = st.recursive(
    _SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
_ODD: tuple[Any, ...] = (
    {"\ue000": 1, "\U00010000": 2},
    {"a": "\ud800"},
    {"a": 2**53 - 1, "b": -(2**53) + 1},
    {"a": 2**53},
    1.0,
    {"a": [1.5, -0.0, 1e30]},
    math.nan,
    '\x00\x1f\x7f\b\t\n\f\r"\\/\u2028€',
    {"b": {}, "a": [], "": None, "A": True},
    {"kind": {1: 2}},
    [[[["深"]]]],
)


def _written(write: Any, data: Any) -> object:
    try:
        return write(data)
    except rfc8785.CanonicalizationError as error:
        return type(error), str(error)


@given(_DATA)
def test_any_data_is_written_as_the_library_writes_it(data: Any) -> None:
    assert _written(canonical_json, data) == _written(rfc8785.dumps, data)


@pytest.mark.parametrize("data", _ODD, ids=range(len(_ODD)))
def test_odd_data_is_written_or_refused_as_by_the_library(data: Any) -> None:
    assert _written(canonical_json, data) == _written(rfc8785.dumps, data)


def test_numbers_and_truth_values_are_not_taken_for_each_other() -> None:
    assert canonical_json([1, True, "1", None]) == b'[1,true,"1",null]'

"""`sets.contains`, `sets.equivalent`, `sets.intersects`: lists as sets, in time that is linear.

The library has them too, and compares each element of one list with each of the other: two lists
of a request would take minutes. Elements are equal as CEL says (specification, "Equality"): numbers
by value whatever their types are, never a number and a bool, lists and maps by what they hold.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any, TypeAlias

from launchpolicy.policy.cel.work import WorkBudget, count_values

_Elements: TypeAlias = list[Any]


def contains(work: WorkBudget, container: _Elements, contents: _Elements) -> bool:
    """Return whether each element of `contents` is one of `container`."""
    return _keys(work, contents) <= _keys(work, container)


def equivalent(work: WorkBudget, left: _Elements, right: _Elements) -> bool:
    """Return whether each list has what the other has, however often and in whatever order."""
    return _keys(work, left) == _keys(work, right)


def intersects(work: WorkBudget, left: _Elements, right: _Elements) -> bool:
    """Return whether some element is in both lists."""
    return not _keys(work, left).isdisjoint(_keys(work, right))


def _keys(work: WorkBudget, elements: _Elements) -> frozenset[Hashable]:
    work.spend(count_values(elements))
    return frozenset(map(equality_key, elements))


def equality_key(value: Any) -> Hashable:  # noqa: ANN401 (a CEL value as Python has it)
    """Return what is equal for values that CEL calls equal, and for no others."""
    if isinstance(value, list):
        return ("list", tuple(map(equality_key, value)))
    if isinstance(value, dict):
        pairs = ((equality_key(key), equality_key(item)) for key, item in value.items())
        return ("map", frozenset(pairs))
    if isinstance(value, bytearray):
        return ("bytes", bytes(value))
    if isinstance(value, float) and math.isnan(value):
        return object()  # equal to nothing, not even to itself
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return ("number" if is_number else type(value).__name__, value)

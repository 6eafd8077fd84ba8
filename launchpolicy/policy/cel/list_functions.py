"""`isSorted`, `min`, `max`, `sum` of lists, as Kubernetes has them; and `lists.range`.

A list of one kind is asked for when an expression is checked. What is dynamic is looked at here:
values that cannot be compared are an error, never an answer.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

from launchpolicy.policy.cel.work import WorkBudget

LONGEST_RANGE: Final = 10_000
"""Numbers that `lists.range` gives at most: as many as macros may iterate in one evaluation."""

_EMPTY = "an empty list has no least and no greatest element"
_MIXED = "the elements of the list cannot be compared with each other"
_NO_SUM = "only a list of numbers has a sum"
_OVERFLOW = "the sum is too great for an integer"
_NOT_A_NUMBER = "the list holds a NaN, which cannot be compared"
_TOO_LONG = f"`lists.range` gives at most {LONGEST_RANGE} numbers"
_MOMENTS = "the least and the greatest of timestamps and durations stand in `.sort()`"
_INTEGERS = range(-(2**63), 2**63)


def is_sorted(work: WorkBudget, elements: list[Any]) -> bool:
    """Return whether each element is at least the one before it."""
    _require_one_kind(work, elements)
    return all(left <= right for left, right in pairwise(elements))


def least(work: WorkBudget, elements: list[Any]) -> Any:  # noqa: ANN401 (of whatever the list is)
    """Return the least element.

    Raises:
        ValueError: the list is empty, or its elements cannot be compared.
    """
    return _extreme(min, work, elements)


def greatest(work: WorkBudget, elements: list[Any]) -> Any:  # noqa: ANN401 (as above)
    """Return the greatest element.

    Raises:
        ValueError: the list is empty, or its elements cannot be compared.
    """
    return _extreme(max, work, elements)


def total(work: WorkBudget, elements: list[Any]) -> int | float:
    """Return the sum of numbers, 0 for no numbers.

    Raises:
        ValueError: not all are integers, or not all are floating-point, or the sum is too great.
    """
    kinds = _kinds(work, elements)
    if not kinds <= {int} and not kinds <= {float}:
        raise ValueError(_NO_SUM)
    # One addition after the other, as `+` has it: `sum` of Python differs between its versions.
    answer: int | float = functools.reduce(operator.add, elements, 0)
    if isinstance(answer, float):
        return answer
    if answer not in _INTEGERS:
        raise ValueError(_OVERFLOW)
    return answer


def numbers_below(work: WorkBudget, end: int) -> list[int]:
    """Return 0, 1, … up to but not including `end`.

    Raises:
        ValueError: that are more than `LONGEST_RANGE`.
    """
    if end > LONGEST_RANGE:
        raise ValueError(_TOO_LONG)
    numbers = list(range(end))
    work.spend(len(numbers))
    return numbers


def _extreme(choose: Callable[[Sequence[Any]], Any], work: WorkBudget, elements: list[Any]) -> Any:  # noqa: ANN401 (of whatever the list is)
    _require_one_kind(work, elements)
    if not elements:
        raise ValueError(_EMPTY)
    answer = choose(elements)
    if not isinstance(answer, bool | int | float | str | bytearray):
        raise ValueError(_MOMENTS)  # noqa: TRY004 (CEL makes a `ValueError` its own error)
    return answer


def _require_one_kind(work: WorkBudget, elements: list[Any]) -> None:
    kinds = _kinds(work, elements)
    if len(kinds) > 1 or kinds & {list, dict, type(None)}:
        raise ValueError(_MIXED)
    if kinds == {float} and any(map(math.isnan, elements)):
        raise ValueError(_NOT_A_NUMBER)


def _kinds(work: WorkBudget, elements: list[Any]) -> set[type]:
    work.spend(len(elements) + 1)
    return {type(element) for element in elements}

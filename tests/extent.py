"""How much of a long row of cases a run tries: a share in `make test`, all of it in `make full`."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")

WHOLE = "LAUNCHPOLICY_WHOLE_TESTS"
"""With this variable everything is tried, as `make full` wants it."""


def is_whole() -> bool:
    """Whether this run tries everything."""
    return bool(os.environ.get(WHOLE))


def share_of(cases: Sequence[Case], size: int) -> Sequence[Case]:
    """Return `size` of these cases, the same in every run and spread evenly; or all of them."""
    if is_whole() or len(cases) <= size:
        return cases
    return [cases[number * len(cases) // size] for number in range(size)]


def examples_of(size: int) -> int:
    """Return how many examples Hypothesis draws for a test that has so many: all, or a third.

    It draws others in each run, so that many runs try as much as one that is whole.
    """
    return size if is_whole() else math.ceil(size / 3)

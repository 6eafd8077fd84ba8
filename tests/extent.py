"""How much of a long row of cases a run tries: a share in `make test`, all of it in `make full`."""

from __future__ import annotations

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

"""The bound of memory for one evaluation, where the program has set one (threat R1).

An expression of a few words can make gigabytes: `text.replace("", text)`. The library counts
iterations, not bytes. What bounds a process differs between systems, so `hosts.platform` knows it,
and the command line hands it over when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

ALLOWANCE: Final = 64 << 20
"""Bytes that one evaluation may take beyond what the process has."""

Answer = TypeVar("Answer")


class OutOfBoundsError(Exception):
    """An evaluation takes more memory than it may."""


class MemoryBound(Protocol):
    """What bounds the memory of a process while something runs."""

    def run(self, work: Callable[[], Answer]) -> Answer:
        """Return what `work` returns.

        Raises:
            OutOfBoundsError: it takes more than it may.
        """


_bounds: list[MemoryBound] = []


def bound_evaluations(bound: MemoryBound) -> None:
    """Run every later evaluation of this process in `bound`."""
    _bounds[:] = [bound]


def run_in_bounds(work: Callable[[], Answer]) -> Answer:
    """Return what `work` returns; without a bound, it may take what it wants.

    Raises:
        OutOfBoundsError: it takes more than it may.
    """
    return _bounds[0].run(work) if _bounds else work()

"""How the time of a piece of work grows with what it is given.

A limit in seconds depends on the machine, on what else it does, and on coverage; a ratio does not.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FACTOR = 4
"""How much more the second piece of work is given than the first."""

MOST = 9.0
"""Work that grows with its input takes `FACTOR` times as long, with its square 16 times."""

_ATTEMPTS = 4


def grows_with_its_input(work: Callable[[int], object], size: int) -> bool:
    """Return whether `work(FACTOR * size)` takes at most `MOST` times as long as `work(size)`.

    Processor time is compared, again and again as long as it takes more: other processes share the
    caches. What grows with the square of its input takes more each time.

    Args:
        work: takes a size, and does what is measured.
        size: large enough for some hundredths of a second.
    """
    return any(
        _seconds(work, FACTOR * size) <= MOST * _seconds(work, size) for _ in range(_ATTEMPTS)
    )


def _seconds(work: Callable[[int], object], size: int) -> float:
    begun = time.process_time()
    work(size)
    return time.process_time() - begun

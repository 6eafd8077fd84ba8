"""What the cases see as LCOV's tracefile (geninfo(1)), which coverage viewers read.

Each point is a branch block of its line, each possible outcome a branch of it. A line counts as
executed as often as its most frequent outcome was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from launchpolicy.engine.analysis.placed_coverage import PlacedCoverage
from launchpolicy.vocabulary.text import Language

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What would end a record, or hide in one; only a file's path could bring it."""


def as_lcov(results: Sequence[PlacedCoverage], language: Language) -> str:
    """Return one record for each policy's file; `language` changes nothing."""
    del language
    return "".join(f"{line}\n" for result in results for line in _record(result))


def _record(result: PlacedCoverage) -> Iterator[str]:
    yield "TN:"
    yield f"SF:{_BREAKS.sub('_', result.path)}"
    hits: dict[int, int] = {}
    branches = taken = 0
    for block, placed in enumerate(result.points):
        line = placed.span.start.line
        counts = list(placed.coverage.seen.values())
        hits[line] = max([hits.get(line, 0), *counts])
        was_reached = any(counts)
        for branch, count in enumerate(counts):
            yield f"BRDA:{line},{block},{branch},{count if was_reached else '-'}"
            branches += 1
            taken += count > 0
    yield f"BRF:{branches}"
    yield f"BRH:{taken}"
    yield from (f"DA:{line},{count}" for line, count in sorted(hits.items()))
    yield f"LF:{len(hits)}"
    yield f"LH:{sum(1 for count in hits.values() if count)}"
    yield "end_of_record"

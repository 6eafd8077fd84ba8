"""The fact `launches` from plain data, for tests that have no files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.neighbours import launches_fact, summary_of

References = Callable[[Any], Iterable[Reference]]


def launches(
    path: str, data: Any, others: Iterable[tuple[str, Any]], references: References
) -> dict[str, Any]:
    """Return the fact of the request `data` at `path` beside `others`, given by path and data."""
    ours = summary_of(path, data, tuple(references(data)))
    beside = [summary_of(other, each, tuple(references(each))) for other, each in others]
    return launches_fact(ours, beside)

"""The coverage of a policy with the places of its points in the policy's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from launchpolicy.documents.inner_places import InnerPlaces
from launchpolicy.documents.reading import Document
from launchpolicy.engine.analysis.policy_coverage import PointCoverage, PolicyCoverage
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Span


class PlacedPoint(NamedTuple):
    """A point, what was seen there, and where it stands."""

    coverage: PointCoverage
    span: Span


class PlacedCoverage(NamedTuple):
    """What the cases of a policy see, by place in its file at `path`, whose text is `source`."""

    policy: str
    pack: str
    path: str
    source: str
    points: tuple[PlacedPoint, ...]
    possible: int
    seen: int


class CoverageFigures(NamedTuple):
    """How many of the possible outcomes were seen."""

    seen: int
    possible: int

    @property
    def share(self) -> float:
        """Return the share that was seen, in percent; of nothing, all was."""
        return 100 * self.seen / self.possible if self.possible else 100.0

    @property
    def shown_share(self) -> float:
        """Return the share with one decimal, never rounded up to what it is not."""
        return int(self.share * 10) / 10


def placed_coverage(coverage: PolicyCoverage, document: Document) -> PlacedCoverage:
    """Return the coverage of the policy in `document`, its points in the order of the file."""
    places = InnerPlaces(document)
    points = []
    for item in coverage.points:
        point, value = item.point, _source_of(document, item)
        if point.end and isinstance(value, str):
            span = places.span(point.route, value, point.start, point.end)
        else:
            span = document.place(point.route).span
        points.append(PlacedPoint(item, span))
    points.sort(key=lambda placed: (placed.span.start, _outer_first(placed.span)))
    return PlacedCoverage(
        coverage.policy,
        coverage.pack,
        document.path,
        document.text,
        tuple(points),
        coverage.possible_count,
        coverage.seen_count,
    )


def figures_by_pack(results: Iterable[PlacedCoverage]) -> dict[str, CoverageFigures]:
    """Return the figures of each pack, by its name."""
    figures: dict[str, CoverageFigures] = {}
    for result in results:
        seen, possible = figures.get(result.pack, CoverageFigures(0, 0))
        figures[result.pack] = CoverageFigures(seen + result.seen, possible + result.possible)
    return dict(sorted(figures.items()))


def _source_of(document: Document, item: PointCoverage) -> Data:
    return value_at(document.data, item.point.route)


def _outer_first(span: Span) -> tuple[int, int]:
    """Return what sorts a longer part before a shorter one that begins at the same place."""
    return -span.end.line, -span.end.column

"""What the cases see as JSON, version 1: figures, and every point with its outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from launchpolicy.engine.analysis.placed_coverage import (
    CoverageFigures,
    PlacedCoverage,
    PlacedPoint,
    figures_by_pack,
)
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Language


def as_json(results: Sequence[PlacedCoverage], language: Language) -> str:
    """Return everything; `language` changes nothing."""
    del language
    packs = {pack: _figures(figures) for pack, figures in figures_by_pack(results).items()}
    document = {"version": 1, "packs": packs, "policies": [_policy(item) for item in results]}
    return encode(document) + "\n"


def _figures(figures: CoverageFigures) -> dict[str, Any]:
    return {**figures._asdict(), "share": figures.shown_share}


def _policy(result: PlacedCoverage) -> dict[str, Any]:
    return {
        "policy": result.policy,
        "pack": result.pack,
        "file": result.path,
        **_figures(CoverageFigures(result.seen, result.possible)),
        "points": [_point(placed) for placed in result.points],
    }


def _point(placed: PlacedPoint) -> dict[str, Any]:
    point, span = placed.coverage.point, placed.span
    return {
        "kind": point.kind,
        "route": format_route(point.route),
        "text": point.text,
        "start": span.start._asdict(),
        "end": span.end._asdict(),
        "outcomes": {str(outcome): count for outcome, count in placed.coverage.seen.items()},
    }

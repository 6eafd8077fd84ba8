"""What no case has seen as text: a line each with its place, then the figures of each pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.engine.analysis.placed_coverage import (
    PlacedCoverage,
    PlacedPoint,
    figures_by_pack,
)
from launchpolicy.reporters.policy_coverage.words import NEVER, figures_line
from launchpolicy.reporters.text.cells import cells, cut
from launchpolicy.reporters.text.escaping import escape, inert
from launchpolicy.vocabulary.text import Language

_WIDTH = 100
"""Cells of an expression that are shown; its place leads to the rest."""


def as_text(results: Sequence[PlacedCoverage], language: Language) -> str:
    """Return the report in one language."""
    lines = [line for result in results for line in _gaps(result, language)]
    lines += [
        figures_line(escape(pack), figures).in_language(language)
        for pack, figures in figures_by_pack(results).items()
    ]
    return "".join(f"{inert(line)}\n" for line in lines)


def _gaps(result: PlacedCoverage, language: Language) -> Iterator[str]:
    for placed in result.points:
        colon = "：" if language == "zh" else ": "
        for outcome in placed.coverage.never_seen:
            words = NEVER[outcome].in_language(language)
            yield f"{_place(result, placed)} {words}{colon}{_short_text(placed)}"


def _place(result: PlacedCoverage, placed: PlacedPoint) -> str:
    start = placed.span.start
    return f"{escape(result.path)}:{start.line}:{start.column}"


def _short_text(placed: PlacedPoint) -> str:
    text = escape(placed.coverage.point.text)
    return text if cells(text) <= _WIDTH else f"{cut(text, _WIDTH - 1)[0]}…"

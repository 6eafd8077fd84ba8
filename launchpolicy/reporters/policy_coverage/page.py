"""What the cases see as one page: every policy's source, coloured by what was seen of each part.

The page loads nothing and runs nothing: its own policy allows its style sheet by its digest alone
(threat O3). Everything that comes from a file is escaped by the template.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.engine.analysis.placed_coverage import (
    CoverageFigures,
    PlacedCoverage,
    PlacedPoint,
    figures_by_pack,
)
from launchpolicy.reporters.policy_coverage.words import NEVER
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.text import Language, Text

_LOADER = PackageLoader("launchpolicy.reporters.policy_coverage")


class SourceRun(NamedTuple):
    """A stretch of a line: `state` is "" outside of points, else `whole`, `part` or `none`."""

    text: str
    state: str
    title: Text


class _PolicyPart(NamedTuple):
    """One policy on the page."""

    result: PlacedCoverage
    figures: CoverageFigures
    lines: tuple[tuple[SourceRun, ...], ...]
    unseen: tuple[tuple[PlacedPoint, Text], ...]


def as_html(results: Sequence[PlacedCoverage], language: Language) -> str:
    """Return the page in one language."""
    environment = _environment(language)
    style, _, _ = _LOADER.get_source(environment, "coverage.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    packs = figures_by_pack(results)
    grouped = [
        (pack, packs[pack], [_part(result) for result in results if result.pack == pack])
        for pack in packs
    ]
    return environment.get_template("coverage.html.j2").render(
        style=Markup(style),  # noqa: S704 (our own file; its digest is in the page's policy)
        style_digest=digest,
        language=language,
        packs=grouped,
    )


@functools.cache
def _environment(language: Language) -> Environment:
    def write(value: object) -> object:
        if isinstance(value, Text):
            value = value.in_language(language)
        return value if isinstance(value, Markup | int | float) else escape(str(value))

    environment = Environment(
        loader=_LOADER,
        autoescape=True,
        undefined=StrictUndefined,
        finalize=write,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"say": Text}
    return environment


def _part(result: PlacedCoverage) -> _PolicyPart:
    unseen = tuple(
        (placed, NEVER[outcome])
        for placed in result.points
        for outcome in placed.coverage.never_seen
    )
    figures = CoverageFigures(result.seen, result.possible)
    return _PolicyPart(result, figures, tuple(_lines(result)), unseen)


def _lines(result: PlacedCoverage) -> Iterator[tuple[SourceRun, ...]]:
    """Yield the lines of a policy's file in runs; of parts within parts the inner one shows."""
    lines = LINE_BREAK.split(result.source)
    if not lines[-1]:  # what stands behind the last line break
        lines.pop()
    points: list[list[PlacedPoint | None]] = [[None] * len(line) for line in lines]
    for placed in result.points:  # an outer one comes before those within it
        start, end = placed.span
        for number in range(start.line - 1, min(end.line, len(lines))):
            first = start.column - 1 if number == start.line - 1 else 0
            last = end.column - 1 if number == end.line - 1 else len(lines[number])
            last = min(last, len(lines[number]))
            first = max(first, len(lines[number]) - len(lines[number].lstrip(" ")))
            points[number][first:last] = [placed] * max(last - first, 0)
    for line, owners in zip(lines, points, strict=True):
        yield tuple(_runs(line, owners))


def _runs(line: str, owners: Sequence[PlacedPoint | None]) -> Iterator[SourceRun]:
    at = 0
    for _, members in groupby(owners, key=id):
        owned = list(members)
        text = line[at : at + len(owned)]
        at += len(owned)
        yield SourceRun(text, _state(owned[0]), _title(owned[0]))


def _state(placed: PlacedPoint | None) -> str:
    if placed is None:
        return ""
    never = placed.coverage.never_seen
    if not never:
        return "whole"
    return "none" if len(never) == len(placed.coverage.point.outcomes) else "part"


def _title(placed: PlacedPoint | None) -> Text:
    never = [NEVER[outcome] for outcome in placed.coverage.never_seen] if placed else []
    return Text(", ".join(text.en for text in never), "，".join(text.zh for text in never))

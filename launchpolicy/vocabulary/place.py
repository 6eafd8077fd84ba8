"""Places in plain data: a route, and the line and column that it leads to in the file."""

from __future__ import annotations

import re
from typing import Any

from launchpolicy.vocabulary.named_tuple import NamedTuple

Data = Any
"""Plain data, as YAML and JSON have it: maps, lists, texts, numbers, true, false and null."""

Route = tuple[str | int, ...]
"""Keys and list indices from the root of a document to a value; `()` is the whole document."""

_STEP = r"""\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]"""


class Position(NamedTuple):
    """A place between two characters: line and column, both from 1, columns in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of a file from `start` up to, not including, `end`."""

    start: Position
    end: Position


class Place(NamedTuple):
    """A finding's location: symbolic (`route`, `missing`) and concrete (`path`, `span`).

    `route` leads to what exists; `missing` are the keys below it that were looked for and are not
    there. `source` is the text of the line on which the span starts, without its line break, so
    that a reporter can quote it without reading anything.
    """

    path: str
    span: Span
    route: Route = ()
    missing: Route = ()
    source: str = ""

    @property
    def full_route(self) -> Route:
        """Return the whole route that was looked for, existing and missing parts together."""
        return self.route + self.missing

    def __str__(self) -> str:
        return f"{self.path}:{self.span.start.line}:{self.span.start.column}"


START = Span(Position(1, 1), Position(1, 1))


def format_route(route: Route) -> str:
    """Return `("spec", "steps", 0, "by")` as `spec.steps[0].by`; odd keys as `["…"]`."""
    text = ""
    for step in route:
        if isinstance(step, int):
            text += f"[{step}]"
        elif _is_plain(step):
            text += f".{step}" if text else step
        else:
            escaped = step.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{escaped}"]'
    return text


def parse_route(text: str) -> Route:
    """Return the route that `format_route` wrote as `text`.

    Raises:
        ValueError: the text is not a route.
    """
    keys = text.split(".") if text else []
    if all(map(_is_plain, keys)):
        return tuple(keys)
    route: list[str | int] = []
    at = 0
    pattern = re.compile(_STEP)
    while at < len(text):
        step = pattern.match(text, at)
        if step is None:
            message = f"not a route: {text!r}, at column {at + 1}"
            raise ValueError(message)
        key, index, quoted = step.groups()
        if index is not None:
            route.append(int(index))
        else:
            route.append(key if key is not None else re.sub(r"\\(.)", r"\1", quoted))
        at = step.end()
    return tuple(route)


def _is_plain(key: str) -> bool:
    """Return whether a key is written as it is: `[A-Za-z_][A-Za-z0-9_-]*`."""
    return key.isascii() and key[:1] != "-" and key.replace("-", "_").isidentifier()

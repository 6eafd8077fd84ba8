"""The position of every value of a document: a second walk over the events, made on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from yaml._yaml import CParser, Mark
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from launchpolicy.vocabulary.place import Position, Route, Span


class NodePosition(NamedTuple):
    """The position of one value; `key` is None for list items and for the document itself."""

    value: Span
    key: Span | None
    style: str
    """Of a scalar: "" plain, `'`, `"`, `|`, `>`; of a container `{`."""
    flow: bool = False
    """Of a container: whether it is written in braces or brackets."""


def index(
    text: str,
    ends: dict[Route, Position] | None = None,
    next_event: Callable[[], Any] | None = None,
) -> dict[Route, NodePosition]:
    """Return the position of every value in `text`, which `events.build` has accepted, by route.

    `next_event` gives the events that it accepted, where they are not the parser's. `ends`, if
    given, is filled with where each container ends; one in block style ends where the next thing
    begins.
    """
    positions: dict[Route, NodePosition] = {}
    route: list[str | int] = []
    keys: list[Span | None] = []  # the key span that waits at each open level
    counts: list[int | None] = []  # next index of each open list, None for mappings
    next_event = next_event or CParser(text).get_event
    while True:
        event: Any = next_event()
        kind = type(event)
        if kind is StreamEndEvent:
            return positions
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            if counts.pop() is not None:
                route.pop()  # the index after the last item
            keys.pop()
            if ends is not None:
                ends[tuple(route)] = _position(event.end_mark)
            _advance(route, keys, counts)
        elif kind is ScalarEvent:
            span = Span(_position(event.start_mark), _position(event.end_mark))
            if counts and counts[-1] is None and keys[-1] is None:
                keys[-1] = span
                route.append(event.value)
                continue
            positions[tuple(route)] = NodePosition(span, keys[-1] if keys else None, event.style)
            _advance(route, keys, counts)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            start = _position(event.start_mark)
            key = keys[-1] if keys else None
            positions[tuple(route)] = NodePosition(
                Span(start, start), key, "{", bool(event.flow_style)
            )
            keys.append(None)
            counts.append(None if kind is MappingStartEvent else 0)
            if kind is SequenceStartEvent:
                route.append(0)


def _advance(route: list[str | int], keys: list[Span | None], counts: list[int | None]) -> None:
    """Drop the key of a value that has ended, or step to the next index of its list."""
    if route:
        route.pop()
    if not counts:
        return
    count = counts[-1]
    if count is None:
        keys[-1] = None
    else:
        counts[-1] = count + 1
        route.append(count + 1)


def _position(mark: Mark) -> Position:
    return Position(mark.line + 1, mark.column + 1)

"""Documents of kinds that allow more than usual: the events of the parser, changed on the way.

`events.build` makes data of them with every cap and refusal; what is not changed here is as strict
as elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from launchpolicy.documents import events
from launchpolicy.documents.expansion import expanded_events
from launchpolicy.documents.reading_rules import ANY_KEY, ReadingRules, RoutePattern

Event = Any
_SIGNS = ("&", "*", "<<")
"""Without any of these a text has no anchor, no alias and no merge key."""

_NOTHING = frozenset({"", "null"})
"""Plain scalars that stand for nothing: kept text is not made of them."""


def build(text: str, rules: ReadingRules) -> object:
    """Return the one document in `text`, read by `rules`.

    Raises:
        RefusalError: as `events.build`, and what `expansion` refuses.
        yaml.YAMLError: the text is not YAML.
    """
    return events.build(text, rules.max_nodes, next_event_of(text, rules))


def build_all(text: str, rules: ReadingRules, starts: list[int]) -> list[object]:
    """Return all documents in `text`; `starts` is filled with the 0-based lines they start in.

    Raises:
        RefusalError: as `build`.
        yaml.YAMLError: the text is not YAML.
    """
    return events.build_all(text, rules.max_nodes, next_event_of(text, rules), starts)


def next_event_of(text: str, rules: ReadingRules) -> events.NextEvent:
    """Return what gives the events of a text one after the other, as the rules want them."""
    if rules.expands_anchors and any(sign in text for sign in _SIGNS):
        source = expanded_events(text, rules.max_nodes, rules.max_bytes)
    elif rules.text_routes:
        source = _parser_events(text)
    else:
        return CParser(text).get_event
    if rules.text_routes:
        source = _with_texts(source, rules.text_routes)
    return source.__next__


def _parser_events(text: str) -> Iterator[Event]:
    next_event = CParser(text).get_event
    while True:
        event = next_event()
        yield event
        if type(event) is StreamEndEvent:
            return


class _OpenContainer:
    """A container on the way, with what is left of the routes that lead through it."""

    __slots__ = ("below", "is_mapping", "waits_for_key", "ways")

    def __init__(self, ways: list[RoutePattern], *, is_mapping: bool) -> None:
        self.ways = ways
        self.is_mapping = is_mapping
        self.waits_for_key = is_mapping
        self.below = ways

    def step(self, key: str) -> None:
        """Go on to the value of a key."""
        self.below = [way[1:] for way in self.ways if way and way[0] in (key, ANY_KEY)]
        self.waits_for_key = False


def _with_texts(source: Iterator[Event], routes: tuple[RoutePattern, ...]) -> Iterator[Event]:
    """Yield the events, plain scalars at `routes` as if they were in quotes."""
    containers: list[_OpenContainer] = []
    for event in source:
        kind = type(event)
        inner = containers[-1] if containers else None
        if kind is ScalarEvent and inner is not None:
            if inner.waits_for_key:
                inner.step(event.value)
                yield event
                continue
            inner.waits_for_key = inner.is_mapping
            yield _as_text(event) if () in inner.below else event
            continue
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            below = list(routes) if inner is None else inner.below
            if inner is not None:
                inner.waits_for_key = inner.is_mapping
            containers.append(_OpenContainer(below, is_mapping=kind is MappingStartEvent))
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            containers.pop()
        elif kind is DocumentStartEvent:
            containers.clear()
        yield event


def _as_text(event: Event) -> Event:
    if event.style != "" or event.value in _NOTHING:
        return event
    marks = (event.start_mark, event.end_mark)
    return ScalarEvent(event.anchor, event.tag, event.implicit, event.value, *marks, style="'")

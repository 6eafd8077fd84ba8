"""Anchors, aliases and merge keys as what they stand for, where a kind allows them.

The events of the parser become a tree whose parts may be shared, so that what an alias means is
counted and never copied: a text that grows beyond its cap is refused at the alias, before it grows.
How deep it is nested is counted by `events`, as of any other text.
Everything keeps the place at which it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from launchpolicy.documents import events
from launchpolicy.documents.event_tree import EventNode, events_of
from launchpolicy.documents.limits import MAX_DEPTH
from launchpolicy.documents.merge_keys import merge
from launchpolicy.documents.refusals import refusal_at
from launchpolicy.vocabulary.text import Text

Event = Any
_CONTAINER = Text("a mapping or a list", "映射或列表")


class _Expansion:
    """The tree of a text that is not complete yet."""

    def __init__(self, max_nodes: int, max_characters: int) -> None:
        self._max_nodes = max_nodes
        self._max_characters = max_characters
        self._open: list[EventNode] = []
        self._anchors: dict[str, EventNode | None] = {}
        self._nodes = self._characters = 0
        self._overridden: list[EventNode] = []

    def begin_document(self) -> None:
        """Forget the anchors: each document has its own."""
        self._anchors.clear()

    def begin(self, event: Event) -> None:
        """Start a mapping or a list."""
        if self._is_at_key():
            raise refusal_at("key-not-text", event, _CONTAINER)
        if len(self._open) >= MAX_DEPTH:
            raise refusal_at("too-deep", event, MAX_DEPTH)
        self._name(event, None)
        self._count(event, 1, 0)
        self._open.append(EventNode(event))

    def add_scalar(self, event: Event) -> EventNode | None:
        """Add a scalar; return it if it is the whole document."""
        node = EventNode(event)
        is_key = self._is_at_key()
        if is_key and event.anchor is not None:
            raise refusal_at("anchor-of-key", event)
        self._name(event, node)
        self._count(event, 0 if is_key else 1, node.characters)
        return self._place(node)

    def add_alias(self, event: Event) -> None:
        """Add what an alias stands for."""
        if self._is_at_key():
            raise refusal_at("anchor-of-key", event)
        if event.anchor not in self._anchors:
            raise refusal_at("alias-unknown", event, event.anchor[:40])
        target = self._anchors[event.anchor]
        if target is None:
            raise refusal_at("alias-of-itself", event, event.anchor[:40])
        self._count(event, target.size, target.characters)
        self._place(target)

    def end(self, event: Event) -> EventNode | None:
        """End the innermost container; return it if it is the whole document."""
        node = self._open.pop()
        node.end = event
        if node.is_mapping:
            self._overridden += merge(node)
        if node.start.anchor is not None:
            self._anchors[node.start.anchor] = node
        return self._place(node)

    def check_overridden(self, text: str) -> None:
        """Read what merges have overridden so far, which nobody will see, as strictly as the rest.

        Raises:
            RefusalError: as `events.build`.
        """
        unseen = (event for node in self._overridden for event in events_of(node))
        next_event = chain(unseen, [StreamEndEvent()]).__next__
        events.build_all(text, self._max_nodes, next_event, [])
        self._overridden.clear()

    def _is_at_key(self) -> bool:
        inner = self._open[-1] if self._open else None
        return inner is not None and inner.is_mapping and len(inner.children) % 2 == 0

    def _name(self, event: Event, node: EventNode | None) -> None:
        if event.anchor is None:
            return
        if event.anchor in self._anchors:
            raise refusal_at("anchor-twice", event, event.anchor[:40])
        self._anchors[event.anchor] = node

    def _count(self, event: Event, values: int, characters: int) -> None:
        self._nodes += values
        self._characters += characters
        if self._nodes > self._max_nodes:
            raise refusal_at("too-many-values", event, self._max_nodes)
        if self._characters > self._max_characters:
            raise refusal_at("expands-too-far", event, self._max_characters)

    def _place(self, node: EventNode) -> EventNode | None:
        if not self._open:
            return node
        self._open[-1].take(node)
        return None


def expanded_events(text: str, max_nodes: int, max_characters: int) -> Iterator[Event]:
    """Yield the events of `text`, with what anchors, aliases and merge keys stand for.

    What the parser says of documents and of the stream stays as it is.

    Raises:
        RefusalError: a cap, or an anchor or a merge key that cannot be understood in one way only.
        yaml.YAMLError: the text is not YAML.
    """
    expansion = _Expansion(max_nodes, max_characters)
    next_event = CParser(text).get_event
    while True:
        event: Event = next_event()
        kind = type(event)
        whole: EventNode | None = None
        if kind is ScalarEvent:
            whole = expansion.add_scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            expansion.begin(event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            whole = expansion.end(event)
        elif kind is AliasEvent:
            expansion.add_alias(event)
        else:
            if kind is DocumentStartEvent:
                expansion.begin_document()
            yield event
        if whole is not None:
            expansion.check_overridden(text)
            yield from events_of(whole)
        if kind is StreamEndEvent:
            return

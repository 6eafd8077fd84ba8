"""Anchors, aliases and merge keys as what they stand for, where a kind allows them.

The events of the parser become a tree whose parts may be shared, so that what an alias means is
counted and never copied: a text that grows beyond its cap is refused at the alias, before it grows.
How deep it is nested is counted by `events`, as of any other text.
Everything keeps the place at which it is written.
"""

from __future__ import annotations

from collections.abc import Iterator
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

from launchpolicy.documents.limits import MAX_DEPTH
from launchpolicy.documents.refusals import RefusalError
from launchpolicy.vocabulary.text import Text

Event = Any
_CONTAINER = Text("a mapping or a list", "映射或列表")
_MERGE = "<<"


class _Node:
    """A value with all below it: how many values and characters it stands for."""

    __slots__ = ("characters", "children", "end", "size", "start")

    def __init__(self, start: Event) -> None:
        self.start = start
        self.end: Event = None
        self.children: list[_Node] = []
        self.size = 1
        self.characters = len(start.value) if isinstance(start, ScalarEvent) else 0

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.start, MappingStartEvent)

    def take(self, child: _Node) -> None:
        """Add a child: a value, or a key, which counts as none."""
        is_key = self.is_mapping and len(self.children) % 2 == 0
        self.children.append(child)
        self.size += 0 if is_key else child.size
        self.characters += child.characters


class _Expansion:
    """The tree of a text that is not complete yet."""

    def __init__(self, max_nodes: int, max_characters: int) -> None:
        self._max_nodes = max_nodes
        self._max_characters = max_characters
        self._open: list[_Node] = []
        self._anchors: dict[str, _Node | None] = {}
        self._nodes = self._characters = 0

    def begin_document(self) -> None:
        """Forget the anchors: each document has its own."""
        self._anchors.clear()

    def begin(self, event: Event) -> None:
        """Start a mapping or a list."""
        if self._is_at_key():
            raise _refusal("key-not-text", event, _CONTAINER)
        if len(self._open) >= MAX_DEPTH:
            raise _refusal("too-deep", event, MAX_DEPTH)
        self._name(event, None)
        self._count(event, 1, 0)
        self._open.append(_Node(event))

    def add_scalar(self, event: Event) -> _Node | None:
        """Add a scalar; return it if it is the whole document."""
        node = _Node(event)
        is_key = self._is_at_key()
        if is_key and event.anchor is not None:
            raise _refusal("anchor-of-key", event)
        self._name(event, node)
        self._count(event, 0 if is_key else 1, node.characters)
        return self._place(node)

    def add_alias(self, event: Event) -> None:
        """Add what an alias stands for."""
        if self._is_at_key():
            raise _refusal("anchor-of-key", event)
        if event.anchor not in self._anchors:
            raise _refusal("alias-unknown", event, event.anchor[:40])
        target = self._anchors[event.anchor]
        if target is None:
            raise _refusal("alias-of-itself", event, event.anchor[:40])
        self._count(event, target.size, target.characters)
        self._place(target)

    def end(self, event: Event) -> _Node | None:
        """End the innermost container; return it if it is the whole document."""
        node = self._open.pop()
        node.end = event
        if node.is_mapping:
            _merge(node)
        if node.start.anchor is not None:
            self._anchors[node.start.anchor] = node
        return self._place(node)

    def _is_at_key(self) -> bool:
        inner = self._open[-1] if self._open else None
        return inner is not None and inner.is_mapping and len(inner.children) % 2 == 0

    def _name(self, event: Event, node: _Node | None) -> None:
        if event.anchor is None:
            return
        if event.anchor in self._anchors:
            raise _refusal("anchor-twice", event, event.anchor[:40])
        self._anchors[event.anchor] = node

    def _count(self, event: Event, values: int, characters: int) -> None:
        self._nodes += values
        self._characters += characters
        if self._nodes > self._max_nodes:
            raise _refusal("too-many-values", event, self._max_nodes)
        if self._characters > self._max_characters:
            raise _refusal("expands-too-far", event, self._max_characters)

    def _place(self, node: _Node) -> _Node | None:
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
        whole: _Node | None = None
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
            yield from _events_of(whole)
        if kind is StreamEndEvent:
            return


def _events_of(root: _Node) -> Iterator[Event]:
    waiting: list[_Node | Event] = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, _Node):
            yield node
            continue
        yield _without_anchor(node.start)
        if node.end is not None:
            waiting.append(node.end)
            waiting.extend(reversed(node.children))


def _without_anchor(event: Event) -> Event:
    if event.anchor is None:
        return event
    marks = (event.start_mark, event.end_mark)
    if isinstance(event, ScalarEvent):
        return ScalarEvent(None, event.tag, event.implicit, event.value, *marks, style=event.style)
    return type(event)(None, event.tag, event.implicit, *marks, flow_style=event.flow_style)


def _merge(mapping: _Node) -> None:
    """Put the keys that `<<` brings behind a mapping's own; its own, and earlier ones, stay.

    Raises:
        RefusalError: `<<` is quoted, stands twice, or brings what is no mapping.
    """
    pairs = list(zip(mapping.children[::2], mapping.children[1::2], strict=True))
    merges = [pair for pair in pairs if _is_merge(pair[0])]
    if not merges:
        return
    if len(merges) > 1:
        raise _refusal("merge-twice", merges[1][0].start)
    own = [pair for pair in pairs if not _is_merge(pair[0])]
    known = {key.start.value for key, _ in own}
    for source in _merged_mappings(*merges[0]):
        inherited = zip(source.children[::2], source.children[1::2], strict=True)
        for key, value in inherited:
            if key.start.value not in known:
                known.add(key.start.value)
                own.append((key, value))
    mapping.children = [node for pair in own for node in pair]


def _merged_mappings(key: _Node, value: _Node) -> list[_Node]:
    is_list = isinstance(value.start, SequenceStartEvent)
    sources = value.children if is_list else [value]
    if not all(source.is_mapping for source in sources):
        raise _refusal("merge-value", key.start)
    return sources


def _is_merge(key: _Node) -> bool:
    if key.start.value != _MERGE:
        return False
    if key.start.style != "":
        raise _refusal("merge-quoted", key.start)
    return True


def _refusal(name: str, event: Event, *details: object) -> RefusalError:
    return RefusalError(name, event.start_mark.line, event.start_mark.column, *details)

"""Values as trees of the parser's events, whose parts may be shared: what aliases stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yaml.events import MappingStartEvent, ScalarEvent

Event = Any


class EventNode:
    """A value with all below it: how many values and characters it stands for."""

    __slots__ = ("characters", "children", "end", "size", "start")

    def __init__(self, start: Event) -> None:
        self.start = start
        self.end: Event = None
        self.children: list[EventNode] = []
        self.size = 1
        self.characters = len(start.value) if isinstance(start, ScalarEvent) else 0

    @property
    def is_mapping(self) -> bool:
        """Return whether it is a mapping."""
        return isinstance(self.start, MappingStartEvent)

    def pairs(self) -> list[tuple[EventNode, EventNode]]:
        """Return the keys of a mapping with their values."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    def take(self, child: EventNode) -> None:
        """Add a child: a value, or a key, which counts as none."""
        is_key = self.is_mapping and len(self.children) % 2 == 0
        self.children.append(child)
        self.size += 0 if is_key else child.size
        self.characters += child.characters


def events_of(root: EventNode) -> Iterator[Event]:
    """Yield the events of a value without its anchors; nothing here recurses."""
    waiting: list[EventNode | Event] = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, EventNode):
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

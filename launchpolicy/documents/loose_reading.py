"""YAML of other programs as a tree: with aliases resolved, keys that come twice, and tags ignored.

This reads what `reading` would refuse, for one purpose: what a file means to another program must
not get out of sight by being written in another way. It keeps the caps of `limits`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import yaml

from launchpolicy.documents.headings import text_of
from launchpolicy.documents.limits import MAX_DEPTH, MAX_NODES

_BINARY = "tag:yaml.org,2002:binary"
"""The tag of a text that stands there in base64."""


class LooseMapping(NamedTuple):
    """The keys and values of one mapping in their order; a key may come twice."""

    pairs: list[tuple[LooseNode, LooseNode]]

    def values(self, key: str) -> Iterator[LooseNode]:
        """Yield what stands under a key; letter case makes no difference."""
        for name, value in self.pairs:
            if isinstance(name, str) and name.strip().casefold() == key:
                yield value


LooseNode = str | LooseMapping | list["LooseNode"]
"""A scalar as its text, whatever it is quoted or tagged as; a mapping; or a sequence."""


def read_loosely(source: bytes) -> list[LooseNode] | None:
    """Return the documents in a file; None if it cannot be read, or is beyond a cap."""
    tree = _Tree()
    try:
        for event in yaml.parse(text_of(source), Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionEndEvent):
                tree.end()
            elif isinstance(event, yaml.NodeEvent):
                tree.add(event)
            if tree.is_beyond_caps:
                return None
    except (yaml.YAMLError, KeyError):
        return None
    return tree.roots


class _Tree:
    """The containers that are open, innermost last, with what they hold so far."""

    __slots__ = ("_anchors", "_levels", "_nodes", "is_beyond_caps", "roots")

    def __init__(self) -> None:
        self.roots: list[LooseNode] = []
        self.is_beyond_caps = False
        self._levels: list[tuple[LooseNode, list[LooseNode]]] = [(self.roots, self.roots)]
        self._anchors: dict[str, LooseNode] = {}
        self._nodes = 0

    def add(self, event: yaml.NodeEvent) -> None:
        """Add a node to the innermost container, and open it if it is one.

        Raises:
            KeyError: an alias of nothing.
        """
        self._nodes += 1
        is_alias = isinstance(event, yaml.AliasEvent)
        node = self._anchors[str(event.anchor)] if is_alias else _node_of(event)
        self._levels[-1][1].append(node)
        if event.anchor and not is_alias:
            self._anchors[event.anchor] = node
        if not is_alias and not isinstance(node, str):
            self._levels.append((node, node if isinstance(node, list) else []))
        is_binary = isinstance(event, yaml.ScalarEvent) and event.tag == _BINARY
        if is_binary or self._nodes > MAX_NODES or len(self._levels) > MAX_DEPTH:
            self.is_beyond_caps = True

    def end(self) -> None:
        """End the innermost container."""
        container, children = self._levels.pop()
        if isinstance(container, LooseMapping):
            container.pairs.extend(zip(children[::2], children[1::2], strict=True))


def nodes_in(roots: Sequence[LooseNode]) -> Iterator[LooseNode]:
    """Yield every scalar, mapping and sequence in a tree; once, if aliases lead to it again."""
    waiting = list(roots)
    seen_containers: set[int] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, str):
            if id(node) in seen_containers:
                continue
            seen_containers.add(id(node))
            if isinstance(node, LooseMapping):
                waiting.extend(part for pair in node.pairs for part in pair)
            else:
                waiting.extend(node)
        yield node


def _node_of(event: yaml.NodeEvent) -> LooseNode:
    if isinstance(event, yaml.ScalarEvent):
        return str(event.value)
    return LooseMapping([]) if isinstance(event, yaml.MappingStartEvent) else []

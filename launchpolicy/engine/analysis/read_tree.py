"""Places that are read, as a tree of steps, so that a field finds its readers without a search."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.documents.schema.fields import ANY_KEY
from launchpolicy.policy.cel.reads import ANY, ITEM, ReadPlace


class ReadTree:
    """What reads one place, and the places below it."""

    __slots__ = ("_below", "asking", "using")

    def __init__(self) -> None:
        self._below: dict[str, ReadTree] = {}
        self.asking: set[str] = set()
        """Who asks about this place alone, such as whether it is there."""
        self.using: set[str] = set()
        """Who uses it with all that is below."""

    def add(self, place: ReadPlace, reader: str) -> None:
        """Note that `reader` reads a place; its first step, the variable, does not count."""
        node = self
        for step in place.steps[1:]:
            node = node._below.setdefault(step, ReadTree())
        (node.using if place.is_whole else node.asking).add(reader)

    def readers(self, steps: Iterable[str]) -> frozenset[str]:
        """Return who reads the field at `steps`, which have no step for list items."""
        nodes = _with_items([self])
        readers = {reader for node in nodes for reader in node.using}
        for step in steps:
            nodes = _with_items([below for node in nodes for below in node.below(step)])
            readers |= {reader for node in nodes for reader in node.using}
        return frozenset(readers | {reader for node in nodes for reader in node.asking})

    def below(self, step: str) -> list[ReadTree]:
        """Return where a step leads: to its key, or to any; free keys lead everywhere."""
        if step == ANY_KEY:
            return list(self._below.values())
        return [self._below[key] for key in (step, ANY) if key in self._below]

    @property
    def items(self) -> list[ReadTree]:
        """Return the places of elements, if a list stands here."""
        return [self._below[key] for key in (ITEM, ANY) if key in self._below]


def _with_items(nodes: Iterable[ReadTree]) -> list[ReadTree]:
    """Return the nodes with those of the items of the lists that they may be."""
    known = list(nodes)
    for node in known:
        known += [items for items in node.items if items not in known]
    return known

"""The places of a document that its schema marks: persons and texts, in one walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.schema_marks import PEOPLE, PERSON, TEXT
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route

_Node = tuple[Data, Data, Data]
"""A schema, the mark of the list that it is in, and the marks of places inside it, by key."""

_CONTAINERS = (dict, list)
_UNAPPROVED = (None, "requested")
_BRANCHES = ("anyOf", "oneOf", "allOf")


class MarkedValue(NamedTuple):
    """A person or a text of a document: `mark` is what the schema says, `parent` holds the key."""

    route: Route
    value: str
    mark: Any
    parent: Data


def person_places(schema: Schema) -> MarkedPlace:
    """Return the places of persons; give it to `Schema.derive`, which keeps it."""
    return MarkedPlace(schema, PERSON, [(schema, None, None)])


def text_places(schema: Schema) -> MarkedPlace:
    """Return the places of texts; give it to `Schema.derive`, which keeps it."""
    return MarkedPlace(schema, TEXT, [(schema, None, None)])


def marked_values(places: MarkedPlace, data: Data, old: Data) -> list[MarkedValue]:
    """Return the marked values that are to be judged, in document order; open questions are none.

    What stood at the same place in the version before (`old`, None without one) was approved with
    it: from the execution on it is not judged again, because people leave and rules change.
    """
    is_approved = old is not None and value_at(data, STAGE) not in _UNAPPROVED
    values: list[MarkedValue] = []
    _add_values(places, data, old if is_approved else None, (), None, values)
    return values


def marked_texts(schema: Schema, data: Data, old: Data) -> tuple[MarkedValue, ...]:
    """Return the texts of a request that are to be judged, as `marked_values` has them.

    Args:
        schema: marks the places of texts.
        data: the request.
        old: its version before, None without one.
    """
    return tuple(marked_values(schema.derive(text_places), data, old))


class MarkedPlace:
    """What a schema marks at one place; `mark` is None where nothing is.

    The places below are read at the first step to them, and kept: a document has a small part of
    what its schema allows.
    """

    __slots__ = ("_items", "_keys", "_keyword", "_lists", "_objects", "_root", "mark")

    def __init__(self, root: Schema, keyword: str, nodes: Iterable[_Node]) -> None:
        """Read the marks of this place alone.

        Args:
            root: the whole schema.
            keyword: the mark that counts.
            nodes: the schemas that hold here, each with the mark that its list has and with the
                marks of places inside it, by key.
        """
        self._root, self._keyword = root, keyword
        self.mark: Data = None
        self._objects: list[tuple[Mapping[str, Data], Mapping[str, Data]]] = []
        self._lists: list[_Node] = []
        self._keys: dict[str, MarkedPlace | None] = {}
        self._items: MarkedPlace | None = None
        for node in nodes:
            self._read(*node)

    def key(self, key: str) -> MarkedPlace | None:
        """Return the place of a key below this one; None where the schema has no such key."""
        if key not in self._keys:
            self._keys[key] = self._below(
                (properties[key], inside.get(key), None)
                for properties, inside in self._objects
                if key in properties
            )
        return self._keys[key]

    @property
    def items(self) -> MarkedPlace | None:
        """Return the place of each item of the list that stands here; None without one."""
        if self._items is None:
            self._items = self._below(self._lists)
        return self._items

    def _below(self, nodes: Iterable[_Node]) -> MarkedPlace | None:
        below = list(nodes)
        return MarkedPlace(self._root, self._keyword, below) if below else None

    def _read(self, node: Data, inherited: Data, inside: Data) -> None:
        node = self._resolve(node)
        if not isinstance(node, dict):
            return
        mark = node.get(self._keyword) if inherited is None else inherited
        inside = node.get(PEOPLE, inside) if self._keyword == PERSON else None
        if "items" in node:
            self._lists.append((node["items"], mark, inside))
        elif mark is not None:
            self.mark = mark if self.mark is None else self.mark
        else:
            self._objects.append((node.get("properties", {}), inside or {}))
            for branch in (branch for word in _BRANCHES for branch in node.get(word, ())):
                self._read(branch, None, inside)

    def _resolve(self, node: Data) -> Data:
        """Return `node` with what it refers to; a reference that comes back to itself ends."""
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            if reference in seen:
                return None
            seen.add(reference)
            target: Data = self._root
            for step in reference.removeprefix("#/").split("/") if reference != "#" else ():
                target = target[step.replace("~1", "/").replace("~0", "~")]
            own = {key: value for key, value in node.items() if key != "$ref"}
            node = {**target, **own} if isinstance(target, dict) else own
        return node


def _add_values(
    places: MarkedPlace, data: Data, old: Data, route: Route, parent: Data, into: list[MarkedValue]
) -> None:
    if isinstance(data, dict):
        is_mapping = isinstance(old, dict)
        for key, value in data.items():
            # A text in two languages is an object; each of its languages is as marked as it is.
            inner = places if places.mark is not None else places.key(key)
            if inner is not None and (inner.mark is not None or isinstance(value, _CONTAINERS)):
                before = old.get(key) if is_mapping else None
                _add_values(inner, value, before, (*route, key), data, into)
    elif isinstance(data, list):
        if (inner := places.items) is not None:
            for index, item in enumerate(data):
                before = _counterpart(item, index, old)
                _add_values(inner, item, before, (*route, index), data, into)
    elif _is_new_text(data, old) and places.mark is not None:
        into.append(MarkedValue(route, data, places.mark, parent))


def _is_new_text(data: Data, old: Data) -> bool:
    return isinstance(data, str) and data != old and not is_unanswered(data)


def _counterpart(item: Data, index: int, old: Data) -> Data:
    """Return what `item` was before: the item of its name, an equal text, or that of its number."""
    if not isinstance(old, list):
        return None
    if isinstance(item, str):
        return item if item in old else None
    name = item.get("name") if isinstance(item, dict) else None
    if name is None:
        return old[index] if index < len(old) else None
    return next((o for o in old if isinstance(o, dict) and o.get("name") == name), None)

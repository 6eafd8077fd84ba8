"""The places of a document that its schema marks: persons and texts, in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.schema_marks import PEOPLE, PERSON, TEXT
from launchpolicy.vocabulary.place import Route

Data = Any
"""Plain data, as YAML and JSON know it."""

_UNAPPROVED = (None, "requested")
_BRANCHES = ("anyOf", "oneOf", "allOf")


class MarkedValue(NamedTuple):
    """A person or a text of a document: `mark` is what the schema says, `parent` holds the key."""

    route: Route
    value: str
    mark: Any
    parent: Data


@dataclass(slots=True)
class MarkedShape:
    """What is marked at a place of a schema and below it; `mark` is None where nothing is."""

    mark: Any = None
    keys: dict[str, MarkedShape] = field(default_factory=dict)
    items: MarkedShape | None = None

    @property
    def is_empty(self) -> bool:
        return self.mark is None and not self.keys and self.items is None


def person_places(schema: Schema) -> MarkedShape:
    """Return the places of persons; give it to `Schema.derive`, which keeps it."""
    return _Marks(schema, PERSON).shape(schema)


def text_places(schema: Schema) -> MarkedShape:
    """Return the places of texts; give it to `Schema.derive`, which keeps it."""
    return _Marks(schema, TEXT).shape(schema)


def marked_values(places: MarkedShape, data: Data, old: Data) -> Iterator[MarkedValue]:
    """Yield the marked values that are to be judged, in document order; open questions are none.

    What stood at the same place in the version before (`old`, None without one) was approved with
    it: from the execution on it is not judged again, because people leave and rules change.
    """
    is_approved = old is not None and value_at(data, STAGE) not in _UNAPPROVED
    yield from _values(places, data, old if is_approved else None, (), None)


class _Marks:
    """Reads the marks of one keyword off a schema."""

    def __init__(self, root: Schema, keyword: str) -> None:
        self.root, self.keyword = root, keyword

    def shape(
        self, node: Data, inherited: Data = None, inside: Data = None, seen: tuple[str, ...] = ()
    ) -> MarkedShape:
        """Return what is marked in `node`.

        Args:
            node: a schema.
            inherited: the mark that its list has.
            inside: marks of places inside it, by key.
            seen: definitions that are being read; one inside itself is not entered again.
        """
        while isinstance(node, dict) and isinstance(reference := node.get("$ref"), str):
            if reference in seen:
                return MarkedShape()
            seen = (*seen, reference)
            node = {**self._resolve(reference), **{k: node[k] for k in node if k != "$ref"}}
        if not isinstance(node, dict):
            return MarkedShape()
        mark = node.get(self.keyword) if inherited is None else inherited
        inside = node.get(PEOPLE, inside) if self.keyword == PERSON else None
        if "items" in node:
            return _of_items(self.shape(node["items"], mark, inside, seen))
        if mark is not None:
            return MarkedShape(mark)
        return self._of_object(node, inside or {}, seen)

    def _of_object(
        self, node: dict[str, Any], inside: Mapping[str, Data], seen: tuple[str, ...]
    ) -> MarkedShape:
        shape = MarkedShape()
        for key, value in node.get("properties", {}).items():
            inner = self.shape(value, inside.get(key), None, seen)
            if not inner.is_empty:
                shape.keys[key] = inner
        for branch in (branch for word in _BRANCHES for branch in node.get(word, ())):
            other = self.shape(branch, None, inside, seen)
            shape.keys |= other.keys
            shape.mark = other.mark if shape.mark is None else shape.mark
            shape.items = other.items if shape.items is None else shape.items
        return shape

    def _resolve(self, reference: str) -> dict[str, Any]:
        target: Any = self.root
        for step in reference.removeprefix("#/").split("/") if reference != "#" else ():
            target = target[step.replace("~1", "/").replace("~0", "~")]
        return target if isinstance(target, dict) else {}


def _of_items(items: MarkedShape) -> MarkedShape:
    return MarkedShape() if items.is_empty else MarkedShape(items=items)


def _values(
    places: MarkedShape, data: Data, old: Data, route: Route, parent: Data
) -> Iterator[MarkedValue]:
    if isinstance(data, dict):
        for key, value in data.items():
            # A text in two languages is an object; each of its languages is as marked as it is.
            inner = places if places.mark is not None else places.keys.get(key)
            if inner is not None:
                before = old.get(key) if isinstance(old, dict) else None
                yield from _values(inner, value, before, (*route, key), data)
    elif isinstance(data, list):
        if places.items is not None:
            for index, item in enumerate(data):
                before = _counterpart(item, index, old)
                yield from _values(places.items, item, before, (*route, index), data)
    elif _is_new_text(data, old) and places.mark is not None:
        yield MarkedValue(route, data, places.mark, parent)


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

"""Plain data in the shape of a schema, with open questions where values belong."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from launchpolicy.documents.open_questions import MARK
from launchpolicy.documents.schema.outline import Outline
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route


def blank(outline: Outline) -> Data:
    """Return what the schema wants at a place where nothing stands yet."""
    if outline.is_evidence:
        return MARK
    if outline.is_list:
        inner = outline.step(0)
        return [blank(inner) if inner is not None else MARK]
    if outline.is_object:
        inner_shapes = {key: outline.step(key) for key in outline.required_keys}
        return {
            key: blank(inner) if inner is not None else MARK for key, inner in inner_shapes.items()
        }
    return MARK


def complete_by_schema(data: Data, outline: Outline | None) -> Data:
    """Return `data` with every key that the schema requires, in the order of the schema."""
    if isinstance(data, list):
        inner = outline.step(0) if outline is not None else None
        return [complete_by_schema(item, inner) for item in data]
    if not isinstance(data, dict) or outline is None:
        return data
    required = blank(outline) if outline.is_object and not outline.is_evidence else {}
    entries = {**required, **data}
    known = [key for key in outline.keys if key in entries]
    keys = [*known, *(key for key in entries if key not in known)]
    return {key: complete_by_schema(entries[key], outline.step(key)) for key in keys}


def with_questions(data: Data) -> Data:
    """Return `data` with a question in place of every object and list that nothing was put into."""
    if isinstance(data, dict):
        return {key: with_questions(value) for key, value in data.items()} or MARK
    if isinstance(data, list):
        return [with_questions(item) for item in data] or MARK
    return data


def scalars(data: Data, route: Route = ()) -> Iterator[tuple[Route, Data]]:
    """Yield every scalar of `data` with its route, in order."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from scalars(value, (*route, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from scalars(item, (*route, index))
    else:
        yield route, data


def changed_at(data: Data, route: Route, value: Data) -> Data:
    """Return a copy of `data` with another value at `route`, which is there."""
    changed = copy.deepcopy(data)
    set_value(changed, route, value)
    return changed


def set_value(data: Data, route: Route, value: Data) -> None:
    """Put `value` in place of what stands at `route`; nothing where nothing does."""
    parent = value_at(data, route[:-1])
    if isinstance(parent, dict | list):
        parent[route[-1]] = value  # type: ignore[index]  # a route into this data

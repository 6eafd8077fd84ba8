"""What a change does to a request: which values differ, and how its stage moves."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator
from typing import Any, Final

from launchpolicy.requests.kinds import stage_of
from launchpolicy.vocabulary.finding import Operation
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route, format_route

_LONGEST = 120

_EXACT: Final = 2
"""The version of `marshal` that writes every value out: equal bytes are equal values and types."""


class Edit(NamedTuple):
    """One difference: the route in the new version, and both values as text ("" for absent)."""

    route: Route
    old: str
    new: str


class Change(NamedTuple):
    """The difference between two versions of one document."""

    operation: Operation
    edits: tuple[Edit, ...]
    stage_from: str
    stage_to: str

    def as_data(self) -> dict[str, Any]:
        """Return the CEL variable `change`."""
        edits = [{"path": format_route(e.route), "old": e.old, "new": e.new} for e in self.edits]
        return {
            "operation": str(self.operation),
            "paths": [edit["path"] for edit in edits],
            "edits": edits,
            "stage": {"from": self.stage_from, "to": self.stage_to},
        }


def change_between(old: object | None, new: object | None) -> Change:
    """Return the change from `old` (None: created) to `new` (None: deleted)."""
    if old is None:
        operation = Operation.CREATE
    else:
        operation = Operation.UPDATE if new is not None else Operation.DELETE
    is_edited = operation is Operation.UPDATE and old is not new
    edits = tuple(_edits(old, new, ())) if is_edited else ()
    return Change(operation, edits, stage_of(old), stage_of(new))


def _edits(old: Data, new: Data, route: Route) -> Iterator[Edit]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _side_by_side(old, new, key, (*route, key))
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_edits(old, new, route)
    elif type(old) is not type(new) or old != new:
        yield Edit(route, _text(old), _text(new))


def _side_by_side(old: Data, new: Data, key: str, route: Route) -> Iterator[Edit]:
    if key not in old:
        yield Edit(route, "", _text(new[key]))
    elif key not in new:
        yield Edit(route, _text(old[key]), "")
    elif len(route) > 1 or not _is_written_alike(old[key], new[key]):
        yield from _edits(old[key], new[key], route)


def _is_written_alike(old: Data, new: Data) -> bool:
    """Return whether all that is inside is equal, with its types and in its order.

    It is asked of the sections of a document: of most changes, nearly all of them are as before.
    """
    try:
        return marshal.dumps(old, _EXACT) == marshal.dumps(new, _EXACT)
    except ValueError:
        return False  # no plain data


def _list_edits(old: list[Any], new: list[Any], route: Route) -> Iterator[Edit]:
    """Yield the edits of a list: named items by their name, others by their index.

    Otherwise an item inserted at the top would make every later one look changed. A changed
    order of named items is an edit too: steps are carried out in their order.
    """
    old_names, new_names = _names(old), _names(new)
    if old_names is None or new_names is None:
        for index in range(max(len(old), len(new))):
            if index >= len(old):
                yield Edit((*route, index), "", _text(new[index]))
            elif index >= len(new):
                yield Edit((*route, index), _text(old[index]), "")
            else:
                yield from _edits(old[index], new[index], (*route, index))
        return
    before = dict(zip(old_names, old, strict=True))
    for index, (name, item) in enumerate(zip(new_names, new, strict=True)):
        if name in before:
            yield from _edits(before[name], item, (*route, index))
        else:
            yield Edit((*route, index), "", _text(item))
    yield from (Edit(route, _text(before[name]), "") for name in old_names if name not in new_names)
    kept = [name for name in new_names if name in before]
    if kept != [name for name in old_names if name in new_names]:
        yield Edit(route, ", ".join(old_names), ", ".join(new_names))


def _names(items: list[Any]) -> list[str] | None:
    """Return the names of a list of named things; None if it is not one, or a name stands twice."""
    names = [item.get("name") if isinstance(item, dict) else None for item in items]
    texts = [name for name in names if isinstance(name, str)]
    return texts if len(texts) == len(names) and len(set(texts)) == len(texts) else None


def _text(value: object) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= _LONGEST else written[: _LONGEST - 1] + "…"

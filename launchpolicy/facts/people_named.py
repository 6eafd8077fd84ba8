"""The fact `people.named`: every person whom a request names, with what is known of each there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.marked_places import MarkedValue, marked_values, person_places
from launchpolicy.vocabulary.place import Data, format_route


def people_named(schema: Schema, data: Data, old: Data, people: Mapping[str, Any]) -> list[Data]:
    """Return an item for each person whom `data` newly names, in document order.

    Without a directory (`people` has `known: false`) there is no item, since nobody is known.

    Args:
        schema: marks the places of persons.
        data: the request.
        old: its version before, None without one.
        people: the fact `people` without this list.
    """
    if not people.get("known"):
        return []
    names = frozenset(people.get("names", ()))
    holders = people.get("roles", {}).items()
    return [
        {
            "at": format_route(named.route),
            "person": named.value,
            "known": named.value in names,
            "holds": [role for role, persons in holders if named.value in persons],
            **_demands(named, data),
            "belongs": _belongs(named, people),
        }
        for named in marked_values(schema.derive(person_places), data, old)
    ]


def _demands(named: MarkedValue, data: Data) -> dict[str, Data]:
    """Return what the schema asks of the place: `duties`, `ofDepartment` and `sameAs`."""
    mark = named.mark
    role = _beside(named.parent, mark.get("roleKey", ""))
    apart = mark.get("apart", ())
    same = (route for route in apart if named.value in _persons(named, data, route))
    return {
        "duties": [*mark.get("duties", ()), *([role] if role else [])],
        "ofDepartment": _beside(named.parent, mark.get("departmentKey", "")),
        "sameAs": next(same, ""),
    }


def _belongs(named: MarkedValue, people: Mapping[str, Any]) -> bool:
    """Return whether a person is of the department beside, or heads it; true without one."""
    department = _beside(named.parent, named.mark.get("departmentKey", ""))
    if not department:
        return True
    is_member = people.get("department", {}).get(named.value) == department
    return is_member or named.value in people.get("heads", {}).get(department, ())


def _beside(parent: Data, key: str) -> str:
    value = parent.get(key) if key and isinstance(parent, dict) else None
    return value if isinstance(value, str) and not is_unanswered(value) else ""


def _persons(named: MarkedValue, data: Data, route: str) -> list[Data]:
    """Return who stands at `route`; one that begins with `.` is beside the named person."""
    if route.startswith("."):
        return list(_values_at(named.parent, route[1:].split(".")))
    return list(_values_at(data, route.split(".")))


def _values_at(data: Data, keys: list[str]) -> Iterator[Data]:
    if isinstance(data, list):
        for item in data:
            yield from _values_at(item, keys)
    elif not keys:
        yield data
    elif isinstance(data, dict):
        yield from _values_at(data.get(keys[0]), keys[1:])

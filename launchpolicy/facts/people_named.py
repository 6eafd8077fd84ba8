"""The fact `people.named`: every person whom a request names, with what is known of each there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.marked_places import MarkedValue, marked_values, person_places
from launchpolicy.requests.directory import Deputy
from launchpolicy.vocabulary.place import Data, format_route

_AT = "at"
"""The key of the time at which a person is named."""


def people_named(
    schema: Schema,
    data: Data,
    old: Data,
    people: Mapping[str, Any],
    deputies: Collection[Deputy] = (),
) -> list[Data]:
    """Return an item for each person whom `data` newly names, in document order.

    Without a directory (`people` has `known: false`) there is no item, since nobody is known.

    Args:
        schema: marks the places of persons.
        data: the request.
        old: its version before, None without one.
        people: the fact `people` without this list.
        deputies: who stands for whom, and when: where a role is named beside a person and a time,
            a deputy at that time holds the roles of the person stood for.
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
            "holds": _roles_of(_stood_for(named, deputies), holders),
            **_demands(named, data),
            "belongs": _belongs(named, people),
        }
        for named in marked_values(schema.derive(person_places), data, old)
    ]


def _stood_for(named: MarkedValue, deputies: Collection[Deputy]) -> Collection[str]:
    """Return the person who is named, and those whom this person stands for there."""
    at = parse_instant(_beside(named.parent, _AT)) if named.mark.get("roleKey") else None
    if at is None:
        return (named.value,)
    others = (one.stood_for for one in deputies if one.by == named.value and one.is_deputy_at(at))
    return (named.value, *others)


def _roles_of(
    persons: Collection[str], holders: Iterable[tuple[str, Collection[str]]]
) -> list[str]:
    return [role for role, held in holders if any(person in held for person in persons)]


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

"""What is done to one place of a request: every way in which it could be wrong by a hair.

An operator takes the value at a place and yields values to put there. Which operators fit a value
is decided by what it looks like: a person, a date-time, a digest, a duration, a number, a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

Data = Any
"""Plain data, as YAML and JSON know it."""

Route = tuple[str | int, ...]


class _Removed:
    def __repr__(self) -> str:
        return "removed"


REMOVED: Final = _Removed()
"""Put in place of a value, it takes key or item away."""

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_DURATION = re.compile(r"(\d+)([smhd])")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PLACEHOLDERS = ("TBD", "待定")
_PEOPLE = 5  # others who are tried in place of one
_DAYS = {"day-earlier": -1, "day-later": 1, "year-earlier": -365, "year-later": 365}


class Change(NamedTuple):
    """One operator with the value that it puts in place of another."""

    operator: str
    value: Data


class Pools(NamedTuple):
    """What else could stand somewhere: by the pattern of a route, and the people there are."""

    by_pattern: dict[str, list[Data]]
    people: list[str]
    now: datetime


def pattern_of(route: Route) -> str:
    """Return the route with `*` in place of each index: `spec.steps.*.by`."""
    return ".".join("*" if isinstance(step, int) else step for step in route)


def changes_of(value: Data, route: Route, pools: Pools) -> Iterator[Change]:
    """Yield every change of the value at `route`."""
    yield Change("removed", REMOVED)
    yield from _emptied(value)
    yield from _of_another_type(value)
    if isinstance(value, str):
        yield from _texts(value, route, pools)
    elif isinstance(value, bool):
        yield Change("opposite", not value)
    elif isinstance(value, int | float):
        yield from (Change(name, new) for name, new in _numbers(value) if new != value)
    elif isinstance(value, list):
        yield from _lists(value)


def _emptied(value: Data) -> Iterator[Change]:
    for kind, nothing in ((str, ""), (list, []), (dict, {})):
        if isinstance(value, kind) and value:
            yield Change("emptied", nothing)
    yield Change("null", None)


def _of_another_type(value: Data) -> Iterator[Change]:
    if isinstance(value, str):
        yield Change("number-in-its-place", 7)
    elif isinstance(value, int | float):
        yield Change("text-in-its-place", str(value))
    else:
        yield Change("text-in-its-place", "see the ticket")
    if not isinstance(value, list):
        yield Change("list-of-it", [value])


def _texts(value: str, route: Route, pools: Pools) -> Iterator[Change]:
    for placeholder in _PLACEHOLDERS:
        yield Change("placeholder", placeholder)
    if _DATE_TIME.fullmatch(value):
        moment = datetime.fromisoformat(value)
        for name, days in _DAYS.items():
            yield Change(name, (moment + timedelta(days=days)).isoformat())
        yield Change("now", pools.now.isoformat())
    elif _DIGEST.fullmatch(value):
        yield Change("digest-changed", value[:-1] + ("0" if value[-1] != "0" else "1"))
    elif value in pools.people:
        place = pools.people.index(value)
        others = [*pools.people[place + 1 :], *pools.people[:place]]
        yield from (Change("another-person", person) for person in others[:_PEOPLE])
    else:
        duration = _DURATION.fullmatch(value)
        if duration:
            yield Change("shorter", "1" + duration[2])
            yield Change("longer", f"{int(duration[1]) * 10}{duration[2]}")
        known = pools.by_pattern.get(pattern_of(route), [])
        others = [other for other in known if isinstance(other, str) and other != value]
        yield from (Change("another-value", other) for other in others[:4])
        yield Change("other-words", "Something that was never agreed with anybody.")


def _numbers(value: float) -> Iterator[tuple[str, float]]:
    yield "zero", 0
    yield "tenfold", value * 10
    yield "negative", -1
    yield "one-less", value - 1


def _lists(value: list[Data]) -> Iterator[Change]:
    for index, item in enumerate(value):
        yield Change("item-repeated", [*value[: index + 1], item, *value[index + 1 :]])
        if index + 1 < len(value):
            swapped = [*value[:index], value[index + 1], item, *value[index + 2 :]]
            yield Change("items-swapped", swapped)

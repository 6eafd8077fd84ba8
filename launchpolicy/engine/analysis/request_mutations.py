"""Requests that differ from another in one place: two versions of a policy are asked about them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from launchpolicy.policy.expressions import expressions_of
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.place import Data, Route, format_route

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_STRING = re.compile(r'"([^"\\]*)"|\'([^\'\\]*)\'')
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.\"'])[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9_\"'])")
_MOST_VALUES = 12


class RequestMutation(NamedTuple):
    """A request with one change; `what` says where and which."""

    what: str
    data: Data


class MutationWords(NamedTuple):
    """What policies speak of: names of fields, texts and numbers that they compare with."""

    names: frozenset[str]
    texts: tuple[str, ...]
    numbers: tuple[float, ...]


def words_of(policies: Iterable[Policy]) -> MutationWords:
    """Return what some policies speak of, their parameters included."""
    names: set[str] = set()
    texts: dict[str, None] = {}
    numbers: dict[float, None] = {}
    for policy in policies:
        for expression in expressions_of(policy):
            names |= set(_NAME.findall(expression))
            texts |= dict.fromkeys(one or two for one, two in _STRING.findall(expression))
            numbers |= dict.fromkeys(map(_number, _NUMBER.findall(expression)))
        for order in policy.order:
            names |= set(_NAME.findall(repr(order)))
        for value in _leaves(policy.params):
            if isinstance(value, str):
                texts[value] = None
            elif isinstance(value, int | float) and not isinstance(value, bool):
                numbers[value] = None
    return MutationWords(frozenset(names), tuple(texts), tuple(numbers))


def mutations_of(
    data: Data, words: MutationWords, known: Mapping[str, Sequence[Data]]
) -> Iterator[RequestMutation]:
    """Yield a request with each single change in a place that policies speak of.

    Args:
        data: the plain data of the request; it stays as it is.
        words: what the policies speak of.
        known: values that other requests have, by route without the numbers of items.
    """
    for route, value in _places(data, ()):
        if not any(step in words.names for step in route):
            continue
        where = format_route(route)
        yield RequestMutation(f"without {where}", without(data, route))
        for other in _other_values(value, words, known.get(_pattern(route), ())):
            yield RequestMutation(
                f"{where}: {_short_text(value)} → {_short_text(other)}", _with(data, route, other)
            )


def values_by_route(requests: Iterable[Data]) -> dict[str, list[Data]]:
    """Return the scalars that requests have, by route without the numbers of items."""
    values: dict[str, list[Data]] = {}
    for request in requests:
        for route, value in _places(request, ()):
            if isinstance(value, dict | list):
                continue
            kept = values.setdefault(_pattern(route), [])
            if len(kept) < _MOST_VALUES and not any(_is_same(value, other) for other in kept):
                kept.append(value)
    return values


def without(data: Data, route: Route) -> Data:
    """Return data without the key or item at a route."""
    *parents, last = route
    changed = copy.deepcopy(data)
    node = changed
    for step in parents:
        node = node[step]
    del node[last]
    return changed


def _with(data: Data, route: Route, value: Data) -> Data:
    *parents, last = route
    changed = copy.deepcopy(data)
    node = changed
    for step in parents:
        node = node[step]
    node[last] = value
    return changed


def _places(data: Data, route: Route) -> Iterator[tuple[Route, Data]]:
    """Yield every place below the root, with what stands there; the outer ones first."""
    items: Iterable[tuple[str | int, Data]] = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for step, value in items:
        yield (*route, step), value
        yield from _places(value, (*route, step))


def _other_values(value: Data, words: MutationWords, known: Sequence[Data]) -> Iterator[Data]:
    """Yield what may stand in place of a value, each once."""
    seen = [value]
    for other in (*_boundaries(value, words), *known):
        if not any(_is_same(other, item) for item in seen):
            seen.append(other)
            yield other


def _boundaries(value: Data, words: MutationWords) -> Iterator[Data]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        for number in words.numbers:
            if float(number).is_integer():
                yield from (int(number) - 1, int(number), int(number) + 1)
        yield from (0, value - 1, value + 1)
    elif isinstance(value, float):
        for number in words.numbers:
            yield from (number - 1.0, float(number), number + 1.0)
    elif isinstance(value, str):
        yield from words.texts
    elif isinstance(value, list):
        yield []
        if value:
            yield [*value, value[-1]]


def _leaves(value: Data) -> Iterator[Data]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _pattern(route: Route) -> str:
    return format_route(tuple("*" if isinstance(step, int) else step for step in route))


def _is_same(one: Data, other: Data) -> bool:
    return type(one) is type(other) and bool(one == other)


def _number(text: str) -> float:
    return int(text) if text.isdecimal() else float(text)


def _short_text(value: Data) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004 (a readable line)

"""Policies with one mistake each: what the cases of a policy are measured against."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.policy.cel.mutations import changed_expressions
from launchpolicy.vocabulary.place import Data, Route, format_route

_EXPRESSIONS = frozenset(
    {"expression", "rolesFrom", "holdersFrom", "each", "when", "excludePeople", "path", "paths"}
)
_DROPPED_LISTS = frozenset(
    {
        "stages",
        "operations",
        "matchConditions",
        "validations",
        "order",
        "exclude",
        "all",
        "any",
        "inOrder",
        "of",
        "role",
        "files",
    }
)
_MAY_BE_EMPTY = frozenset({"matchConditions", "exclude"})
_DROPPED_KEYS = frozenset({"within", "distinct", "strict", "excludePeople", "holdersFrom", "when"})
_NO_RULES = frozenset({"message", "messageExpression", "template", "forEach"})
_NUMBERS = frozenset({"count", "atLeast"})
_DURATION = re.compile(r"([0-9]+)([smhd])")
_VARIABLE = re.compile(r"\bvariables\.([A-Za-z_][A-Za-z0-9_]*)")
_RULES = ("match", "matchConditions", "lookups", "variables", "validations", "order", "quorum")


Change = tuple[Route, str, Any]
"""Where something is changed, what, and the value to put there."""

Fits = Callable[[Route, str], bool]
"""Whether an expression at a route of a policy's `spec` loads; see `policy.mutant_checking`."""


class Mutant(NamedTuple):
    """A policy's plain data with one mistake; `id` says where and which."""

    id: str
    policy: Mapping[str, Any]
    params: Mapping[str, Any]


def mutants_of(
    policy: Mapping[str, Any], params: Mapping[str, Any], fits: Fits
) -> Iterator[Mutant]:
    """Yield the policy with each single mistake.

    Args:
        policy: the plain data of its file, validated.
        params: its parameters as its pack binds it.
        fits: tells which changed expressions still load; the others are no mistakes to notice.
    """
    spec = policy["spec"]
    unheard = _unheard_variables(spec)
    for key in _RULES:
        if key in spec:
            for route, what, value in _changes(spec[key], (key,), fits):
                if route[:2] in unheard:
                    continue
                changed = copy.deepcopy(dict(policy))
                _set(changed["spec"], route, value)
                yield Mutant(f"{format_route(route)} {what}", changed, params)
    for name, value in params.items():
        for what, other in _other_values(value):
            yield Mutant(f"params.{name} {what}", policy, {**params, name: other})


def _unheard_variables(spec: Mapping[str, Any]) -> frozenset[Route]:
    """Return the routes of variables that only words in other languages than English read.

    No case looks at those words, so that none could notice a mistake.
    """
    variables = spec.get("variables", ())
    rules = {key: value for key, value in spec.items() if key != "variables"}
    heard = set(_VARIABLE.findall(repr(_in_english(rules))))
    for variable in reversed(variables):  # one may read those before it
        if variable["name"] in heard:
            heard |= set(_VARIABLE.findall(variable["expression"]))
    return frozenset(
        ("variables", number)
        for number, variable in enumerate(variables)
        if variable["name"] not in heard
        and any(f"variables.{variable['name']}" in text for text in _texts(spec))
    )


def _in_english(node: Data) -> Data:
    """Return a part of a policy without its words in other languages."""
    if isinstance(node, dict):
        return {key: _in_english(value) for key, value in node.items() if key != "zh"}
    return [_in_english(item) for item in node] if isinstance(node, list) else node


def _texts(node: Data) -> Iterator[str]:
    """Yield every text in a part of a policy."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for item in node.values() if isinstance(node, dict) else node:
            yield from _texts(item)


def _changes(node: Data, route: Route, fits: Fits) -> Iterator[Change]:
    """Yield the changes in a part of a policy."""
    key = route[-1]
    if isinstance(node, str) and key in _EXPRESSIONS:
        for change in changed_expressions(node):
            if fits(route, change.expression):
                yield route, change.what, change.expression
    elif isinstance(node, list):
        yield from _shorter_lists(node, route)
        for number, item in enumerate(node):
            yield from _changes(item, (*route, number), fits)
    elif isinstance(node, dict):
        yield from _without_keys(node, route)
        for name, value in node.items():
            if name not in _NO_RULES:
                yield from _changes(value, (*route, name), fits)
    elif key in _NUMBERS:
        yield from ((route, f"{node} → {other}", other) for other in (node - 1, node + 1) if other)


def _shorter_lists(items: list[Any], route: Route) -> Iterator[Change]:
    key = route[-1]
    if key in _DROPPED_LISTS and (len(items) > 1 or key in _MAY_BE_EMPTY):
        for number, item in enumerate(items):
            rest = [*items[:number], *items[number + 1 :]]
            yield route, f"without {_name_of(item, number)}", rest


def _without_keys(data: dict[str, Any], route: Route) -> Iterator[Change]:
    for name, value in data.items():
        if name in _DROPPED_KEYS and not isinstance(value, list):
            yield route, f"without {name}", {k: v for k, v in data.items() if k != name}


def _name_of(item: Data, number: int) -> str:
    if isinstance(item, str):
        return item
    return str(item.get("name", number)) if isinstance(item, dict) else str(number)


def _other_values(value: Data) -> Iterator[tuple[str, Data]]:
    """Yield other values for a parameter: one more, one less, a list or map without an item."""
    if isinstance(value, bool):
        yield f"→ {not value}".lower(), not value
    elif isinstance(value, int):
        yield from ((f"→ {other}", other) for other in (value - 1, value + 1))
    elif isinstance(value, str):
        duration = _DURATION.fullmatch(value)
        if duration:
            number, unit = int(duration[1]), duration[2]
            others = [number + 1, *([number - 1] if number else [])]
            yield from ((f"→ {other}{unit}", f"{other}{unit}") for other in others)
    elif isinstance(value, list):
        yield from _other_lists(value)
    elif isinstance(value, dict):
        yield from _other_maps(value)


def _other_lists(items: list[Any]) -> Iterator[tuple[str, Any]]:
    for number, item in enumerate(items):
        before, after = items[:number], items[number + 1 :]
        yield f"without {_name_of(item, number)}", [*before, *after]
        if isinstance(item, dict):
            for what, other in _other_maps(item):
                yield f"[{number}].{what}", [*before, other, *after]


def _other_maps(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        yield f"without {name}", {key: item for key, item in values.items() if key != name}
        for what, other in _other_values(value):
            yield f"{name} {what}", {**values, name: other}


def _set(node: Data, route: Sequence[str | int], value: Data) -> None:
    *parents, last = route
    for step in parents:
        node = node[step]
    node[last] = value

"""Parameters of policies and of packs: their types, and what a policy sees of its pack's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

ANY: Final = "any"
"""The type of the values of a map or list that have no one type, or of which there are none."""

_SCALARS: Final = {bool: "bool", int: "int", float: "double", str: "string"}


class ParameterType(NamedTuple):
    """The type of a parameter: a scalar, or `list` or `map` with the type of what is in it."""

    name: str
    of: ParameterType | None = None


def type_of(value: object) -> ParameterType:
    """Return the type of a parameter's value; an empty list is one of texts."""
    if isinstance(value, list):
        return ParameterType("list", _common(value) if value else ParameterType("string"))
    if isinstance(value, dict):
        return ParameterType("map", _common(value.values()))
    return ParameterType(_SCALARS.get(type(value), ANY))


def fits(value: object, default: object) -> bool:
    """Return whether a value may stand in place of a default: it has the same type."""
    return _fits(value, type_of(default))


def _fits(value: object, expected: ParameterType) -> bool:
    if expected.name == ANY:
        return True
    if expected.of is None:
        return type_of(value) == expected
    kind, of = (list if expected.name == "list" else dict), expected.of
    if not isinstance(value, kind):
        return False
    return all(_fits(item, of) for item in (value.values() if isinstance(value, dict) else value))


def _common(values: Iterable[object]) -> ParameterType:
    types = {type_of(value) for value in values}
    return types.pop() if len(types) == 1 else ParameterType(ANY)


def with_pack_parameters(
    policy: Mapping[str, Any], parameters: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Return the plain data of a policy with those parameters of its pack that it names.

    Its own come last: a policy that has one of the same name does not load.
    """
    spec = policy["spec"]
    if not parameters:
        return policy
    named = {name: value for name, value in parameters.items() if names_parameter(policy, name)}
    return {**policy, "spec": {**spec, "params": {**named, **spec.get("params", {})}}}


def names_parameter(policy: Mapping[str, Any], name: str) -> bool:
    """Return whether a text of a policy names a parameter: too often, and never too seldom."""
    return any("params" in text and name in text for text in _texts(policy["spec"]))


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)

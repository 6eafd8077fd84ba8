"""When two JSON values are the same: 1 and 1.0 are, 1 and true are not (JSON Schema core 4.2.2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


def identity(value: object) -> Hashable:
    """Return a key that is equal for two pieces of plain data if they are the same JSON value."""
    kind = type(value)
    if kind is bool:
        return (bool, value)
    if isinstance(value, list):
        return (list, tuple(identity(item) for item in value))
    if isinstance(value, dict):
        return (dict, frozenset((key, identity(member)) for key, member in value.items()))
    return value


def first_repetition(values: Iterable[object]) -> tuple[int, int] | None:
    """Return the index of the first value that is there twice, and that of the one it repeats."""
    indices: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        first = indices.setdefault(identity(value), index)
        if first != index:
            return index, first
    return None

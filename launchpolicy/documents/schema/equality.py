"""When two JSON values are the same: 1 and 1.0 are, 1 and true are not (JSON Schema core 4.2.2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


def identity(value: object) -> Hashable:
    """A key that two pieces of plain data share exactly when they are the same JSON value."""
    kind = type(value)
    if kind is bool:
        return (bool, value)
    if isinstance(value, list):
        return (list, tuple(identity(each) for each in value))
    if isinstance(value, dict):
        return (dict, frozenset((key, identity(each)) for key, each in value.items()))
    return value


def repeated(values: Iterable[object]) -> tuple[int, int] | None:
    """The index of the first value that was there before, and of the one that it repeats."""
    seen: dict[Hashable, int] = {}
    for index, value in enumerate(values):
        first = seen.setdefault(identity(value), index)
        if first != index:
            return index, first
    return None

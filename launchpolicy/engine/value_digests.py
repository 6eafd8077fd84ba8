"""Digests of the values that something rests on: where they are equal, so is what it gives.

A digest is found when it is first asked for, and stands for one value with all that is in it.
"""

from __future__ import annotations

import hashlib
import marshal
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from launchpolicy.policy.cel.identifiers import ValuePath

_MOST: Final = 8192
"""So many things are kept, the latest: of some hundred requests."""

_EXACT: Final = 2
"""The version of `marshal` that writes every value out: equal bytes are equal values and types."""

_WIDTH: Final = 32
"""Bytes of a digest; what is shorter stands for itself."""

Digests = tuple[bytes | None, ...]
Pick = Callable[[Mapping[int, bytes | None]], Digests]
"""Picks the digests that something rests on; None is among them where a value has none."""


class ValueNumbers:
    """Numbers that stand for the paths of values, so that no path is looked up again and again."""

    def __init__(self) -> None:
        self.paths: list[ValuePath] = []
        self._numbers: dict[ValuePath, int] = {}

    def clear(self) -> None:
        """Forget all paths."""
        self.paths.clear()
        self._numbers.clear()

    def pick(self, paths: Sequence[ValuePath] | None) -> Pick | None:
        """Return what picks the digests of paths; None for None."""
        if paths is None:
            return None
        for path in paths:
            if path not in self._numbers:
                self._numbers[path] = len(self.paths)
                self.paths.append(path)
        numbers = [self._numbers[path] for path in paths]
        if len(numbers) > 1:
            return cast("Pick", operator.itemgetter(*numbers))
        return lambda digests: tuple(digests[number] for number in numbers)


class ValueDigests(dict[int, bytes | None]):
    """The digests of the values of one request, by the numbers of their paths."""

    __slots__ = ("_numbers", "_variables")

    def __init__(self, variables: Mapping[str, Any], numbers: ValueNumbers) -> None:
        super().__init__()
        self._variables = variables
        self._numbers = numbers

    def __missing__(self, number: int) -> bytes | None:
        digest = self[number] = digest_at(self._variables, self._numbers.paths[number])
        return digest


def digest_at(variables: Mapping[str, Any], path: ValuePath) -> bytes | None:
    """Return the digest of the value at a path, or of where the way to it ends; None without one.

    The way ends at what is no map, which may differ from another such value, or at a map without
    the key, of which nothing else counts.
    """
    value: Any = variables
    for number, step in enumerate(path):
        if type(value) is not dict and not isinstance(value, Mapping):
            break
        if step not in value:
            return b"\xff%d" % number  # no value is written so
        value = value[step]
    try:
        written = marshal.dumps(value, _EXACT)
    except ValueError:
        return None
    return written if len(written) < _WIDTH else hashlib.sha256(written).digest()


_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    """Keep a value under a key, instead of the oldest where there are many."""
    if len(kept) >= _MOST:
        del kept[next(iter(kept))]
    kept[key] = value

"""Plain scalars to values, JSON-like: `true`, `false`, `null` and JSON numbers; all else is text.

YAML 1.1 would turn `NO` into False, `1:30:00` into 5400 and `0010` into 8 (threat Y7). Dates stay
text until something that knows they are dates parses them.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\Z")
_LONGEST_INTEGER = 19
_INT64 = 2**63


class NumberTooLargeError(ValueError):
    """An integer beyond 64 bits, or a float that is not finite: it would not be kept exactly."""


def resolve(plain: str) -> Scalar:
    """Return the value of a plain scalar.

    Raises:
        NumberTooLargeError: it is a number that cannot be held exactly.
    """
    if plain in _WORDS:
        return _WORDS[plain]
    if plain[0] not in "-0123456789":
        return plain
    number = _NUMBER.match(plain)
    if number is None:
        return plain
    if number.group(1) is None and number.group(2) is None:
        return _integer(plain)
    value = float(plain)
    if not math.isfinite(value):
        raise NumberTooLargeError(plain)
    return value


def _integer(plain: str) -> int:
    # Length first: int() of thousands of digits is slow, then refuses with a ValueError of its own.
    if len(plain.lstrip("-")) > _LONGEST_INTEGER or not -_INT64 <= int(plain) < _INT64:
        raise NumberTooLargeError(plain)
    return int(plain)

"""Compare quantities as requests write them: `300ms`, `1h30m`, `4.3 %`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # loaded where a value is compared
    from decimal import Decimal

_PARTS: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(ns|us|ms|s|m|h)")
_DURATION: Final = re.compile(rf"(?:{_PARTS.pattern})+")
_AMOUNT: Final = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,9})?) (\S+)")
_NANOSECONDS: Final = {
    "ns": 1,
    "us": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60_000_000_000,
    "h": 3_600_000_000_000,
}


class Measure(NamedTuple):
    """A number and its unit; durations are all in nanoseconds."""

    amount: Decimal
    unit: str


def measure_of(written: object) -> Measure | None:
    """Return the quantity that a text writes; None where it writes none."""
    from decimal import Decimal  # noqa: PLC0415 (few checks measure something)

    if not isinstance(written, str):
        return None
    if (amount := _AMOUNT.fullmatch(written)) is not None:
        return Measure(Decimal(amount[1]), amount[2])
    if _DURATION.fullmatch(written) is None:
        return None
    parts = (Decimal(number) * _NANOSECONDS[unit] for number, unit in _PARTS.findall(written))
    return Measure(sum(parts, Decimal(0)), "ns")


def is_within(measured: object, limit: object, minimum: object) -> bool:
    """Return whether a measured value is at most `limit` and at least `minimum`.

    A bound that is None bounds nothing. What cannot be compared, because it is no quantity or has
    another unit, is not within.
    """
    value = measure_of(measured)
    for written, sign in ((limit, 1), (minimum, -1)):
        if written is None:
            continue
        bound = measure_of(written)
        if value is None or bound is None or value.unit != bound.unit:
            return False
        if value.amount * sign > bound.amount * sign:
            return False
    return True

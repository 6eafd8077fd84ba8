"""Checks of texts and numbers: closures made from the keywords of one schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from launchpolicy.documents.schema.formats import FORMAT_CHECKS
from launchpolicy.documents.schema.patterns import Patterns

Check = Callable[[Any], bool]


def anything(_value: object) -> bool:
    """Return true: the check that accepts every value."""
    return True


def nothing(_value: object) -> bool:
    """Return false: the check that accepts no value."""
    return False


def every(checks: list[Check]) -> Check:
    """Return a check that passes if all of `checks` do, tried in order."""
    if not checks:
        return anything
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:  # noqa: PLR2004 (a pair: by far the most frequent, and without a loop)
        first, second = checks
        return lambda value: first(value) and second(value)

    def all_of_many(value: object) -> bool:
        for check in checks:  # noqa: SIM110 (all() of a generator takes twice as long)
            if not check(value):
                return False
        return True

    return all_of_many


def text_check(schema: dict[str, Any], patterns: Patterns) -> Check:
    """Return the check of the string keywords of `schema`, for a str.

    Lengths count code points.

    Raises:
        PatternError: the pattern is not one that RE2 runs.
    """
    checks: list[Check] = []
    if "minLength" in schema or "maxLength" in schema:
        checks.append(_length(schema.get("minLength", 0), schema.get("maxLength")))
    if "pattern" in schema:
        checks.append(patterns.matcher(schema["pattern"]))
    if schema.get("format") in FORMAT_CHECKS:
        checks.append(FORMAT_CHECKS[schema["format"]])
    return every(checks)


def _length(least: int, most: int | None) -> Check:
    if most is None:
        return lambda text: len(text) >= least
    return lambda text: least <= len(text) <= most


def number_check(schema: dict[str, Any]) -> Check:
    """Return the check of the number keywords of `schema`, for an int or a float.

    Each is written as the condition to pass, never its negation, because NaN fails every one.
    """
    checks: list[Check] = []
    if "minimum" in schema:
        checks.append(_at_least(schema["minimum"]))
    if "maximum" in schema:
        checks.append(_at_most(schema["maximum"]))
    if "exclusiveMinimum" in schema:
        checks.append(_above(schema["exclusiveMinimum"]))
    if "exclusiveMaximum" in schema:
        checks.append(_below(schema["exclusiveMaximum"]))
    if "multipleOf" in schema:
        checks.append(_multiple(schema["multipleOf"]))
    return every(checks)


def _at_least(limit: float) -> Check:
    return lambda number: bool(number >= limit)


def _at_most(limit: float) -> Check:
    return lambda number: bool(number <= limit)


def _above(limit: float) -> Check:
    return lambda number: bool(number > limit)


def _below(limit: float) -> Check:
    return lambda number: bool(number < limit)


def _multiple(divisor: float) -> Check:
    return lambda number: is_multiple(number, divisor)


def is_multiple(number: float, divisor: float) -> bool:
    """Return whether `number` is a multiple of `divisor`, as they are written: 0.3 is one of 0.1.

    A float is taken for the shortest decimal that reads back as it, which is what was typed.
    """
    if isinstance(number, int) and isinstance(divisor, int):
        return number % divisor == 0
    # Loaded here: it costs more than all of this package, for a keyword that is rare.
    from fractions import Fraction  # noqa: PLC0415

    try:
        return (Fraction(repr(number)) / Fraction(repr(divisor))).denominator == 1
    except ValueError:  # NaN and infinities
        return False


def any_of(checks: list[Check]) -> Check:
    """Return a check that at least one of the checks holds."""
    return lambda value: any(check(value) for check in checks)


def exactly_one_of(checks: list[Check]) -> Check:
    """Return a check that one of the checks holds, and no other."""
    return lambda value: sum(check(value) for check in checks) == 1


def negation(check: Check) -> Check:
    """Return a check that another does not hold."""
    return lambda value: not check(value)


def conditional(condition: Check, then: Check, otherwise: Check) -> Check:
    """Return a check that is one of two, by a condition."""
    return lambda value: then(value) if condition(value) else otherwise(value)

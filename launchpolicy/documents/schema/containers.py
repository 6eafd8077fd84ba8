"""Checks of mappings and lists: closures that compile inner schemas when they are reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from launchpolicy.documents.schema.dialect import UNIQUE_BY, join
from launchpolicy.documents.schema.equality import first_repetition
from launchpolicy.documents.schema.leaves import Check, anything, every, nothing
from launchpolicy.documents.schema.patterns import Patterns

Make = Callable[[object, str], Check]
"""Compiles the schema at a pointer."""


def mapping_check(schema: dict[str, Any], pointer: str, make: Make, patterns: Patterns) -> Check:
    """Return the check of the object keywords of `schema`, for a dict."""
    checks: list[Check] = []
    if schema.get("required"):
        checks.append(_required_check(frozenset(schema["required"])))
    if "minProperties" in schema or "maxProperties" in schema:
        checks.append(_size_check(schema.get("minProperties", 0), schema.get("maxProperties")))
    if "propertyNames" in schema:
        checks.append(
            _keys_check(lazy_check(schema["propertyNames"], pointer, make, "propertyNames"))
        )
    checks += _dependent_checks(schema, pointer, make)
    properties = schema.get("properties", {})
    additional = schema.get("additionalProperties", True)
    if schema.get("patternProperties"):
        checks.append(_members_check(schema, pointer, make, patterns))
    elif additional is False:
        checks.append(_closed_check(properties, pointer, make))
    elif additional is True:
        if properties:
            checks.append(_open_check(properties, pointer, make))
    elif properties:
        checks.append(_members_check(schema, pointer, make, patterns))
    else:
        checks.append(_values_check(lazy_check(additional, pointer, make, "additionalProperties")))
    return every(checks)


def list_check(schema: dict[str, Any], pointer: str, make: Make) -> Check:
    """Return the check of the array keywords of `schema`, for a list."""
    checks: list[Check] = []
    if "minItems" in schema or "maxItems" in schema:
        checks.append(_size_check(schema.get("minItems", 0), schema.get("maxItems")))
    if schema.get("prefixItems"):
        checks.append(_prefix_check(schema, pointer, make))
    elif schema.get("items", True) is not True:
        checks.append(_items_check(lazy_check(schema["items"], pointer, make, "items")))
    if "contains" in schema:
        checks.append(_contains_check(schema, pointer, make))
    if schema.get("uniqueItems") is True:
        checks.append(lambda items: first_repetition(items) is None)
    if UNIQUE_BY in schema:
        checks.append(_unique_by_check(schema[UNIQUE_BY]))
    return every(checks)


def lazy_check(schema: object, pointer: str, make: Make, *steps: str | int) -> Check:
    """Return a check that is compiled when the first value arrives."""
    if schema is True:
        return anything
    if schema is False:
        return nothing
    compiled: Check | None = None

    def check(value: object) -> bool:
        nonlocal compiled
        if compiled is None:
            compiled = make(schema, join(pointer, *steps))
        return compiled(value)

    return check


def _required_check(keys: frozenset[str]) -> Check:
    return lambda mapping: mapping.keys() >= keys


def _size_check(least: int, most: int | None) -> Check:
    if most is None:
        return lambda container: len(container) >= least
    return lambda container: least <= len(container) <= most


def _dependent_checks(schema: dict[str, Any], pointer: str, make: Make) -> list[Check]:
    """Return the checks of what must hold because some key is there."""
    checks: list[Check] = []
    for name, keys in schema.get("dependentRequired", {}).items():
        checks.append(_if_key(name, _required_check(frozenset(keys))))
    for name, inner in schema.get("dependentSchemas", {}).items():
        checks.append(_if_key(name, lazy_check(inner, pointer, make, "dependentSchemas", name)))
    return checks


def _if_key(name: str, check: Check) -> Check:
    return lambda mapping: name not in mapping or check(mapping)


def _contains_check(schema: dict[str, Any], pointer: str, make: Make) -> Check:
    check = lazy_check(schema["contains"], pointer, make, "contains")
    in_range = _count_check(schema.get("minContains", 1), schema.get("maxContains"))
    return lambda items: in_range(sum(map(check, items)))


def _count_check(least: float, most: float | None) -> Check:
    return lambda count: count >= least and (most is None or count <= most)


def _keys_check(check: Check) -> Check:
    return lambda mapping: all(map(check, mapping))


def _values_check(check: Check) -> Check:
    return lambda mapping: all(map(check, mapping.values()))


def _items_check(check: Check) -> Check:
    return lambda items: all(map(check, items))


def _closed_check(properties: dict[str, object], pointer: str, make: Make) -> Check:
    checks: dict[str, Check] = {}

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            test = checks.get(key)
            if test is None:
                if key not in properties:
                    return False
                test = checks[key] = make(properties[key], join(pointer, "properties", key))
            if not test(value):
                return False
        return True

    return check


def _open_check(properties: dict[str, object], pointer: str, make: Make) -> Check:
    checks = _property_checks(properties, pointer, make)

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            test = checks.get(key)
            if test is not None and not test(value):
                return False
        return True

    return check


def _members_check(schema: dict[str, Any], pointer: str, make: Make, patterns: Patterns) -> Check:
    """Return the check of properties, patterns and the schema for all other keys together."""
    property_checks = _property_checks(schema.get("properties", {}), pointer, make)
    pattern_checks = [
        (patterns.matcher(pattern), lazy_check(inner, pointer, make, "patternProperties", pattern))
        for pattern, inner in schema.get("patternProperties", {}).items()
    ]
    other = lazy_check(
        schema.get("additionalProperties", True), pointer, make, "additionalProperties"
    )

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            tests = [property_checks[key]] if key in property_checks else []
            tests += [test for matches, test in pattern_checks if matches(key)]
            if not all(test(value) for test in tests or (other,)):
                return False
        return True

    return check


def _property_checks(properties: dict[str, object], pointer: str, make: Make) -> dict[str, Check]:
    return {
        key: lazy_check(schema, pointer, make, "properties", key)
        for key, schema in properties.items()
    }


def _prefix_check(schema: dict[str, Any], pointer: str, make: Make) -> Check:
    first = [
        lazy_check(inner, pointer, make, "prefixItems", index)
        for index, inner in enumerate(schema["prefixItems"])
    ]
    rest = lazy_check(schema.get("items", True), pointer, make, "items")

    def check(items: list[object]) -> bool:
        return all(test(item) for test, item in zip(first, items, strict=False)) and all(
            map(rest, items[len(first) :])
        )

    return check


def _unique_by_check(name: str) -> Check:
    def check(items: list[object]) -> bool:
        # What is no mapping, or has no such key, has no name that could be unique: not a pass.
        if not all(isinstance(item, dict) and name in item for item in items):
            return False
        return first_repetition(item[name] for item in items if isinstance(item, dict)) is None

    return check

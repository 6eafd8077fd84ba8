"""Yes or no for mappings and lists: closures that build what is inside only when it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from launchpolicy.documents.schema.dialect import UNIQUE_BY, join
from launchpolicy.documents.schema.equality import repeated
from launchpolicy.documents.schema.leaves import Check, anything, every, nothing
from launchpolicy.documents.schema.patterns import Patterns

Make = Callable[[object, str], Check]
"""Compiles the schema that stands at a pointer."""


def mapping_check(schema: dict[str, Any], pointer: str, make: Make, patterns: Patterns) -> Check:
    """The object keywords of `schema`, for a dict."""
    checks: list[Check] = []
    if schema.get("required"):
        checks.append(_required(frozenset(schema["required"])))
    if "minProperties" in schema or "maxProperties" in schema:
        checks.append(_size(schema.get("minProperties", 0), schema.get("maxProperties")))
    if "propertyNames" in schema:
        checks.append(_each_key(_lazily(schema["propertyNames"], pointer, make, "propertyNames")))
    properties = schema.get("properties", {})
    additional = schema.get("additionalProperties", True)
    if schema.get("patternProperties"):
        checks.append(_members(schema, pointer, make, patterns))
    elif additional is False:
        checks.append(_closed(properties, pointer, make))
    elif additional is True:
        if properties:
            checks.append(_open(properties, pointer, make))
    elif properties:
        checks.append(_members(schema, pointer, make, patterns))
    else:
        checks.append(_each_value(_lazily(additional, pointer, make, "additionalProperties")))
    return every(checks)


def list_check(schema: dict[str, Any], pointer: str, make: Make) -> Check:
    """The array keywords of `schema`, for a list."""
    checks: list[Check] = []
    if "minItems" in schema or "maxItems" in schema:
        checks.append(_size(schema.get("minItems", 0), schema.get("maxItems")))
    if schema.get("prefixItems"):
        checks.append(_items_after_prefix(schema, pointer, make))
    elif schema.get("items", True) is not True:
        checks.append(_each_item(_lazily(schema["items"], pointer, make, "items")))
    if schema.get("uniqueItems") is True:
        checks.append(lambda items: repeated(items) is None)
    if UNIQUE_BY in schema:
        checks.append(_unique_by(schema[UNIQUE_BY]))
    return every(checks)


def _lazily(schema: object, pointer: str, make: Make, *steps: str | int) -> Check:
    """A check that is compiled when the first value arrives."""
    if schema is True:
        return anything
    if schema is False:
        return nothing
    made: Check | None = None

    def check(value: object) -> bool:
        nonlocal made
        if made is None:
            made = make(schema, join(pointer, *steps))
        return made(value)

    return check


def _required(keys: frozenset[str]) -> Check:
    return lambda mapping: mapping.keys() >= keys


def _size(least: int, most: int | None) -> Check:
    if most is None:
        return lambda container: len(container) >= least
    return lambda container: least <= len(container) <= most


def _each_key(check: Check) -> Check:
    return lambda mapping: all(map(check, mapping))


def _each_value(check: Check) -> Check:
    return lambda mapping: all(map(check, mapping.values()))


def _each_item(check: Check) -> Check:
    return lambda items: all(map(check, items))


def _closed(properties: dict[str, object], pointer: str, make: Make) -> Check:
    made: dict[str, Check] = {}

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            test = made.get(key)
            if test is None:
                if key not in properties:
                    return False
                test = made[key] = make(properties[key], join(pointer, "properties", key))
            if not test(value):
                return False
        return True

    return check


def _open(properties: dict[str, object], pointer: str, make: Make) -> Check:
    checks = _property_checks(properties, pointer, make)

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            test = checks.get(key)
            if test is not None and not test(value):
                return False
        return True

    return check


def _members(schema: dict[str, Any], pointer: str, make: Make, patterns: Patterns) -> Check:
    """Properties, patterns and the schema for all other keys together."""
    named = _property_checks(schema.get("properties", {}), pointer, make)
    patterned = [
        (patterns.matcher(pattern), _lazily(each, pointer, make, "patternProperties", pattern))
        for pattern, each in schema.get("patternProperties", {}).items()
    ]
    other = _lazily(schema.get("additionalProperties", True), pointer, make, "additionalProperties")

    def check(mapping: dict[str, object]) -> bool:
        for key, value in mapping.items():
            tests = [named[key]] if key in named else []
            tests += [test for matches, test in patterned if matches(key)]
            if not all(test(value) for test in tests or (other,)):
                return False
        return True

    return check


def _property_checks(properties: dict[str, object], pointer: str, make: Make) -> dict[str, Check]:
    return {
        key: _lazily(schema, pointer, make, "properties", key) for key, schema in properties.items()
    }


def _items_after_prefix(schema: dict[str, Any], pointer: str, make: Make) -> Check:
    first = [
        _lazily(each, pointer, make, "prefixItems", index)
        for index, each in enumerate(schema["prefixItems"])
    ]
    rest = _lazily(schema.get("items", True), pointer, make, "items")

    def check(items: list[object]) -> bool:
        return all(test(item) for test, item in zip(first, items, strict=False)) and all(
            map(rest, items[len(first) :])
        )

    return check


def _unique_by(name: str) -> Check:
    def check(items: list[object]) -> bool:
        # What is no mapping, or has no such key, has no name that could be unique: not a pass.
        if not all(isinstance(item, dict) and name in item for item in items):
            return False
        return repeated(item[name] for item in items if isinstance(item, dict)) is None

    return check

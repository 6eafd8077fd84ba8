"""Texts, numbers and truth values, as expressions write them and as schemas list them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from launchpolicy.documents.schema.dialect import join, resolve
from launchpolicy.policy.cel.key_access import text_of
from launchpolicy.policy.cel.tree import Node, NodeKind

TEXT: Final = "text"
_NUMBER: Final = "number"
_TRUTH: Final = "truth value"
_INTEGER: Final = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)[uU]?")
_FRACTION: Final = re.compile(r"[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?")
_TRUTHS: Final = {"true": True, "false": False}
_TYPES: Final = {
    TEXT: frozenset({"string"}),
    _NUMBER: frozenset({"integer", "number"}),
    _TRUTH: frozenset({"boolean"}),
}

_CHOICES: Final = ("anyOf", "oneOf")
_MOST_STEPS: Final = 50
"""References and choices within each other that are followed to find what a value can never be."""


class ComparedLiterals(Enum):
    """Which literals the check refuses beside a value that can never be them."""

    NONE = auto()
    TEXTS = auto()
    """Only texts, and only where the schema lists some."""
    ALL = auto()


class Scalar(NamedTuple):
    """A value with its kind, so that no number is equal to a truth value."""

    kind: str
    value: str | float | bool

    @property
    def source(self) -> str:
        """Return it as an expression writes it."""
        if self.kind == TEXT:
            return f'"{self.value}"'
        return str(self.value).lower() if self.kind == _TRUTH else str(self.value)


def scalar_of(node: Node) -> Scalar | None:
    """Return the value that a node of an expression writes out; None for null and all others."""
    if node.kind is NodeKind.UNARY and node.operator == "-":
        inner = scalar_of(node.children[0])
        is_number = inner is not None and inner.kind == _NUMBER
        return Scalar(_NUMBER, -float(inner.value)) if inner and is_number else None
    if node.kind is not NodeKind.LITERAL:
        return None
    text = text_of(node.operator)
    if text is not None:
        return Scalar(TEXT, text)
    written = node.operator
    if written in _TRUTHS:
        return Scalar(_TRUTH, _TRUTHS[written])
    if _INTEGER.fullmatch(written):
        return Scalar(_NUMBER, int(written.rstrip("uU"), 0 if written[:2] in {"0x", "0X"} else 10))
    return Scalar(_NUMBER, float(written)) if _FRACTION.fullmatch(written) else None


def listed_values(node: Mapping[str, Any]) -> tuple[Scalar, ...]:
    """Return the values that `enum` or `const` of one schema lists, without null and containers."""
    values = node["enum"] if "enum" in node else [node["const"]] if "const" in node else []
    scalars = (_as_scalar(value) for value in values)
    return tuple(scalar for scalar in scalars if scalar is not None)


def is_never(
    schema: object, pointer: str, literal: Scalar, seen: frozenset[str] = frozenset()
) -> bool:
    """Return whether what follows the schema at a pointer can certainly never be a value.

    `seen` are the pointers on the way to it: a ring of references says nothing.
    """
    node = resolve(schema, pointer)
    if not isinstance(node, dict) or pointer in seen or len(seen) > _MOST_STEPS:
        return node is False
    if _is_excluded(node, literal):
        return True
    seen |= {pointer}
    parts = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    parts += [join(pointer, "allOf", index) for index in range(len(node.get("allOf", ())))]
    if any(is_never(schema, part, literal, seen) for part in parts):
        return True
    choices = [
        [join(pointer, keyword, index) for index in range(len(node[keyword]))]
        for keyword in _CHOICES
        if node.get(keyword)
    ]
    return any(
        all(is_never(schema, branch, literal, seen) for branch in branches) for branches in choices
    )


def _is_excluded(node: Mapping[str, Any], literal: Scalar) -> bool:
    """Return whether the keywords of one schema itself leave no place for a value."""
    if ("enum" in node or "const" in node) and literal not in listed_values(node):
        return True
    types = node.get("type")
    if types is None:
        return False
    return _TYPES[literal.kind].isdisjoint([types] if isinstance(types, str) else types)


def _as_scalar(value: object) -> Scalar | None:
    if isinstance(value, bool):
        return Scalar(_TRUTH, value)
    if isinstance(value, int | float):
        return Scalar(_NUMBER, value)
    return Scalar(TEXT, value) if isinstance(value, str) else None

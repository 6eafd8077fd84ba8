"""The shapes that values of a launch request have, taken from the annotations of its sections.

A shape reads plain data. It judges only what kind of value that is (text, number, list, object):
whether a text follows its grammar is for the schema to say, which is made from the same shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Protocol, Union, get_args, get_origin

from typing_extensions import TypeAliasType

Plain = Any
"""Plain data, as YAML and JSON know it."""


class ValueShape(Protocol):
    """What a value looks like."""

    def read(self, value: Plain) -> Any:  # noqa: ANN401 (what the annotation says)
        """Return `value` as the annotation says; None if it has another shape."""
        ...


@dataclass(frozen=True, slots=True)
class TextShape:
    """A text, kept as it is written; `name` is that of its definition, "" for none.

    `grammar` explains it in the schema; `choices` are the only words that it may be, if any.
    """

    name: str
    grammar: Any
    choices: tuple[str, ...] = ()

    def read(self, value: Plain) -> str | None:
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class NumberShape:
    """A number, kept as it is written (JSON has one kind: `12.0` is a whole number)."""

    name: str
    grammar: Any

    def read(self, value: Plain) -> int | float | None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return value if is_number else None


@dataclass(frozen=True, slots=True)
class BooleanShape:
    """True or false."""

    def read(self, value: Plain) -> bool | None:
        return value if isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class SectionShape:
    """An object with the keys of a section."""

    section: type[Any]

    def read(self, value: Plain) -> Any:  # noqa: ANN401 (a section)
        return self.section(value) if isinstance(value, dict) else None

    def blank(self) -> Any:  # noqa: ANN401 (a section)
        """Return the section in which nothing is written."""
        return self.section({})


@dataclass(frozen=True, slots=True)
class ProseShape:
    """Text for people: a text, or a section with one text for each language."""

    name: str
    grammar: Any
    sentence: TextShape
    localised: SectionShape

    def read(self, value: Plain) -> Any:  # noqa: ANN401 (a text or a section)
        """Return the text or the section; None for one in no language."""
        if isinstance(value, str):
            return value
        text = self.localised.read(value)
        return text if text is not None and (text.en or text.zh) else None


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list; `rule` says which of its items must differ."""

    items: ValueShape
    rule: Any

    def read(self, value: Plain) -> tuple[Any, ...] | None:
        """Return the items; one of another shape is left out, or blank where it is a section."""
        if not isinstance(value, list):
            return None
        items = (self.items.read(item) for item in value)
        if isinstance(self.items, SectionShape):
            blank = self.items.blank()
            return tuple(blank if item is None else item for item in items)
        return tuple(item for item in items if item is not None)


@dataclass(frozen=True, slots=True)
class MapShape:
    """An object with keys of the author's own."""

    keys: ValueShape
    values: ValueShape

    def read(self, value: Plain) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            return None
        entries = ((key, self.values.read(item)) for key, item in value.items())
        return {key: item for key, item in entries if item is not None}


def shape_of(annotation: Any, name: str = "", grammar: Any = None) -> ValueShape:  # noqa: ANN401
    """Return the shape that `annotation` describes.

    `name` is that of the alias it was given under, `grammar` what it is annotated with.
    """
    if isinstance(annotation, TypeAliasType):
        return shape_of(annotation.__value__, annotation.__name__)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(inner[0], name, inner[1])
    if origin in {Union, UnionType}:
        return _shape_of_union([arm for arm in inner if arm is not NoneType], name, grammar)
    makers: dict[Any, Callable[[], ValueShape]] = {
        Literal: lambda: TextShape(name, grammar, inner),
        tuple: lambda: ListShape(shape_of(inner[0]), grammar),
        dict: lambda: MapShape(shape_of(inner[0]), shape_of(inner[1])),
        str: lambda: TextShape(name, grammar),
        int: lambda: NumberShape(name, grammar),
        bool: BooleanShape,
    }
    return makers.get(origin or annotation, lambda: SectionShape(annotation))()


def _shape_of_union(arms: list[Any], name: str, grammar: Any) -> ValueShape:  # noqa: ANN401
    """Return the shape of `T | None`, or of text in one form or the other."""
    shapes = [shape_of(arm, name, grammar) for arm in arms]
    match shapes:
        case [shape]:
            return shape
        case [TextShape() as sentence, SectionShape() as localised]:
            return ProseShape(name, grammar, sentence, localised)
    message = f"a union that no launch request has: {arms}"
    raise TypeError(message)

"""How a section is declared: a closed, frozen shape whose fields explain themselves twice over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

from launchpolicy.vocabulary.text import Text


class Explanation(NamedTuple):
    """What an editor shows for a key or a section."""

    title: Text
    description: Text

    def keywords(self) -> dict[str, str]:
        """The explanation as JSON Schema keywords, ours for Chinese."""
        return {
            "title": self.title.en,
            "x-title-zh": self.title.zh,
            "description": self.description.en,
            "x-description-zh": self.description.zh,
        }


class RequestSection(BaseModel):
    """An object of a launch request: unknown keys, wrong types and null are refused.

    Attributes are snake_case, keys camelCase; a trailing underscore (`from_`) is Python's alone.
    """

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: to_camel(name.rstrip("_")),
        validate_by_alias=True,
        validate_by_name=False,
        serialize_by_alias=True,
    )
    explanation: ClassVar[Explanation]


_Shape = TypeVar("_Shape", bound=type[RequestSection])


def explained(title: Text, description: Text) -> Callable[[_Shape], _Shape]:
    """Gives a shape the title and description of its definition in the schema."""

    def attach(shape: _Shape) -> _Shape:
        shape.explanation = Explanation(title, description)
        return shape

    return attach


class _NeverNull:
    """Takes null back out of `T | None`: absent is None, but null is not a way to say so."""

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        nullable = handler(source)
        inner: CoreSchema = nullable["schema"]
        return inner


_T = TypeVar("_T")

Maybe = Annotated[_T | None, _NeverNull()]
"""A key that may be left out; then the attribute is None."""


def required(title: Text, description: Text, *clauses: str, examples: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 (like pydantic's own Field)
    """A key that the shape makes no sense without; `clauses` are cited in the description."""
    return _field(..., title, description, clauses, examples)


def optional(title: Text, description: Text, *clauses: str, examples: tuple[Any, ...] = ()) -> Any:  # noqa: ANN401 (like pydantic's own Field)
    """A key that may be left out, as far as the shape is concerned."""
    return _field(None, title, description, clauses, examples)


def named(english: str, chinese: str, *examples: str) -> Any:  # noqa: ANN401 (like pydantic's own Field)
    """The `name` by which diffs, findings and other sections point at one item of a list."""
    description = Text(
        f"Short name of the {english}, unique in its list.", f"{chinese}的简称，在列表中唯一。"
    )
    return required(Text("Name", "名称"), description, examples=examples)


def _field(
    default: object,
    title: Text,
    description: Text,
    clauses: tuple[str, ...],
    examples: tuple[Any, ...],
) -> Any:  # noqa: ANN401 (like pydantic's own Field)
    if clauses:
        description = Text(
            f"{description.en.removesuffix('.')} ({', '.join(clauses)}).",
            f"{description.zh.removesuffix('。')}（{'、'.join(clauses)}）。",
        )
    keywords = Explanation(title, description).keywords()
    return Field(
        default=default,
        title=keywords.pop("title"),
        description=keywords.pop("description"),
        examples=list(examples) or None,
        json_schema_extra=dict[str, Any](keywords),
    )

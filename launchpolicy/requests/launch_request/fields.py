"""How a section is declared: keys that explain themselves twice over, read from plain data."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NamedTuple, TypeAlias, TypeVar, get_type_hints, overload

from launchpolicy.requests.launch_request.marks import NO_MARKS, Marks
from launchpolicy.requests.launch_request.shapes import SectionShape, ValueShape, shape_of
from launchpolicy.vocabulary.text import Text


class Explanation(NamedTuple):
    """What an editor shows for a key or a section; `definition` names the section in the schema."""

    title: Text
    description: Text
    definition: str = ""

    def keywords(self) -> dict[str, str]:
        """Return the explanation as JSON Schema keywords, ours for Chinese."""
        return {
            "title": self.title.en,
            "x-title-zh": self.title.zh,
            "description": self.description.en,
            "x-description-zh": self.description.zh,
        }


class SectionField:
    """A key of a section: its explanation, and the attribute under which it is read."""

    def __init__(
        self,
        explanation: Explanation,
        examples: tuple[Any, ...],
        marks: Marks = NO_MARKS,
        *,
        is_required: bool,
    ) -> None:
        self.explanation = explanation
        self.examples = examples
        self.marks = marks
        self.is_required = is_required
        self.attribute = ""
        self.section: type[RequestSection] = RequestSection

    def __set_name__(self, section: type[RequestSection], attribute: str) -> None:
        self.section, self.attribute = section, attribute

    @functools.cached_property
    def key(self) -> str:
        """Return the key in camelCase; a trailing underscore of the attribute is Python's alone."""
        first, *others = self.attribute.rstrip("_").split("_")
        return first + "".join(part.capitalize() for part in others)

    @functools.cached_property
    def shape(self) -> ValueShape:
        """Return the shape that the attribute's annotation describes, read at its first use."""
        section: Any = self.section  # mypy doubts that a class can be hashed
        return shape_of(_annotations(section)[self.attribute])

    @overload
    def __get__(self, section: None, owner: type[RequestSection]) -> SectionField: ...
    @overload
    def __get__(self, section: RequestSection, owner: type[RequestSection]) -> Any: ...  # noqa: ANN401
    def __get__(self, section: RequestSection | None, owner: type[RequestSection]) -> Any:
        if section is None:
            return self
        value = self.shape.read(section.data.get(self.key))
        if value is None and self.is_required and isinstance(self.shape, SectionShape):
            return self.shape.blank()
        return value


class RequestSection:
    """An object of a launch request, over the plain data that was written.

    An attribute is None where its key is absent, or holds a value of another shape; only a section
    that every request has is blank instead. So a draft and a malformed request can be read like any
    other. Nothing is judged here: that is what the schema is for.
    """

    __slots__ = ("data",)
    data: Mapping[str, Any]
    explanation: ClassVar[Explanation]
    fields: ClassVar[Mapping[str, SectionField]]

    def __init__(self, data: Mapping[str, Any]) -> None:
        object.__setattr__(self, "data", data)

    def __init_subclass__(cls) -> None:
        cls.fields = {
            field.key: field for field in vars(cls).values() if isinstance(field, SectionField)
        }

    def __setattr__(self, name: str, value: object) -> None:
        message = f"a request cannot be changed once read: {name}"
        raise AttributeError(message)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.data!r})"


@functools.cache
def _annotations(section: type[RequestSection]) -> Mapping[str, Any]:
    return get_type_hints(section, include_extras=True)


_Section = TypeVar("_Section", bound=type[RequestSection])


def explain(title: Text, description: Text, definition: str = "") -> Callable[[_Section], _Section]:
    """Give a section the title and description of its definition in the schema.

    `definition` is the name of that definition; "" takes the name of the class.
    """

    def attach(section: _Section) -> _Section:
        section.explanation = Explanation(title, description, definition or section.__name__)
        return section

    return attach


_T = TypeVar("_T")

Maybe: TypeAlias = _T | None
"""The value of a key; None where it is not written, be it optional or still an open question."""


def required_key(
    title: Text,
    description: Text,
    *clauses: str,
    examples: tuple[Any, ...] = (),
    marks: Marks = NO_MARKS,
) -> Any:  # noqa: ANN401 (what the annotation says)
    """Declare a key that the section needs; `clauses` are cited in its description."""
    return SectionField(_cite(title, description, clauses), examples, marks, is_required=True)


def optional_key(
    title: Text,
    description: Text,
    *clauses: str,
    examples: tuple[Any, ...] = (),
    marks: Marks = NO_MARKS,
) -> Any:  # noqa: ANN401 (what the annotation says)
    """Declare a key that may be left out, as far as the shape is concerned."""
    return SectionField(_cite(title, description, clauses), examples, marks, is_required=False)


def name_key(english: str, chinese: str, *examples: str) -> Any:  # noqa: ANN401 (what the annotation says)
    """Declare the `name` by which diffs, findings and other sections point at an item of a list."""
    description = Text(
        f"Short name of the {english}, unique in its list.", f"{chinese}的简称，在列表中唯一。"
    )
    return required_key(Text("Name", "名称"), description, examples=examples)


def display_key() -> Any:  # noqa: ANN401 (what the annotation says)
    """Declare the `display` under which messages, papers and the ledger show a named item."""
    description = Text(
        "What people call it, in one language or both; without it, its name is shown.",
        "供人阅读的名称，可写一种或两种语言；未填写时显示其简称。",
    )
    example = {"en": "Migrate the orders", "zh": "迁移订单数据"}
    return optional_key(Text("Display name", "显示名称"), description, examples=(example,))


def _cite(title: Text, description: Text, clauses: tuple[str, ...]) -> Explanation:
    if clauses:
        description = Text(
            f"{description.en.removesuffix('.')} ({', '.join(clauses)}).",
            f"{description.zh.removesuffix('。')}（{'、'.join(clauses)}）。",
        )
    return Explanation(title, description)

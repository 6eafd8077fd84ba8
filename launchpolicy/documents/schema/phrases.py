"""Pieces of sentences: values, routes, lists of words and types, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.vocabulary.place import Route, format_route
from launchpolicy.vocabulary.text import Text

_LONGEST_VALUE = 80
_MOST_WORDS = 24
_NOTHING = Text("", "")

_TYPES = {
    "string": Text("text", "文本"),
    "integer": Text("a whole number", "整数"),
    "number": Text("a number", "数字"),
    "boolean": Text("true or false", "true 或 false"),
    "array": Text("a list", "列表"),
    "object": Text("a mapping of keys to values", "由键和值组成的映射"),
    "null": Text("empty", "空值"),
}


def join_sentences(*texts: Text) -> Text:
    """Return the sentences as one text; Chinese needs no space between them."""
    english = " ".join(text.en for text in texts if text.en)
    return Text(english, "".join(text.zh for text in texts))


def shorten(text: str) -> str:
    """Return `text` on one line, cut to 80 characters."""
    line = text.replace("\r", " ").replace("\n", " ")
    return line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"


def value_text(value: object) -> str:
    """Return a value as a requester would write it, cut to 80 characters."""
    if isinstance(value, str):
        return shorten(value)
    return shorten(json.dumps(value, ensure_ascii=False))


def value_list(values: Iterable[object]) -> Text:
    """Return the values in backticks, separated by commas; of many, the first 24."""
    names = [f"`{value_text(value)}`" for value in values]
    more = len(names) - _MOST_WORDS
    names = names[:_MOST_WORDS]
    if more > 0:
        return Text(f"{', '.join(names)} and {more} more", f"{'、'.join(names)}等，另有 {more} 个")
    return Text(", ".join(names), "、".join(names))


def alternatives(values: Iterable[str]) -> Text:
    """Return the values in backticks, with "or" between them."""
    names = [f"`{shorten(value)}`" for value in values]
    return Text(" or ".join(names), " 或 ".join(names))


def subject(route: Route) -> Text:
    """Return the value at `route` as the subject of a sentence, with the space that follows it."""
    if not route:
        return Text("the document", "文档")
    return Text(route_text(route), f"{route_text(route)} ")


def route_text(route: Route) -> str:
    """Return a route in backticks; of a very long one the end."""
    text = format_route(tuple(shorten(step) if isinstance(step, str) else step for step in route))
    if len(text) > 2 * _LONGEST_VALUE:
        text = f"…{text[-2 * _LONGEST_VALUE :]}"
    return f"`{text}`"


def type_names(argument: str | list[str]) -> Text:
    """Return the words for the types in the argument of `type`."""
    names = [argument] if isinstance(argument, str) else argument
    return Text(
        " or ".join(_TYPES[name].en for name in names), "或".join(_TYPES[name].zh for name in names)
    )


def capitalize(text: Text) -> Text:
    """Return `text` with a capital letter at its beginning."""
    return Text(text.en[:1].upper() + text.en[1:], text.zh)


AnnotatedSchemas = Iterable[Mapping[str, Any]]
"""The schemas of one value; the `title`, `description` and `examples` of the first come first."""


def annotation(schemas: AnnotatedSchemas, name: str) -> Text | None:
    """Return the `title` or `description` of a value, with `x-…-zh` for Chinese."""
    for schema in schemas:
        english, chinese = schema.get(name), schema.get(f"x-{name}-zh")
        if isinstance(english, str):
            return Text(english, chinese if isinstance(chinese, str) else english)
    return None


def example(schemas: AnnotatedSchemas) -> Text:
    """Return a sentence with the first of the `examples`; empty without one."""
    for schema in schemas:
        examples = schema.get("examples")
        if isinstance(examples, list) and examples:
            sample = value_text(examples[0])
            return Text(f"For example: `{sample}`.", f"例如：`{sample}`。")
    return _NOTHING


def item_examples(schemas: AnnotatedSchemas) -> list[Mapping[str, Any]]:
    """Return the examples of lists as schemas with examples of their items."""
    return [
        {"examples": sample}
        for schema in schemas
        if isinstance(schema.get("examples"), list)
        for sample in schema["examples"]
        if isinstance(sample, list)
    ]


def description(schemas: AnnotatedSchemas) -> Text:
    """Return the description of a value as a sentence; empty without one."""
    text = annotation(schemas, "description")
    if text is None:
        return _NOTHING
    english = text.en if text.en.endswith((".", "!", "?")) else f"{text.en}."
    return Text(english, text.zh if text.zh.endswith(("。", "!", "?", ".")) else f"{text.zh}。")


def property_schemas(
    root: Mapping[str, Any], schemas: AnnotatedSchemas, key: str
) -> list[Mapping[str, Any]]:
    """Return the schemas that the value of a missing key must follow, with those referred to."""
    inners: list[Mapping[str, Any]] = []
    for schema in schemas:
        inner = schema.get("properties", {}).get(key)
        while isinstance(inner, dict) and inner not in inners:
            inners.append(inner)
            inner = resolve(root, inner["$ref"]) if "$ref" in inner else None
    return inners

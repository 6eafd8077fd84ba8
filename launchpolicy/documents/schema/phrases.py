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


def joined(*texts: Text) -> Text:
    """Sentences one after the other; Chinese needs no space between them."""
    english = " ".join(text.en for text in texts if text.en)
    return Text(english, "".join(text.zh for text in texts))


def cut(text: str) -> str:
    """At most 80 characters, on one line."""
    line = text.replace("\r", " ").replace("\n", " ")
    return line if len(line) <= _LONGEST_VALUE else f"{line[: _LONGEST_VALUE - 1]}…"


def shown(value: object) -> str:
    """A value as a requester would write it, cut."""
    if isinstance(value, str):
        return cut(value)
    return cut(json.dumps(value, ensure_ascii=False))


def listed(values: Iterable[object]) -> Text:
    """Values in backticks, the first few of many."""
    names = [f"`{shown(value)}`" for value in values]
    more = len(names) - _MOST_WORDS
    names = names[:_MOST_WORDS]
    if more > 0:
        return Text(f"{', '.join(names)} and {more} more", f"{'、'.join(names)}等，另有 {more} 个")
    return Text(", ".join(names), "、".join(names))


def either(values: Iterable[str]) -> Text:
    names = [f"`{cut(value)}`" for value in values]
    return Text(" or ".join(names), " 或 ".join(names))


def subject(route: Route) -> Text:
    """What a sentence is about; ready to be followed by a word, with the space if it needs one."""
    if not route:
        return Text("the document", "文档")
    return Text(named(route), f"{named(route)} ")


def named(route: Route) -> str:
    """A route, of which the end is enough, whatever length the keys of a stranger have."""
    written = format_route(tuple(cut(step) if isinstance(step, str) else step for step in route))
    if len(written) > 2 * _LONGEST_VALUE:
        written = f"…{written[-2 * _LONGEST_VALUE :]}"
    return f"`{written}`"


def types(argument: str | list[str]) -> Text:
    names = [argument] if isinstance(argument, str) else argument
    return Text(
        " or ".join(_TYPES[name].en for name in names), "或".join(_TYPES[name].zh for name in names)
    )


def capital(text: Text) -> Text:
    return Text(text.en[:1].upper() + text.en[1:], text.zh)


Remarked = Iterable[Mapping[str, Any]]
"""The schemas of one value, the one with the first say first."""


def remark(schemas: Remarked, name: str) -> Text | None:
    """The `title` or `description` of a value, with `x-…-zh` for Chinese."""
    for schema in schemas:
        english, chinese = schema.get(name), schema.get(f"x-{name}-zh")
        if isinstance(english, str):
            return Text(english, chinese if isinstance(chinese, str) else english)
    return None


def example(schemas: Remarked) -> Text:
    """A sentence with the first of the `examples`, if there are any."""
    for schema in schemas:
        examples = schema.get("examples")
        if isinstance(examples, list) and examples:
            sample = shown(examples[0])
            return Text(f"For example: `{sample}`.", f"例如：`{sample}`。")
    return _NOTHING


def item_examples(schemas: Remarked) -> list[Mapping[str, Any]]:
    """The examples of lists as examples of what they hold."""
    return [
        {"examples": sample}
        for schema in schemas
        for sample in schema.get("examples", ())
        if isinstance(sample, list)
    ]


def description(schemas: Remarked) -> Text:
    """The description as a sentence."""
    text = remark(schemas, "description")
    if text is None:
        return _NOTHING
    english = text.en if text.en.endswith((".", "!", "?")) else f"{text.en}."
    return Text(english, text.zh if text.zh.endswith(("。", "!", "?", ".")) else f"{text.zh}。")


def property_schemas(
    root: Mapping[str, Any], schemas: Remarked, key: str
) -> list[Mapping[str, Any]]:
    """The schemas that a missing key's value would have to follow, by reference too."""
    found: list[Mapping[str, Any]] = []
    for schema in schemas:
        inner = schema.get("properties", {}).get(key)
        while isinstance(inner, dict) and inner not in found:
            found.append(inner)
            inner = resolve(root, inner["$ref"]) if "$ref" in inner else None
    return found

"""Wording for keys: unknown ones, those that are missing, those that must stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.schema import phrases
from launchpolicy.documents.schema.branching import decisive_violations
from launchpolicy.documents.schema.left_over import declared_keys
from launchpolicy.documents.schema.limit_wording import form
from launchpolicy.documents.schema.phrases import join_sentences, subject, value_list, value_text
from launchpolicy.documents.schema.suggestions import RoutesByKey, closest, routes_with_key
from launchpolicy.documents.schema.validator import NEVER
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text


class WordingContext(NamedTuple):
    """What wording needs besides the violation: the whole schema, and the text of the file."""

    root: Mapping[str, Any]
    routes_by_key: RoutesByKey
    source: str
    """The value as it is in the file, with its quotes; cut to 80 characters."""
    follows_comma: bool = False
    """Whether it is a key without a value behind a comma in braces: mostly the rest of a text."""


class Wording(NamedTuple):
    """The two sentences of a finding."""

    message: Text
    fix: Text


def unknown_key(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a key that a closed mapping does not have."""
    allowed = [
        key
        for schema in violation.schemas[-1:]
        for key, inner in schema.get("properties", {}).items()
        if not (isinstance(inner, dict) and NEVER in inner)
    ]
    return _unknown_key(violation, context, allowed)


def key_left_over(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a key for which no schema that applies has a schema."""
    schema = violation.schemas[-1] if violation.schemas else {}
    return _unknown_key(violation, context, declared_keys(schema, context.root))


def _unknown_key(violation: Violation, context: WordingContext, allowed: list[str]) -> Wording:
    name = str(violation.route[-1])
    key, parent = f"`{value_text(name)}`", subject(violation.route[:-1])
    message = Text(f"{key} is not a key of {parent.en}.", f"{parent.zh}中没有 {key} 这个键。")
    close = closest(name, allowed)
    places = routes_with_key(name, context.routes_by_key)
    meant = Text(f"Did you mean `{close}`?", f"是否想写 `{close}`？") if close else Text("", "")
    here = value_list(allowed)
    keys = Text(f"Keys allowed here: {here.en}.", f"此处可用的键：{here.zh}。")
    if not allowed:
        keys = Text("Remove it; no keys are allowed here.", "请删除；此处不允许任何键。")
    rest = _REST_OF_TEXT if context.follows_comma else Text("", "")
    return Wording(message, join_sentences(meant, _belongs(key, places), rest, keys))


_REST_OF_TEXT = Text(
    "If it is the rest of the text before it, put that text in quotes: within { } a comma ends it.",
    "若它是前面文字的后半部分，请给整段文字加引号：在 { } 中，英文逗号会结束一个值。",
)


def _belongs(key: str, places: list[str]) -> Text:
    if not places:
        return Text("", "")
    if places == [""]:
        return Text(f"{key} belongs at the top of the document.", f"{key} 应写在文档最外层。")
    where = phrases.alternatives(place for place in places if place)
    return Text(f"{key} belongs under {where.en}.", f"{key} 应写在 {where.zh} 之下。")


def bad_key(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a key that `propertyNames` does not allow."""
    first = next(inner for outer in violation.branches[0] for inner in decisive_violations(outer))
    if first.keyword == "enum":
        return _unknown_key(
            violation, context, [key for key in first.argument if isinstance(key, str)]
        )
    key, parent = f"`{value_text(violation.route[-1])}`", subject(violation.route[:-1])
    message = Text(
        f"{key} does not have the form of a key of {parent.en}.",
        f"{parent.zh}中的键不能写成 {key}。",
    )
    return Wording(message, form(first.schemas, first))


def not_allowed_here(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a value where the schema is `false`."""
    place = subject(violation.route)
    return Wording(
        phrases.capitalize(
            Text(f"{place.en} is not allowed here.", f"{place.zh}不允许出现在此处。")
        ),
        Text("Remove it.", "请删除。"),
    )


def missing_key(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a required key that is missing."""
    key = violation.detail
    missing = phrases.route_text((*violation.route, key))
    schemas = phrases.property_schemas(context.root, violation.schemas, key)
    add = Text(f"Add `{value_text(key)}`.", f"请补上 `{value_text(key)}`。")
    return Wording(
        Text(f"{missing} is missing.", f"缺少 {missing}。"),
        join_sentences(add, phrases.description(schemas), phrases.example(schemas)),
    )


def missing_companion(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a key that is required because another one is there."""
    because = value_list(
        name
        for name, keys in violation.argument.items()
        if name in violation.value and violation.detail in keys
    )
    message, fix = missing_key(violation, context)
    return Wording(
        Text(
            f"{message.en.removesuffix('.')}: it belongs to {because.en}.",
            f"{message.zh.removesuffix('。')}：有 {because.zh} 时必须写明。",
        ),
        fix,
    )


def missing_one(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for several keys of which one must be there."""
    keys = phrases.alternatives(branch[0].detail for branch in violation.branches)
    place = subject(violation.route)
    return Wording(
        phrases.capitalize(Text(f"{place.en} needs {keys.en}.", f"{place.zh}需要有 {keys.zh}。")),
        Text("Add one of them.", "请补上其中一个。"),
    )

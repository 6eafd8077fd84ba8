"""Each violation as a rule id, a message and a fix, in the words of a person with a form.

The words of the schema (`title`, `description`, `examples`) come before a regular expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.schema import limit_wording, phrases, type_wording
from launchpolicy.documents.schema.branching import decisive_violations
from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.phrases import (
    AnnotatedSchemas,
    join_sentences,
    subject,
    value_list,
    value_text,
)
from launchpolicy.documents.schema.suggestions import RoutesByKey, closest, places_of
from launchpolicy.documents.schema.validator import NEVER
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text


class WordingContext(NamedTuple):
    """What wording needs besides the violation: the whole schema, and the text of the file."""

    root: Mapping[str, Any]
    routes_by_key: RoutesByKey
    source: str
    """The value as it is in the file, with its quotes; cut to 80 characters."""


class Wording(NamedTuple):
    """The two sentences of a finding."""

    message: Text
    fix: Text


_Words = Callable[[Violation, WordingContext], Wording]


def unknown_key(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a key that a closed mapping does not have."""
    allowed = [
        key
        for schema in violation.schemas[-1:]
        for key, inner in schema.get("properties", {}).items()
        if not (isinstance(inner, dict) and NEVER in inner)
    ]
    return _unknown_key(violation, context, allowed)


def _unknown_key(violation: Violation, context: WordingContext, allowed: list[str]) -> Wording:
    name = str(violation.route[-1])
    key, parent = f"`{value_text(name)}`", subject(violation.route[:-1])
    message = Text(f"{key} is not a key of {parent.en}.", f"{parent.zh}中没有 {key} 这个键。")
    close = closest(name, allowed)
    places = places_of(name, context.routes_by_key)
    meant = Text(f"Did you mean `{close}`?", f"是否想写 `{close}`？") if close else Text("", "")
    here = value_list(allowed)
    keys = Text(f"Keys allowed here: {here.en}.", f"此处可用的键：{here.zh}。")
    if not allowed:
        keys = Text("Remove it; no keys are allowed here.", "请删除；此处不允许任何键。")
    return Wording(message, join_sentences(meant, _belongs(key, places), keys))


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
        return _unknown_key(violation, context, [key for key in first.argument if _is_text(key)])
    key, parent = f"`{value_text(violation.route[-1])}`", subject(violation.route[:-1])
    message = Text(
        f"{key} does not have the form of a key of {parent.en}.",
        f"{parent.zh}中的键不能写成 {key}。",
    )
    return Wording(message, _form(first.schemas, first))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


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


def missing_one(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for several keys of which one must be there."""
    keys = phrases.alternatives(branch[0].detail for branch in violation.branches)
    place = subject(violation.route)
    return Wording(
        phrases.capitalize(Text(f"{place.en} needs {keys.en}.", f"{place.zh}需要有 {keys.zh}。")),
        Text("Add one of them.", "请补上其中一个。"),
    )


def not_a_choice(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a value that is none of `enum`, or not `const`."""
    allowed = violation.argument if violation.keyword == "enum" else [violation.argument]
    place, value = subject(violation.route), value_text(violation.value)
    message = phrases.capitalize(
        Text(f"{place.en} cannot be `{value}`.", f"{place.zh}不能是 `{value}`。")
    )
    if isinstance(violation.value, list | dict):
        message = phrases.capitalize(
            Text(f"{place.en} does not have an allowed value.", f"{place.zh}的值不在允许范围内。")
        )
    close = None
    if isinstance(violation.value, str):
        close = closest(violation.value, filter(_is_text, allowed))
    meant = Text(f"Did you mean `{close}`?", f"是否想写 `{close}`？") if close else Text("", "")
    values = value_list(allowed)
    if len(allowed) == 1:
        return Wording(message, Text(f"Write {values.en}.", f"请写 {values.zh}。"))
    one_of = Text(f"Values allowed here: {values.en}.", f"允许的值：{values.zh}。")
    return Wording(message, join_sentences(meant, one_of))


def bad_form(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a text that does not match a pattern."""
    place, value = subject(violation.route), value_text(violation.value)
    title = phrases.annotation([*violation.schemas, *violation.around], "title")
    if title is not None:
        name = phrases.route_text(violation.route)
        place = Text(f"{name} ({title.en})", f"{name}（{title.zh}）")
    return Wording(
        Text(
            f"`{value}` does not have the form of {place.en}.",
            f"{place.zh}的格式不对：`{value}`。",
        ),
        _form(violation.schemas, violation),
    )


def _form(schemas: AnnotatedSchemas, violation: Violation) -> Text:
    """Return what the schema says of a form; the regular expression only if it says nothing."""
    around = violation.around
    explanation = join_sentences(
        phrases.description([*schemas, *around]),
        phrases.example([*schemas, *phrases.item_examples(around)]),
    )
    if explanation.en:
        return explanation
    if violation.keyword == "pattern":
        pattern = value_text(violation.argument)
        return Text(f"It must match the pattern `{pattern}`.", f"须匹配正则表达式 `{pattern}`。")
    return limit_wording.limit(violation)


def repeated_name(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a second entry with the same name, or the same entry again."""
    items = violation.route[:-2] if violation.keyword == UNIQUE_BY else violation.route[:-1]
    first = phrases.route_text((*items, int(violation.detail)))
    if violation.keyword == "uniqueItems":
        value = value_text(violation.value[int(violation.detail)])
        return Wording(
            Text(f"`{value}` repeats {first}.", f"`{value}` 与 {first} 重复。"),
            Text("Remove one of the two.", "请删除其中一个。"),
        )
    key = violation.argument
    value = value_text(violation.value[int(violation.detail)][key])
    return Wording(
        Text(
            f"`{value}` is already the `{key}` of {first}.",
            f"`{value}` 与 {first} 的 `{key}` 重复。",
        ),
        Text(f"Give every entry a `{key}` of its own.", f"请让每一项的 `{key}` 各不相同。"),
    )


def several_forms(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a value that fits more than one branch of `oneOf`."""
    place = subject(violation.route)
    return Wording(
        phrases.capitalize(
            Text(
                f"{place.en} can be read in several ways; it must fit exactly one.",
                f"{place.zh}同时符合多种写法，只能符合其中一种。",
            )
        ),
        join_sentences(
            Text("Remove the keys of the other forms.", "请删除其他写法的键。"),
            phrases.description(violation.schemas),
        ),
    )


def excluded_value(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a value that fits what `not` describes."""
    place = subject(violation.route)
    shape = violation.argument if isinstance(violation.argument, dict) else {}
    explanation = phrases.description([shape, *violation.schemas])
    keys = shape.get("required", ())
    if len(keys) > 1:
        names = value_list(keys)
        return Wording(
            Text(
                f"{names.en} cannot stand together in {place.en}.",
                f"{place.zh}中不能同时有 {names.zh}。",
            ),
            Text("Keep one of them.", "请只保留其中一个。"),
        )
    return Wording(
        phrases.capitalize(Text(f"{place.en} is excluded here.", f"{place.zh}属于被排除的写法。")),
        join_sentences(Text("Write it differently.", "请换一种写法。"), explanation),
    )


def wrong_type(violation: Violation, context: WordingContext) -> Wording:
    """Return the wording for a value of the wrong type."""
    return Wording(*type_wording.words(violation, context.source))


def out_of_limits(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a value beyond a limit, or of the wrong format."""
    return Wording(*limit_wording.words(violation))


_WORDINGS: dict[str, tuple[str, _Words]] = {
    "additionalProperties": ("schema/unknown-key", unknown_key),
    "propertyNames": ("schema/unknown-key", bad_key),
    NEVER: ("schema/unknown-key", not_allowed_here),
    "required": ("schema/missing-key", missing_key),
    "anyOf": ("schema/missing-key", missing_one),
    "oneOf": ("schema/missing-key", missing_one),
    "type": ("schema/wrong-type", wrong_type),
    "enum": ("schema/not-allowed", not_a_choice),
    "const": ("schema/not-allowed", not_a_choice),
    "pattern": ("schema/bad-format", bad_form),
    "format": ("schema/bad-format", out_of_limits),
    "minLength": ("schema/bad-format", out_of_limits),
    "maxLength": ("schema/bad-format", out_of_limits),
    "uniqueItems": ("schema/duplicate-name", repeated_name),
    UNIQUE_BY: ("schema/duplicate-name", repeated_name),
    **dict.fromkeys(limit_wording.RANGES, ("schema/out-of-range", out_of_limits)),
}


def rule_of(violation: Violation) -> str:
    """Return the rule id of the finding that a violation becomes."""
    return _wording_of(violation)[0]


def words_of(violation: Violation, context: WordingContext) -> Wording:
    """Return message and fix of the finding that a violation becomes."""
    return _wording_of(violation)[1](violation, context)


def _wording_of(violation: Violation) -> tuple[str, _Words]:
    if violation.keyword in ("anyOf", "oneOf") and not violation.branches:
        return "schema/other", several_forms
    return _WORDINGS.get(violation.keyword, ("schema/other", excluded_value))

"""Each violation as a rule id, a message and a fix, in the words of a person with a form.

The words of the schema (`title`, `description`, `examples`) come before a regular expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from launchpolicy.documents.schema import limit_wording, phrases, type_wording
from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.key_wording import (
    Wording,
    WordingContext,
    bad_key,
    key_left_over,
    missing_companion,
    missing_key,
    missing_one,
    not_allowed_here,
    unknown_key,
)
from launchpolicy.documents.schema.phrases import (
    join_sentences,
    subject,
    value_list,
    value_text,
)
from launchpolicy.documents.schema.suggestions import closest
from launchpolicy.documents.schema.validator import NEVER
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text

_Words = Callable[[Violation, WordingContext], Wording]


def missing_item(violation: Violation, _context: WordingContext) -> Wording:
    """Return the wording for a list that has too few, or too many, items of one form."""
    place, count = subject(violation.route), violation.detail
    schema = violation.schemas[-1] if violation.schemas else {}
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    demand = (f"at least {least}", f"至少 {least} 项")
    if most is not None and int(count) > most:
        demand = (f"at most {most}", f"至多 {most} 项")
    shape = violation.argument if isinstance(violation.argument, dict) else {}
    explanation = phrases.description([shape, *violation.schemas])
    form = _item_form(shape, demand)
    return Wording(
        phrases.capitalize(
            Text(
                f"{place.en} has {count} items of the form that {demand[0]} must have.",
                f"{place.zh}中符合要求的有 {count} 项，应有{demand[1]}。",
            )
        ),
        explanation if explanation.en else form,
    )


def _item_form(shape: Mapping[str, Any], demand: tuple[str, str]) -> Text:
    """Return a sentence about what items must be: any, none at all, or of a form."""
    if not shape:  # `true`, which every item fits
        return Text(f"Entries: {demand[0]}.", f"项数：{demand[1]}。")
    if NEVER in shape:  # `false`, which none fits
        return Text(
            "No item can have it; the schema must be corrected.",
            "任何项都不可能符合；须修正结构定义。",
        )
    example = value_text(shape)
    return Text(f"The form: `{example}`.", f"要求的形式：`{example}`。")


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
        close = closest(violation.value, (choice for choice in allowed if isinstance(choice, str)))
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
        limit_wording.form(violation.schemas, violation),
    )


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
    "unevaluatedProperties": ("schema/unknown-key", key_left_over),
    "propertyNames": ("schema/unknown-key", bad_key),
    NEVER: ("schema/unknown-key", not_allowed_here),
    "required": ("schema/missing-key", missing_key),
    "dependentRequired": ("schema/missing-key", missing_companion),
    "contains": ("schema/other", missing_item),
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

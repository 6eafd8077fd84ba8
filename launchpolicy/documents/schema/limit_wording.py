"""Wording for values beyond a limit: numbers, lengths, counts; and for dates that are none."""

from __future__ import annotations

from launchpolicy.documents.schema import phrases
from launchpolicy.documents.schema.phrases import join_sentences, subject, value_text
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text

RANGES = (
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minItems", "maxItems", "minProperties", "maxProperties"),
)

_LIMITS = {
    "minimum": Text("Write {} or more.", "请写不小于 {} 的数。"),
    "maximum": Text("Write {} or less.", "请写不大于 {} 的数。"),
    "exclusiveMinimum": Text("Write more than {}.", "请写大于 {} 的数。"),
    "exclusiveMaximum": Text("Write less than {}.", "请写小于 {} 的数。"),
    "multipleOf": Text("Write a multiple of {}.", "请写 {} 的整数倍。"),
    "minItems": Text("Entries: at least {}.", "至少需要 {} 项。"),
    "maxItems": Text("Entries: at most {}.", "最多允许 {} 项。"),
    "minProperties": Text("Keys: at least {}.", "至少需要 {} 个键。"),
    "maxProperties": Text("Keys: at most {}.", "最多允许 {} 个键。"),
    "minLength": Text("Characters: at least {}.", "至少需要 {} 个字符。"),
    "maxLength": Text("Characters: at most {}.", "最多允许 {} 个字符。"),
}
_FORMATS = {
    "date-time": (
        Text("a date and time with an offset", "带时区偏移的日期时间"),
        Text(
            "Write it like `2026-12-01T22:00:00+08:00`, and a day that exists.",
            "请写成 `2026-12-01T22:00:00+08:00` 的形式，且日期必须存在。",
        ),
    ),
    "date": (
        Text("a date", "日期"),
        Text(
            "Write it like `2026-12-01`, and a day that exists.",
            "请写成 `2026-12-01` 的形式，且日期必须存在。",
        ),
    ),
}


def words(violation: Violation) -> tuple[Text, Text]:
    """Return message and fix of a violated limit."""
    fix = limit(violation)
    if violation.keyword != "format":
        fix = join_sentences(fix, phrases.description(violation.schemas))
    return phrases.capitalize(_message(violation)), fix


def limit(violation: Violation) -> Text:
    """Return a sentence that says which values are allowed."""
    if violation.keyword == "format":
        return _FORMATS[violation.argument][1]
    form = _LIMITS.get(violation.keyword)
    if form is None:
        return Text("Write it in another form.", "请换一种写法。")
    value = value_text(violation.argument)
    return Text(form.en.format(value), form.zh.format(value))


def _message(violation: Violation) -> Text:
    place, value = subject(violation.route), violation.value
    if violation.keyword == "format":
        what = _FORMATS[violation.argument][0]
        return Text(
            f"{place.en} must be {what.en}; `{value_text(value)}` is not one.",
            f"{place.zh}必须是{what.zh}，`{value_text(value)}` 不是。",
        )
    if isinstance(value, str | list | dict):
        if not value:
            return Text(f"{place.en} is empty.", f"{place.zh}是空的。")
        size = _size_text(value)
        return Text(f"{place.en} has {size.en}.", f"{place.zh}有 {size.zh}。")
    number = value_text(value)
    return Text(f"{place.en} is {number}.", f"{place.zh}的值是 {number}。")


def _size_text(value: str | list[object] | dict[str, object]) -> Text:
    count = len(value)
    ending = "" if count == 1 else "s"
    if isinstance(value, str):
        return Text(f"{count} character{ending}", f"{count} 个字符")
    if isinstance(value, list):
        return Text(f"{count} entr{'y' if count == 1 else 'ies'}", f"{count} 项")
    return Text(f"{count} key{ending}", f"{count} 个键")


def form(schemas: phrases.AnnotatedSchemas, violation: Violation) -> Text:
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
    return limit(violation)

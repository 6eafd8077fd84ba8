"""Wording for values of the wrong type: often a version read as a number, or a yes as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.documents.schema import phrases
from launchpolicy.documents.schema.phrases import join_sentences, subject
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

_QUOTES = ("'", '"')
_EVIDENCE = "#/$defs/evidence"
"""The definition of a reference to evidence; another one is marked `x-evidence: true`."""
_PARAMETERS = "params"
_OF_PARAMETER = {"$ref": "#/$defs/parameter"}
"""What an item of a list among the parameters of policies holds, where it is a map."""


def words(violation: Violation, source: str) -> tuple[Text, Text]:
    """Return message and fix of a wrong type; `source` is the value as it is in the file."""
    expected = phrases.type_names(violation.argument)
    place = subject(violation.route)
    actual = _actual_type(violation.value, source)
    message = Text(
        f"{place.en} must be {expected.en}; {actual.en}.",
        f"{place.zh}必须是{expected.zh}，{actual.zh}。",
    )
    names = violation.argument if isinstance(violation.argument, list) else [violation.argument]
    return phrases.capitalize(message), join_sentences(
        _fix(violation, names, source), phrases.example(violation.schemas)
    )


def _actual_type(value: object, source: str) -> Text:
    if value is None:
        return Text("it has no value", "这里却没有值")
    if isinstance(value, bool):
        return Text(
            f"`{source}` without quotes is a truth value", f"不加引号的 `{source}` 是布尔值"
        )
    if isinstance(value, int | float):
        return Text(f"`{source}` is a number", f"`{source}` 是数字")
    if isinstance(value, list):
        return Text("this is a list", "这里却是列表")
    if isinstance(value, dict):
        return Text("this is a mapping of keys to values", "这里却是由键和值组成的映射")
    return Text(f"`{source}` is text", f"`{source}` 是文本")


def _fix(violation: Violation, names: list[str], source: str) -> Text:
    value = violation.value
    if value is None:
        return Text("Write a value, or remove the key.", "请填写内容，或删除这个键。")
    if "array" in names or ("object" in names and "string" not in names):
        return _container(violation, names)
    if "string" in names and isinstance(value, bool | int | float):
        quoted = Text(f'Put it in quotes: `"{source}"`.', f'请加引号：`"{source}"`。')
        return join_sentences(quoted, _of_number(violation))
    if names == ["boolean"]:
        return Text("Write true or false, without quotes.", "请写 true 或 false，不加引号。")
    if isinstance(value, str) and source.startswith(_QUOTES):
        return Text("Write it without quotes.", "请去掉引号。")
    expected = phrases.type_names(names)
    return Text(f"Write {expected.en}.", f"请写成{expected.zh}。")


def _of_number(violation: Violation) -> Text:
    """Return how to compare numbers with a list of parameters, which holds texts; else nothing."""
    route, value = violation.route, violation.value
    is_item = any(one.get("additionalProperties") == _OF_PARAMETER for one in violation.schemas)
    if not is_item or isinstance(value, bool) or _PARAMETERS not in route:
        return Text("", "")
    name = format_route(route[route.index(_PARAMETERS) : -1])
    convert = "double" if isinstance(value, float) else "int"
    return Text(
        "Lists in `params` hold texts: write numbers in the expression itself, or read these by "
        f"`{name}.map(t, {convert}(t))`.",
        f"`params` 中的列表只含文本：数字请直接写在表达式中，"
        f"或以 `{name}.map(t, {convert}(t))` 读取。",
    )


def _is_of_evidence(schema: Mapping[str, Any]) -> bool:
    return schema.get("$ref") == _EVIDENCE or schema.get("x-evidence") is True


def _container(violation: Violation, names: list[str]) -> Text:
    if "array" in names:
        return Text(
            "Write a list: each entry on a line of its own, after `- `.",
            "请写成列表：每项单独一行，以 `- ` 开头。",
        )
    keys = [key for schema in violation.schemas for key in schema.get("properties", {})]
    if not keys:
        return Text("Write keys and values below it.", "请在其下写键和值。")
    allowed = phrases.value_list(keys)
    fix = Text(f"Write keys below it: {allowed.en}.", f"请在其下写这些键：{allowed.zh}。")
    if not any(_is_of_evidence(schema) for schema in violation.schemas):
        return fix
    command = f"`launchpolicy evidence add FILE --at {format_route(violation.route)}`"
    return Text(f"{fix.en} {command} writes them.", f"{fix.zh}可用 {command} 写入。")

"""Values of the wrong type: most often a version that reads as a number, or a yes that is text."""

from __future__ import annotations

from launchpolicy.documents.schema import phrases
from launchpolicy.documents.schema.phrases import joined, subject
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text

_QUOTES = ("'", '"')


def words(violation: Violation, written: str) -> tuple[Text, Text]:
    """Message and fix; `written` is the value as it stands in the file."""
    expected = phrases.types(violation.argument)
    place = subject(violation.route)
    found = _found(violation.value, written)
    message = Text(
        f"{place.en} must be {expected.en}; {found.en}.",
        f"{place.zh}必须是{expected.zh}，{found.zh}。",
    )
    names = violation.argument if isinstance(violation.argument, list) else [violation.argument]
    return phrases.capital(message), joined(
        _fix(violation, names, written), phrases.example(violation.schemas)
    )


def _found(value: object, written: str) -> Text:
    if value is None:
        return Text("it has no value", "这里却没有值")
    if isinstance(value, bool):
        return Text(
            f"`{written}` without quotes is a truth value", f"不加引号的 `{written}` 是布尔值"
        )
    if isinstance(value, int | float):
        return Text(f"`{written}` is a number", f"`{written}` 是数字")
    if isinstance(value, list):
        return Text("this is a list", "这里却是列表")
    if isinstance(value, dict):
        return Text("this is a mapping of keys to values", "这里却是由键和值组成的映射")
    return Text(f"`{written}` is text", f"`{written}` 是文本")


def _fix(violation: Violation, names: list[str], written: str) -> Text:
    value = violation.value
    if value is None:
        return Text("Write a value, or remove the key.", "请填写内容，或删除这个键。")
    if "array" in names or ("object" in names and "string" not in names):
        return _container(violation, names)
    if "string" in names and isinstance(value, bool | int | float):
        return Text(f'Put it in quotes: `"{written}"`.', f'请加引号：`"{written}"`。')
    if names == ["boolean"]:
        return Text("Write true or false, without quotes.", "请写 true 或 false，不加引号。")
    if isinstance(value, str) and written.startswith(_QUOTES):
        return Text("Write it without quotes.", "请去掉引号。")
    expected = phrases.types(names)
    return Text(f"Write {expected.en}.", f"请写成{expected.zh}。")


def _container(violation: Violation, names: list[str]) -> Text:
    if "array" in names:
        return Text(
            "Write a list: each entry on a line of its own, after `- `.",
            "请写成列表：每项单独一行，以 `- ` 开头。",
        )
    keys = [key for schema in violation.schemas for key in schema.get("properties", {})]
    if not keys:
        return Text("Write keys and values below it.", "请在其下写键和值。")
    known = phrases.listed(keys)
    return Text(f"Write keys below it: {known.en}.", f"请在其下写这些键：{known.zh}。")

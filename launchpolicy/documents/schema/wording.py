"""Each violation as a rule id, a message and a fix, in the words of someone who fills in a form.

The words of the schema (`title`, `description`, `examples`) come before a regular expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.schema import limit_wording, phrases, type_wording
from launchpolicy.documents.schema.branching import decisive
from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.phrases import Remarked, joined, listed, shown, subject
from launchpolicy.documents.schema.suggestions import Whereabouts, closest, places_of
from launchpolicy.documents.schema.validator import NEVER
from launchpolicy.documents.schema.violations import Violation
from launchpolicy.vocabulary.text import Text


class Background(NamedTuple):
    """What wording needs besides the violation: the whole schema, and what it knows."""

    root: Mapping[str, Any]
    whereabouts: Whereabouts
    written: str
    """The value as it stands in the file, quotes and all; cut."""


class Wording(NamedTuple):
    message: Text
    fix: Text


_Worder = Callable[[Violation, Background], Wording]


def unknown_key(violation: Violation, known: Background) -> Wording:
    """A key that a closed mapping does not have."""
    allowed = [
        key
        for schema in violation.schemas[-1:]
        for key, inner in schema.get("properties", {}).items()
        if not (isinstance(inner, dict) and NEVER in inner)
    ]
    return _unknown(violation, known, allowed)


def _unknown(violation: Violation, known: Background, allowed: list[str]) -> Wording:
    written = str(violation.route[-1])
    key, parent = f"`{shown(written)}`", subject(violation.route[:-1])
    message = Text(f"{key} is not a key of {parent.en}.", f"{parent.zh}中没有 {key} 这个键。")
    close = closest(written, allowed)
    places = places_of(written, known.whereabouts)
    meant = Text(f"Did you mean `{close}`?", f"是否想写 `{close}`？") if close else Text("", "")
    here = listed(allowed)
    keys = Text(f"Keys allowed here: {here.en}.", f"此处可用的键：{here.zh}。")
    if not allowed:
        keys = Text("Remove it; no keys are allowed here.", "请删除；此处不允许任何键。")
    return Wording(message, joined(meant, _belongs(key, places), keys))


def _belongs(key: str, places: list[str]) -> Text:
    if not places:
        return Text("", "")
    if places == [""]:
        return Text(f"{key} belongs at the top of the document.", f"{key} 应写在文档最外层。")
    where = phrases.either(place for place in places if place)
    return Text(f"{key} belongs under {where.en}.", f"{key} 应写在 {where.zh} 之下。")


def bad_key(violation: Violation, known: Background) -> Wording:
    """A key that `propertyNames` does not allow."""
    first = next(inner for each in violation.branches[0] for inner in decisive(each))
    if first.keyword == "enum":
        return _unknown(violation, known, [each for each in first.argument if _is_text(each)])
    key, parent = f"`{shown(violation.route[-1])}`", subject(violation.route[:-1])
    message = Text(
        f"{key} does not have the form of a key of {parent.en}.",
        f"{parent.zh}中的键不能写成 {key}。",
    )
    return Wording(message, _form(first.schemas, first))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def not_allowed_here(violation: Violation, _known: Background) -> Wording:
    """A value where the schema is `false`."""
    place = subject(violation.route)
    return Wording(
        phrases.capital(Text(f"{place.en} is not allowed here.", f"{place.zh}不允许出现在此处。")),
        Text("Remove it.", "请删除。"),
    )


def missing_key(violation: Violation, known: Background) -> Wording:
    """A required key that is not there."""
    key = violation.detail
    wanted = phrases.named((*violation.route, key))
    schemas = phrases.property_schemas(known.root, violation.schemas, key)
    add = Text(f"Add `{shown(key)}`.", f"请补上 `{shown(key)}`。")
    return Wording(
        Text(f"{wanted} is missing.", f"缺少 {wanted}。"),
        joined(add, phrases.description(schemas), phrases.example(schemas)),
    )


def missing_one(violation: Violation, _known: Background) -> Wording:
    """Several keys of which one must be there."""
    keys = phrases.either(branch[0].detail for branch in violation.branches)
    place = subject(violation.route)
    return Wording(
        phrases.capital(Text(f"{place.en} needs {keys.en}.", f"{place.zh}需要有 {keys.zh}。")),
        Text("Add one of them.", "请补上其中一个。"),
    )


def not_a_choice(violation: Violation, _known: Background) -> Wording:
    """A value that is none of `enum`, or not `const`."""
    allowed = violation.argument if violation.keyword == "enum" else [violation.argument]
    place, value = subject(violation.route), shown(violation.value)
    message = phrases.capital(
        Text(f"{place.en} cannot be `{value}`.", f"{place.zh}不能是 `{value}`。")
    )
    if isinstance(violation.value, list | dict):
        message = phrases.capital(
            Text(f"{place.en} does not have an allowed value.", f"{place.zh}的值不在允许范围内。")
        )
    close = None
    if isinstance(violation.value, str):
        close = closest(violation.value, filter(_is_text, allowed))
    meant = Text(f"Did you mean `{close}`?", f"是否想写 `{close}`？") if close else Text("", "")
    values = listed(allowed)
    if len(allowed) == 1:
        return Wording(message, Text(f"Write {values.en}.", f"请写 {values.zh}。"))
    one_of = Text(f"Values allowed here: {values.en}.", f"允许的值：{values.zh}。")
    return Wording(message, joined(meant, one_of))


def bad_form(violation: Violation, _known: Background) -> Wording:
    """A text that does not match a pattern."""
    place, value = subject(violation.route), shown(violation.value)
    title = phrases.remark([*violation.schemas, *violation.around], "title")
    if title is not None:
        name = phrases.named(violation.route)
        place = Text(f"{name} ({title.en})", f"{name}（{title.zh}）")
    return Wording(
        Text(
            f"`{value}` does not have the form of {place.en}.",
            f"{place.zh}的格式不对：`{value}`。",
        ),
        _form(violation.schemas, violation),
    )


def _form(schemas: Remarked, violation: Violation) -> Text:
    """What the schema says of a form, and only when it says nothing its regular expression."""
    around = violation.around
    said = joined(
        phrases.description([*schemas, *around]),
        phrases.example([*schemas, *phrases.item_examples(around)]),
    )
    if said.en:
        return said
    if violation.keyword == "pattern":
        pattern = shown(violation.argument)
        return Text(f"It must match the pattern `{pattern}`.", f"须匹配正则表达式 `{pattern}`。")
    return limit_wording.limit(violation)


def repeated_name(violation: Violation, _known: Background) -> Wording:
    """A second entry with the same name, or the same entry again."""
    items = violation.route[:-2] if violation.keyword == UNIQUE_BY else violation.route[:-1]
    first = phrases.named((*items, int(violation.detail)))
    if violation.keyword == "uniqueItems":
        value = shown(violation.value[int(violation.detail)])
        return Wording(
            Text(f"`{value}` repeats {first}.", f"`{value}` 与 {first} 重复。"),
            Text("Remove one of the two.", "请删除其中一个。"),
        )
    key = violation.argument
    value = shown(violation.value[int(violation.detail)][key])
    return Wording(
        Text(
            f"`{value}` is already the `{key}` of {first}.",
            f"`{value}` 与 {first} 的 `{key}` 重复。",
        ),
        Text(f"Give every entry a `{key}` of its own.", f"请让每一项的 `{key}` 各不相同。"),
    )


def several_forms(violation: Violation, _known: Background) -> Wording:
    """A value that fits more than one branch of `oneOf`."""
    place = subject(violation.route)
    return Wording(
        phrases.capital(
            Text(
                f"{place.en} can be read in several ways; it must fit exactly one.",
                f"{place.zh}同时符合多种写法，只能符合其中一种。",
            )
        ),
        joined(
            Text("Remove the keys of the other forms.", "请删除其他写法的键。"),
            phrases.description(violation.schemas),
        ),
    )


def excluded(violation: Violation, _known: Background) -> Wording:
    """A value that fits what `not` describes."""
    place = subject(violation.route)
    shape = violation.argument if isinstance(violation.argument, dict) else {}
    said = phrases.description([shape, *violation.schemas])
    keys = shape.get("required", ())
    if len(keys) > 1:
        names = listed(keys)
        return Wording(
            Text(
                f"{names.en} cannot stand together in {place.en}.",
                f"{place.zh}中不能同时有 {names.zh}。",
            ),
            Text("Keep one of them.", "请只保留其中一个。"),
        )
    return Wording(
        phrases.capital(Text(f"{place.en} is excluded here.", f"{place.zh}属于被排除的写法。")),
        joined(Text("Write it differently.", "请换一种写法。"), said),
    )


def wrong_type(violation: Violation, known: Background) -> Wording:
    return Wording(*type_wording.words(violation, known.written))


def out_of_limits(violation: Violation, _known: Background) -> Wording:
    return Wording(*limit_wording.words(violation))


_WORDERS: dict[str, tuple[str, _Worder]] = {
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
    """The rule id of the finding that a violation becomes."""
    return _worder(violation)[0]


def words_of(violation: Violation, known: Background) -> Wording:
    return _worder(violation)[1](violation, known)


def _worder(violation: Violation) -> tuple[str, _Worder]:
    if violation.keyword in ("anyOf", "oneOf") and not violation.branches:
        return "schema/other", several_forms
    return _WORDERS.get(violation.keyword, ("schema/other", excluded))

"""What can be wrong with a template: values that it refers to, and its shape at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.policy.cel.checking import ExpressionChecker, Type
from launchpolicy.policy.cel.problems import ExpressionProblem
from launchpolicy.policy.policy import ANY_KEY
from launchpolicy.policy.templates import references
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.place import Data, Route, format_route, parse_route
from launchpolicy.vocabulary.text import Text


def template_problems(
    validation: Mapping[str, Data],
    kind: Kind,
    element_type: Type | None,
    element: Callable[[str], Type | None],
    checker: Callable[[Mapping[str, Type]], ExpressionChecker],
) -> Iterator[tuple[str, ExpressionProblem]]:
    """Yield the keys of a validation that are wrong because of its template, and why.

    Args:
        validation: the plain data of the validation.
        kind: the kind of document that the template becomes part of.
        element_type: the type of the elements of its `forEach`, None without one.
        element: gives the type of the elements of a list, None for anything else.
        checker: makes the check of expressions that know some names more.
    """
    if "template" not in validation:
        for key in ("templateAt", "templateForEach"):
            if key in validation:
                yield key, _problem(_NO_TEMPLATE)
        return
    if ANY_KEY in validation.get("forEach", ""):
        yield "template", _problem(_OF_A_MAP)
        return
    at = validation.get(
        "templateAt", validation.get("at", "each" if element_type is not None else "")
    )
    if "templateForEach" in validation:
        element_type = element(validation["templateForEach"])
        if element_type is None:
            yield "templateForEach", _problem(_NO_LIST)
    names = {} if element_type is None else {"each": element_type}
    for reference in references(validation["template"]):
        for problem in checker(names).check(reference).problems:
            yield "template", problem
    for words in _misplacements(validation["template"], kind, at, validation.get("forEach", "")):
        yield "template", _problem(words)


_NO_TEMPLATE = Text("there is no template that this could be about", "没有与此对应的模板")
_OF_A_MAP = Text(
    "a template cannot be written for every entry of a map", "无法为映射中的每一项写入模板"
)
_NO_LIST = Text("it is not a list of the document", "这不是文档中的列表")


def _problem(words: Text) -> ExpressionProblem:
    return ExpressionProblem(1, 1, words)


def _misplacements(template: Data, kind: Kind, at: str, for_each: str) -> Iterator[Text]:
    """Yield each part of a template that the schema does not allow at `at`."""
    outline: Outline | None = outline_of(kind.schema)
    route = parse_route(at)
    if route[:1] == ("each",):
        outline = _element(outline, for_each)
        route = route[1:]
    yield from _misfits(template, outline.at(route) if outline is not None else None, route)


def _element(outline: Outline | None, for_each: str) -> Outline | None:
    for step in for_each.split("."):
        outline = outline.step(step) if outline is not None else None
        outline = outline.step(0) if outline is not None and outline.is_list else outline
    return outline


def _misfits(template: Data, outline: Outline | None, route: Route) -> Iterator[Text]:
    if outline is None:
        yield _unknown_field(route)
    elif isinstance(template, dict) and outline.is_object:
        for key, value in template.items():
            yield from _misfits(value, outline.step(key), (*route, key))
    elif isinstance(template, list) and outline.is_list:
        for index, item in enumerate(template):
            yield from _misfits(item, outline.step(0), (*route, index))
    elif not _is_allowed(template, outline):
        yield _wrong(route, outline)


def _is_allowed(template: Data, outline: Outline) -> bool:
    if isinstance(template, str) and (is_unanswered(template) or "${" in template):
        return True
    if outline.choices:
        return template in outline.choices
    is_whole = outline.is_object or outline.is_list or isinstance(template, dict | list)
    return not is_whole or outline.definition == "text"


def _unknown_field(route: Route) -> Text:
    field = format_route(route)
    return Text(
        f"the template writes `{field}`, which the schema does not have",
        f"模板写入了结构定义中没有的 `{field}`",
    )


def _wrong(route: Route, outline: Outline) -> Text:
    field = format_route(route)
    if outline.choices:
        choices = ", ".join(map(str, outline.choices))
        return Text(
            f"the template's `{field}` must be one of {choices}",
            f"模板中 `{field}` 的取值应为：{choices}",
        )
    expected = ("an object", "对象") if outline.is_object else ("a list", "列表")
    if not (outline.is_object or outline.is_list):
        expected = ("a single value", "单个值")
    return Text(
        f"the template's `{field}` must be {expected[0]} or TODO",
        f"模板中的 `{field}` 应为{expected[1]}或 TODO",
    )

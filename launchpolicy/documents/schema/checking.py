"""Check of a whole schema, before the first document is judged: can it be trusted to say no?

A keyword that is not understood, a pattern that cannot be run or a reference to nowhere would each
be a silent pass in some document, so all of them are found when a kind is loaded.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.documents.schema.dialect import (
    DEFINITIONS,
    UNIQUE_BY,
    SchemaNode,
    SchemaProblem,
    is_in_our_dialect,
    is_understood,
    join,
    problem_at,
    subschemas,
)
from launchpolicy.documents.schema.drafts import (
    DRAFTS,
    LATEST,
    SchemaDraft,
    draft_of,
    foreign_keyword,
)
from launchpolicy.documents.schema.meta_schemas import with_meta_schema
from launchpolicy.documents.schema.near_words import near_word
from launchpolicy.documents.schema.patterns import (
    PatternError,
    compile_pattern,
    in_words_of_re2,
)
from launchpolicy.documents.schema.recursion import recursion_problems
from launchpolicy.documents.schema.references import REFERENCES, SchemaIndex, is_closed
from launchpolicy.documents.schema.shapes import shape_of
from launchpolicy.documents.schema.translation import in_our_dialect
from launchpolicy.vocabulary.text import Text

_LONGEST_NAME = 80
_LIKE_UNIQUE_BY = 0.7
_DEEPEST = 200
"""Steps to the innermost schema of one that is translated."""


def problems(schema: object, *, remembers_answers: bool = True) -> tuple[SchemaProblem, ...]:
    """Return the problems that keep `schema` from being used, in the order of its text.

    Without `remembers_answers` a recursive definition must test no inner value twice.
    """
    if not isinstance(schema, dict | bool):
        return (problem_at("#", "this is no schema", "这不是结构定义"),)
    draft = draft_of(schema) if isinstance(schema, dict) else LATEST
    if draft is None:
        return (_unknown_draft(),)
    if isinstance(schema, dict):
        schema = dict(with_meta_schema(schema, draft))
    index = SchemaIndex(schema, draft)
    all_problems: list[SchemaProblem] = []
    checked: set[str] = set()
    while len(checked) < len(index.nodes):  # a reference may lead to schemas that nobody expects
        for pointer, node in list(index.nodes.items()):
            if pointer not in checked and isinstance(node, dict):
                all_problems += _own_problems(node, pointer, index, draft)
            checked.add(pointer)
    if all_problems:
        return tuple(all_problems)
    if isinstance(schema, bool):
        return ()
    deep = next((pointer for pointer in index.nodes if pointer.count("/") > _DEEPEST), None)
    if deep is not None and not is_in_our_dialect(schema):
        return (_too_deep(deep),)
    nodes = _nodes(in_our_dialect(schema))
    return tuple(recursion_problems(nodes, remembers_answers=remembers_answers))


def _nodes(schema: Mapping[str, Any]) -> dict[str, SchemaNode]:
    """Return the schemas of a whole one in our dialect, by pointer."""
    nodes: dict[str, SchemaNode] = {}
    waiting: list[tuple[str, SchemaNode]] = [("#", dict(schema))]
    while waiting:
        pointer, node = waiting.pop()
        nodes[pointer] = node
        if isinstance(node, dict):
            inner = [(below, part) for _, below, part in subschemas(node, pointer)]
            waiting += reversed(inner)
    return nodes


def _own_problems(
    node: dict[str, Any], pointer: str, index: SchemaIndex, draft: SchemaDraft
) -> Iterator[SchemaProblem]:
    closed = is_closed(node, draft)
    for keyword, value in node.items():
        if closed and keyword in draft.keywords and keyword not in ("$ref", *DEFINITIONS):
            continue  # the draft ignores it beside a reference
        shape = shape_of(keyword, draft)
        foreign = foreign_keyword(keyword, draft)
        if foreign is not None:
            yield problem_at(join(pointer, keyword), foreign.en, foreign.zh)
        elif _is_misspelt(keyword, draft):
            yield _misspelt_keyword(keyword, pointer, draft)
        elif shape is not None and not shape.fits(value):
            yield problem_at(
                join(pointer, keyword),
                f"`{keyword}` must be {shape.words.en}",
                f"`{keyword}` 必须是{shape.words.zh}",
            )
        else:
            yield from _problems_of_value(node, keyword, pointer, index, draft)
    yield from _condition_problems(node, pointer)
    yield from _flag_problems(node, pointer, draft)


def _problems_of_value(
    node: dict[str, Any], keyword: str, pointer: str, index: SchemaIndex, draft: SchemaDraft
) -> Iterator[SchemaProblem]:
    """Yield what is wrong with the value of a keyword, which has the right shape."""
    value = node[keyword]
    if keyword in REFERENCES:
        lead = index.lead(pointer, keyword, value)
        if lead.problem is not None:
            yield problem_at(join(pointer, keyword), lead.problem.en, lead.problem.zh)
    elif keyword == "pattern":
        yield from _pattern_problems(value, join(pointer, keyword))
    elif keyword == "patternProperties":
        for pattern in value:
            yield from _pattern_problems(pattern, join(pointer, keyword, pattern))
    elif keyword == "$schema" and draft_of(node) is not draft:
        yield _unknown_draft(pointer)


def _too_deep(pointer: str) -> SchemaProblem:
    shown = pointer[:_LONGEST_NAME]
    return problem_at(
        f"{shown}…",
        f"it nests more than {_DEEPEST} levels deep; move inner schemas to `$defs`",
        f"嵌套超过 {_DEEPEST} 层；请将内层结构定义移到 `$defs`",
    )


def _unknown_draft(pointer: str = "#") -> SchemaProblem:
    names = ", ".join(draft.address for draft in DRAFTS)
    return problem_at(
        join(pointer, "$schema"),
        f"`$schema` must be one and the same of these drafts throughout the file: {names}",
        f"`$schema` 必须是以下草案之一，且全文件一致：{names}",
    )


def _condition_problems(node: dict[str, Any], pointer: str) -> Iterator[SchemaProblem]:
    """Yield the problem of `then` without `if`, or `if` alone, which every validator ignores."""
    if ("if" in node) != ("then" in node or "else" in node):
        yield problem_at(
            pointer,
            "`if` stands with `then` or `else`, and they with it; alone they do nothing",
            "`if` 必须与 `then` 或 `else` 一起使用，单独出现不起作用",
        )


def _flag_problems(
    node: dict[str, Any], pointer: str, draft: SchemaDraft
) -> Iterator[SchemaProblem]:
    """Yield the problem of `exclusiveMinimum: true` without the minimum that it is about."""
    for flag, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if draft.has_flags and node.get(flag) is True and limit not in node:
            yield problem_at(
                join(pointer, flag),
                f"in {draft.name}, `{flag}` stands beside `{limit}`",
                f"在 {draft.name} 中，`{flag}` 必须与 `{limit}` 一起使用",
            )


def _is_misspelt(keyword: str, draft: SchemaDraft) -> bool:
    """Return whether a keyword that says nothing was probably meant to say something."""
    if is_understood(keyword) and not keyword.startswith("x-"):
        return False
    if keyword.startswith("x-"):
        name = keyword[:_LONGEST_NAME].lower()
        is_near = difflib.SequenceMatcher(None, name, UNIQUE_BY).ratio() >= _LIKE_UNIQUE_BY
        return keyword != UNIQUE_BY and is_near
    return near_word(keyword, draft.keywords) is not None


def _misspelt_keyword(keyword: str, pointer: str, draft: SchemaDraft) -> SchemaProblem:
    name = keyword[:_LONGEST_NAME]
    meant = UNIQUE_BY if keyword.startswith("x-") else near_word(keyword, draft.keywords)
    return problem_at(
        join(pointer, name),
        f"the keyword `{name}` says nothing; did you mean `{meant}`?",
        f"关键字 `{name}` 没有意义；是否想写 `{meant}`？",
    )


def _pattern_problems(pattern: str, pointer: str) -> Iterator[SchemaProblem]:
    try:
        compile_pattern(in_words_of_re2(pattern))
    except PatternError as error:
        yield problem_at(
            pointer,
            f"RE2, which runs in linear time, cannot run the pattern: {error}{_remedy(error).en}",
            f"线性时间的正则引擎 RE2 无法执行该表达式：{error}{_remedy(error).zh}",
        )


def _remedy(error: PatternError) -> Text:
    """Return what to write in place of what RE2 does not have; nothing for other mistakes."""
    message = str(error)
    if "invalid perl operator" in message or "bad repetition operator" in message:
        return Text(
            "; an engine that looks around can be made to run forever: list what is allowed, "
            "or say what is not with `not` and a second `pattern`",
            "；支持环视的引擎可能永不结束：请列出允许的写法，"
            "或用 `not` 与另一个 `pattern` 写明不允许的内容",
        )
    return Text("", "")

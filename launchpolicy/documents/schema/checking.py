"""Whether a schema can be trusted to say no: read whole, before the first document is judged.

A keyword that is not understood, a pattern that cannot be run or a reference to nowhere would each
be a silent pass in some document, so all of them are found when a kind is loaded.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.schema.dialect import (
    ANNOTATIONS,
    ASSERTIONS,
    UNIQUE_BY,
    SchemaNode,
    SchemaProblem,
    is_understood,
    join,
    problem_at,
    resolve,
    subschemas,
)
from launchpolicy.documents.schema.patterns import PatternError, compile_pattern
from launchpolicy.documents.schema.recursion import endless
from launchpolicy.documents.schema.shapes import SHAPES

_KEYWORDS = sorted(ASSERTIONS | ANNOTATIONS)
_LONGEST_NAME = 80
_LIKE_UNIQUE_BY = 0.7


def problems(schema: object) -> tuple[SchemaProblem, ...]:
    """Everything that keeps `schema` from being used, in the order in which it is written."""
    found: list[SchemaProblem] = []
    nodes: dict[str, SchemaNode] = {}
    waiting: list[tuple[str, object]] = [("#", schema)]
    while waiting:
        pointer, node = waiting.pop()
        if isinstance(node, bool):
            nodes[pointer] = node
        elif isinstance(node, dict):
            nodes[pointer] = node
            found += _own_problems(node, pointer)
            shaped = {key: value for key, value in node.items() if _fits(key, value)}
            inner = [(each, inside) for _, each, inside in subschemas(shaped, pointer)]
            waiting += reversed(inner)
        else:
            found.append(problem_at(pointer, "this is no schema", "这不是结构定义"))
    found += _loose_references(schema, nodes)
    return tuple(found or endless(nodes))


def _fits(keyword: str, value: object) -> bool:
    return keyword not in SHAPES or SHAPES[keyword].fits(value)


def _own_problems(node: dict[str, Any], pointer: str) -> Iterator[SchemaProblem]:
    for keyword, value in node.items():
        if not is_understood(keyword) or _looks_like_unique_by(keyword):
            yield _unknown(keyword, pointer)
        elif not _fits(keyword, value):
            words = SHAPES[keyword].words
            yield problem_at(
                join(pointer, keyword),
                f"`{keyword}` must be {words.en}",
                f"`{keyword}` 必须是{words.zh}",
            )
        elif keyword == "pattern":
            yield from _bad_pattern(value, join(pointer, keyword))
        elif keyword == "patternProperties":
            for pattern in value:
                yield from _bad_pattern(pattern, join(pointer, keyword, pattern))
        elif keyword in ("$schema", "$id") and pointer != "#":
            yield problem_at(
                join(pointer, keyword),
                f"`{keyword}` may only stand at the top, where it changes no reference",
                f"`{keyword}` 只能写在最外层，否则会改变引用的含义",
            )
    yield from _half_condition(node, pointer)


def _half_condition(node: dict[str, Any], pointer: str) -> Iterator[SchemaProblem]:
    """`then` without `if`, and `if` without either, are ignored by every validator."""
    if ("if" in node) != ("then" in node or "else" in node):
        yield problem_at(
            pointer,
            "`if` stands with `then` or `else`, and they with it; alone they do nothing",
            "`if` 必须与 `then` 或 `else` 一起使用，单独出现不起作用",
        )


def _looks_like_unique_by(keyword: str) -> bool:
    """Whether an `x-…` that would be ignored is a misspelt `x-unique-by`."""
    if not keyword.startswith("x-") or keyword == UNIQUE_BY:
        return False
    folded = keyword[:_LONGEST_NAME].lower()
    return difflib.SequenceMatcher(None, folded, UNIQUE_BY).ratio() >= _LIKE_UNIQUE_BY


def _unknown(keyword: str, pointer: str) -> SchemaProblem:
    name = keyword[:_LONGEST_NAME]
    known = [UNIQUE_BY] if keyword.startswith("x-") else _KEYWORDS
    close = difflib.get_close_matches(name, known, n=1)
    english = f"; did you mean `{close[0]}`?" if close else ""
    chinese = f"；是否想写 `{close[0]}`？" if close else ""
    return problem_at(
        join(pointer, name),
        f"the keyword `{name}` is not supported{english}",
        f"不支持关键字 `{name}`{chinese}",
    )


def _bad_pattern(pattern: str, pointer: str) -> Iterator[SchemaProblem]:
    try:
        compile_pattern(pattern)
    except PatternError as error:
        yield problem_at(
            pointer,
            f"RE2, which runs in linear time, cannot run the pattern: {error}",
            f"线性时间的正则引擎 RE2 无法执行该表达式：{error}",
        )


def _loose_references(schema: object, nodes: dict[str, SchemaNode]) -> Iterator[SchemaProblem]:
    """References that lead nowhere, out of the file, or to data that is no schema."""
    for pointer, node in nodes.items():
        reference = node.get("$ref") if isinstance(node, dict) else None
        if not isinstance(reference, str) or reference == "":
            continue
        try:
            resolve(schema, reference)
            leads_to_schema = reference in nodes
        except (LookupError, ValueError):
            leads_to_schema = False
        if not leads_to_schema:
            yield problem_at(
                join(pointer, "$ref"),
                f"`{reference[:_LONGEST_NAME]}` is no schema in this file; "
                "references are `#` or `#/$defs/NAME`",
                f"`{reference[:_LONGEST_NAME]}` 不是本文件中的结构定义；"
                "引用只能写成 `#` 或 `#/$defs/名称`",
            )

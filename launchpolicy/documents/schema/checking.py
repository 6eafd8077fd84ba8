"""Check of a whole schema, before the first document is judged: can it be trusted to say no?

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
from launchpolicy.documents.schema.recursion import recursion_problems
from launchpolicy.documents.schema.shapes import SHAPES

_KEYWORDS = sorted(ASSERTIONS | ANNOTATIONS)
_LONGEST_NAME = 80
_LIKE_UNIQUE_BY = 0.7


def problems(schema: object) -> tuple[SchemaProblem, ...]:
    """Return the problems that keep `schema` from being used, in the order of its text."""
    all_problems: list[SchemaProblem] = []
    nodes: dict[str, SchemaNode] = {}
    waiting: list[tuple[str, object]] = [("#", schema)]
    while waiting:
        pointer, node = waiting.pop()
        if isinstance(node, bool):
            nodes[pointer] = node
        elif isinstance(node, dict):
            nodes[pointer] = node
            all_problems += _own_problems(node, pointer)
            usable = {key: value for key, value in node.items() if _fits(key, value)}
            inner = [(below, subschema) for _, below, subschema in subschemas(usable, pointer)]
            waiting += reversed(inner)
        else:
            all_problems.append(problem_at(pointer, "this is no schema", "这不是结构定义"))
    all_problems += _reference_problems(schema, nodes)
    return tuple(all_problems or recursion_problems(nodes))


def _fits(keyword: str, value: object) -> bool:
    return keyword not in SHAPES or SHAPES[keyword].fits(value)


def _own_problems(node: dict[str, Any], pointer: str) -> Iterator[SchemaProblem]:
    for keyword, value in node.items():
        if not is_understood(keyword) or _looks_like_unique_by(keyword):
            yield _unknown_keyword(keyword, pointer)
        elif not _fits(keyword, value):
            words = SHAPES[keyword].words
            yield problem_at(
                join(pointer, keyword),
                f"`{keyword}` must be {words.en}",
                f"`{keyword}` 必须是{words.zh}",
            )
        elif keyword == "pattern":
            yield from _pattern_problems(value, join(pointer, keyword))
        elif keyword == "patternProperties":
            for pattern in value:
                yield from _pattern_problems(pattern, join(pointer, keyword, pattern))
        elif keyword in ("$schema", "$id") and pointer != "#":
            yield problem_at(
                join(pointer, keyword),
                f"`{keyword}` may only stand at the top, where it changes no reference",
                f"`{keyword}` 只能写在最外层，否则会改变引用的含义",
            )
    yield from _condition_problems(node, pointer)


def _condition_problems(node: dict[str, Any], pointer: str) -> Iterator[SchemaProblem]:
    """Yield the problem of `then` without `if`, or `if` alone, which every validator ignores."""
    if ("if" in node) != ("then" in node or "else" in node):
        yield problem_at(
            pointer,
            "`if` stands with `then` or `else`, and they with it; alone they do nothing",
            "`if` 必须与 `then` 或 `else` 一起使用，单独出现不起作用",
        )


def _looks_like_unique_by(keyword: str) -> bool:
    """Return whether an `x-…` that would be ignored is a misspelt `x-unique-by`."""
    if not keyword.startswith("x-") or keyword == UNIQUE_BY:
        return False
    name = keyword[:_LONGEST_NAME].lower()
    return difflib.SequenceMatcher(None, name, UNIQUE_BY).ratio() >= _LIKE_UNIQUE_BY


def _unknown_keyword(keyword: str, pointer: str) -> SchemaProblem:
    name = keyword[:_LONGEST_NAME]
    candidates = [UNIQUE_BY] if keyword.startswith("x-") else _KEYWORDS
    close = difflib.get_close_matches(name, candidates, n=1)
    english = f"; did you mean `{close[0]}`?" if close else ""
    chinese = f"；是否想写 `{close[0]}`？" if close else ""
    return problem_at(
        join(pointer, name),
        f"the keyword `{name}` is not supported{english}",
        f"不支持关键字 `{name}`{chinese}",
    )


def _pattern_problems(pattern: str, pointer: str) -> Iterator[SchemaProblem]:
    try:
        compile_pattern(pattern)
    except PatternError as error:
        yield problem_at(
            pointer,
            f"RE2, which runs in linear time, cannot run the pattern: {error}",
            f"线性时间的正则引擎 RE2 无法执行该表达式：{error}",
        )


def _reference_problems(schema: object, nodes: dict[str, SchemaNode]) -> Iterator[SchemaProblem]:
    """Yield the problems of references to nowhere, to other files, to what is no schema."""
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

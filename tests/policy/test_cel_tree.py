"""The tree of an expression: it says the same as the library, and where each part stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.cel.tracing import NumberedPart, Tracing, marked_expression
from launchpolicy.policy.cel.tree import (
    ExpressionSyntaxError,
    Node,
    NodeKind,
    line_and_column,
)
from launchpolicy.policy.expressions import expressions_of

VALUES: dict[str, Any] = {
    "object": {"a": 1, "b": [1, 2, 3], "c": {"d": "text", "e": True}},
    "params": {"n": 2},
}

OPERANDS = (
    *("1", "2", "params.n", "object.a", "object.b[0]", "size(object.b)", "(1 + 2)", "-3"),
    *("true", "false", "object.c.e", "!object.c.e", "!!true", "has(object.c.d)"),
    *("object.b.exists(x, x > 1)", "object.b.all(x, x > 1 ? true : false)", "[1, 2]", "object.b"),
    *('"text"', "object.c.d", "object.c.?z.orValue(1)", "object.?q.z.hasValue()", "object.missing"),
    *('{"k": 1}.k', "cel.bind(y, 2, y * 2)", "object.b.map(x, x > 1, x + 1).size()"),
)
OPERATORS = ("&&", "||", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "/", "%")


def expressions() -> st.SearchStrategy[str]:
    """Operands joined by operators without parentheses, now and then with a conditional."""
    chains = st.lists(
        st.tuples(st.sampled_from(OPERATORS), st.sampled_from(OPERANDS)), max_size=6
    ).flatmap(
        lambda rest: st.sampled_from(OPERANDS).map(
            lambda first: " ".join([first, *(f"{sign} {operand}" for sign, operand in rest)])
        )
    )
    conditionals = st.tuples(chains, chains, chains).map(
        lambda parts: "{} ? {} : {}".format(*parts)
    )
    return chains | conditionals


def in_parentheses(node: Node, expression: str) -> str:
    """Return the source that the tree says, every operator in parentheses of its own."""
    parts = [in_parentheses(child, expression) for child in node.children]
    if node.kind is NodeKind.BINARY:
        return f"({f' {node.operator} '.join(parts)})"
    if node.kind is NodeKind.UNARY:
        return f"({node.operator}{parts[0]})"
    if node.kind is NodeKind.CONDITIONAL:
        return f"({parts[0]} ? {parts[1]} : {parts[2]})"
    text, offset = node.text(expression), node.start
    for child, part in zip(reversed(node.children), reversed(parts), strict=True):
        text = text[: child.start - offset] + part + text[child.end - offset :]
    return text


def shape(node: Node) -> tuple[Any, ...]:
    """Return a tree without its offsets."""
    return (node.kind, node.operator, node.bound, *map(shape, node.children))


def answer(bindings: Bindings, expression: str) -> Any:
    try:
        return bindings.evaluate(expression)
    except EvaluationError:
        return "no answer"


@given(expressions())
def test_operators_bind_as_in_the_library(expression: str) -> None:
    bindings = Bindings(VALUES)
    tree = parse_expression(expression)
    assert answer(bindings, in_parentheses(tree, expression)) == answer(bindings, expression)


@given(expressions())
def test_marks_change_no_value(expression: str) -> None:
    tree = parse_expression(expression)
    parts = [
        NumberedPart(node, number)
        for number, node in enumerate(tree.walk())
        if node.kind in {NodeKind.BINARY, NodeKind.UNARY, NodeKind.CONDITIONAL}
    ]
    noted: list[tuple[int, Any]] = []
    tracing = Tracing(lambda number, value: noted.append((number, value)))
    marked = answer(tracing.bindings(VALUES), marked_expression(expression, parts))
    plain = answer(Bindings(VALUES), expression)
    assert marked == plain
    if parts and parts[0].node == tree and plain != "no answer":
        assert noted[-1] == (0, plain)


def test_every_shipped_expression_is_read_and_written_again_alike() -> None:
    count = 0
    for name in shipped_files.pack_names():
        for policy in shipped_files.pack(name).policies:
            for expression in filter(None, expressions_of(policy)):
                tree = parse_expression(expression)
                again = in_parentheses(tree, expression)
                assert shape(parse_expression(again)) == shape(tree)
                count += 1
    assert count > 2000


def test_a_part_that_is_skipped_is_not_noted() -> None:
    noted: list[tuple[int, Any]] = []
    expression = "false && object.a == 1"
    tree = parse_expression(expression)
    parts = [NumberedPart(child, number) for number, child in enumerate(tree.children)]
    tracing = Tracing(lambda number, value: noted.append((number, value)))
    marked = marked_expression(expression, parts)
    assert tracing.bindings(VALUES).evaluate(marked) is False
    assert noted == [(0, False)]


def test_a_loop_notes_each_element() -> None:
    noted: list[Any] = []
    expression = "object.b.all(x, x < 3)"
    tree = parse_expression(expression)
    predicate = tree.children[-1]
    tracing = Tracing(lambda _, value: noted.append(value))
    marked = marked_expression(expression, [NumberedPart(predicate, 0)])
    assert tracing.bindings(VALUES).evaluate(marked) is False
    assert noted == [True, True, False]


@pytest.mark.parametrize(
    ("expression", "operands"),
    [
        ("a && b && c", ["a", "b", "c"]),
        ("(a || b) && !c", ["a || b", "!c"]),
        ("a // not ( this\n && b", ["a", "b"]),
        ("a == '&& b' && r'\\' != x", ["a == '&& b'", "r'\\' != x"]),
    ],
)
def test_operands_are_the_parts_between_the_signs(expression: str, operands: list[str]) -> None:
    tree = parse_expression(expression)
    assert [child.text(expression) for child in tree.children] == operands


def test_names_that_a_macro_binds_are_no_parts() -> None:
    expression = "a.exists(i, v, v == i) || a.transformList(k, v, v).map(x, y(x)).all(z, z)"
    bound = [node.bound for node in parse_expression(expression).walk() if node.bound]
    assert bound == [("i", "v"), ("z",), ("x",), ("k", "v")]


@pytest.mark.parametrize(
    ("expression", "offset"),
    [
        ("", 0),
        ("a b", 2),
        ("a &&", 4),
        ("(a", 2),
        ("a ? b", 5),
        ("f(a,, b)", 4),
        ("a == in", 5),
        ("'open", 0),
        ("a.1", 2),
        ("(" * 5000 + "1" + ")" * 5000, 100),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(expression: str, offset: int) -> None:
    with pytest.raises(ExpressionSyntaxError) as error:
        parse_expression(expression)
    assert error.value.offset == offset


def test_line_and_column_count_from_one() -> None:
    assert line_and_column("a\n  && b", 7) == (2, 6)

"""A policy's own names around its expressions keep the types of their values."""

from __future__ import annotations

import pytest

from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.policy.policy import NamedExpression
from launchpolicy.policy.scoping import scope_expression

OBJECT = {"object": {"names": ["a", "b"], "size": 2}}


@pytest.mark.parametrize(
    "variables",
    [
        (NamedExpression("known", "has(object.names)"), NamedExpression("names", "object.names")),
        (NamedExpression("names", "object.names"), NamedExpression("known", "has(object.names)")),
    ],
    ids=["the boolean first", "the list first"],
)
def test_a_boolean_beside_a_list_leaves_the_list_a_list(
    variables: tuple[NamedExpression, ...],
) -> None:
    expression = scope_expression("variables.known && 'b' in variables.names", {}, variables)

    assert Bindings(OBJECT).holds(expression)


def test_parameters_of_several_types_keep_theirs() -> None:
    params = {"strict": True, "names": ["a"], "size": 2, "age": "72h"}

    expression = scope_expression(
        "params.strict && 'a' in params.names && params.size == 2", params, ()
    )

    assert Bindings(OBJECT).holds(expression)


def test_a_variable_sees_those_before_it() -> None:
    variables = (
        NamedExpression("size", "object.size"),
        NamedExpression("twice", "variables.size * 2"),
    )

    assert Bindings(OBJECT).holds(scope_expression("variables.twice == 4", {}, variables))


VARIABLES = (NamedExpression("size", "object.size"), NamedExpression("broken", "object.nothing"))


@pytest.mark.parametrize(
    "use",
    [
        "variables.size == 2",
        "variables . size == 2",
        "variables.//a comment\nsize == 2",
        "variables// a comment\n\n  // and another\n.size == 2",
        "variables. //size\n //broken\n size == 2",
        "(variables).size == 2",
        "((variables) ) // x\n . size == 2",
        "variables.`size` == 2",
    ],
)
def test_a_variable_is_bound_however_cel_lets_it_be_written(use: str) -> None:
    assert Bindings(OBJECT).holds(scope_expression(use, {}, VARIABLES))

"""A policy's own names around its expressions, so that all policies share one set of bindings.

Converting a request for CEL costs more than most expressions, so it is done once per request.
Parameters and variables are therefore not bound from outside but written around each expression
with `cel.bind`, which evaluates lazily and once: a variable costs nothing where it is not used, and
one without a value hurts only the expression that uses it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from launchpolicy.policy.policy import NamedExpression, Policy

_BETWEEN = r"(?:\s|//[^\n]*\n)*"
"""What CEL allows between a name, its dot and the next name; it reads `(variables).x` alike."""

_USE = rf"\bvariables(?:\s|//[^\n]*\n|\))*\.{_BETWEEN}\??{_BETWEEN}`?(?=([A-Za-z_]\w*))"
"""Names are looked at, not read past: one pattern finds all, where each name had one of its own."""

_CONTROL = r"[\x00-\x1f\x7f]"


def scoped_expression(policy: Policy, expression: str) -> str:
    """Return `expression` with the policy's own names around it, made once for each policy."""
    known = policy.scoped_expressions.get(expression)
    if known is None:
        known = scope_of_policy(policy, expression)
        policy.scoped_expressions[expression] = known
    return known


def scope_of_policy(policy: Policy, expression: str) -> str:
    """Return `expression` with `params`, `variables` and `lookups` as the policy declares them."""
    body = scope_expression(expression, policy.params, policy.variables)
    if policy.lookups and "lookups" in body:
        body = f'cel.bind(lookups, lookupsByPolicy["{policy.id}"], {body})'
    return body


def scope_expression(
    expression: str, params: Mapping[str, Any], variables: Sequence[NamedExpression]
) -> str:
    """Return `expression` with `params` and the `variables` that it names or needs."""
    body = f"(\n{expression}\n)"
    if "variables" in expression:
        body = _bind_variables(_variables_of(expression, variables), body)
    if params and "params" in body:
        body = f"cel.bind(params, {_map_literal(params)}, {body})"
    return body


def _variables_of(expression: str, variables: Sequence[NamedExpression]) -> list[NamedExpression]:
    """Return the variables that an expression uses, earlier ones first."""
    needed: list[NamedExpression] = []
    for variable in reversed(variables):
        users = (expression, *(user.expression for user in needed))
        if any(_uses(user, variable.name) for user in users):
            needed.insert(0, variable)
    return needed


def _uses(expression: str, name: str) -> bool:
    return name in re.findall(_USE, expression)


def _bind_variables(variables: Sequence[NamedExpression], body: str) -> str:
    """Return `body` with the variables bound; each sees those before it.

    `dyn` keeps each value to itself: of a boolean beside a list the library would make a map of
    booleans, and a list among them would match no function.
    """
    maps = []
    known: list[str] = []
    for variable in variables:
        entries = [f'"{name}": variables.{name}' for name in known]
        maps.append(
            "{" + ", ".join([*entries, f'"{variable.name}": dyn(\n{variable.expression}\n)']) + "}"
        )
        known.append(variable.name)
    for entries_literal in reversed(maps):
        body = f"cel.bind(variables, {entries_literal}, {body})"
    return body


def _map_literal(params: Mapping[str, Any]) -> str:
    entries = (f"{_literal(name)}: {_literal(value)}" for name, value in params.items())
    return "{" + ", ".join(entries) + "}"


def _literal(value: Any) -> str:  # noqa: ANN401 (a parameter: scalar, list or map)
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, dict):
        return _map_literal(value)
    # JSON's literals are CEL's, but for control characters and characters beyond U+FFFF.
    return re.sub(
        _CONTROL,
        lambda match: f"\\u{ord(match.group()):04x}",
        json.dumps(value, ensure_ascii=False),
    )

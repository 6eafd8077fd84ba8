"""Which roles the policies of a pack set ask for, read from the policies themselves.

Quorums name roles, bindings name who may waive, and expressions look people up by role
(`people.roles[…]`, `people.heads[…]`). A role that only the request names (`each.role`) is no
demand of the policies, and is not among them; the parameters that say which roles make a person fit
for what the request names them for are asked apart (`conditional_roles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import demands_in
from launchpolicy.vocabulary.role_titles import TITLES

HEADS: Final = "department-head"
"""The role that `people.heads` looks up, one holder per department."""

_ROLE = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_LOOK_UP = re.compile(r"\bpeople\s*\.\s*\??roles\s*\[")
_HEADS = re.compile(r"\bpeople\s*\.\s*\??heads\b")
_PARAMETER = re.compile(r"\bparams\s*\.\s*\??([A-Za-z_]\w*)")
_VARIABLE = re.compile(r"\bvariables\s*\.\s*\??([A-Za-z_]\w*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_LITERAL = re.compile(r"\"([^\"\\]*)\"|'([^'\\]*)'")
_MAP_KEY = re.compile(r"[{,]\s*(?:\"[^\"\\]*\"|'[^'\\]*')\s*:")
_WAIVER_ROLES = "waiver.waivableBy"


@dataclass(frozen=True, slots=True)
class RoleDemand:
    """One role, and the policies that ask for it.

    `is_per_department` says that one holder of each department may be asked.
    """

    role: str
    policies: tuple[str, ...]
    is_per_department: bool


def role_demands(policies: Sequence[Policy]) -> tuple[RoleDemand, ...]:
    """Return every role that `policies` ask for, in the order in which they first name it."""
    asked: dict[str, list[str]] = {}
    departmental: set[str] = set()
    for policy in policies:
        for role, is_per_department in _roles_of(policy, policies):
            asked.setdefault(role, []).append(policy.id)
            if is_per_department:
                departmental.add(role)
    return tuple(
        RoleDemand(role, tuple(dict.fromkeys(by)), role in departmental)
        for role, by in asked.items()
    )


def conditional_roles(policies: Sequence[Policy]) -> tuple[RoleDemand, ...]:
    """Return the roles that make a person fit for a duty by the parameters of a policy.

    They are asked for only where a request names a person for the duty. Those for which the
    policies ask in any case are not among them.
    """
    asked: dict[str, list[str]] = {}
    for policy in policies:
        for value in policy.params.values():
            for role in _roles(value if isinstance(value, list) else [value]):
                if role in TITLES:
                    asked.setdefault(role, []).append(policy.id)
    always = {demand.role for demand in role_demands(policies)}
    return tuple(
        RoleDemand(role, tuple(dict.fromkeys(by)), is_per_department=False)
        for role, by in asked.items()
        if role not in always
    )


def _roles_of(policy: Policy, policies: Sequence[Policy]) -> Iterator[tuple[str, bool]]:
    """Yield the roles of one policy, each with whether it is asked for in each department."""
    if policy.quorum is not None:
        for demand in demands_in(policy.quorum.root):
            yield from ((role, bool(demand.for_each)) for role in demand.roles)
            if _WAIVER_ROLES in demand.roles_from:
                yield from ((role, False) for waivable in policies for role in waivable.waivable_by)
            elif demand.roles_from:
                yield from ((role, False) for role in _roles_of_term(policy, demand.roles_from, ""))
    for expression in _expressions(policy):
        for index in _look_ups(expression):
            yield from ((role, False) for role in _roles_of_term(policy, index, expression))
        if _HEADS.search(expression):
            yield HEADS, True


def _expressions(policy: Policy) -> Iterator[str]:
    yield from (part.expression for part in (*policy.conditions, *policy.variables))
    for validation in policy.validations:
        yield from (validation.expression, validation.at_expression)
    if policy.quorum is not None:
        yield from (expression for _, expression, _ in policy.quorum.expressions())


def _look_ups(expression: str) -> Iterator[str]:
    """Yield what stands between the brackets of each `people.roles[…]`."""
    for look_up in _LOOK_UP.finditer(expression):
        depth = 1
        for position in range(look_up.end(), len(expression)):
            depth += {"[": 1, "]": -1}.get(expression[position], 0)
            if depth == 0:
                yield expression[look_up.end() : position].strip().removeprefix("?").strip()
                break


def _roles_of_term(policy: Policy, term: str, expression: str) -> Iterator[str]:
    """Yield the roles that an expression for a role, or for a list of roles, can stand for.

    `expression` is what surrounds it: a name such as `r` comes from a macro over there.
    """
    literal = _LITERAL.fullmatch(term)
    if literal is not None:
        yield from _roles([literal.group(1) or literal.group(2)])
    elif _NAME.fullmatch(term):
        for source in _sources(term, expression):
            yield from _roles_of_term(policy, source, "")
    else:
        yield from _roles(_values(policy, term, frozenset()))


def _sources(name: str, expression: str) -> Iterator[str]:
    """Yield the lists that a macro such as `params.roles.exists(name, …)` takes `name` from."""
    macro = rf"\b((?:params|variables)\s*\.\s*\??\w+)\s*\.\s*\w+\(\s*{name}\s*,"
    yield from (match.group(1) for match in re.finditer(macro, expression))


def _values(policy: Policy, expression: str, seen: frozenset[str]) -> Iterator[str]:
    """Yield texts that an expression can give: parameters, and literals of its variables."""
    for parameter in _PARAMETER.findall(expression):
        value = policy.params.get(parameter)
        yield from value if isinstance(value, list) else [value] if value else []
    for name in _VARIABLE.findall(expression):
        for variable in policy.variables:
            if variable.name == name and name not in seen:
                inner = variable.expression
                yield from (a or b for a, b in _LITERAL.findall(_MAP_KEY.sub(",", inner)))
                yield from _values(policy, inner, seen | {name})


def _roles(values: Iterable[object]) -> Iterator[str]:
    """Yield those of some values that can be the id of a role."""
    yield from (value for value in values if isinstance(value, str) and _ROLE.fullmatch(value))

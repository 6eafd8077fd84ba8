"""The open questions of one request (`TODO`), and what cannot be judged before they are answered.

A request with open questions is blocked whatever its policies say. What is decided here is only
what else its author reads at once: a finding that rests on an open question would be wrong or
would say the same again, so it waits. Whether it rests on one is read off the expressions; where
that is unclear it waits, since nothing that waits lets the request pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from launchpolicy.documents.open_questions import note_of
from launchpolicy.documents.reading import Document
from launchpolicy.policy.order import EVERY, MADE_AT, DateOrder, pattern_of
from launchpolicy.policy.policy import ANY_KEY, Policy, Validation
from launchpolicy.policy.scoping import scope_expression
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.finding import UNANSWERED, Finding
from launchpolicy.vocabulary.place import Route, format_route, parse_route
from launchpolicy.vocabulary.text import Text

# `object.spec.?window["end"]`; the name of a method (`object.spec.watch.exists(…)`) is no key.
_KEYS = r"""(?:\s*\.\s*\??\s*[A-Za-z_]\w*\b(?!\s*\()|\s*\[\s*\??\s*(?:"[^"]*"|\d+)\s*\])*"""
_OF_OBJECT = re.compile(rf"\bobject\b({_KEYS})")
_OF_EACH = re.compile(rf"\beach\b({_KEYS})")
_KEY = re.compile(r'[A-Za-z_]\w*|"([^"]*)"')

_FACTS: dict[str, tuple[Route, ...]] = {
    "calendar": (("spec", "window"), ("spec", "process"), ("spec", "risk"), ("spec", "foresight")),
    "launches": ((),),
    "configuration": (("spec", "process"),),
}
"""What of a request decides a fact about it."""


class Questions:
    """The open questions of a document."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        self._routes = [_keys(route) for route in routes]

    def concern(self, route: Route) -> bool:
        """Return whether a question stands at `route`, above or below it."""
        keys = _keys(route)
        return any(_is_line(keys, question) for question in self._routes)

    def concern_order(self, order: DateOrder) -> bool:
        """Return whether a date that an order compares may be a question."""
        return any(map(self.concern, _dates_of(order)))

    def decide_condition(self, policy: Policy, expression: str) -> bool:
        """Return whether an expression over the whole request rests on a question."""
        return any(map(self.concern, _routes_in(policy, expression)))

    def decide(self, policy: Policy, validation: Validation) -> bool:
        """Return whether the answer of a validation may rest on a question."""
        return any(map(self.concern, _routes_read(policy, validation)))

    def are_read(self, policy: Policy, validation: Validation) -> bool:
        """Return whether a validation reads the very value that is open, not only what holds it.

        That `impact.users` is missing is certain while `impact.summary` is open, although the
        expression reads `impact`; that a reason is missing is not while the risk is open.
        """
        return any(
            keys[: len(question)] == question
            for keys in map(_keys, _routes_read(policy, validation))
            for question in self._routes
        )


def findings_of(document: Document, routes: tuple[Route, ...]) -> tuple[Finding, ...]:
    """Return one finding for each open question."""
    return tuple(_finding(document, route) for route in routes)


def _finding(document: Document, route: Route) -> Finding:
    written: Any = value_at(document.data, route)
    note, field = note_of(written), format_route(route)
    return Finding(
        UNANSWERED,
        Text(
            f"`{field}` is not answered{f': {note}' if note else ''}.",
            f"`{field}` 尚未填写{f'：{note}' if note else ''}。",
        ),
        document.place(route),
        Text("Replace `TODO` with the answer.", "请将 `TODO` 替换为实际内容。"),
    )


def _dates_of(order: DateOrder) -> Iterator[Route]:
    for route in order.routes:
        plain = pattern_of(route).removesuffix(EVERY).removesuffix(MADE_AT).replace("[]", "")
        yield parse_route(plain.removesuffix("."))


def _routes_read(policy: Policy, validation: Validation) -> Iterator[Route]:
    yield from _routes_in(policy, validation.expression)
    if validation.for_each and "." in validation.for_each:
        steps = validation.for_each.split(".")
        list_route = tuple(takewhile(lambda step: step != ANY_KEY, steps))
        for chain in _chains(_OF_EACH, validation.expression):
            yield list_route + chain


def _routes_in(policy: Policy, expression: str) -> Iterator[Route]:
    whole = scope_expression(expression, policy.params, policy.variables)
    if "lookups" in whole:
        whole += "".join(f"\n{lookup.path}" for lookup in policy.lookups)
    yield from _chains(_OF_OBJECT, whole)
    for fact, routes in _FACTS.items():
        if re.search(rf"\b{fact}\b", whole):
            yield from routes


def _chains(pattern: re.Pattern[str], expression: str) -> Iterator[Route]:
    for match in pattern.finditer(expression):
        yield tuple(quoted or word for word, quoted in _steps(match.group(1)))


def _steps(chain: str) -> Iterator[tuple[str, str]]:
    for match in _KEY.finditer(chain):
        yield match.group(), match.group(1) or ""


def _keys(route: Route) -> tuple[str, ...]:
    """Return a route without the indices of lists, which expressions rarely name."""
    return tuple(step for step in route if isinstance(step, str))


def _is_line(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]

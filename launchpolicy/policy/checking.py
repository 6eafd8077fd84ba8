"""What can be wrong with a well-formed policy: expressions, places, kinds it cannot match."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.policy.cel import checking as cel
from launchpolicy.policy.cel.checking import CheckedExpression, ExpressionChecker
from launchpolicy.policy.cel.field_check import ANYTHING, Value, element_value
from launchpolicy.policy.cel.problems import ExpressionProblem, plain
from launchpolicy.policy.cel.remedies import fix_of_one_text
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.expression_findings import finding_of, no_stages, not_a_list
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.lookup_checking import lookup_problems, unknown_kind, use_problems
from launchpolicy.policy.lookup_types import types_of
from launchpolicy.policy.order_checking import check_order
from launchpolicy.policy.parameters import type_of
from launchpolicy.policy.policy import ANY_KEY, EDITS
from launchpolicy.policy.quorum import NAMED_IN_REQUEST, Quorum, impossible, quorum_of
from launchpolicy.policy.quorum_findings import excludes_nobody, impossible_quorum
from launchpolicy.policy.template_checking import template_problems
from launchpolicy.requests.data import NO_DATA
from launchpolicy.requests.kinds import STAGE, Kind
from launchpolicy.requests.lookups import Lookup, lookups_of
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route, format_route, parse_route
from launchpolicy.vocabulary.text import Text

_ANY_OF_BOOL = ("BOOL", "DYN")
_ANY_OF_STRING = ("STRING", "DYN")
_ANY_OF_LIST = ("LIST<STRING>", "LIST<DYN>", "DYN")


def check_policy(
    document: Document, kinds: Mapping[str, Kind], edition: int = EDITION
) -> tuple[Finding, ...]:
    """Return everything wrong with a policy file that its schema does not see, each thing once.

    `edition` is that of the program as which it is checked (`policy.edition`).
    """
    data: Any = document.data
    findings: dict[tuple[object, ...], Finding] = {}
    for number, name in enumerate(data["spec"]["match"]["kinds"]):
        if name in kinds:
            problems = _Check(document, kinds[name], data["spec"], kinds, edition).findings()
        else:
            route: Route = ("spec", "match", "kinds", number)
            problems = iter([unknown_kind(document, route, name, kinds)])
        for finding in problems:
            findings.setdefault((finding.place.span, finding.message), finding)
    return tuple(findings.values())


def check_name(
    document: Document, route: Route, kind: Kind, edition: int = EDITION
) -> tuple[Finding, ...]:
    """Return what is wrong with the expression at `route` that names the documents of `kind`."""
    return tuple(_Check(document, kind._replace(data=NO_DATA), {}, {}, edition).name(route))


def check_lookups(
    document: Document, route: Route, kind: Kind, kinds: Mapping[str, Kind]
) -> tuple[Finding, ...]:
    """Return what is wrong with the lookups of `kind`, which stand at `route`."""
    return tuple(_Check(document, kind, {}, kinds).lookups(route, kind.lookups))


class _Check:
    """The check of one file's expressions against one kind."""

    def __init__(
        self,
        document: Document,
        kind: Kind,
        spec: Mapping[str, Any],
        kinds: Mapping[str, Kind] = {},
        edition: int = EDITION,
    ) -> None:
        self.document = document
        self.kind = kind
        self.spec = spec
        self.checkers: dict[tuple[object, ...], ExpressionChecker] = {}
        self.kinds = kinds
        self.types = types_of(kind, lookups_of(spec.get("lookups", ())), kinds, edition)
        self.values: dict[str, Value] = {}
        self.variables: dict[str, cel.Type] = {
            f"params.{name}": parameter_type(value)
            for name, value in self.spec.get("params", {}).items()
        }

    def name(self, route: Route) -> Iterator[Finding]:
        yield from self._type_findings(self._checker(), self.kind.id, route, _ANY_OF_STRING)

    def lookups(self, route: Route, lookups: Sequence[Lookup]) -> Iterator[Finding]:
        yield from lookup_problems(self.document, route, lookups, self.kinds)
        for number, lookup in enumerate(lookups):
            at = (*route, number, lookup.key)
            if not lookup.files:
                allowed = _ANY_OF_LIST if lookup.gives_paths else _ANY_OF_STRING
                yield from self._type_findings(self._checker(), lookup.path, at, allowed)

    def findings(self) -> Iterator[Finding]:
        lookups = lookups_of(self.spec.get("lookups", ()))
        yield from self.lookups(("spec", "lookups"), lookups)
        yield from use_problems(self.document, self.kind, self.spec)
        if self.spec["match"].get("stages") and not self._has_stages():
            yield no_stages(self.document, self.kind)
        for number, variable in enumerate(self.spec.get("variables", ())):
            checked = self._checker().check(variable["expression"])
            yield from self._problems(checked, ("spec", "variables", number, "expression"))
            name = f"variables.{variable['name']}"
            self.variables[name], self.values[name] = checked.type or cel.DYN, checked.value
        for number, condition in enumerate(self.spec.get("matchConditions", ())):
            route: Route = ("spec", "matchConditions", number, "expression")
            yield from self._type_findings(
                self._checker(), condition["expression"], route, _ANY_OF_BOOL
            )
        for number, validation in enumerate(self.spec.get("validations", ())):
            yield from self._validation(("spec", "validations", number), validation)
        yield from check_order(self.document, self.kind)
        if "quorum" in self.spec:
            yield from self._quorum(quorum_of(self.spec["quorum"]))

    def _quorum(self, quorum: Quorum) -> Iterator[Finding]:
        for route, expression, gives in quorum.expressions():
            allowed = _ANY_OF_BOOL if gives == "bool" else _ANY_OF_LIST
            yield from self._type_findings(self._checker(), expression, route, allowed)
        for group in impossible(quorum.root):
            yield impossible_quorum(self.document, group)
        for index, word in enumerate(quorum.exclude):
            named = f"object.spec.people.{word}"
            if word in NAMED_IN_REQUEST and self._checker().check(named).problems:
                place = self.document.place(("spec", "quorum", "exclude", index))
                yield excludes_nobody(place, self.kind.name, word)
        if quorum.at:
            at = self.spec["quorum"]["at"]
            yield from self._place(self._checker(), ("spec", "quorum", "at"), at)

    def _validation(self, route: Route, validation: Mapping[str, Any]) -> Iterator[Finding]:
        element: cel.Type | None = None
        for_each, value = validation.get("forEach"), ANYTHING
        if for_each is not None:
            element = self._element(for_each)
            if element is None:
                near = self._nearest_list(for_each)
                place = self.document.place((*route, "forEach"))
                yield not_a_list(place, self.kind, for_each, near)
                return
            value = self._element_value(for_each)
        names = {"each": element, "index": cel.INT} if element is not None else {}
        names |= {"key": cel.STRING} if for_each is not None and ANY_KEY in for_each else {}
        checker = self._checker(names, value)
        yield from self._type_findings(
            checker, validation["expression"], (*route, "expression"), _ANY_OF_BOOL
        )
        if "atExpression" in validation:
            at_route = (*route, "atExpression")
            written = validation["atExpression"]
            yield from self._type_findings(checker, written, at_route, _ANY_OF_STRING)
        for language, expression in validation.get("messageExpression", {}).items():
            at = (*route, "messageExpression", language)
            yield from self._type_findings(checker, expression, at, _ANY_OF_STRING)
        if "at" in validation:
            yield from self._place(checker, (*route, "at"), validation["at"])
        # A template that could not be written would fail in the hands of a requester.
        for key, problem in template_problems(
            validation, self.kind, element, self._element, self._checker
        ):
            yield finding_of(self.kind, self.document.place((*route, key)), problem)

    def _element(self, for_each: str) -> cel.Type | None:
        if for_each == EDITS:
            return cel.EDIT
        if for_each in FACT_LISTS:
            return self._checker().fact(for_each)
        return self._checker().element(for_each)

    def _element_value(self, for_each: str) -> Value:
        if for_each == EDITS:
            return ANYTHING
        if for_each in FACT_LISTS:
            fact, _, route = for_each.partition(".")
            return element_value(self.types.fact_shapes.get(fact), route)
        return element_value(self.types.shapes, for_each)

    def _nearest_list(self, for_each: str) -> str:
        known = difflib.get_close_matches(for_each, [*FACT_LISTS, EDITS], n=1, cutoff=0.75)
        return known[0] if known else self._checker().nearest_list(for_each)

    def _place(self, checker: ExpressionChecker, route: Route, at: str) -> Iterator[Finding]:
        """Yield what is wrong with a place, a field path: a misspelt one would point nowhere."""
        steps = parse_route(at)
        base = "" if steps[:1] == ("each",) else "object"
        problems = checker.check(_expression_of(base, steps)).problems
        if problems and base and not checker.check(_expression_of("each", steps)).problems:
            of_element = format_route(("each", *steps))  # of an element, not of the document
            problems = (problems[0]._replace(suggestion=of_element),)
        for problem in problems:
            yield finding_of(self.kind, self.document.place(route), problem)

    def _type_findings(
        self, checker: ExpressionChecker, expression: str, route: Route, allowed: tuple[str, ...]
    ) -> Iterator[Finding]:
        checked = checker.check(expression)
        yield from self._problems(checked, route)
        if not checked.problems and checked.type.name() not in allowed:
            name, expected = plain(checked.type.name()), allowed[0]
            is_one_text = name == _ANY_OF_STRING[0] and allowed == _ANY_OF_LIST
            problem = ExpressionProblem(
                1,
                1,
                Text(
                    f"it gives {name}, but must give {expected}",
                    f"结果类型是 {name}，应为 {expected}",
                ),
                fix=fix_of_one_text(expression) if is_one_text else None,
            )
            yield finding_of(self.kind, self.document.place(route), problem)

    def _problems(self, checked: CheckedExpression, route: Route) -> Iterator[Finding]:
        for problem in checked.problems:
            place = self.document.inside(route, problem.line, problem.column)
            yield finding_of(self.kind, place, problem)

    def _checker(
        self, extra: Mapping[str, cel.Type] | None = None, element: Value = ANYTHING
    ) -> ExpressionChecker:
        """Return the checker for what is in scope; a new environment costs more than a check."""
        variables = {**self.variables, **(extra or {})}
        values = {**self.values, "each": element}
        types = tuple((name, kind.name()) for name, kind in variables.items())
        scope = (types, tuple(values.items()))
        if scope not in self.checkers:
            self.checkers[scope] = ExpressionChecker(self.types, variables, values)
        return self.checkers[scope]

    def _has_stages(self) -> bool:
        return not self._checker().check(f"object.{format_route(STAGE)} + ''").problems


def _expression_of(base: str, steps: Route) -> str:
    """Return a place as an expression that begins with the variable `base`, or with a step."""
    expression = base
    for step in steps:
        if isinstance(step, int):
            expression += f"[{step}]"
        elif step.isidentifier():
            expression += f".{step}" if expression else step
        else:
            expression += f'["{step}"]'
    return expression


def parameter_type(value: object) -> cel.Type:
    """Return the CEL type of a parameter's default."""
    return cel.parameter(type_of(value))

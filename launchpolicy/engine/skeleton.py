"""The shape of a request, derived by running the policies that will judge it.

What the policies miss is put in, until they miss nothing more: the template of the validation that
does not hold, or, without one, what the schema wants at the missing place. Values that a person
must give are `TODO`. The policies are run on samples in place of those (`engine.sampling`).
"""

from __future__ import annotations

import copy
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.documents.unanswered import MARK, is_unanswered, note_of
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation, Unmet
from launchpolicy.engine.sampling import Sampler
from launchpolicy.facts.change import change_between
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.supposed import supposed
from launchpolicy.policy.policy import At, Policy
from launchpolicy.policy.templates import rendered, with_added
from launchpolicy.requests.blank import (
    blank,
    changed_at,
    completed_by_schema,
    scalars,
    set_value,
    with_questions,
)
from launchpolicy.requests.kinds import STAGE, Kind, value_at
from launchpolicy.vocabulary.place import Place, Route, format_route, parse_route

Data = Any

_PLAN: Route = ("spec",)
_MOST_ROUNDS = 100
"""Every round puts something in, and a schema is finite; more rounds than this are a defect."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a skeleton is derived from.

    `people` is the CEL variable of that name; `path` is where the request stands; additions are
    made only below `within` (the whole document without it).
    """

    kind: Kind
    policies: tuple[Policy, ...]
    path: str
    people: Mapping[str, Any]
    now: datetime
    within: Route = ()


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A request with `TODO` where a person must answer.

    `candidates` are the persons who hold the role that is asked for at an open place. `removed` are
    the places of what was there and must not be.
    """

    data: Data
    candidates: Mapping[Route, tuple[str, ...]]
    removed: tuple[Route, ...] = ()

    @property
    def open_routes(self) -> tuple[Route, ...]:
        """The places where an answer is missing, in document order."""
        return tuple(route for route, value in scalars(self.data) if is_unanswered(value))


def skeleton(start: Data, rules: Rules, old: Data | None = None) -> Skeleton:
    """The skeleton that grows from `start`, which already names its process and stage.

    Args:
        start: what is known; its values stay, except for persons whom a policy refuses there.
        rules: the policies and what they are run with.
        old: the version before, None for a new request.
    """
    growth = _Growth(rules, copy.deepcopy(start), old)
    growth.prune()
    growth.grow()
    if old is None:
        growth.look_ahead()
    return growth.resolved()


def refusals(data: Data, rules: Rules, old: Data | None, route: Route) -> list[Unmet]:
    """The validations that complain of the value at `route`."""
    growth = _Growth(rules, data, old)
    return [unmet for _, unmet in growth.complaints(data) if unmet.place.wanted == route]


@dataclass
class _Growth:
    """A request on its way to a skeleton."""

    rules: Rules
    data: Data
    old: Data | None
    used: set[tuple[str, int, Route]] = field(default_factory=set)
    removed: list[Route] = field(default_factory=list)
    evaluated: tuple[Data, Evaluation] | None = None

    def __post_init__(self) -> None:
        self.outline = outline_of(self.rules.kind.schema)
        roles = self.rules.people.get("roles", {})
        self.sampler = Sampler(self.rules.kind.schema, self.rules.now, roles)

    def prune(self) -> None:
        """Takes out what a policy says must not be there: `!has(object.status.execution)`."""
        self.data = copy.deepcopy(self.data)
        for _, unmet in list(self.complaints(self.data)):
            route = unmet.place.route
            written = f"!has(object.{format_route(route)})"
            is_within = route[: len(self.rules.within)] == self.rules.within
            if is_within and unmet.validation.expression.strip() == written:
                del value_at(self.data, route[:-1])[route[-1]]  # type: ignore[attr-defined]
                self.removed.append(route)
        self.evaluated = None

    def grow(self) -> None:
        for _ in range(_MOST_ROUNDS):
            grown = [self._grown_by(policy) for policy in self.rules.policies]
            if not any(grown):
                break
        else:
            message = "the policies never stop asking for more"
            raise RuntimeError(message)
        self.data = completed_by_schema(with_questions(self.data), self.outline)

    def look_ahead(self) -> None:
        """Puts in what later stages ask of the plan, which nobody may change any more then."""
        stages = self.outline.at(STAGE)
        first, rules = value_at(self.data, STAGE), self.rules
        self.rules = replace(rules, within=_PLAN)
        for stage in stages.choices if stages is not None else ():
            self.data = changed_at(self.data, STAGE, stage)
            self.grow()
        self.data = changed_at(self.data, STAGE, first)
        self.rules = rules

    def _grown_by(self, policy: Policy) -> bool:
        """Whether `policy` complained of something that could be put in."""
        grown = False
        while any(
            self._answered(policy, unmet) for unmet in self._evaluation(self.data).unmet(policy)
        ):
            grown = True
        return grown

    def _evaluation(self, data: Data) -> Evaluation:
        """The evaluation of `data` with samples in it; kept until something is put in."""
        if self.evaluated is None or self.evaluated[0] is not data:
            self.evaluated = (data, Evaluation(self._context(self.sampler.sampled(data))))
        return self.evaluated[1]

    def complaints(self, data: Data) -> Iterator[tuple[Policy, Unmet]]:
        """Every validation that does not hold for `data` with samples in it."""
        evaluation = self._evaluation(data)
        for policy in self.rules.policies:
            for unmet in evaluation.unmet(policy):
                yield policy, unmet

    def _context(self, data: Data) -> Context:
        path = self.rules.path
        document = Document(path, json.dumps(data, ensure_ascii=False), data)
        old = None
        if self.old is not None:
            before = self.sampler.sampled(self.old)
            old = Document(path, json.dumps(before, ensure_ascii=False), before)
        facts = supposed({"people": self.rules.people}, references(self.rules.kind.schema, data))
        change = change_between(old.data if old else None, data)
        kind, policies = self.rules.kind.name, self.rules.policies
        return Context(kind, path, document, old, change, policies, self.rules.now, facts)

    def _answered(self, policy: Policy, unmet: Unmet) -> bool:
        """Whether something was put in for a complaint."""
        validation = unmet.validation
        if validation.template is None:
            return self._put_missing(unmet.place)
        mark = (policy.id, policy.validations.index(validation), unmet.each)
        if mark in self.used:
            return self._put_missing(unmet.place)
        self.used.add(mark)
        route = _target(validation.template_at, unmet.each)
        put = [self._put(route, template) for template in self._templates(policy, unmet)]
        return any(put) or self._put_missing(unmet.place)

    def _templates(self, policy: Policy, unmet: Unmet) -> Iterator[Data]:
        """What the template of a validation says, once for each element that it is about."""
        validation = unmet.validation
        elements = [value_at(self.data, unmet.each) if unmet.each else None]
        if validation.template_for_each:
            listed = value_at(self.data, parse_route(validation.template_for_each))
            elements = listed if isinstance(listed, list) else []
        for each in elements:
            values = {"object": self.data, "each": each, "params": policy.params}
            yield rendered(validation.template, values)

    def _put_missing(self, place: Place) -> bool:
        route = place.wanted
        if not place.missing or value_at(self.data, route) is not None:
            return False
        outline = self.outline.at(route)
        return outline is not None and self._put(route, blank(outline))

    def _put(self, route: Route, value: Data) -> bool:
        within = self.rules.within
        if route[: len(within)] != within or self.outline.at(route) is None:
            return False
        grown = with_added(self.data, route, value, self.outline)
        if grown == self.data:
            return False
        self.data = grown
        return True

    def resolved(self) -> Skeleton:
        """Persons in place of roles that one person holds, unless a policy refuses them there."""
        refused: set[tuple[Route, str]] = set()
        while True:
            hints, chosen = self._hints(), self._persons(refused)
            data = copy.deepcopy(self.data)
            for route, value in {**dict.fromkeys(hints, MARK), **chosen}.items():
                set_value(data, route, value)
            again = self._refused(data, chosen)
            if not again:
                return Skeleton(data, self._candidates(data, hints), tuple(self.removed))
            refused |= again
            self._ask_for(route for route, _ in again)

    def _hints(self) -> dict[Route, str]:
        """The role that each open question for a person names; "" for none."""
        return {
            route: note_of(value)
            for route, value in scalars(self.data)
            if is_unanswered(value) and self._is_person(route)
        }

    def _persons(self, refused: Collection[tuple[Route, str]]) -> dict[Route, str]:
        """The persons who are given, or alone hold the role, less those that were refused."""
        roles = self.rules.people.get("roles", {})
        given = {
            route: value
            for route, value in scalars(self.data)
            if isinstance(value, str) and not is_unanswered(value) and self._is_person(route)
        }
        hints = self._hints()
        alone = {route: roles[role][0] for route, role in hints.items() if _is_held(roles, role)}
        found = {**given, **alone}
        return {route: person for route, person in found.items() if (route, person) not in refused}

    def _refused(self, data: Data, chosen: Mapping[Route, str]) -> set[tuple[Route, str]]:
        """Those of the `chosen` persons of whom a policy complains."""
        within = self.rules.within
        places = [unmet.place for _, unmet in self.complaints(data) if not unmet.place.missing]
        routes = {place.route for place in places} & chosen.keys()
        return {(route, chosen[route]) for route in routes if route[: len(within)] == within}

    def _ask_for(self, routes: Iterable[Route]) -> None:
        """Puts a question in place of a person, and lets the policies say once more what it is."""
        for route in routes:
            if not is_unanswered(value_at(self.data, route)):
                self.data = changed_at(self.data, route, MARK)
        self.used.clear()
        self.grow()

    def _candidates(self, data: Data, hints: Mapping[Route, str]) -> dict[Route, tuple[str, ...]]:
        roles = self.rules.people.get("roles", {})
        return {
            route: tuple(roles[role])
            for route, role in hints.items()
            if roles.get(role) and is_unanswered(value_at(data, route))
        }

    def _is_person(self, route: Route) -> bool:
        outline = self.outline.at(route)
        return outline is not None and outline.definition == "person"


def _is_held(roles: Mapping[str, list[str]], role: str) -> bool:
    """Whether exactly one person holds a role."""
    return len(roles.get(role, ())) == 1


def _target(at: At, each: Route) -> Route:
    return (*each, *at.route) if at.of_each else at.route

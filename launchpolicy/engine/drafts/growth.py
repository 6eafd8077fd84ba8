"""A request that grows until its policies miss nothing more.

What is missing is put in: the template of the validation that does not hold, or, without one, what
the schema wants at the missing place. The policies are run on samples in place of open questions
(`engine.drafts.sampling`).
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from launchpolicy.documents.lineless import UnplacedDocument
from launchpolicy.documents.open_questions import MARK
from launchpolicy.documents.schema.outline import outline_of
from launchpolicy.engine.context import Context
from launchpolicy.engine.drafts.sampling import Sampler
from launchpolicy.engine.evaluation import Evaluation, UnmetValidation
from launchpolicy.facts.case_facts import facts_of_case
from launchpolicy.facts.change import change_between
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.marked_facts import with_marked_facts
from launchpolicy.policy.expressions import mentions
from launchpolicy.policy.policy import FindingLocation, Policy
from launchpolicy.policy.templates import render_template, with_added
from launchpolicy.requests.blank import (
    blank,
    changed_at,
    complete_by_schema,
    with_questions,
)
from launchpolicy.requests.kinds import STAGE, Kind, value_at
from launchpolicy.vocabulary.place import Data, Place, Route, format_route, parse_route

_PLAN: Route = ("spec",)
_MOST_ROUNDS = 100
"""Every round puts something in, and a schema is finite; more rounds than this are a defect."""


@dataclass(frozen=True, slots=True)
class GrowthRules:
    """What a skeleton is derived from.

    `people` and `configuration` are the CEL variables of these names; `path` is where the request
    stands; additions are made only below one of the routes `within` (the whole document without
    any).
    """

    kind: Kind
    policies: tuple[Policy, ...]
    path: str
    people: Mapping[str, Any]
    now: datetime
    within: tuple[Route, ...] = ((),)
    configuration: Mapping[str, Any] = field(default_factory=dict)

    def may_change(self, route: Route) -> bool:
        """Return whether `route` is one at which something may be added or taken out."""
        return any(route[: len(part)] == part for part in self.within)


@dataclass
class GrownRequest:
    """A request on its way; `data` is what it has become, `removed` what was taken out."""

    rules: GrowthRules
    data: Data
    old: Data | None
    used: set[tuple[str, int, Route]] = field(default_factory=set)
    removed: list[Route] = field(default_factory=list)
    evaluated: tuple[Data, Evaluation] | None = None

    def __post_init__(self) -> None:
        self.outline = outline_of(self.rules.kind.schema)
        roles = self.rules.people.get("roles", {})
        self.sampler = Sampler(self.rules.kind.schema, self.rules.now, roles)
        self.reads_texts = any(mentions(policy, "texts") for policy in self.rules.policies)

    def prune(self) -> None:
        """Take out what a policy says must not be there: `!has(object.status.execution)`."""
        self.data = copy.deepcopy(self.data)
        for _, unmet in list(self.complaints(self.data)):
            route = unmet.place.route
            written = f"!has(object.{format_route(route)})"
            expression = unmet.validation.expression.strip()
            forbids = expression == written or expression.startswith(f"{written} || ")
            if forbids and self.rules.may_change(route):
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
        self.data = complete_by_schema(with_questions(self.data), self.outline)

    def grow_again(self) -> None:
        """Grow with every template once more, after something was taken back."""
        self.used.clear()
        self.grow()

    def drop_answered_questions(self) -> None:
        """Take `TODO` out of lists with answers where no policy asks for more than the answers.

        One policy may ask for anything in a list, and another one for certain things in it.
        """
        for route in list(_lists_with_answers(self.data, ())):
            answers = [item for item in _list_at(self.data, route) if item != MARK]
            without = changed_at(self.data, route, answers)
            if self.rules.may_change(route) and not self._is_asked_for(route, without):
                self.data = without

    def _is_asked_for(self, route: Route, data: Data) -> bool:
        """Return whether a policy complains of what stands at `route`."""
        return any(
            unmet.place.full_route[: len(route)] == route
            or _target(unmet.validation.template_at, unmet.element) == route
            for _, unmet in self.complaints(data)
        )

    def look_ahead(self) -> None:
        """Put in what later stages ask of the plan, which nobody may change any more then."""
        stages = self.outline.at(STAGE)
        first, rules = value_at(self.data, STAGE), self.rules
        self.rules = replace(rules, within=(_PLAN,))
        for stage in stages.choices if stages is not None else ():
            self.data = changed_at(self.data, STAGE, stage)
            self.grow()
        self.data = changed_at(self.data, STAGE, first)
        self.rules = rules

    def _grown_by(self, policy: Policy) -> bool:
        """Put in what `policy` complains of; return whether there was anything."""
        grown = False
        while any(
            self._answer_complaint(policy, unmet)
            for unmet in self._evaluation(self.data).unmet_validations(policy)
        ):
            grown = True
        return grown

    def _evaluation(self, data: Data) -> Evaluation:
        """Return the evaluation of `data` with samples in it; kept until something is put in."""
        if self.evaluated is None or self.evaluated[0] is not data:
            self.evaluated = (data, Evaluation(self._context(self.sampler.with_samples(data))))
        return self.evaluated[1]

    def complaints(self, data: Data) -> Iterator[tuple[Policy, UnmetValidation]]:
        """Return every validation that does not hold for `data` with samples in it."""
        evaluation = self._evaluation(data)
        for policy in self.rules.policies:
            for unmet in evaluation.unmet_validations(policy):
                yield policy, unmet

    def unmet_numbers(self) -> frozenset[int]:
        """Return which validations of the policies do not hold."""
        return frozenset(
            policy.validations.index(unmet.validation)
            for policy, unmet in self.complaints(self.data)
        )

    def _context(self, data: Data) -> Context:
        path = self.rules.path
        document = UnplacedDocument(path, json.dumps(data, ensure_ascii=False), data)
        old = None
        if self.old is not None:
            sampled = self.sampler.with_samples(self.old)
            old = UnplacedDocument(path, json.dumps(sampled, ensure_ascii=False), sampled)
        given = {"people": self.rules.people, "configuration": self.rules.configuration}
        facts = facts_of_case(given, references(self.rules.kind.schema, data))
        before = old.data if old else None
        words = () if self.reads_texts else None
        facts = with_marked_facts(facts, self.rules.kind.schema, (data, before), words)
        return Context(
            self.rules.kind.name,
            path,
            document,
            old,
            change_between(before, data),
            self.rules.policies,
            self.rules.now,
            facts,
            schema=self.rules.kind.schema,
            data=self.rules.kind.data.values,
        )

    def _answer_complaint(self, policy: Policy, unmet: UnmetValidation) -> bool:
        """Put something in for a complaint; return whether that was possible."""
        validation = unmet.validation
        if validation.template is None:
            return self._insert_missing(unmet.place)
        mark = (policy.id, policy.validations.index(validation), unmet.element)
        if mark in self.used:
            return self._insert_missing(unmet.place)
        self.used.add(mark)
        route = _target(validation.template_at, unmet.element)
        put = [self._insert(route, template) for template in self._templates(policy, unmet)]
        return any(put) or self._insert_missing(unmet.place)

    def _templates(self, policy: Policy, unmet: UnmetValidation) -> Iterator[Data]:
        """Return what the template of a validation says, once for each element that it is about."""
        validation = unmet.validation
        elements = [value_at(self.data, unmet.element) if unmet.element else None]
        if validation.template_for_each:
            listed = value_at(self.data, parse_route(validation.template_for_each))
            elements = listed if isinstance(listed, list) else []
        for element in elements:
            values = {"object": self.data, "each": element, "params": policy.params}
            yield render_template(validation.template, values)

    def _insert_missing(self, place: Place) -> bool:
        route = place.full_route
        if not place.missing or value_at(self.data, route) is not None:
            return False
        outline = self.outline.at(route)
        return outline is not None and self._insert(route, blank(outline))

    def _insert(self, route: Route, value: Data) -> bool:
        if not self.rules.may_change(route) or self.outline.at(route) is None:
            return False
        grown = with_added(self.data, route, value, self.outline)
        if grown == self.data:
            return False
        self.data = grown
        return True


def _lists_with_answers(data: Data, route: Route) -> Iterator[Route]:
    """Yield where a list of texts holds a bare `TODO` beside answers."""
    inner: Iterable[tuple[str | int, Data]] = data.items() if isinstance(data, dict) else ()
    if isinstance(data, list):
        inner = enumerate(data)
        if MARK in data and any(isinstance(item, str) and item != MARK for item in data):
            yield route
    for step, value in inner:
        yield from _lists_with_answers(value, (*route, step))


def _list_at(data: Data, route: Route) -> list[Data]:
    items = value_at(data, route)
    return items if isinstance(items, list) else []


def _target(at: FindingLocation, element: Route) -> Route:
    return (*element, *at.route) if at.of_each else at.route

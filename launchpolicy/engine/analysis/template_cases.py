"""Templates tried out on a policy's own cases: what is put in place must be what was missing."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.engine.context import Context
from launchpolicy.engine.drafts.growth import GrowthRules
from launchpolicy.engine.drafts.skeleton import GrowthTrial, trial
from launchpolicy.engine.questions import Questions
from launchpolicy.policy.policy import Policy, Validation
from launchpolicy.requests.blank import scalars
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.place import Data, Route


def useless_templates(policy: Policy, kind: Kind, cases: Sequence[Context]) -> Iterator[int]:
    """Return the numbers of the validations whose template helps in none of the cases.

    A template works in a case if its validation does not hold there, and holds once the template
    is put in place, or then waits for the answer to a question, and if what the schema wants there
    would not do as well. Beside each case, the same request without what the template is about is
    tried.
    """
    for number, validation in enumerate(policy.validations):
        if validation.template is None:
            continue
        without = _without_template(policy, number)
        situations = (
            (data, old, case) for case in cases for data, old in _situations(case, validation)
        )
        if not any(
            _works(policy, without, number, _Try(kind, case, data, old))
            for data, old, case in situations
        ):
            yield number


class _Try(NamedTuple):
    """A request that a template is tried on, and the case that it comes from."""

    kind: Kind
    case: Context
    data: Data
    old: Data | None

    def of(self, policy: Policy) -> GrowthTrial:
        case = self.case
        rules = GrowthRules(self.kind, (policy,), case.path, case.facts.people, case.now)
        return trial(self.data, rules, self.old)


def _without_template(policy: Policy, number: int) -> Policy:
    validations = list(policy.validations)
    validations[number] = validations[number]._replace(template=None)
    return policy._replace(validations=tuple(validations))


def _situations(case: Context, validation: Validation) -> Iterator[tuple[Data, Data | None]]:
    if case.document is None:
        return
    data = case.document.data
    old = case.old.data if case.old is not None else None
    yield data, old
    for route in (validation.template_at.route, validation.at.route):
        if not validation.template_at.of_each and len(route) > 1:
            yield _less(data, route), old
    if isinstance(validation.template, dict):
        less = data
        for place in _targets(data, validation):
            for key in validation.template:
                less = _less(less, (*place, key))
        yield less, old


def _targets(data: Data, validation: Validation) -> list[Route]:
    """Return where a template would be written, once for each element of a `forEach`."""
    at = validation.template_at
    if not at.of_each:
        return [at.route]
    list_route: Route = tuple(validation.for_each.split("."))
    listed = value_at(data, list_route)
    count = len(listed) if isinstance(listed, list) else 0
    return [(*list_route, index, *at.route) for index in range(count)]


def _less(data: Data, route: Route) -> Data:
    """Return a copy of `data` without what stands at `route`."""
    less = copy.deepcopy(data)
    parent = value_at(less, route[:-1])
    if isinstance(parent, dict):
        parent.pop(route[-1], None)
    return less


def _works(policy: Policy, without: Policy, number: int, tried: _Try) -> bool:
    trial = tried.of(policy)
    if number not in trial.unmet_before:
        return False
    asked = tuple(route for route, value in scalars(trial.data) if is_unanswered(value))
    waits = Questions(asked).decide(policy, policy.validations[number])
    if number in trial.unmet_after and not waits:
        return False
    return bool(trial.data != tried.of(without).data)

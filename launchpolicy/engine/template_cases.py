"""Templates tried out on a policy's own cases: what is put in place must be what was missing."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from launchpolicy.documents.unanswered import is_unanswered
from launchpolicy.engine.context import Context
from launchpolicy.engine.growth import Rules
from launchpolicy.engine.questions import Questions
from launchpolicy.engine.skeleton import Trial, trial
from launchpolicy.policy.policy import Policy, Validation
from launchpolicy.requests.blank import scalars
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.place import Route

Data = Any


def useless_templates(policy: Policy, kind: Kind, cases: Sequence[Context]) -> Iterator[int]:
    """The validations whose template does not do in any of the cases what it is for.

    A template works in a case if its validation does not hold there, and holds once the template
    is put in place, or then waits for the answer to a question. Beside each case, the same request
    without what the template is about is tried.
    """
    for number, validation in enumerate(policy.validations):
        if validation.template is None:
            continue
        trials = (
            trial(data, Rules(kind, (policy,), case.path, case.facts.people, case.now), old)
            for case in cases
            for data, old in _situations(case, validation)
        )
        if not any(_works(policy, number, each) for each in trials):
            yield number


def _situations(case: Context, validation: Validation) -> Iterator[tuple[Data, Data | None]]:
    if case.document is None:
        return
    data = case.document.data
    old = case.old.data if case.old is not None else None
    yield data, old
    for route in (validation.template_at.route, validation.at.route):
        if not validation.template_at.of_each and len(route) > 1:
            yield _less(data, route), old


def _less(data: Data, route: Route) -> Data:
    """A copy of `data` without what stands at `route`."""
    less = copy.deepcopy(data)
    parent = value_at(less, route[:-1])
    if isinstance(parent, dict):
        parent.pop(route[-1], None)
    return less


def _works(policy: Policy, number: int, tried: Trial) -> bool:
    if number not in tried.unmet_before:
        return False
    asked = tuple(route for route, value in scalars(tried.data) if is_unanswered(value))
    waits = Questions(asked).decide(policy, policy.validations[number])
    return number not in tried.unmet_after or waits

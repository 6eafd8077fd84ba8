"""Which mistakes the cases of a policy notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.engine.analysis.cases import CaseInput
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.policy.file_use import policy_asking_files
from launchpolicy.policy.mutant_checking import MutantCheck
from launchpolicy.policy.mutants import Mutant, mutants_of
from launchpolicy.policy.policy import Policy, policy_of
from launchpolicy.policy.quorum import impossible
from launchpolicy.requests.kinds import Kind


class PolicyFile(NamedTuple):
    """The plain data of a policy's file and of its binding, and the kind that its cases are of."""

    data: Mapping[str, Any]
    binding: Mapping[str, Any]
    kind: Kind


AskAgain = Callable[[Policy, CaseInput], CaseInput | None]
"""Gives what a case judges where a changed policy asks about its other files; None if it cannot."""


class _MutationCase(NamedTuple):
    """A case, and its request converted for CEL once for all mistakes."""

    case: CaseInput
    evaluation: Evaluation

    def is_met(self, policy: Policy) -> bool:
        """Return whether the case comes out as expected under a policy."""
        params = self.case.params
        if params:
            policy = policy._replace(params={**policy.params, **params})
        return self.case.is_met(self.evaluation.result(policy))

    def is_met_with_files(self, policy: Policy, ask: AskAgain) -> bool:
        """Return whether the case comes out so with the files that the policy asks about now."""
        again = ask(policy, self.case)
        if again is None:
            return False
        return _MutationCase(again, Evaluation(again.context)).is_met(policy)


class MutationResult(NamedTuple):
    """How many mistakes there are, and which the cases did not notice.

    `equivalent` are survivors of which the policy's owner says why they change nothing; `outdated`
    are such statements about a mistake that is noticed or is not there.
    """

    policy: str
    pack: str
    total: int
    survivors: tuple[str, ...]
    equivalent: tuple[str, ...]
    outdated: tuple[str, ...]
    failing: tuple[str, ...] = ()
    """The cases that do not come out as expected without any mistake: they notice none."""

    @property
    def kill_count(self) -> int:
        """Return how many of those that change something were noticed."""
        return self.total - len(self.survivors) - len(self.equivalent)


def measure_mutants(
    policy: Policy,
    file: PolicyFile,
    cases: Sequence[CaseInput],
    equivalent: Iterable[str],
    ask: AskAgain,
) -> MutationResult:
    """Return which mistakes in a policy leave all of its cases as they are expected.

    Args:
        policy: the policy as its pack binds it.
        file: what it is made of.
        cases: what its cases judge.
        equivalent: the ids of mistakes that change nothing.
        ask: finds what a changed policy asks about the other files of a case.
    """
    asks_files = policy_asking_files(policy) is not None
    argued = set(equivalent)
    inputs = [_MutationCase(case, Evaluation(case.context)) for case in cases]
    met = [case for case in inputs if case.is_met(policy)]
    unmet = [given.case.case["name"] for given in inputs if not given.is_met(policy)]
    survivors: list[str] = []
    total = 0
    for mutant in mutants_of(file.data, policy.params, MutantCheck(file.data, file.kind).fits):
        changed = _policy_with(mutant, policy, file.binding)
        if changed is None:
            continue
        total += 1
        looks_elsewhere = bool(policy.lookups) and (policy.lookups, policy.params) != (
            changed.lookups,
            changed.params,
        )
        if not _is_noticed(changed, met, ask if asks_files or looks_elsewhere else None):
            survivors.append(mutant.id)
    return MutationResult(
        policy.id,
        policy.text.pack,
        total,
        tuple(item for item in survivors if item not in argued),
        tuple(item for item in survivors if item in argued),
        tuple(sorted(argued - set(survivors))),
        tuple(unmet),
    )


def _policy_with(mutant: Mutant, policy: Policy, binding: Mapping[str, Any]) -> Policy | None:
    """Return the policy with a mistake; None where it does not load, so that nobody can make it."""
    try:
        changed = policy_of(mutant.policy, policy.text.pack, {**binding, "params": {}})
    except (LookupError, TypeError, ValueError):
        return None
    if changed.quorum is not None and any(impossible(changed.quorum.root)):
        return None
    return _in_english(changed._replace(params=dict(mutant.params)))


def _in_english(policy: Policy) -> Policy:
    """Return a policy that speaks English alone: no case looks at its other words."""
    validations = tuple(
        item._replace(
            message_expressions={
                language: expression
                for language, expression in item.message_expressions.items()
                if language == "en"
            }
        )
        for item in policy.validations
    )
    return policy._replace(validations=validations)


def _is_noticed(changed: Policy, cases: list[_MutationCase], ask: AskAgain | None) -> bool:
    """Return whether a case fails; that case is asked first about the next mistake."""
    for number, case in enumerate(cases):
        if not (case.is_met(changed) if ask is None else case.is_met_with_files(changed, ask)):
            cases.insert(0, cases.pop(number))
            return True
    return False

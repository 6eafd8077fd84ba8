"""Which mistakes the cases of a policy notice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.engine.cases import CaseInput
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.policy.mutants import Mutant, mutants_of
from launchpolicy.policy.policy import Policy, policy_of
from launchpolicy.vocabulary.place import format_route

Seen = tuple[object, ...]


class _MutationCase(NamedTuple):
    """The request of a case, converted for CEL once for all mistakes, and its parameters."""

    evaluation: Evaluation
    params: Mapping[str, Any]


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

    @property
    def kill_count(self) -> int:
        """How many of those that change something were noticed."""
        return self.total - len(self.survivors) - len(self.equivalent)


def measure_mutants(
    policy: Policy,
    data: Mapping[str, Any],
    binding: Mapping[str, Any],
    cases: Sequence[CaseInput],
    equivalent: Iterable[str],
) -> MutationResult:
    """Return which mistakes in a policy no case notices by another outcome, place or message.

    Args:
        policy: the policy as its pack binds it.
        data: the plain data of its file.
        binding: its binding.
        cases: what its cases judge.
        equivalent: the ids of mistakes that change nothing.
    """
    argued = set(equivalent)
    inputs = [_MutationCase(Evaluation(case.context), case.params) for case in cases]
    expected = [(case, _view(policy, case)) for case in inputs]
    survivors: list[str] = []
    total = 0
    for mutant in mutants_of(data, policy.params):
        total += 1
        if not _is_noticed(mutant, policy, binding, expected):
            survivors.append(mutant.id)
    return MutationResult(
        policy.id,
        policy.text.pack,
        total,
        tuple(item for item in survivors if item not in argued),
        tuple(item for item in survivors if item in argued),
        tuple(sorted(argued - set(survivors))),
    )


def _is_noticed(
    mutant: Mutant,
    policy: Policy,
    binding: Mapping[str, Any],
    cases: Sequence[tuple[_MutationCase, Seen]],
) -> bool:
    try:
        changed = policy_of(mutant.policy, policy.text.pack, {**binding, "params": {}})
    except (LookupError, TypeError, ValueError):  # such a policy does not load: noticed at once
        return True
    changed = changed._replace(params=dict(mutant.params))
    return any(_view(changed, case) != seen for case, seen in cases)


def _view(policy: Policy, case: _MutationCase) -> Seen:
    """What a case sees: the outcome, and of each finding the place and what is said."""
    params = {**policy.params, **case.params}
    result = case.evaluation.result(policy._replace(params=params) if case.params else policy)
    return (
        result.outcome,
        *(
            (format_route(item.place.route), format_route(item.place.missing), item.message.en)
            for item in result.findings
        ),
    )

"""Which obligations are served: by a policy that a case has seen not to pass, or elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from launchpolicy.policy.obligations import Obligation, ServingFeature
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.finding import Action


class CaseName(NamedTuple):
    """A case of a policy, and the outcome that it expects: `failed` or `pending`."""

    name: str
    outcome: str


class CitingPolicy(NamedTuple):
    """A policy that cites an obligation; without a `case` it proves nothing."""

    policy: str
    pack: str
    action: Action
    case: CaseName | None


class ObligationCoverage(NamedTuple):
    """One obligation with what serves it; `probes` are the requests that try to get round it."""

    obligation: Obligation
    policies: tuple[CitingPolicy, ...]
    probes: tuple[str, ...]

    @property
    def sources(self) -> tuple[ServingFeature, ...]:
        return self.obligation.served_by

    @property
    def is_served(self) -> bool:
        """Return whether something serves it, and each citing policy has a case that does not pass.

        Several policies that cite one obligation compute its demand together, and together with
        what serves it elsewhere.
        """
        proven = [policy.case is not None for policy in self.policies]
        return bool(self.sources or proven) and all(proven)


def citation(policy: str, obligation: str) -> str:
    """Return the key under which the case of a policy stands that proves one obligation."""
    return f"{policy} {obligation}"


def measure_obligations(
    obligations: Iterable[Obligation],
    policies: Iterable[Policy],
    cases: Mapping[str, CaseName],
    probes: Mapping[str, Iterable[str]],
) -> tuple[ObligationCoverage, ...]:
    """Return each obligation with what serves it.

    Args:
        obligations: all of them.
        policies: those that may cite one.
        cases: by citation, a case of the policy that does not pass.
        probes: the names of probes, by the obligation that they are about.
    """
    citing: dict[str, list[CitingPolicy]] = {}
    for policy in policies:
        for obligation in policy.text.obligations:
            case = cases.get(citation(policy.id, obligation))
            cited = CitingPolicy(policy.id, policy.text.pack, policy.action, case)
            citing.setdefault(obligation, []).append(cited)
    return tuple(
        ObligationCoverage(item, tuple(citing.get(item.id, ())), tuple(probes.get(item.id, ())))
        for item in obligations
    )

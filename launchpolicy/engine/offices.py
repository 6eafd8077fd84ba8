"""Which roles the policies ask for, and who in the directory could approve as each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from launchpolicy.engine.asking import demands_in
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Demand
from launchpolicy.requests.directory import Directory, Person


@dataclass(frozen=True, slots=True)
class Office:
    """One role that policies ask for.

    `needed` is how many at once, `per_department` whether one of each department is asked.
    `unable` are holders without what the source of approvals knows people by.
    """

    role: str
    policies: tuple[str, ...]
    needed: int
    per_department: bool
    holders: tuple[str, ...]
    unable: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        """Whether enough people could approve."""
        return len(self.holders) - len(self.unable) >= self.needed


def offices(
    policies: Sequence[Policy], directory: Directory, roster: Roster, source: str
) -> tuple[Office, ...]:
    """Every role that a quorum names in so many words, in the order of the policies.

    Args:
        policies: those that judge something.
        directory: who there is.
        roster: the same, indexed.
        source: the source of approvals, which knows people by account or by key.
    """
    asked: dict[tuple[str, ...], list[tuple[str, Demand]]] = {}
    for policy in policies:
        if policy.quorum is not None:
            for demand in demands_in(policy.quorum.root):
                if demand.roles:
                    asked.setdefault(demand.roles, []).append((policy.id, demand))
    unreachable = {person.name for person in directory.people if not _reachable(person, source)}
    return tuple(_office(roles, by, roster, unreachable) for roles, by in asked.items())


def _office(
    roles: tuple[str, ...],
    asked: Sequence[tuple[str, Demand]],
    roster: Roster,
    unreachable: set[str],
) -> Office:
    holders = sorted(frozenset[str]().union(*(roster.holders(role) for role in roles)))
    return Office(
        role="/".join(roles),
        policies=tuple(dict.fromkeys(policy for policy, _ in asked)),
        needed=max(demand.count for _, demand in asked),
        per_department=any(demand.each for _, demand in asked),
        holders=tuple(holders),
        unable=tuple(person for person in holders if person in unreachable),
    )


def _reachable(person: Person, source: str) -> bool:
    known_by = {"github": person.github_id is not None, "signed": bool(person.keys)}
    return known_by.get(source, True)

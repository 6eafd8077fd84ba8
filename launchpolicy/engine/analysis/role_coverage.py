"""Which roles the policies ask for, and who in the directory could approve or act as each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from launchpolicy.engine.rule_changes import APPROVED
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Demand, demands_in
from launchpolicy.policy.role_demands import RoleDemand, role_demands
from launchpolicy.requests.configuration import RECORDED, SIGNED
from launchpolicy.requests.directory import Directory, Person

_OWNERS = 2
"""So many people must be able to approve changes of the rules: one of them may be the author."""


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """One role that policies ask for.

    `needed` is how many at once, `per_department` whether one of each department is asked.
    `unable` are holders without what the source of approvals knows people by. `approves` is False
    for a role that a person named in a request must hold, without approving anything.
    """

    role: str
    policies: tuple[str, ...]
    needed: int
    per_department: bool
    holders: tuple[str, ...]
    unable: tuple[str, ...]
    approves: bool = True

    @property
    def is_filled(self) -> bool:
        """Return whether enough people could approve."""
        return len(self.holders) - len(self.unable) >= self.needed


def is_asked(rules: PackSet) -> bool:
    """Return whether any approval can be asked for.

    Every repository has policies about waivers; they ask for one only where a waiver exists, or
    where a policy may be waived.
    """
    asking = [policy for policy in rules.policies if policy.quorum is not None]
    if any(set(policy.match.kinds) != {"Waiver"} for policy in asking):
        return True
    can_waive = any(policy.waivable_by for policy in rules.policies)
    return bool(asking) and (can_waive or bool(rules.waivers))


def role_coverages(
    policies: Sequence[Policy], directory: Directory, roster: Roster, source: str
) -> tuple[RoleCoverage, ...]:
    """Return every role that a quorum names without an expression, in the policies' order.

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
    approving = tuple(
        _approving_role(roles, by, roster, unreachable) for roles, by in asked.items()
    )
    return approving + _acting_roles(policies, roster, {role for roles in asked for role in roles})


def owners_coverage(
    roles: Sequence[str], directory: Directory, roster: Roster, source: str
) -> RoleCoverage | None:
    """Return who could approve changes of the rules: two, as nobody approves a change of their own.

    None where no role owns them.
    """
    if not roles:
        return None
    unreachable = {person.name for person in directory.people if not _reachable(person, source)}
    demand = Demand((), tuple(roles), number=_OWNERS)
    return _approving_role(tuple(roles), [(APPROVED, demand)], roster, unreachable)


def _acting_roles(
    policies: Sequence[Policy], roster: Roster, approving: set[str]
) -> tuple[RoleCoverage, ...]:
    """Return the roles of people whom requests name, such as the executor, in policy order."""
    by_role: dict[str, RoleCoverage] = {}
    for policy in policies:
        for demand in role_demands((policy,)):
            if demand.role not in approving:
                held = _holders(roster, demand.role, per_department=demand.is_per_department)
                initial = _acting_role(demand, tuple(sorted(held)))
                coverage = by_role.get(demand.role, initial)
                by_role[demand.role] = replace(coverage, policies=(*coverage.policies, policy.id))
    return tuple(by_role.values())


def _acting_role(demand: RoleDemand, holders: tuple[str, ...]) -> RoleCoverage:
    return RoleCoverage(
        role=demand.role,
        policies=(),
        needed=1,
        per_department=demand.is_per_department,
        holders=holders,
        unable=(),
        approves=False,
    )


def _approving_role(
    roles: tuple[str, ...],
    asked: Sequence[tuple[str, Demand]],
    roster: Roster,
    unreachable: set[str],
) -> RoleCoverage:
    per_department = any(demand.for_each for _, demand in asked)
    held = (_holders(roster, role, per_department=per_department) for role in roles)
    holders = sorted(frozenset[str]().union(*held))
    return RoleCoverage(
        role="/".join(roles),
        policies=tuple(dict.fromkeys(policy for policy, _ in asked)),
        needed=max(demand.number for _, demand in asked),
        per_department=per_department,
        holders=tuple(holders),
        unable=tuple(person for person in holders if person in unreachable),
    )


def _holders(roster: Roster, role: str, *, per_department: bool) -> frozenset[str]:
    return roster.holders_in_departments(role) if per_department else roster.holders(role)


def _reachable(person: Person, source: str) -> bool:
    """Return whether an approval from this source can be known as theirs: by key or account."""
    if source == SIGNED:
        return bool(person.keys)
    return source == RECORDED or any(account.forge == source for account in person.accounts)

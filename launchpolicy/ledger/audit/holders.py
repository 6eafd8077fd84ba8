"""Who had which duty in a launch, from its entries and from who wrote and merged them."""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.ledger.audit.duties import ROLES, Duty, Holders
from launchpolicy.ledger.audit.facts import LandingMakers
from launchpolicy.ledger.audit.population import AuditLaunch

ASKS = frozenset({"approved", "amended"})
"""Events that change what is approved, so that somebody must have approved them."""


def approvers_by_policy(launch: AuditLaunch) -> dict[str, frozenset[str]]:
    """Return who approved what was asked for, by the id of the policy that counted them.

    The person for whom a deputy approved is an approver too.
    """
    people: dict[str, set[str]] = {}
    for _, entry in launch.launch.events:
        for approval in entry.approvals if entry.became in ASKS else ():
            names = {approval.by, *approval.stands_for.split(", ")} - {""}
            people.setdefault(approval.policy, set()).update(names)
    return {policy: frozenset(names) for policy, names in people.items()}


def holders_of(launch: AuditLaunch, makers: Mapping[int, LandingMakers]) -> Holders:
    """Return who had each duty.

    Authors, approvers and mergers are those of what was asked for, also before the period: who
    later records what happened is no author of it. Who requested, executed and tested says the
    latest version of the request.
    """
    people: dict[Duty, set[str]] = {duty: set() for duty in Duty}
    people[Duty.APPROVER].update(*approvers_by_policy(launch).values())
    for involved in launch.launch.people:
        if involved.role in ROLES:
            people[ROLES[involved.role]].add(involved.person)
    for number, entry in launch.launch.events:
        if entry.became not in ASKS:
            continue
        if (made := makers.get(number)) is not None:
            people[Duty.AUTHOR] |= set(made.authors)
            people[Duty.MERGER].add(made.merger)
    return {duty: frozenset(names - {""}) for duty, names in people.items()}

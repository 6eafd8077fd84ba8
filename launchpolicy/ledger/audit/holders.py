"""Who had which duty in a launch, from its entries and from who wrote and merged them."""

from __future__ import annotations

from collections.abc import Mapping

from launchpolicy.ledger.audit.duties import ROLES, Duty, Holders
from launchpolicy.ledger.audit.facts import EntryMakers
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.launches import NumberedEntry

_ASKS = frozenset({"approved", "amended"})
"""Events that change what is approved."""


def asking_events(launch: AuditLaunch) -> tuple[NumberedEntry, ...]:
    """Return the entries that change what is approved, so that they must have been approved.

    Besides those that say so, the first one of the launch, whatever stage it begins at, and those
    whose approval digest is another than before: a plan may be changed together with its record.
    """
    events: list[NumberedEntry] = []
    digest = ""
    for event in launch.launch.events:
        entry = event.entry
        is_other = bool(digest and entry.approval_digest) and entry.approval_digest != digest
        if not events or entry.became in _ASKS or is_other:
            events.append(event)
        digest = entry.approval_digest or digest
    return tuple(events)


def approvers_by_policy(launch: AuditLaunch) -> dict[str, frozenset[str]]:
    """Return who approved what was asked for, by the id of the policy that counted them.

    The person for whom a deputy approved is an approver too.
    """
    people: dict[str, set[str]] = {}
    for _, entry in asking_events(launch):
        for approval in entry.approvals:
            names = {approval.by, *approval.stands_for.split(", ")} - {""}
            people.setdefault(approval.policy, set()).update(names)
    return {policy: frozenset(names) for policy, names in people.items()}


def holders_of(launch: AuditLaunch, makers: Mapping[int, EntryMakers]) -> Holders:
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
    for number, _ in asking_events(launch):
        if (made := makers.get(number)) is not None:
            people[Duty.AUTHOR] |= set(made.authors)
            people[Duty.MERGER].add(made.merger)
    return {duty: frozenset(names - {""}) for duty, names in people.items()}

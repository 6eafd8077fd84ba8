"""The fact `pullRequest`: which persons opened and wrote a change, by the source of approvals.

An account that is nobody's in the directory is no person, so it is not named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.facts.approvals.records import Account, Participants
from launchpolicy.facts.approvals.roster import Roster


def pull_request_fact(participants: Participants, roster: Roster | None) -> Mapping[str, Any]:
    """Return the fact; `known` is false where nobody knows who is who."""
    if roster is None or not (participants.openers or participants.authors):
        return {"known": False, "openers": [], "authors": []}
    return {
        "known": True,
        "openers": _persons(participants.openers, roster),
        "authors": _persons(participants.authors, roster),
    }


def _persons(accounts: Iterable[Account], roster: Roster) -> list[str]:
    persons = (roster.person(account) for account in accounts)
    return list(dict.fromkeys(person for person in persons if person is not None))

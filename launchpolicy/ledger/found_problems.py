"""Problems found after a launch, beside who tested, approved and checked it (D4.8).

No judgement of persons: the list says who did what, and people decide who is answerable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.launches import Launch
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text, text_of

_TESTERS: Final = ("tester", "test-lead")
_CHECKERS: Final = ("quality-assurance", "acceptor")


class FoundProblem(NamedTuple):
    """A problem of a launch, and who had part in letting it launch.

    `users` is how many it affected, None where nobody said. `tested`, `approved` and `checked` are
    persons by id, in the order of the ledger.
    """

    launch: Launch
    name: str
    summary: Text
    found_at: datetime | None
    users: int | None
    tested: tuple[str, ...]
    approved: tuple[str, ...]
    checked: tuple[str, ...]


def problems_after_launch(launch: Launch, data: Data) -> Iterator[FoundProblem]:
    """Yield the problems that were found after the launch was carried out and may touch users.

    One that does not say when it was found, or whom it affected, is among them.
    """
    finished = _instant(value_at(data, ("status", "execution", "finishedAt")))
    problems = value_at(data, ("status", "problems"))
    for problem in problems if isinstance(problems, list) else []:
        if not isinstance(problem, dict):
            continue
        found_at, users = _instant(problem.get("foundAt")), problem.get("users")
        is_earlier = found_at is not None and finished is not None and found_at < finished
        if is_earlier or users == 0:
            continue
        summary = problem.get("summary")
        yield FoundProblem(
            launch,
            str(problem.get("name", "")),
            _summary(summary),
            found_at,
            users if isinstance(users, int) else None,
            _people(launch, _TESTERS),
            _approvers(launch),
            _people(launch, _CHECKERS),
        )


def _summary(value: object) -> Text:
    """Return what a problem is; empty where a malformed request has no text there."""
    try:
        return text_of(value)
    except TypeError:
        return Text("", "")


def _people(launch: Launch, roles: Iterable[str]) -> tuple[str, ...]:
    asked_roles = frozenset(roles)
    return tuple(dict.fromkeys(one.person for one in launch.people if one.role in asked_roles))


def _approvers(launch: Launch) -> tuple[str, ...]:
    """Return whose approvals were counted before the launch was carried out, each once."""
    names = [
        approval.by
        for event in launch.events
        if event.entry.stage == "requested"
        for approval in event.entry.approvals
    ]
    return tuple(dict.fromkeys(names))


def _instant(value: object) -> datetime | None:
    return parse_instant(value) if isinstance(value, str) else None

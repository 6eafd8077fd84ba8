"""The outcome of each approval, the approvals that are missing, and the waivers that apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from launchpolicy.vocabulary.text import Text

_NO_TEXT = Text("", "")


class ApprovalOutcome(NamedTuple):
    """What became of one approval under one quorum: counted or not, and the fact that proves it.

    `by` is the person's id in the directory, or the account as its host shows it where no person
    is known. `role` is what it was counted for ("" when it was not), `where` how it is found again.
    `stood_for` are the ids of those for whom a deputy gave it, with `, ` between, "" for nobody.
    `capacity` is the same for readers: the names of the roles, and of whom a deputy stood for.
    """

    by: str
    source: str
    where: str
    at: datetime
    counted: bool
    role: str
    reason: Text
    stood_for: str = ""
    capacity: Text = _NO_TEXT


@dataclass(frozen=True, slots=True)
class MissingApproval:
    """What a quorum still needs from one role, or from one person.

    `role` is "" where a `person` is asked by name, `count` how many more. `candidates` can still
    give it (ids); `barred` hold the role and cannot, each with the reason. `waits_for` names the
    approvals that have to be given before this one is asked for. `name` is what people call the
    role, with the department; empty where a person is asked by name.
    """

    role: str
    department: str
    candidates: tuple[str, ...]
    barred: tuple[tuple[str, Text], ...] = ()
    count: int = 1
    person: str = ""
    waits_for: tuple[Text, ...] = ()
    name: Text = _NO_TEXT


class AppliedWaiver(NamedTuple):
    """The waiver under which a policy's complaint does not block."""

    name: str
    path: str
    owner: str
    reason: Text
    expires: datetime


class RuleEffect(NamedTuple):
    """What a proposed change of the rules would change: one policy's outcome for one request.

    `before` and `after` are outcomes, "" where the policy is not there.
    """

    request: str
    path: str
    policy: str
    before: str
    after: str

"""Who may not approve this request, and why: separation of duties (threat P3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from launchpolicy.facts.approvals.records import EMAIL, Account, Participants
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import QuorumError
from launchpolicy.policy.quorum import NAMED_IN_REQUEST, Quorum
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.text import Text

Barred = Mapping[str, Text]
"""A person's id → why they may not approve."""

_NAMED: Final = {
    "requester": Text("is the requester", "是申请人"),
    "executor": Text("is the executor", "是执行人"),
    "watcher": Text("is the watcher", "是值守人"),
    "testers": Text("is one of the testers", "是测试人员"),
    "developers": Text("is one of the developers", "是开发人员"),
    "maintainer": Text("is the maintainer", "是维护人员"),
}
_TOOK_PART: Final = {
    "opener": Text("opened the pull request", "发起了该合并请求"),
    "pusher": Text("pushed to the branch", "向该分支推送了提交"),
    "authors": Text("is an author of the change", "是该变更的作者"),
    "committers": Text("committed the change", "提交了该变更"),
}


def barred_by(
    quorum: Quorum,
    data: Any,  # noqa: ANN401 (plain data)
    also: list[str],
    participants: Participants,
    roster: Roster,
) -> Barred:
    """Return everybody whom the quorum excludes, with the first reason that fits.

    Args:
        quorum: says which groups are excluded.
        data: the request; `spec.people` names some of them.
        also: further persons, from the quorum's own expression.
        participants: who made the change.
        roster: whose accounts theirs are.

    Raises:
        QuorumError: someone made the change who cannot be told from those who approve.
    """
    barred: dict[str, Text] = {}
    for word in quorum.exclude:
        if word in NAMED_IN_REQUEST:
            for person in _people_named(data, word):
                barred.setdefault(person, _NAMED[word])
        else:
            for account in _accounts(participants, word):
                person_of = _person(account, roster)
                if person_of is not None:
                    barred.setdefault(person_of, _TOOK_PART[word])
    for person in also:
        barred.setdefault(person, Text("is excluded by the policy", "按策略不得审批"))
    return barred


def _people_named(data: Any, word: str) -> list[str]:  # noqa: ANN401 (plain data)
    value = value_at(data, ("spec", "people", word))
    people = value if isinstance(value, list) else [value]
    return [person for person in people if isinstance(person, str)]


def _accounts(participants: Participants, word: str) -> Iterator[Account]:
    groups = {
        "opener": participants.openers,
        "pusher": participants.pushers,
        "authors": participants.authors,
        "committers": participants.committers,
    }
    yield from groups[word]


def _person(account: Account, roster: Roster) -> str | None:
    """Return whose account it is; None for a stranger, who cannot approve anyway.

    An address that nobody has may be anybody's, also that of someone who approves. An account at
    a host is what it is.
    """
    person = roster.person(account)
    if person is None and account.host == EMAIL:
        raise QuorumError(
            Text(
                f"a commit of this change is by {account.shown}, an address of nobody in the "
                "directory, so it is unknown whether its author approves: add the address to "
                "that person, or commit under a known one",
                f"本次变更中有提交的邮箱 {account.shown} 不属于人员名录中的任何人，无法判断其作者"
                "是否参与审批：请为相应人员登记该邮箱，或改用已登记的邮箱提交",
            )
        )
    return person

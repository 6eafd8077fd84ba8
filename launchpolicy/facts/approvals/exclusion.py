"""Who may not approve this request, and why: separation of duties (threat P3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from launchpolicy.facts.approvals.records import EMAIL, Account, Participants
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import QuorumError
from launchpolicy.policy.quorum import NAMED_IN_REQUEST, Quorum
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data
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
    data: Data,
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
        QuorumError: nobody knows whether who made the change is one of those who approve.
    """
    if "pusher" in quorum.exclude and participants.unknown_pushers is not None:
        raise QuorumError(_unknown_pushers(participants.unknown_pushers), _PUSH_AGAIN)
    barred: dict[str, Text] = {}
    for word in quorum.exclude:
        if word in NAMED_IN_REQUEST:
            for person in _people_named(data, word):
                barred.setdefault(person, _NAMED[word])
        else:
            for account in _accounts(participants, word):
                person_of = _person(account, word, participants, roster)
                if person_of is not None:
                    barred.setdefault(person_of, _TOOK_PART[word])
    for person in also:
        barred.setdefault(person, Text("is excluded by the policy", "按策略不得审批"))
    return barred


def _people_named(data: Data, word: str) -> list[str]:
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


def _person(account: Account, word: str, participants: Participants, roster: Roster) -> str | None:
    """Return whose account it is; None for one that the base names as nobody's who approves.

    An account or an address that nobody has may be anybody's, also the second one of someone who
    approves, and a bot does what its owner configures.
    """
    person = roster.person(account)
    if person is not None or (account.host, account.key) in roster.outsiders:
        return person
    if account.host == EMAIL:
        raise QuorumError(_unknown_address(account))
    if participants.is_of_earlier_version:
        return None
    raise QuorumError(_unknown_account(account, _DID[word]))


_DID: Final = {
    "opener": Text("opened the pull request", "发起了该合并请求"),
    "pusher": Text("pushed to the branch", "向该分支推送了提交"),
    "authors": Text("wrote a commit of the change", "编写了该变更的提交"),
    "committers": Text("committed the change", "提交了该变更"),
}


def _unknown_account(account: Account, did: Text) -> Text:
    return Text(
        f"the account {account.shown}, which {did.en}, belongs to nobody in the directory, so it "
        "is unknown whether its owner approves: add it to that person's accounts in people.yaml, "
        "or name it at the base under `approvals.outsiders` or `approvals.bots`",
        f"账号 {account.shown} {did.zh}，但不属于人员名录中的任何人，无法判断其所有者是否参与审批："
        "请在 people.yaml 中将其登记到相应人员名下，或在基准版本的 `approvals.outsiders` 或 "
        "`approvals.bots` 中列出",
    )


def _unknown_address(account: Account) -> Text:
    return Text(
        f"a commit of this change is by {account.shown}, an address of nobody in the "
        "directory, so it is unknown whether its author approves: add the address to "
        "that person, or commit under a known one",
        f"本次变更中有提交的邮箱 {account.shown} 不属于人员名录中的任何人，无法判断其作者"
        "是否参与审批：请为相应人员登记该邮箱，或改用已登记的邮箱提交",
    )


def _unknown_pushers(why: Text) -> Text:
    return Text(
        f"those who pushed may not approve, and it is unknown who did: {why.en}",
        f"推送者不得审批，但无法得知由谁推送：{why.zh}",
    )


_PUSH_AGAIN: Final = Text(
    "Run the check again in a minute; the job needs `contents: read`. If it happens again, someone "
    "of the directory who does not approve pushes these commits to a new branch of this repository "
    "and opens a new pull request.",
    "请稍后重新运行检查；任务须有 `contents: read` 权限。若再次出现，请由名录中不参与审批的人员"
    "将这些提交推送到本仓库的新分支，并另开合并请求。",
)

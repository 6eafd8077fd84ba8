"""What became of an approval, in words: counted, or not and the fact that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from launchpolicy.facts.approvals.inputs import Opinion
from launchpolicy.facts.approvals.records import Account, ReviewState
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import ApproverSlot
from launchpolicy.vocabulary.approval import ApprovalOutcome
from launchpolicy.vocabulary.text import Text, without_gaps


class _Reasons:
    """Why an opinion does not count."""

    dismissed: Final = Text("was dismissed", "已被撤销")
    taken_back: Final = Text(
        "was replaced by a later review of the same person", "已被本人之后的评审取代"
    )
    answered: Final = Text("asked for changes, and approved later", "曾要求修改，之后已由本人批准")

    @staticmethod
    def unknown_account(account: Account) -> Text:
        return Text(
            f"the account {account.shown} belongs to nobody in the directory at the base",
            f"账号 {account.shown} 不属于基准版本人员名录中的任何人",
        )

    @staticmethod
    def after_expiry(at: datetime) -> Text:
        return Text(f"expired at {_instant(at)}", f"已于 {_instant(at)} 过期")

    @staticmethod
    def from_the_future(at: datetime) -> Text:
        return Text(
            f"claims to be given at {_instant(at)}, which has not come yet",
            f"标注的时间 {_instant(at)} 尚未到来",
        )

    @staticmethod
    def another_version(since: Text | None) -> Text:
        if since is None:
            return Text(
                "was given for another version of this request",
                "针对的是本申请的另一版本",
            )
        return Text(
            f"was given for an earlier version; changed since: {since.en}",
            f"针对的是较早版本；此后变更：{since.zh}",
        )

    @staticmethod
    def barred_person(reason: Text) -> Text:
        return Text(f"cannot count: the approver {reason.en}", f"不计入：审批人{reason.zh}")

    @staticmethod
    def no_such_role(role: Text) -> Text:
        return Text(
            f"is given as {role.en}, a role that the approver does not hold",
            f"以 {role.zh} 的身份批准，但审批人并不担任该角色",
        )


REASONS: Final = _Reasons()


@dataclass(frozen=True, slots=True)
class CheckedOpinion:
    """One opinion with whose it is and, where it does not count, why."""

    opinion: Opinion
    person: str | None
    refused: Text | None


def outcome_of(
    checked: CheckedOpinion,
    places: Mapping[str, Sequence[ApproverSlot]],
    askable: frozenset[str],
    roster: Roster,
    already_counted: set[str],
) -> ApprovalOutcome:
    """Return what became of one opinion.

    `places` are the slots that each person fills. `already_counted` are the persons of whom an
    approval is reported as counted, so that a repeated one is not counted again; it is added to.
    """
    opinion, person, refused = checked.opinion, checked.person, checked.refused
    review = opinion.review
    by = person if person is not None else review.account.shown
    filled = places.get(person or "", ()) if refused is None else ()
    counted, capacity = False, Text("", "")
    if refused is not None:
        reason = refused
    elif review.state is ReviewState.CHANGES_REQUESTED:
        reason = Text("asks for changes", "要求修改")
    elif filled and by in already_counted:
        reason = Text("repeats an approval that is counted already", "重复的批准，已计入一次")
    elif filled and _given_as(review.roles, filled):
        counted = True
        already_counted.add(by)
        capacity = _capacity(filled, by, roster)
        reason = _counted_as(capacity)
    else:
        reason = _not_needed(person or "", askable, roster)
    role = ", ".join(slot.role for slot in filled) if counted else ""
    stood_for = ", ".join(_persons_stood_for(filled, by)) if counted else ""
    return ApprovalOutcome(
        by, opinion.source, review.where, review.at, counted, role, reason, stood_for, capacity
    )


def _persons_stood_for(filled: Sequence[ApproverSlot], person: str) -> Iterator[str]:
    pairs = (dict(slot.deputies).get(person) for slot in filled)
    yield from dict.fromkeys(stood_for for stood_for in pairs if stood_for is not None)


def out_of_turn(outcome: ApprovalOutcome) -> ApprovalOutcome:
    """Return the outcome of an approval that is not shown to follow those asked for before it."""
    if outcome.counted:
        reason = Text(
            f"{outcome.reason.en}, out of turn: not shown to follow what comes before it",
            f"{outcome.reason.zh}（未按顺序：无法证明在前序审批之后给出）",
        )
    else:
        reason = Text(
            "is out of turn: not shown to follow the approvals that come before it",
            "未按顺序：无法证明在前序审批之后给出",
        )
    return outcome._replace(reason=reason)


def _given_as(roles: Sequence[str], filled: Sequence[ApproverSlot]) -> bool:
    return not roles or any(not s.role or set(roles) & set(s.role.split("/")) for s in filled)


def _counted_as(capacity: Text) -> Text:
    if not capacity.en:
        return Text("counted as asked by name", "计入：按点名要求")
    return Text(f"counted as {capacity.en}", without_gaps(f"计入：作为 {capacity.zh}"))


def _capacity(filled: Sequence[ApproverSlot], person: str, roster: Roster) -> Text:
    """Return as what an approval counts; empty where only the person is asked for by name."""
    names = [_slot_name_of(slot, person, roster) for slot in filled if slot.role]
    return Text(", ".join(name.en for name in names), "、".join(name.zh for name in names))


def _slot_name_of(slot: ApproverSlot, person: str, roster: Roster) -> Text:
    """Return the name of a slot, and for whom `person` fills it as a deputy."""
    name = roster.naming.slot_name(slot.role, slot.department)
    stood_for = dict(slot.deputies).get(person)
    if stood_for is None:
        return name
    other = roster.display_name(stood_for)
    return Text(
        f"{name.en}, as deputy of {other.en}", without_gaps(f"{name.zh}（代理 {other.zh}）")
    )


def _not_needed(person: str, askable: frozenset[str], roster: Roster) -> Text:
    if person in askable:
        return Text("is valid, but the places of that role are filled", "有效，但该角色的名额已满")
    roles = roster.roles_of(person)
    if not roles:
        return Text("comes from someone without a role", "审批人未担任任何角色")
    held = roster.naming.role_names(", ".join(roles))
    return Text(
        f"is not asked for: the approver holds {held.en}",
        f"无需此人审批：其担任的角色为 {held.zh}",
    )


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

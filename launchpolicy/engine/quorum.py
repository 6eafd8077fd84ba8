"""The quorum of one policy for one request: counted, and stated in findings.

A quorum that asks for nobody here (every part has a `when` that does not hold) does not apply. One
that cannot be judged (a role that too few people hold, an author whom nothing sets apart from
the approvers) is an error: someone other than the requester must act, and it is never a pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from launchpolicy.engine.context import Context
from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.exclusion import barred_by
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import QuorumError, Way, strings, ways_of
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Quorum, asks_for_approval
from launchpolicy.vocabulary.approval import MissingApproval
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text

Answer = Callable[[str], Any]
"""The value of an expression of the policy over the request."""


@dataclass(frozen=True, slots=True)
class QuorumResult:
    """What came of a quorum.

    `asked` is false where it asks for nobody here. `reason` is set where nothing was counted, and
    then it is not fulfilled.
    """

    asked: bool
    count: QuorumCount | None = None
    findings: tuple[Finding, ...] = ()
    reason: Text | None = None


def evaluate_quorum(
    policy: Policy, quorum: Quorum, context: Context, answer: Answer
) -> QuorumResult:
    """Return the result of counting the quorum of `policy`.

    Raises:
        QuorumError: it cannot be judged.
        EvaluationError: an expression gives no answer.
    """
    approvals = context.approvals
    if approvals is None:
        raise QuorumError(_NOT_LOOKED_FOR)
    place = context.shown_document.place(quorum.at)
    if approvals.unasked is not None:
        if not asks_for_approval(quorum.root, answer):
            return QuorumResult(asked=False)
        finding = Finding(policy.id, approvals.unasked, place, policy.fix)
        return QuorumResult(asked=True, findings=(finding,), reason=approvals.unasked)
    roster = approvals.roster
    if roster is None:
        raise QuorumError(_NO_DIRECTORY)
    ways = ways_of(quorum.root, roster, answer)
    if any(not way for way in ways):
        return QuorumResult(asked=False)
    count = _count(quorum, ways, roster, approvals, context, answer)
    findings = tuple(findings_of(policy.id, policy.fix, place, count, roster))
    return QuorumResult(asked=True, count=count, findings=findings)


def _count(
    quorum: Quorum,
    ways: tuple[Way, ...],
    roster: Roster,
    approvals: ApprovalInputs,
    context: Context,
    answer: Answer,
) -> QuorumCount:
    also = strings(answer(quorum.exclude_people)) if quorum.exclude_people else []
    data = context.shown_document.data
    barred = barred_by(quorum, data, also, approvals.participants, roster)
    counts = answer(quorum.out_of_turn_counts) is True if quorum.out_of_turn_counts else True
    rule = CountingRule(quorum.distinct, counts)
    return count_quorum(approvals, roster, ways, barred, context.now, rule)


def findings_of(
    rule: str, fix: Text, place: Place, count: QuorumCount, roster: Roster
) -> Iterator[Finding]:
    """Return a finding for each approval that is missing, then one for each objection."""
    for missing in count.missing:
        yield Finding(rule, _missing(missing, roster), place, fix)
    for objection in count.objections:
        yield Finding(rule, _objection(objection, roster), place, _SETTLE)


_SETTLE = Text(
    "Settle it with the reviewer, who then approves or withdraws the objection.",
    "请与该评审人协商解决，由其批准或撤回意见。",
)


def _missing(missing: MissingApproval, roster: Roster) -> Text:
    """Return a sentence: what is missing, who can still give it, who holds the role and cannot."""
    if missing.waits_for:
        return _waiting(missing, roster)
    able, unable = _able(missing, roster), _unable(missing, roster)
    if not missing.role:
        person = roster.display_name(missing.person)
        return Text(
            f"The approval of {person.en} is missing.{unable.en}",
            f"缺少{person.zh}的审批。{unable.zh}",
        )
    name = missing.name
    more = "One more approval is" if missing.count == 1 else f"{missing.count} more approvals are"
    return Text(
        f"{more} missing from {name.en}: {able.en}{unable.en}",
        f"尚缺{name.zh}审批{_times(missing.count)}（{able.zh}）。{unable.zh}",
    )


def _waiting(missing: MissingApproval, roster: Roster) -> Text:
    """Return a sentence: whose approval comes later, and what has to come before it."""
    name = missing.name if missing.role else roster.display_name(missing.person)
    before = Text(
        ", ".join(text.en for text in missing.waits_for),
        "、".join(text.zh for text in missing.waits_for),
    )
    return Text(
        f"The approval of {name.en} waits for the approval of {before.en}.",
        f"{name.zh}的审批须待{before.zh}审批之后。",
    )


def _able(missing: MissingApproval, roster: Roster) -> Text:
    names = [roster.display_name(person) for person in missing.candidates]
    if not names:
        return Text("nobody can still give it.", "已无人可以审批")
    return Text(
        f"{_or([name.en for name in names])} can still give it.",
        f"可由{'、'.join(name.zh for name in names)}审批",
    )


def _times(count: int) -> str:
    return f" {count} 人" if count > 1 else ""


def _or(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _unable(missing: MissingApproval, roster: Roster) -> Text:
    barred = [(roster.display_name(person), reason) for person, reason in missing.barred]
    return Text(
        "".join(f" {name.en} cannot: {reason.en}." for name, reason in barred),
        "".join(f"{name.zh} 不可以：{reason.zh}。" for name, reason in barred),
    )


def _objection(objection: Opinion, roster: Roster) -> Text:
    person = roster.person(objection.review.account)
    name = roster.display_name(person or objection.review.account.shown)
    where = objection.review.where
    return Text(f"{name.en} asks for changes ({where}).", f"{name.zh} 要求修改（{where}）。")


def unjudgeable(
    policy: Policy, problem: Text, context: Context, fix: Text | None = None
) -> Finding:
    """Return the finding for a quorum that cannot be judged.

    Without a `fix` it is others than the requester who must put it right.
    """
    reason = Text(f"the quorum cannot be judged: {problem.en}", f"无法判定审批要求：{problem.zh}")
    return Finding(policy.id, reason, context.shown_document.place(()), fix or _OWNERS_MUST_ACT)


_OWNERS_MUST_ACT = Text(
    "The owners of the policy and of the directory must act; until then nothing is approved.",
    "请策略负责人和人员名录负责人处理；在此之前不视为已审批。",
)
_NOT_LOOKED_FOR = Text(
    "approvals were not looked for, so nothing is known about them",
    "未查找审批，因此无法得知审批情况",
)
_NO_DIRECTORY = Text(
    "the base has no directory of people (people.yaml), so nobody's approval can count; merge one "
    "first",
    "基准版本中没有人员名录（people.yaml），无法认定任何人的审批；请先合并人员名录",
)

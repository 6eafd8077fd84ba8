"""Is something newer on its way: a proposal that changes what is about to start?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.operations.gate.proposed_changes import BranchChange, BranchPurpose
from launchpolicy.vocabulary.text import Text

_ID = "pending"
_SAYS: Final[dict[BranchPurpose, Text]] = {
    BranchPurpose.PLAN: Text("changes what was approved", "修改了已批准的内容"),
    BranchPurpose.STOP: Text("stops the launch", "要求停止本次上线"),
    BranchPurpose.APPROVALS: Text("changes its approvals", "改动了审批"),
}


def pending_condition(changes: Sequence[BranchChange], branch: str, *, allows: bool) -> Condition:
    """Return whether no branch proposes another version; one that was merged is judged itself.

    A proposal is refused, because who approves it may count on the launch waiting for it;
    `allows` starts all the same, but never a launch that a branch stops. A branch that only records
    facts is none.
    """
    unreadable = [one for one in changes if one.purpose is BranchPurpose.UNREADABLE]
    proposals = [one for one in changes if one.purpose in _SAYS]
    says = tuple(_proposes(one) for one in proposals)
    in_the_way = [one for one in proposals if not allows or one.purpose is BranchPurpose.STOP]
    if in_the_way:
        shortcomings = tuple(
            Shortcoming(_proposes(one), _STOPPED if one.purpose is BranchPurpose.STOP else _SETTLE)
            for one in in_the_way
        )
        return Condition(_ID, ConditionState.NOT_MET, shortcomings[0].message, shortcomings)
    if unreadable:
        shortcomings = tuple(Shortcoming(_cannot_read(one), _FETCH) for one in unreadable)
        return Condition(_ID, ConditionState.UNDECIDED, shortcomings[0].message, shortcomings)
    if proposals:
        return Condition(_ID, ConditionState.MET, _leave_text(says[0]))
    return Condition(_ID, ConditionState.MET, _nothing(branch))


def _proposes(change: BranchChange) -> Text:
    what = _SAYS[change.purpose]
    return Text(
        f"The branch {change.branch} {what.en}, and is not merged.",
        f"分支 {change.branch} {what.zh}，尚未合并。",
    )


def _leave_text(says: Text) -> Text:
    return Text(f"{says.en} It was allowed to wait.", f"{says.zh}已选择暂不理会。")


def _cannot_read(change: BranchChange) -> Text:
    return Text(
        f"The branch {change.branch} cannot be read, and may change the request.",
        f"无法读取分支 {change.branch}，其中可能修改了本申请。",
    )


def _nothing(branch: str) -> Text:
    return Text(
        f"No branch proposes another version than {branch}.",
        f"没有分支提出与 {branch} 不同的版本。",
    )


_SETTLE = Text(
    "Merge or close it first. To start without it: --allow-pending",
    "请先合并或关闭该提议；如确认不等待，请加上 --allow-pending。",
)
_STOPPED = Text(
    "Merge it, or close it if the launch goes on.", "请将其合并；若上线照常进行，请关闭该提议。"
)
_FETCH = Text("Fetch it: git fetch", "请获取该分支：git fetch")

"""The conditions of a start: what the gate before a deployment has found out about each."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.facts.deployed_content import ContentComparison
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import Place
from launchpolicy.vocabulary.text import Text


class ConditionState(enum.StrEnum):
    """Whether a condition of the start is met; what could not be found out is neither."""

    MET = "met"
    NOT_MET = "not-met"
    UNDECIDED = "undecided"


CONDITIONS: Final[dict[str, Text]] = {
    "merged": Text("Merged", "已合并"),
    "approved": Text("Approved", "已批准"),
    "stage": Text("Stage", "申请阶段"),
    "window": Text("Window", "上线窗口"),
    "calendar": Text("Calendar", "日历"),
    "rules": Text("Rules of today", "现行策略"),
    "dependencies": Text("Dependencies", "依赖的上线"),
    "preparation": Text("Preparation", "上线准备"),
    "pending": Text("Nothing newer", "无更新版本"),
    "content": Text("Content", "上线内容"),
}
"""The conditions in the order in which they are reported, with their titles."""


class Shortcoming(NamedTuple):
    """One thing that is missing: what, how to fix it, where, and the ids of those who can.

    `policy` is the id of the policy that wants it, "" where the gate itself does.
    """

    message: Text
    fix: Text
    place: Place | None = None
    people: tuple[str, ...] = ()
    policy: str = ""


class Condition(NamedTuple):
    """One condition: its id, whether it is met, one sentence about it, and what is missing.

    Of one that is met, `is_unchecked` says that there was nothing with which to compare.
    """

    id: str
    state: ConditionState
    says: Text
    shortcomings: tuple[Shortcoming, ...] = ()
    is_unchecked: bool = False


class GateResult(NamedTuple):
    """Whether one launch may start at `now`, condition by condition.

    `branch` and `commit` are the protected branch and where it stood. `facts_from` is the branch
    or commit that holds the facts of the night, "" where that is the protected branch itself.
    With `is_trial` the time was made up, so that nothing may rest on it.
    """

    name: str
    path: str
    title: Text
    now: datetime
    branch: str
    commit: str
    conditions: tuple[Condition, ...]
    content: tuple[ContentComparison, ...] = ()
    facts_from: str = ""
    window_end: datetime | None = None
    is_trial: bool = False

    @property
    def verdict(self) -> Verdict:
        """Return whether the launch may start; a trial is never a pass.

        A condition that is not met decides, whatever could not be found out about the others.
        """
        states = {condition.state for condition in self.conditions}
        if ConditionState.NOT_MET in states:
            return Verdict.BLOCKED
        if ConditionState.UNDECIDED in states or self.is_trial or not states:
            return Verdict.UNDECIDED
        return Verdict.PASS

    @property
    def exit_code(self) -> int:
        return self.verdict.exit_code

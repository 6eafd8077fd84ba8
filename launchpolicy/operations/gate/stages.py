"""The stage of the request: only one that is asked for, and approved, may start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.engine.submission import data_of
from launchpolicy.operations.gate.proposed_changes import BranchChange, BranchPurpose
from launchpolicy.operations.gate.recorded_facts import RecordedFacts
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.launch_progress import (
    EXECUTED_STEPS,
    STARTED,
    is_answered,
    open_failures,
    planned_entries,
)
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

_REQUESTED: Final = "requested"
_ENDS: Final[tuple[tuple[Route, Text], ...]] = (
    (("status", "execution", "finishedAt"), Text("finished", "上线结束")),
    (("status", "rollback"), Text("rolled back", "回滚")),
    (("status", "cancellation"), Text("cancelled", "取消")),
)


def stage_condition(
    merged: Data,
    facts: RecordedFacts,
    changes: Sequence[BranchChange] = (),
) -> Condition:
    """Return whether the launch is asked for, and neither carried out nor stopped.

    One that is recorded as begun may go on: a deployment that broke off is started again in the
    same window. An end counts on whichever branch it is recorded (`changes`).
    """
    stage = value_at(merged, STAGE)
    if stage != _REQUESTED:
        return _not_met(_other_stage(str(stage or "")))
    recorded = data_of(facts.version)
    records = [(facts.where, recorded)]
    records += [
        (change.branch, data_of(change.version))
        for change in changes
        if change.purpose is BranchPurpose.FACTS
    ]
    for where, data in records:
        for route, what in _ENDS:
            if value_at(data, route) is not None:
                return _not_met(_has_ended(what, where))
    for where, data in records:
        if (failure := _open_failure(data)) is not None:
            return _not_met(_failure_text(failure, where), _END_IT)
    started = value_at(recorded, STARTED)
    says = _start_text(str(started)) if started is not None else _READY
    return Condition("stage", ConditionState.MET, says)


def _open_failure(data: Data) -> dict[str, Data] | None:
    """Return the first step that failed and keeps the launch from going on; None without one.

    One that could not be solved, or of which nobody says what was done about it. With its handling
    recorded a deployment may be tried again.
    """
    for step in planned_entries(data, EXECUTED_STEPS):
        if step.get("outcome") == "unresolved":
            return step
        is_open_failure = step["name"] in open_failures(data, EXECUTED_STEPS)
        if is_open_failure and not is_answered(step.get("handling")):
            return step
    return None


def _not_met(says: Text, fix: Text | None = None) -> Condition:
    shortcoming = Shortcoming(says, fix or _ANOTHER)
    return Condition("stage", ConditionState.NOT_MET, says, (shortcoming,))


def _failure_text(step: dict[str, Any], where: str) -> Text:
    english, chinese = where or "The protected branch", where or "受保护分支"
    name = step["name"]
    if step.get("outcome") == "unresolved":
        return Text(
            f"{english} records that the step {name} failed and could not be solved.",
            f"{chinese} 已登记步骤 {name} 失败且未能解决。",
        )
    return Text(
        f"{english} records that the step {name} failed, and not what was done about it.",
        f"{chinese} 已登记步骤 {name} 失败，而未登记如何处理。",
    )


def _other_stage(stage: str) -> Text:
    name = value_name("stage", stage)
    return Text(
        f"Its stage is {name.en}; only a launch that is asked for may start.",
        f"申请阶段为“{name.zh}”，只有“已申请”的上线可以开始。",
    )


def _has_ended(what: Text, where: str) -> Text:
    return Text(
        f"{where or 'The protected branch'} records that it was {what.en}.",
        f"{where or '受保护分支'} 已登记该上线{what.zh}。",
    )


def _start_text(started: str) -> Text:
    return Text(
        f"Requested; it began at {started}, and may go on.",
        f"已申请；上线已于 {started} 开始，可以继续。",
    )


_END_IT = Text(
    "Solved: launchpolicy record step NAME done --handling … Not solved: launchpolicy record"
    " finish, then launchpolicy record rollback.",
    "已解决：launchpolicy record step 步骤 done --handling …；未解决：launchpolicy record finish，"
    "再 launchpolicy record rollback。",
)
_READY = Text("Requested, and not begun.", "已申请，尚未开始。")
_ANOTHER = Text(
    "What was launched, cancelled or rolled back is asked for anew: launchpolicy new TITLE, or"
    " launchpolicy advance REQUEST requested.",
    "已上线、已取消或已回滚的上线须重新申请：launchpolicy new 标题，或 launchpolicy advance 申请"
    " requested。",
)

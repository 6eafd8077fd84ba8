"""The stage of the request: only one that is asked for, and approved, may start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from launchpolicy.documents.reading import Document
from launchpolicy.engine.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.operations.gate.proposed_changes import BranchChange, BranchPurpose, data_of
from launchpolicy.operations.gate.recorded_facts import RecordedFacts
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

_REQUESTED: Final = "requested"
_STARTED: Route = ("status", "execution", "startedAt")
_ENDS: Final[tuple[tuple[Route, Text], ...]] = (
    (("status", "execution", "finishedAt"), Text("finished", "上线结束")),
    (("status", "rollback"), Text("rolled back", "回滚")),
    (("status", "cancellation"), Text("cancelled", "取消")),
)


def stage_condition(
    merged: Any,  # noqa: ANN401 (plain data)
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
    document = facts.version.document()
    recorded = document.data if isinstance(document, Document) else None
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
    started = value_at(recorded, _STARTED)
    says = _start_text(str(started)) if started is not None else _READY
    return Condition("stage", ConditionState.MET, says)


def _not_met(says: Text) -> Condition:
    return Condition("stage", ConditionState.NOT_MET, says, (Shortcoming(says, _ANOTHER),))


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


_READY = Text("Requested, and not begun.", "已申请，尚未开始。")
_ANOTHER = Text(
    "What was launched, cancelled or rolled back is asked for anew: launchpolicy new TITLE, or"
    " launchpolicy advance REQUEST requested.",
    "已上线、已取消或已回滚的上线须重新申请：launchpolicy new 标题，或 launchpolicy advance 申请"
    " requested。",
)

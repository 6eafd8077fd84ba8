"""Make the facts that `launchpolicy record` writes, from what is said on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.operations.record import problems
from launchpolicy.operations.record.launch_fact import LaunchFact, new_identifier
from launchpolicy.operations.record.night import LaunchNight
from launchpolicy.operations.record.projection import EXECUTION, ROLLBACK, restored_and_reverted
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import (
    EXECUTED_STEPS,
    ROLLBACK_STEPS,
    ROLLED_BACK_STEPS,
    STEPS,
    entry_at,
    is_open,
    moment_at,
    names_in,
)
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

Data = Any
"""Plain data, as YAML and JSON know it."""

LAUNCHED, ROLLED_BACK = "launched", "rolled-back"
_CHECKS = {"before": ("status", "checksBefore"), "after": ("status", "checksAfter")}
_STARTED: Route = (*EXECUTION, "startedAt")


class StepReport(NamedTuple):
    """What is said of a step; "" for what is not said."""

    name: str
    result: str
    symptom: str = ""
    handling: str = ""
    stand_in: str = ""
    is_unresolved: bool = False


class CheckReport(NamedTuple):
    """What is said of a check; "" for what is not said."""

    name: str
    result: str
    measured: str = ""
    remark: str = ""


class RollbackReport(NamedTuple):
    """What is said of a rollback; "" for what is as planned."""

    reason: str
    otherwise: str
    assessed_by: str
    assessed_at: str
    decided_by: str = ""
    impact: str = ""
    data_loss: str = ""


def start_fact(night: LaunchNight, watched_by: str = "") -> LaunchFact:
    """Return the fact that the launch has begun."""
    if night.phase in {"finished", "rolling-back", "rolled-back"}:
        raise problems.over_already(Text("a start", "开始"))
    watcher = watched_by or value_at(night.data, ("spec", "people", "watcher"))
    values = {"by": night.by, "watchedBy": watcher, "startedAt": night.written_at}
    return _fact(night, EXECUTION, "", {key: value for key, value in values.items() if value})


def step_fact(night: LaunchNight, report: StepReport) -> LaunchFact:
    """Return the fact that a step was taken, or what became of one that had failed."""
    what = Text(f"the step {report.name}", f"步骤 {report.name} ")
    phase = night.phase
    if phase == "before":
        raise problems.not_begun(what)
    is_rollback = phase in {"rolling-back", "rolled-back"}
    plan, record = (ROLLBACK_STEPS, ROLLED_BACK_STEPS) if is_rollback else (STEPS, EXECUTED_STEPS)
    _require_name(night, plan, report.name, Text("step", "步骤"))
    there = entry_at(night.data, record, report.name)
    if phase in {"finished", "rolled-back"} and is_open(there):
        raise problems.over_already(what)
    if not night.is_forced:
        _require_turn(night, plan, record, report.name)
    values: dict[str, Data] = {}
    if there.get("result") == "failed" and report.result == "done":
        values["outcome"] = "done"
    else:
        values = {"result": report.result, "at": night.written_at, "by": night.by}
    for key, value in (
        ("standIn", report.stand_in),
        ("symptom", report.symptom),
        ("handling", report.handling),
        ("outcome", "unresolved" if report.is_unresolved else ""),
    ):
        if value:
            values[key] = value
    return _fact(night, record, report.name, values)


def check_fact(night: LaunchNight, report: CheckReport) -> LaunchFact:
    """Return the fact that a check was made, before the launch or after it."""
    before, after = (names_in(night.data, ("spec", "checks", one)) for one in ("before", "after"))
    _require_one_of(report.name, [*before, *after], Text("check", "检查项"))
    is_begun = night.phase != "before"
    is_after = report.name in after and (report.name not in before or is_begun)
    what = Text(f"the check {report.name}", f"检查 {report.name} ")
    if is_after and night.phase not in {"finished", "rolled-back"}:
        raise problems.not_finished(what) if is_begun else problems.not_begun(what)
    if not is_after and is_begun and not night.is_forced:
        raise problems.noted_too_late(what)
    route = _CHECKS["after" if is_after else "before"]
    there = entry_at(night.data, route, report.name)
    values: dict[str, Data] = {
        "result": report.result,
        "at": night.written_at,
        "by": night.by,
    }
    if report.measured:
        values["measured"] = report.measured
    if report.remark:
        values["remark"] = report.remark
    elif there.get("result") == "failed" and report.result == "passed":
        failed_at = str(there.get("at", ""))
        values["remark"] = {"en": f"Failed at {failed_at} first.", "zh": f"{failed_at} 曾未通过。"}
    return _fact(night, route, report.name, values, replaces=True)


def backup_fact(night: LaunchNight, name: str, taken: Mapping[str, Data]) -> LaunchFact:
    """Return the fact that a backup was taken, or that it was restored in a rehearsal.

    `taken` are the values to record: `sha256`, `size`, `location`, `rehearsal` (`result`, `takes`).
    """
    is_new = night.phase == "finished"
    what = Text(f"the backup {name}", f"备份 {name} ")
    if night.phase not in {"before", "finished"} and not night.is_forced:
        raise problems.noted_too_late(what)
    _require_name(night, ("spec", "backup"), name, Text("backup", "备份"))
    plan = entry_at(night.data, ("spec", "backup"), name)
    values = dict(taken)
    if "sha256" in values:
        place = values.pop("location", None) or plan.get("location")
        values = {
            "kind": plan.get("kind"),
            "takenAt": night.written_at,
            "by": night.by,
            **values,
            **({"location": place} if place else {}),
        }
    if "rehearsal" in values:
        values["rehearsal"] = {"at": night.written_at, "by": night.by, **values["rehearsal"]}
    route = ("status", "newBackups" if is_new else "backups")
    return _fact(night, route, name, values, replaces=True)


def rollback_fact(night: LaunchNight, report: RollbackReport) -> LaunchFact:
    """Return the fact that the launch is being rolled back, with the assessment before it."""
    what = Text("a rollback", "回滚")
    if night.phase == "before":
        raise problems.not_begun(what)
    if night.phase == "running":
        raise problems.not_finished(what)
    plan = value_at(night.data, (*ROLLBACK_STEPS[:2], "impact"))
    impact = plan if isinstance(plan, dict) else {}
    assessment = {
        "summary": report.impact or impact.get("summary"),
        "users": impact.get("users"),
        "dataLoss": report.data_loss or impact.get("dataLoss"),
        "assessedBy": report.assessed_by,
        "assessedAt": report.assessed_at,
        "otherwise": report.otherwise,
        "conclusion": "proceed",
    }
    values = {
        "decidedBy": report.decided_by or night.by,
        "decidedAt": night.written_at,
        "reason": report.reason,
        "impactAssessment": {key: one for key, one in assessment.items() if one is not None},
        "by": night.by,
        "startedAt": night.written_at,
    }
    return _fact(night, ROLLBACK, "", values)


def finish_fact(night: LaunchNight) -> LaunchFact:
    """Return the fact that the launch is over, or its rollback where one is under way."""
    if night.phase == "before":
        raise problems.not_begun(Text("an end", "结束"))
    values: dict[str, Data] = {"finishedAt": night.written_at}
    if night.phase in {"rolling-back", "rolled-back"}:
        return _fact(night, ROLLBACK, "", {**values, **restored_and_reverted(night.data)})
    return _fact(night, EXECUTION, "", values)


def _fact(
    night: LaunchNight,
    route: Route,
    name: str,
    values: Mapping[str, Data],
    *,
    replaces: bool = False,
) -> LaunchFact:
    stage = ROLLED_BACK if route[:2] == ROLLBACK else LAUNCHED
    is_begun = moment_at(night.data, _STARTED) is not None
    return LaunchFact(
        identifier=new_identifier(),
        route=route,
        name=name,
        values=values,
        stage=stage,
        recorder=night.recorder,
        replaces=replaces and (not is_begun or route == _CHECKS["after"]),
        forced=night.is_forced,
    )


def _require_name(night: LaunchNight, plan: Route, name: str, what: Text) -> None:
    data = night.data
    names = [one for one in names_in(data, plan) if "none" not in entry_at(data, plan, one)]
    _require_one_of(name, names, what)


def _require_one_of(name: str, names: list[str], what: Text) -> None:
    if name not in names:
        raise problems.unknown_name(what, name, names)


def _require_turn(night: LaunchNight, plan: Route, record: Route, name: str) -> None:
    """Require that every step of the plan before this one has a result."""
    for earlier in names_in(night.data, plan):
        if earlier == name:
            return
        if is_open(entry_at(night.data, record, earlier)):
            raise problems.out_of_order(night.step_name(name), night.step_name(earlier))


def subject_of(fact: LaunchFact, request: str) -> str:
    """Return the subject of the commit that records a fact."""
    kinds = {
        "steps": "step",
        "checksBefore": "check",
        "checksAfter": "check",
        "backups": "backup",
        "newBackups": "backup",
    }
    if fact.name:
        result = fact.values.get("outcome") or fact.values.get("result")
        rehearsed = "restored in a rehearsal" if "rehearsal" in fact.values else "taken"
        kind = kinds[str(fact.route[-1])]
        return f"Record the {kind} {fact.name} of {request}: {result or rehearsed}"
    what = "the launch" if fact.route == EXECUTION else "the rollback"
    verb = "end" if "finishedAt" in fact.values else "start"
    return f"Record the {verb} of {what} {request}"

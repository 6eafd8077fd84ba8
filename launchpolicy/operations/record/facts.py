"""Make the facts that `launchpolicy record` writes, from what is said on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from launchpolicy.operations.record import problems, target_problems
from launchpolicy.operations.record.launch_fact import LaunchFact, new_identifier
from launchpolicy.operations.record.night import LaunchNight
from launchpolicy.operations.record.projection import EXECUTION, ROLLBACK, restored_and_reverted
from launchpolicy.operations.record.refusal import FactRefusedError
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import (
    EXECUTED_STEPS,
    ROLLBACK_STEPS,
    ROLLED_BACK_STEPS,
    STARTED,
    STEPS,
    entry_at,
    is_answered,
    is_broken_off,
    is_open,
    moment_at,
    names_in,
    open_failures,
)
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

LAUNCHED, ROLLED_BACK = "launched", "rolled-back"
CHECKS: Mapping[str, Route] = {
    "before": ("status", "checksBefore"),
    "after": ("status", "checksAfter"),
}
OUT_OF_TURN, AFTER_THE_START = "record/out-of-turn", "record/after-the-start"
OPEN_FAILURE = "record/open-failure"
"""What `record` itself refuses, and `--anyway` overrides."""


class StepReport(NamedTuple):
    """What is said of a step; "" for what is not said."""

    name: str
    result: str
    symptom: str = ""
    handling: str = ""
    stand_in: str = ""
    is_unresolved: bool = False


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
    return fact_of(night, EXECUTION, "", {key: value for key, value in values.items() if value})


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
    refusal = _out_of_turn(night, plan, record, report.name)
    if refusal is not None and not night.is_forced:
        raise refusal
    values: dict[str, Data] = {}
    if there.get("result") == "failed" and report.result == "done":
        _require_account(there, report)
        values["outcome"] = "done"
    else:
        values = {"result": report.result, "at": night.written_at, "by": night.by}
    if there.get("result") == "failed" and (report.handling or report.result == "done"):
        values |= {"handledBy": night.by, "handledAt": night.written_at}
    for key, value in (
        ("standIn", report.stand_in),
        ("symptom", report.symptom),
        ("handling", report.handling),
        ("outcome", "unresolved" if report.is_unresolved else ""),
    ):
        if value:
            values[key] = value
    overrides = (OUT_OF_TURN,) if refusal is not None else ()
    return fact_of(night, record, report.name, values, overrides=overrides)


def backup_fact(night: LaunchNight, name: str, taken: Mapping[str, Data]) -> LaunchFact:
    """Return the fact that a backup was taken, or that it was restored in a rehearsal.

    `taken` are the values to record: `sha256`, `size`, `location`, `rehearsal` (`result`, `takes`).
    """
    is_new = night.phase == "finished"
    what = Text(f"the backup {name}", f"备份 {name} ")
    overrides = overrides_start(night, what) if night.phase not in {"before", "finished"} else ()
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
    return fact_of(night, route, name, values, replaces=True, overrides=overrides)


def rollback_fact(night: LaunchNight, report: RollbackReport) -> LaunchFact:
    """Return the fact that the launch is being rolled back, with the assessment before it."""
    if night.phase == "before":
        raise target_problems.nothing_to_roll_back()
    if night.phase == "running":
        raise problems.not_finished(Text("a rollback", "回滚"))
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
    return fact_of(night, ROLLBACK, "", values)


def finish_fact(night: LaunchNight) -> LaunchFact:
    """Return the fact that the launch is over, or its rollback where one is under way."""
    if night.phase == "before":
        raise problems.not_begun(Text("an end", "结束"))
    is_rollback = night.phase in {"rolling-back", "rolled-back"}
    record = ROLLED_BACK_STEPS if is_rollback else EXECUTED_STEPS
    failures = open_failures(night.data, record)
    if failures and not night.is_forced:
        raise target_problems.open_failures(failures)
    overrides = (OPEN_FAILURE,) if failures else ()
    values: dict[str, Data] = {"finishedAt": night.written_at}
    if is_rollback:
        values |= restored_and_reverted(night.data)
    return fact_of(night, ROLLBACK if is_rollback else EXECUTION, "", values, overrides=overrides)


def fact_of(
    night: LaunchNight,
    route: Route,
    name: str,
    values: Mapping[str, Data],
    *,
    replaces: bool = False,
    overrides: tuple[str, ...] = (),
) -> LaunchFact:
    """Return a fact of this night with an identifier of its own."""
    stage = ROLLED_BACK if route[:2] == ROLLBACK else LAUNCHED
    is_begun = moment_at(night.data, STARTED) is not None
    return LaunchFact(
        identifier=new_identifier(),
        route=route,
        name=name,
        values=values,
        stage=stage,
        recorder=night.recorder,
        replaces=replaces and (not is_begun or route == CHECKS["after"]),
        forced=night.is_forced,
        overrides=overrides,
    )


def overrides_start(night: LaunchNight, what: Text) -> tuple[str, ...]:
    """Return what `--anyway` overrides where something is noted after the start that precedes it.

    Raises:
        FactRefusedError: without `--anyway`.
    """
    if not night.is_forced:
        raise problems.noted_too_late(what)
    return (AFTER_THE_START,)


def _require_name(night: LaunchNight, plan: Route, name: str, what: Text) -> None:
    data = night.data
    names = [one for one in names_in(data, plan) if "none" not in entry_at(data, plan, one)]
    require_one_of(name, names, what)


def require_one_of(name: str, names: list[str], what: Text) -> None:
    if name not in names:
        raise problems.unknown_name(what, name, names)


def _out_of_turn(
    night: LaunchNight, plan: Route, record: Route, name: str
) -> FactRefusedError | None:
    """Return the refusal of a step before which another of the plan has no result yet.

    Also of any further step of a launch that is broken off.
    """
    if record == EXECUTED_STEPS and is_broken_off(night.data):
        if not is_answered(entry_at(night.data, record, name).get("result")):
            return target_problems.broken_off(night.step_name(name))
        return None
    for earlier in names_in(night.data, plan):
        if earlier == name:
            break
        if is_open(entry_at(night.data, record, earlier)):
            return problems.out_of_order(night.step_name(name), night.step_name(earlier))
    return None


def _require_account(there: Mapping[str, Data], report: StepReport) -> None:
    """Require that a step that failed at first is not done without what was seen and done.

    Raises:
        FactRefusedError: symptom or handling is missing, on the command line and in the request.
    """
    account = {"symptom": report.symptom, "handling": report.handling}
    missing = [key for key, text in account.items() if not text and not is_answered(there.get(key))]
    if missing:
        raise target_problems.no_account(report.name, str(there.get("at", "")), missing)


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

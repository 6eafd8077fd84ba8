"""How far a launch has come, by what its request records: pure functions on plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from launchpolicy.documents.instants import instant, parse_instant
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route

STEPS: Route = ("spec", "steps")
ROLLBACK_STEPS: Route = ("spec", "rollback", "steps")
EXECUTED_STEPS: Route = ("status", "execution", "steps")
ROLLED_BACK_STEPS: Route = ("status", "rollback", "steps")
STARTED: Route = ("status", "execution", "startedAt")
UNRESOLVED = "unresolved"
Phase = Literal["before", "running", "finished", "rolling-back", "rolled-back"]


def is_answered(value: Data) -> bool:
    """Return whether a value is there and is no open question."""
    return value is not None and not is_unanswered(value)


def phase_of(data: Data) -> Phase:
    """Return how far the launch has come, by the times that are recorded."""
    if is_answered(value_at(data, ("status", "rollback", "startedAt"))):
        is_over = is_answered(value_at(data, ("status", "rollback", "finishedAt")))
        return "rolled-back" if is_over else "rolling-back"
    if is_answered(value_at(data, ("status", "execution", "finishedAt"))):
        return "finished"
    return (
        "running"
        if is_answered(value_at(data, ("status", "execution", "startedAt")))
        else ("before")
    )


def names_in(data: Data, route: Route) -> list[str]:
    """Return the names of the entries of a list of the request, in order."""
    return [str(entry["name"]) for entry in planned_entries(data, route)]


def entry_at(data: Data, route: Route, name: str) -> dict[str, Data]:
    """Return the entry called `name` of a list; empty where there is none."""
    return next((entry for entry in planned_entries(data, route) if entry["name"] == name), {})


def is_open(entry: dict[str, Data]) -> bool:
    """Return whether a step has no result yet, or has failed without an outcome."""
    result, outcome = entry.get("result"), entry.get("outcome")
    return not is_answered(result) or (result == "failed" and not is_answered(outcome))


def open_failures(data: Data, record: Route) -> list[str]:
    """Return the recorded steps that failed and have no outcome, in order."""
    steps = planned_entries(data, record)
    return [step["name"] for step in steps if step.get("result") == "failed" and is_open(step)]


def open_steps(data: Data) -> list[str]:
    """Return the planned steps of what is under way that have no result yet, in order."""
    is_rollback = phase_of(data) in {"rolling-back", "rolled-back"}
    plan = ROLLBACK_STEPS if is_rollback else STEPS
    record = ROLLED_BACK_STEPS if is_rollback else EXECUTED_STEPS
    return [name for name in names_in(data, plan) if is_open(entry_at(data, record, name))]


def moment_at(data: Data, route: Route) -> datetime | None:
    """Return the time at a route; None where there is none."""
    return parse_instant(str(value_at(data, route)))


def window_of(data: Data) -> tuple[datetime, datetime] | None:
    """Return the launch window of a request; None where it has none yet."""
    edges = [value_at(data, ("spec", "window", edge)) for edge in ("start", "end")]
    if not all(isinstance(edge, str) and parse_instant(edge) for edge in edges):
        return None
    return instant(str(edges[0])), instant(str(edges[1]))


def planned_entries(data: Data, route: Route) -> Iterator[dict[str, Data]]:
    """Yield the entries of a list of the plan that have a name."""
    items = value_at(data, route)
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            yield item


def is_broken_off(data: Data) -> bool:
    """Return whether a failed step could not be solved, so that the launch does not go on."""
    return any(step.get("outcome") == UNRESOLVED for step in planned_entries(data, EXECUTED_STEPS))


def next_action(data: Data) -> tuple[str, ...]:
    """Return what `launchpolicy record` is asked for next, as its words; empty at the end."""
    phase = phase_of(data)
    if phase == "before":
        return _next_before(data)
    if phase in {"running", "rolling-back"}:
        return _next_under_way(data, phase)
    if phase == "finished" and is_broken_off(data):
        asked = ("--reason", "--otherwise", "--assessed-by", "--assessed-at")
        return ("rollback", *(word for option in asked for word in (option, "…")))
    if phase == "rolled-back":
        return ()
    for planned in planned_entries(data, ("spec", "checks", "after")):
        name = planned["name"]
        if not is_answered(entry_at(data, ("status", "checksAfter"), name).get("result")):
            return _next_check(planned)
    return ()


def _next_under_way(data: Data, phase: Phase) -> tuple[str, ...]:
    steps, account = open_steps(data), missing_account(data)
    if account and phase == "running":
        return account
    is_over = not steps or (phase == "running" and is_broken_off(data))
    return ("finish",) if is_over else _next_step(data, phase, steps[0])


def missing_account(data: Data) -> tuple[str, ...]:
    """Return the words that record what was seen and done at a step that stays unresolved.

    Empty where nothing of that is missing.
    """
    for step in planned_entries(data, EXECUTED_STEPS):
        missing = [key for key in ("symptom", "handling") if not is_answered(step.get(key))]
        if step.get("outcome") == UNRESOLVED and missing:
            asked = (word for key in missing for word in (f"--{key}", "…"))
            return ("step", str(step["name"]), "failed", "--unresolved", *asked)
    return ()


def _next_step(data: Data, phase: str, name: str) -> tuple[str, ...]:
    """Return the words that record a step as done; of one that has failed, also how."""
    record = EXECUTED_STEPS if phase == "running" else ROLLED_BACK_STEPS
    step = entry_at(data, record, name)
    is_unhandled = step.get("result") == "failed" and not is_answered(step.get("handling"))
    return ("step", name, "done", *(("--handling", "…") if is_unhandled else ()))


def _next_check(planned: dict[str, Data]) -> tuple[str, ...]:
    """Return the words that record a check as passed; of one with a limit, also the value."""
    is_measured = bool(planned.keys() & {"limit", "minimum"})
    return ("check", str(planned["name"]), "passed", *(("--measured", "…") if is_measured else ()))


def _next_before(data: Data) -> tuple[str, ...]:
    for planned_backup in planned_entries(data, ("spec", "backup")):
        if "none" in planned_backup:
            continue
        name = planned_backup["name"]
        taken = entry_at(data, ("status", "backups"), name)
        if not is_answered(taken.get("sha256")):
            return ("backup", name, "--file", "…")
        if not is_answered(value_at(taken, ("rehearsal", "result"))):
            return ("backup", name, "--restored", "…")
    for planned in planned_entries(data, ("spec", "checks", "before")):
        if entry_at(data, ("status", "checksBefore"), planned["name"]).get("result") != "passed":
            return _next_check(planned)
    return ("start",)

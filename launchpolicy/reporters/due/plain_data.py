"""The due list as JSON, for other programs."""

from __future__ import annotations

from typing import Any

from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.json_encoding import encode


def render(due: DueList) -> str:
    """Return the list as one line of JSON; `by` is null where only `before` is known, a stage."""
    return (
        encode(
            {
                "now": as_written(due.now),
                "branch": due.branch,
                "complete": due.is_whole,
                "duties": [_duty(due, one) for one in due.duties],
                "unreadable": [
                    {
                        "path": request.path,
                        "branch": request.branch,
                        "problem": request.problem.as_data(),
                    }
                    for request in due.unreadable
                ],
                "notes": [note.as_data() for note in due.notes],
            }
        )
        + "\n"
    )


def _duty(due: DueList, one: LaunchDuty) -> dict[str, Any]:
    launch, duty = one.launch, one.duty
    return {
        "request": launch.name,
        "path": launch.path,
        "title": launch.title.as_data(),
        "stage": launch.stage,
        "branch": launch.branch,
        "what": duty.what.as_data(),
        "people": list(duty.people),
        "role": duty.role,
        "by": as_written(duty.by) if duty.by is not None else None,
        "before": duty.stage,
        "overdue": due.is_overdue(one),
        "policies": list(duty.policies),
        "proposedOn": one.proposed_on,
    }

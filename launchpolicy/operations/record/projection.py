"""What a request would say if the rest of the launch went as planned from now on.

Policies of the stage `launched` judge a launch that is over. To judge one fact in the middle of the
night, everything that has not happened yet is filled in as the plan has it, before and after the
fact; what the policies say only of the second is what is wrong with the fact.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime, timedelta

from launchpolicy.documents.instants import parse_instant
from launchpolicy.reporters.instants import as_written
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import is_answered
from launchpolicy.vocabulary.place import Data

EXECUTION = ("status", "execution")
ROLLBACK = ("status", "rollback")
_SECOND = timedelta(seconds=1)
_BEFORE = (("status", "checksBefore"), ("status", "backups"), ("status", "readiness"))


def project(data: Data, stage: str, at: datetime, start: datetime | None = None) -> Data:
    """Return a copy of a request's data with the rest of the launch as it is planned.

    Args:
        data: the request as it stands.
        stage: the stage that is judged: `launched` or `rolled-back`.
        at: the time of the fact; nothing that is filled in is earlier, but for what it rests on.
        start: the launch is not filled in to begin before it; None where it begins as early as it
            may. A launch that has begun keeps its start.
    """
    after = copy.deepcopy(data)
    after["status"]["stage"] = stage
    if stage == "rolled-back":
        return _with_rollback(after, at)
    return _with_execution(after, at, start)


def _with_execution(data: Data, at: datetime, start: datetime | None) -> Data:
    execution = _object(data, "execution")
    people = value_at(data, ("spec", "people"))
    people = people if isinstance(people, dict) else {}
    _answer(execution, "by", people.get("executor"))
    _answer(execution, "watchedBy", people.get("watcher"))
    earliest = _start(data, at)
    _answer(execution, "startedAt", as_written(max(earliest, start or earliest)))
    if not is_answered(execution.get("finishedAt")):
        _add_steps(execution, value_at(data, ("spec", "steps")), as_written(_latest(data, at)))
    _answer(execution, "finishedAt", _end(execution, _latest(data, at)))
    return data


def _with_rollback(data: Data, at: datetime) -> Data:
    rollback = _object(data, "rollback")
    plan = value_at(data, ("spec", "rollback"))
    plan = plan if isinstance(plan, dict) else {}
    if not is_answered(rollback.get("finishedAt")):
        _add_steps(rollback, plan.get("steps"), as_written(_latest(data, at)))
    _answer(rollback, "finishedAt", _end(rollback, _latest(data, at)))
    for key, value in restored_and_reverted(data).items():
        _answer(rollback, key, value)
    return data


def restored_and_reverted(data: Data) -> dict[str, Data]:
    """Return which backups the steps of a rollback put back, and to which version they went."""
    plan = value_at(data, (*("spec", "rollback"), "steps"))
    names = {
        step["name"]
        for step in _objects(value_at(data, (*ROLLBACK, "steps")))
        if step.get("result") == "done" or step.get("outcome") == "done"
    }
    steps = [step for step in _objects(plan) if step.get("name") in names]
    restored = [step["backup"] for step in steps if "backup" in step]
    reverting = (step for step in steps if step.get("action") == "revert-code")
    versions = [step["to"] for step in reverting if "to" in step]
    result: dict[str, Data] = {}
    if restored:
        result["restored"] = list(dict.fromkeys(restored))
    if versions:
        result["revertedTo"] = versions[-1]
    return result


def _add_steps(record: dict[str, Data], plan: Data, at: str) -> None:
    """Add to a record every planned step that has no result yet, as done at `at`."""
    if not isinstance(record.get("steps"), list):
        record["steps"] = []
    steps: list[Data] = record["steps"]
    by_name = {step.get("name"): step for step in _objects(steps)}
    for planned in _objects(plan):
        step = by_name.get(planned.get("name"))
        if step is None:
            step = {"name": planned.get("name")}
            steps.append(step)
        if not is_answered(step.get("result")):
            step.update({"result": "done", "at": at})
            if "by" in planned:
                step["by"] = planned["by"]


def _start(data: Data, at: datetime) -> datetime:
    """Return the earliest time at which the launch may still begin."""
    opens = parse_instant(str(value_at(data, ("spec", "window", "start"))))
    times = [moment + _SECOND for route in _BEFORE for moment in _moments(value_at(data, route))]
    return max((moment for moment in (opens, *times) if moment is not None), default=at)


def _end(record: dict[str, Data], latest: datetime) -> str:
    """Return when what is recorded ends: at its latest time, and some time after its beginning."""
    began = parse_instant(str(record.get("startedAt")))
    return as_written(latest + _SECOND if began == latest else latest)


def _latest(data: Data, at: datetime) -> datetime:
    """Return the latest time that is recorded of the execution or the rollback."""
    recorded = [*_moments(value_at(data, EXECUTION)), *_moments(value_at(data, ROLLBACK))]
    return max(recorded, default=at)


def _moments(data: Data) -> Iterator[datetime]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _moments(value)
    elif isinstance(data, list):
        for value in data:
            yield from _moments(value)
    elif isinstance(data, str) and (moment := parse_instant(data)) is not None:
        yield moment


def latest_moment(data: Data) -> datetime | None:
    """Return the latest time in `data`; None where there is none."""
    return max(_moments(data), default=None)


def _object(data: Data, section: str) -> dict[str, Data]:
    if not isinstance(data["status"].get(section), dict):
        data["status"][section] = {}
    record: dict[str, Data] = data["status"][section]
    return record


def _objects(value: Data) -> list[dict[str, Data]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _answer(record: dict[str, Data], key: str, value: Data) -> None:
    if not is_answered(record.get(key)) and value is not None:
        record[key] = value

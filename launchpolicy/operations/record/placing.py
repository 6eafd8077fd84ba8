"""Put a fact into the data of a request: nothing twice, nothing that is there overwritten."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from launchpolicy.documents.instants import parse_instant
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.launch_progress import EXECUTED_STEPS, is_answered, is_broken_off
from launchpolicy.vocabulary.place import Data, Route

_DECIDING = ("result", "outcome", "sha256")
"""Keys in which two records of one thing contradict each other; of times the first one counts."""

_TIMES: tuple[Route, ...] = (("at",), ("takenAt",), ("rehearsal", "at"))


class KnownFactError(Exception):
    """The same is recorded already; `there` is what stands in the request."""

    def __init__(self, there: Mapping[str, Data]) -> None:
        super().__init__("recorded already")
        self.there = there


class ContradictionError(Exception):
    """Something else is recorded already; `there` is what stands in the request."""

    def __init__(self, there: Mapping[str, Data]) -> None:
        super().__init__("something else is recorded")
        self.there = there


def place(data: Data, fact: LaunchFact) -> Data:
    """Return a copy of a request's data in which `fact` is recorded.

    Raises:
        KnownFactError: it is there, recorded by this or by another person.
        ContradictionError: the request says something else of the same thing.
    """
    placed = copy.deepcopy(data)
    entry = _entry(placed, fact)
    before = copy.deepcopy(entry)
    if fact.replaces and _is_older(before, fact.values):
        entry.update(fact.values)
    else:
        _fill(entry, _in_own_name(before, fact.values))
    if fact.route == EXECUTED_STEPS[:-1] and "finishedAt" in fact.values and is_broken_off(placed):
        _drop_steps_that_were_not_taken(placed)
    stage = value_at(placed, STAGE)
    if entry == before and stage == fact.stage:
        raise KnownFactError(before)
    placed["status"]["stage"] = fact.stage
    return placed


def _drop_steps_that_were_not_taken(data: Data) -> None:
    """Take the steps out that `advance` left open: after one that is unresolved none follows."""
    execution = data["status"]["execution"]
    execution["steps"] = [
        step
        for step in execution["steps"]
        if not isinstance(step, dict) or is_answered(step.get("result"))
    ]


def entry_of(data: Data, fact: LaunchFact) -> Mapping[str, Data]:
    """Return what a request says already of what the fact is about; empty where nothing."""
    return dict(_entry(copy.deepcopy(data), fact))


def _in_own_name(entry: Mapping[str, Data], values: Mapping[str, Data]) -> Mapping[str, Data]:
    """Return the values with who handled a failure, where another person recorded the failure."""
    by, at = values.get("by"), values.get("at")
    is_of_another = is_answered(entry.get("by")) and by not in {None, entry["by"]}
    if not is_of_another or "handling" not in values or is_answered(entry.get("handling")):
        return values
    return {**values, "handledBy": by, **({"handledAt": at} if at else {})}


def _fill(entry: dict[str, Data], values: Mapping[str, Data]) -> None:
    """Write into `entry` what it does not say yet, in objects inside it as well.

    Raises:
        ContradictionError: it says something else.
    """
    for key, value in values.items():
        there = entry.get(key)
        if isinstance(there, dict) and isinstance(value, dict):
            _fill(there, value)
        elif not is_answered(there):
            entry[key] = value
        elif key in _DECIDING and there != value:
            raise ContradictionError(dict(entry))


def _is_older(entry: Mapping[str, Data], values: Mapping[str, Data]) -> bool:
    """Return whether what is recorded is of an earlier time than the new values."""
    for route in _TIMES:
        there, new = (parse_instant(str(value_at(one, route))) for one in (entry, values))
        if there is not None and new is not None:
            return there < new
    return False


def _entry(data: Data, fact: LaunchFact) -> dict[str, Data]:
    """Return the object in `data` that the fact is written into, made where it is missing."""
    parent = data
    for step in fact.route[:-1]:
        inner = parent.get(step)
        if not isinstance(inner, dict):
            inner = parent[step] = {}
        parent = inner
    last = fact.route[-1]
    if not fact.name:
        if not isinstance(parent.get(last), dict):
            parent[last] = {}
        entry: dict[str, Data] = parent[last]
        return entry
    if not isinstance(parent.get(last), list):
        parent[last] = []
    items: list[Data] = parent[last]
    for item in items:
        if isinstance(item, dict) and item.get("name") == fact.name:
            return item
    entry = {"name": fact.name}
    items.append(entry)
    return entry

"""Name the command of `launchpolicy record` that writes what a complaint about `status` misses."""

from __future__ import annotations

from typing import Final

from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import (
    STEPS,
    entry_at,
    is_answered,
    missing_account,
    names_in,
)
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

_RECORD: Final = "launchpolicy record"
_PUNCTUATION: Final = ".,:;()“”\"'`"
_BACKUPS: Final[Route] = ("status", "backups")
_EXECUTION: Final[Route] = ("status", "execution")
_PLANS: Final[dict[Route, tuple[Route, str]]] = {
    _BACKUPS: (("spec", "backup"), "backup"),
    ("status", "checksBefore"): (("spec", "checks", "before"), "check"),
    ("status", "checksAfter"): (("spec", "checks", "after"), "check"),
}
_SECTION: Final = 2
_START: Final = f"{_RECORD} start"
_TIMES: Final = frozenset({"at", "takenAt"})
_TAKES: Final = "takes"
_OPTIONS: Final = {"by": "--by", "watchedBy": "--watched-by", "at": "--at", "takenAt": "--at"}
_DUTIES: Final = {"by": "executor", "watchedBy": "watcher"}


def with_command(finding: Finding, data: Data) -> Finding:
    """Return a finding whose fix is a command of `record`, where there is one for it."""
    command = record_command(finding, data)
    if not command:
        return finding
    return finding._replace(fix=Text(f"Record it: {command}", f"请登记：{command}"))


def with_correction(finding: Finding, data: Data) -> Finding:
    """Return a finding about a recorded value, whose fix is the command that records another one.

    The command that wrote the value would be refused again: what the fix names differs from it,
    and where it cannot, the fix of the policy stays.
    """
    route = finding.place.full_route
    key = str(route[-1]) if route else ""
    if key == _TAKES and route[:_SECTION] == _BACKUPS:
        return _with_times_of_backup(finding, _entry_name(data, route))
    if key not in _OPTIONS or route[:_SECTION] not in {_EXECUTION, *_PLANS}:
        return with_command(finding, data) if "…" in record_command(finding, data) else finding
    name = _entry_name(data, route)
    command = _command_again(finding, data, name)
    if key in _TIMES:
        return finding._replace(
            fix=Text(
                f"If it happened at another time, say when: {command} --at TIME. Else record it "
                "once it is done again.",
                f"如实际时间不同，请写明：{command} --at 时间。否则请重新完成后再登记。",
            )
        )
    person = _planned_person(data, route, name)
    given = Text(person or "ID", person or "标识")
    return finding._replace(
        fix=Text(
            f"If another person did it, name them: {command} {_OPTIONS[key]} {given.en}.",
            f"如由他人完成，请写明：{command} {_OPTIONS[key]} {given.zh}。",
        )
    )


def _with_times_of_backup(finding: Finding, name: str) -> Finding:
    """Return a finding about how long a restore took, whose fix asks when the backup was taken."""
    command = f"{_RECORD} backup {name} --file … --restored …"
    return finding._replace(
        fix=Text(
            f"Say how long the restore took, and when the backup was finished: {command} --at TIME",
            f"请写明实际恢复用时和备份完成的时间：{command} --at 时间",
        )
    )


def _command_again(finding: Finding, data: Data, name: str) -> str:
    """Return the command that wrote a value, without the options for who and when."""
    route = finding.place.full_route
    if route[:_SECTION] == _BACKUPS:
        return f"{_RECORD} backup {name} {'--restored …' if 'rehearsal' in route else '--file …'}"
    command = record_command(finding, data) or _START
    if value_at(data, (*route[:-1], "result")) != "failed":
        return command
    return command.replace(" done", " failed").replace(" passed", " failed")


def _planned_person(data: Data, route: Route, name: str) -> str:
    """Return who is to do it by the plan; "" where that is whom the record names already."""
    if route[:_SECTION] == _EXECUTION and len(route) == _SECTION + 1:
        people = value_at(data, ("spec", "people"))
        planned = people.get(_DUTIES[str(route[-1])]) if isinstance(people, dict) else None
    else:
        plan = STEPS if route[:_SECTION] == _EXECUTION else _PLANS[route[:_SECTION]][0]
        planned = entry_at(data, plan, name).get("by")
    is_other = isinstance(planned, str) and is_answered(planned)
    return str(planned) if is_other and planned != value_at(data, route) else ""


def _entry_name(data: Data, route: Route) -> str:
    """Return the name of the entry of a list that a route leads into; "" where it leads to none."""
    for end in range(len(route), 0, -1):
        entry = value_at(data, route[:end])
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            return str(entry["name"])
    return ""


def record_command(finding: Finding, data: Data) -> str:
    """Return the command that records what a finding about a request misses; "" for none.

    What it names is planned: of several the one that the finding is about, else the first.
    """
    route = finding.place.full_route
    section = route[:_SECTION]
    if section == _EXECUTION:
        return _execution_command(finding, route, data)
    if section not in _PLANS:
        return ""
    plan, command = _PLANS[section]
    names = [name for name in names_in(data, plan) if "none" not in entry_at(data, plan, name)]
    name = _name(finding, data, route[: _SECTION + 1], names)
    if not name:
        return ""
    if command == "check":
        target = entry_at(data, plan, name).keys() & {"limit", "minimum"}
        return f"{_RECORD} check {name} passed{' --measured …' if target else ''}"
    is_taken = is_answered(entry_at(data, _BACKUPS, name).get("sha256"))
    is_of_digest = route[-1:] == ("sha256",)
    return (
        f"{_RECORD} backup {name} {'--restored …' if is_taken and not is_of_digest else '--file …'}"
    )


def _execution_command(finding: Finding, route: Route, data: Data) -> str:
    key = route[_SECTION] if len(route) > _SECTION else ""
    if key == "steps":
        account = missing_account(data)
        if account and value_at(data, (*route[: _SECTION + 2], "outcome")):
            return " ".join((_RECORD, *account))
        name = _name(finding, data, route[: _SECTION + 2], names_in(data, STEPS))
        return f"{_RECORD} step {name} done" if name else ""
    is_missing = value_at(data, route) is None
    return f"{_RECORD} finish" if key == "finishedAt" and is_missing else ""


def _name(finding: Finding, data: Data, item: Route, names: list[str]) -> str:
    """Return which of the planned names a finding is about: by its place, by its words."""
    entry = value_at(data, item)
    if isinstance(entry, dict) and entry.get("name") in names:
        return str(entry["name"])
    words = {word.strip(_PUNCTUATION) for word in finding.message.en.split()}
    return next((name for name in names if name in words), names[0] if names else "")

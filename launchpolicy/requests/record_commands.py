"""Name the command of `launchpolicy record` that writes what a complaint about `status` misses."""

from __future__ import annotations

from typing import Any, Final

from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import STEPS, entry_at, is_answered, names_in
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text

Data = Any
"""Plain data, as YAML and JSON know it."""

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


def with_command(finding: Finding, data: Data) -> Finding:
    """Return a finding whose fix is a command of `record`, where there is one for it."""
    command = record_command(finding, data)
    if not command:
        return finding
    return finding._replace(fix=Text(f"Record it: {command}", f"请登记：{command}"))


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

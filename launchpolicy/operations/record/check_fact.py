"""Make the fact that a planned check was made, before the launch or after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from launchpolicy.operations.record import problems, target_problems
from launchpolicy.operations.record.facts import (
    CHECKS,
    fact_of,
    overrides_start,
    require_one_of,
)
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.operations.record.night import LaunchNight
from launchpolicy.requests.launch_progress import entry_at, names_in
from launchpolicy.requests.quantities import is_within
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


class CheckReport(NamedTuple):
    """What is said of a check; "" for what is not said. `evidence` refers to a file."""

    name: str
    result: str
    measured: str = ""
    remark: str = ""
    evidence: Mapping[str, str] | None = None


def check_fact(night: LaunchNight, report: CheckReport) -> LaunchFact:
    """Return the fact that a check was made, before the launch or after it.

    Raises:
        FactRefusedError: it passed, and the measured value does not meet the plan's; or it is the
            wrong time for it.
        UsageError: the plan has no such check.
    """
    before, after = (names_in(night.data, ("spec", "checks", one)) for one in ("before", "after"))
    require_one_of(report.name, [*before, *after], Text("check", "检查项"))
    is_begun = night.phase != "before"
    is_after = report.name in after and (report.name not in before or is_begun)
    what = Text(f"the check {report.name}", f"检查 {report.name} ")
    if is_after and night.phase not in {"finished", "rolled-back"}:
        raise problems.not_finished(what) if is_begun else problems.not_begun(what)
    overrides = overrides_start(night, what) if not is_after and is_begun else ()
    section = "after" if is_after else "before"
    _require_target(entry_at(night.data, ("spec", "checks", section), report.name), report)
    route = CHECKS[section]
    there = entry_at(night.data, route, report.name)
    values: dict[str, Data] = {"result": report.result, "at": night.written_at, "by": night.by}
    if report.measured:
        values["measured"] = report.measured
    if report.evidence is not None:
        values["evidence"] = dict(report.evidence)
    if report.remark:
        values["remark"] = report.remark
    elif there.get("result") == "failed" and report.result == "passed":
        failed_at = str(there.get("at", ""))
        values["remark"] = {"en": f"Failed at {failed_at} first.", "zh": f"{failed_at} 曾未通过。"}
    return fact_of(night, route, report.name, values, replaces=True, overrides=overrides)


def _require_target(planned: Mapping[str, Data], report: CheckReport) -> None:
    """Require that a check that passed was measured, and meets the plan's limit and minimum.

    Raises:
        FactRefusedError: it was not, or it does not.
    """
    limit, minimum = planned.get("limit"), planned.get("minimum")
    if report.result != "passed" or (limit is None and minimum is None):
        return
    if not report.measured:
        raise target_problems.not_measured(report.name, limit, minimum)
    if not is_within(report.measured, limit, minimum):
        raise target_problems.misses_target(report.name, report.measured, limit, minimum)

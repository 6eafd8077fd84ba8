"""Ask the policies what is wrong with one fact of the night, before it is recorded.

The policies and the directory come from the base, as for every change (design section 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.writing import block
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import expect_approvals_later, submission_of
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.operations.record.projection import EXECUTION, ROLLBACK, latest_moment, project
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.reporters.instants import as_written
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import STARTED, window_of
from launchpolicy.requests.record_commands import with_command, with_correction
from launchpolicy.vocabulary.finding import UNANSWERED, Action, Finding, Outcome
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_BROKEN_OFF = "rolled-back"


class FactVerdict(NamedTuple):
    """What policies say of a fact: what is wrong with it, and what is still to be recorded."""

    wrong: tuple[Finding, ...]
    to_come: tuple[Finding, ...]


class LaunchJudge(NamedTuple):
    """Everything that a fact of one request is judged by.

    `trusted` holds the directory and the calendar, `proposed` the request's evidence; `before` is
    the version of the request that the change is compared with.
    """

    rules: PackSet
    trusted: Snapshot
    proposed: Snapshot
    kind: str
    path: str
    before: bytes
    now: datetime

    def findings(self, data: Data) -> tuple[Finding, ...]:
        """Return every complaint about `data` but missing approvals; of warnings none."""
        now = max(self.now, latest_moment(data.get("status")) or self.now)
        source = block(data, lambda _: "").encode()
        submission = submission_of(self.kind, self.path, source, self.before)
        (with_facts,) = add_facts(
            expect_approvals_later([submission]), self.rules, (self.trusted, self.proposed), now
        )
        judgement = judge(with_facts, self.rules, now)
        blocking = (
            finding
            for result in judgement.results
            if result.outcome in {Outcome.FAILED, Outcome.ERROR} and result.action is Action.DENY
            for finding in result.findings or (_evaluation_finding(result.policy, self.path),)
        )
        return (*judgement.refusals, *blocking)

    def verdict(self, before: Data, after: Data, fact: LaunchFact) -> FactVerdict:
        """Return what the policies say of `fact`, which has made `after` of `before`.

        A start needs everything that the launch needs before it; an end everything that the launch
        needs at all; for any other fact only what it makes wrong itself counts, whether the launch
        begins as early as it may or now.
        """
        at = parse_instant(fact.at) or self.now
        stage = fact.stage if fact.stage == _BROKEN_OFF else "launched"
        rest = project(after, stage, at)
        if is_start(fact):
            findings = _without_later_sections(self.findings(rest))
            wrong_at_start = (_before_the_fact(one, after) for one in findings)
            return FactVerdict(_with_commands(wrong_at_start, before), ())
        known = {_key(finding) for finding in self.findings(project(before, stage, at))}
        if is_end(fact):
            real = self.findings(after)
            owed = (one for one in real if _key(one) not in known or _is_owed(after, one))
            return FactVerdict(_with_commands(owed, after), ())
        new = [one for one in self.findings(rest) if _key(one) not in known]
        if new and (later := project(after, stage, at, self.now)) != rest:
            still = {_key(finding) for finding in self.findings(later)}
            new = [one for one in new if _key(one) in still]
        new = [one for one in new if not _is_about_own_failure(one, after, fact)]
        new.sort(key=lambda one: not _is_about_entry(one, after, fact))
        wrong = tuple(with_correction(one, after) for one in new if _is_there(after, one))
        to_come = tuple(one for one in new if _is_missing(after, one))
        return FactVerdict(wrong, to_come)


def is_start(fact: LaunchFact) -> bool:
    """Return whether a fact says that the launch has begun."""
    return fact.route == ("status", "execution") and "startedAt" in fact.values


def is_end(fact: LaunchFact) -> bool:
    """Return whether a fact says that the launch, or its rollback, is over."""
    return fact.route in {("status", "execution"), ("status", "rollback")} and (
        "finishedAt" in fact.values
    )


def _with_commands(findings: Iterable[Finding], data: Data) -> tuple[Finding, ...]:
    """Return the findings with the commands that record what is missing, in place of YAML."""
    return tuple(with_command(one, data) for one in findings)


def _before_the_fact(finding: Finding, data: Data) -> Finding:
    """Return a finding about the time of a start in the words of before it: it is not recorded."""
    window = window_of(data)
    if finding.place.full_route != STARTED or window is None:
        return finding
    start, end = (as_written(moment) for moment in window)
    return finding._replace(
        message=Text(
            f"The launch may begin from {start} until {end} only, the approved window.",
            f"上线只能在批准的窗口内开始：{start} 至 {end}。",
        ),
        fix=Text(
            "Start within the window, or have it moved: launchpolicy postpone REQUEST --window "
            "START/END",
            "请在窗口内开始，或改期：launchpolicy postpone 申请 --window 开始/结束",
        ),
    )


def _without_later_sections(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings without open questions about what comes after the start."""
    later = (("status", "execution"), ("status", "checksAfter"))
    return tuple(
        finding
        for finding in findings
        if not (finding.rule == UNANSWERED and finding.place.full_route[:2] in later)
    )


def _is_about_own_failure(finding: Finding, data: Data, fact: LaunchFact) -> bool:
    """Return whether a finding only says that what has failed must not have.

    That it failed is true, and has to be recorded; the launch may not go on with it.
    """
    failed = fact.values.get("result") == "failed" or fact.values.get("outcome") == "unresolved"
    route = finding.place.full_route
    if not failed or route[-1:] not in {("result",), ("outcome",)}:
        return False
    return value_at(data, (*route[:-1], "name")) == fact.name


def _is_about_entry(finding: Finding, data: Data, fact: LaunchFact) -> bool:
    """Return whether a finding stands at the entry of a list that the fact is about."""
    entry = finding.place.full_route[: len(fact.route) + 1]
    return entry[:-1] == fact.route and value_at(data, (*entry, "name")) == fact.name


def _is_there(data: Data, finding: Finding) -> bool:
    """Return whether a finding is about something that is recorded; else it is missing.

    A finding about a whole list says what is missing in it.
    """
    value = value_at(data, finding.place.full_route)
    return finding.rule != UNANSWERED and value is not None and not isinstance(value, list)


def _is_owed(data: Data, finding: Finding) -> bool:
    """Return whether a finding is about something that an end closes, and that is missing."""
    return finding.place.full_route[:2] in {EXECUTION, ROLLBACK} and _is_missing(data, finding)


def _is_missing(data: Data, finding: Finding) -> bool:
    return value_at(data, finding.place.full_route) is None


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.message.en


def _evaluation_finding(policy: str, path: str) -> Finding:
    from launchpolicy.vocabulary.place import START, Place  # noqa: PLC0415 (only a defect needs it)

    return Finding(
        policy,
        Text("This policy could not be evaluated.", "该策略无法执行判定。"),
        Place(path, START),
        Text("Run launchpolicy check to see why.", "请运行 launchpolicy check 查看原因。"),
    )

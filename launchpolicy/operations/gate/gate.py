"""Answer whether a launch may start now, and whether what is deployed is what was approved.

Nothing is written and nothing of the work tree is believed: rules, people, calendar and the
request come from the protected branch as it stands at the remote.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.reading import Refusal
from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, GateResult
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.facts.deployed_content import ContentIdentity, compare_content
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.operations.gate import problems
from launchpolicy.operations.gate.approval import approval_condition
from launchpolicy.operations.gate.clock_conditions import (
    calendar_condition,
    window_condition,
    window_of,
)
from launchpolicy.operations.gate.content_condition import content_condition
from launchpolicy.operations.gate.judged_conditions import (
    calendar_waiver,
    dependencies_condition,
    judge_start,
    preparation_condition,
    rules_condition,
)
from launchpolicy.operations.gate.merged_condition import merged_condition, not_merged
from launchpolicy.operations.gate.pending_condition import pending_condition
from launchpolicy.operations.gate.proposed_changes import proposed_changes
from launchpolicy.operations.gate.protected_branch import ProtectedBranch, protected_branch
from launchpolicy.operations.gate.recorded_facts import recorded_facts
from launchpolicy.operations.gate.requests import (
    MergedRequest,
    merged_request,
    path_of_request,
    require_known,
    version_here,
)
from launchpolicy.operations.gate.stages import stage_condition
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import (
    PeopleAndCalendar,
    people_and_calendar_of,
)
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language, Text, text_of

_KIND = "LaunchRequest"


class GateOptions(NamedTuple):
    """What was asked: the request by file, folder or name, and what is about to be deployed.

    `remote` is where the protected branch is ("" for the only remote, or `origin`), `reference` a
    commit whose version is compared in place of the work tree's, `facts` the branch that records
    the night. With `is_partial` not everything that the request identifies is deployed; with
    `allows_pending` an open proposal is no obstacle. `is_trial` says that the time is made up.
    """

    start: Path
    request: str
    deployed: tuple[ContentIdentity, ...] = ()
    remote: str = ""
    reference: str = ""
    facts: str = ""
    is_partial: bool = False
    allows_pending: bool = False
    is_trial: bool = False


class GateAnswer(NamedTuple):
    """The result with what its readers need: the names of people and the configured language."""

    result: GateResult
    names: Names
    language: Language | None


class _KnownRules(NamedTuple):
    rules: PackSet
    people_and_calendar: PeopleAndCalendar


def may_start(
    repository: Repository,
    options: GateOptions,
    now: datetime,
    environ: Mapping[str, str] = os.environ,
) -> GateAnswer:
    """Return whether a launch may start at the moment `now`, condition by condition.

    Raises:
        UsageError: there is no such request, or several remotes and none is named.
        MalformedRulesError: the rules or the request on the protected branch are not right.
        UndecidedError: git or the remote gives no answer.
    """
    branch = protected_branch(repository, options.start, options.remote, environ)
    rules = load_rules(branch.files)
    known = _KnownRules(rules, people_and_calendar_of(branch.files, rules))
    kind = rules.kinds[_KIND]
    path = path_of_request(options.start, options.request, kind)
    request = merged_request(branch, path, kind)
    here = version_here(branch, options.start, path, options.reference)
    require_known(request, here, branch, options.start)
    if request.version is None:
        result = _result(branch, request, options, now, [not_merged(branch, path)])
    else:
        _require_readable(request)
        result = _judge_all(branch, request, here, (known, options), now)
    names = names_of(rules.configuration, known.people_and_calendar.directory)
    return GateAnswer(result, names, rules.configuration.language)


def _judge_all(
    branch: ProtectedBranch,
    request: MergedRequest,
    here: RequestVersion | None,
    asked: tuple[_KnownRules, GateOptions],
    now: datetime,
) -> GateResult:
    known, options = asked
    changes = proposed_changes(branch, request)
    facts = recorded_facts(branch, request, changes, options.facts)
    judged = judge_start(branch, request, facts, known, now) if facts is not None else None
    if facts is None or judged is None:  # there is no request on the branch, as was asked before
        raise problems.no_request(request.path, branch.name)
    data, window = request.data, window_of(request.data)
    content = compare_content(data, options.deployed, is_partial=options.is_partial)
    waiver = calendar_waiver(judged, known.rules)
    calendar = known.people_and_calendar.calendar
    executor = value_at(data, ("spec", "people", "executor"))
    in_window = window_condition(window, now, [executor] if isinstance(executor, str) else [])
    is_open = in_window.state is ConditionState.MET
    conditions = [
        merged_condition(branch, request, here, facts),
        approval_condition(branch, request, known.rules, now),
        stage_condition(data, facts, changes),
        in_window,
        calendar_condition(calendar, data, window, now, waiver),
        rules_condition(judged),
        dependencies_condition(judged, branch.name),
        preparation_condition(judged, facts, request, is_window_open=is_open),
        pending_condition(changes, branch.name, allows=options.allows_pending),
        content_condition(content),
    ]
    result = _result(branch, request, options, now, conditions)
    return result._replace(
        content=content,
        facts_from=facts.where,
        window_end=window.end if window is not None else None,
    )


def _result(
    branch: ProtectedBranch,
    request: MergedRequest,
    options: GateOptions,
    now: datetime,
    conditions: Sequence[Condition],
) -> GateResult:
    name = request.path.split("/")[-2] if "/" in request.path else request.path
    title = value_at(request.data, ("metadata", "title"))
    return GateResult(
        name=name,
        path=request.path,
        title=text_of(title) if title else Text(name, name),
        now=now,
        branch=branch.name,
        commit=branch.commit,
        conditions=tuple(conditions),
        is_trial=options.is_trial,
    )


def _require_readable(request: MergedRequest) -> None:
    """Require that what is merged is a request, well-formed.

    Raises:
        MalformedRulesError: it is not; with every finding.
    """
    version = request.version
    if version is None:
        return
    document = version.document()
    findings = (
        document.findings if isinstance(document, Refusal) else version.problems(request.kind)
    )
    if findings:
        raise MalformedRulesError(tuple(findings))

"""The conditions that policies decide: today's rules, what the launch depends on, its preparation.

All rules are those of the protected branch as it stands now. The request is judged twice by them:
as it stands there, and as if its launch started now (`launchpolicy.engine.launches.preparation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.engine.launches.preparation import as_started, missing_before_start
from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import (
    RequestVersion,
    Submission,
    data_of,
    expect_approvals_later,
)
from launchpolicy.operations.gate.clock_conditions import WINDOW
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.operations.gate.recorded_facts import RecordedFacts
from launchpolicy.operations.gate.requests import MergedRequest
from launchpolicy.operations.rules.people_and_calendar import PeopleAndCalendar
from launchpolicy.operations.submissions.fact_inputs import FactInputs
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.operations.submissions.facts_read import is_read_by
from launchpolicy.operations.submissions.neighbours import SnapshotNeighbours
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_progress import STARTED
from launchpolicy.requests.record_commands import with_command
from launchpolicy.vocabulary.approval import AppliedWaiver
from launchpolicy.vocabulary.finding import Finding, Judgement, Outcome
from launchpolicy.vocabulary.place import Data, Place, Route
from launchpolicy.vocabulary.text import Text, quantity
from launchpolicy.vocabulary.value_names import value_name

_REQUESTER: Route = ("spec", "people", "requester")
_MAINTAINER: Route = ("spec", "people", "maintainer")
_FEW = 4
_PLANNED: Mapping[str, Route] = {
    "backups": ("spec", "backup"),
    "checksBefore": ("spec", "checks", "before"),
}
"""For each part of the status, where the plan says who records it."""


class JudgedStart(NamedTuple):
    """The judgements of the request as it stands, and of its copy that starts now.

    `dependencies` is what the request depends on, as the fact `launches` says it.
    """

    today: Judgement
    started: Judgement
    dependencies: Sequence[dict[str, object]]


def judge_start(
    branch: ProtectedBranch,
    request: MergedRequest,
    facts: RecordedFacts,
    known: tuple[PackSet, PeopleAndCalendar],
    now: datetime,
) -> JudgedStart | None:
    """Return the judgements at the moment `now`; None without a request on the branch.

    Raises:
        UndecidedError: git cannot read something.
    """
    version = request.version
    if version is None:
        return None
    rules, people_and_calendar = known
    files = branch.files
    standing = Submission(request.kind.name, request.path, version, version)
    started = standing._replace(new=as_started(facts.version, now))
    neighbours = SnapshotNeighbours(files, rules, [standing])
    inputs = FactInputs(people_and_calendar, neighbours)
    judgements: list[Judgement] = []
    for submission, evidence_files in (
        (standing, files),
        (started, branch.files_at(facts.commit)),
    ):
        with_facts = add_facts([submission], rules, (files, evidence_files), now, inputs)
        judgements += [judge(one, rules, now) for one in expect_approvals_later(with_facts)]
    dependencies = neighbours.fact(request.kind, version)["dependencies"]
    return JudgedStart(judgements[0], judgements[1], dependencies)


def rules_condition(judged: JudgedStart) -> Condition:
    """Return whether the request fulfils the rules of today as it stands."""
    findings = [
        *((finding, "") for finding in judged.today.refusals),
        *(
            (finding, result.policy)
            for result in judged.today.results
            if result.blocks and result.outcome is Outcome.FAILED
            for finding in result.findings
        ),
    ]
    if findings:
        shortcomings = tuple(
            Shortcoming(finding.message, finding.fix, finding.place, (), policy)
            for finding, policy in findings
        )
        return Condition("rules", ConditionState.NOT_MET, _count(len(findings)), shortcomings)
    errors = tuple(_errors(judged.today))
    if errors:
        return Condition("rules", ConditionState.UNDECIDED, _NO_ANSWER, errors)
    return Condition("rules", ConditionState.MET, _STILL_PASSES)


def dependencies_condition(judged: JudgedStart, branch: str) -> Condition:
    """Return whether everything is launched that the request depends on."""
    waiting = [
        (str(one["name"]), str(one["stage"])) for one in judged.dependencies if not one["launched"]
    ]
    shortcomings = tuple(Shortcoming(_waits_for(*one, branch), _LAUNCH_FIRST) for one in waiting)
    if shortcomings:
        says = shortcomings[0].message
        return Condition("dependencies", ConditionState.NOT_MET, says, shortcomings)
    says = _ALL_LAUNCHED if judged.dependencies else _NONE
    return Condition("dependencies", ConditionState.MET, says)


def preparation_condition(
    judged: JudgedStart, facts: RecordedFacts, request: MergedRequest, *, is_window_open: bool
) -> Condition:
    """Return whether everything was done and recorded that the policies want before a start.

    What a shut window means for the time of the start is the window's own condition.
    """
    if facts.takes_back:
        says = _taken_back(facts.where)
        return Condition(
            "preparation", ConditionState.NOT_MET, says, (Shortcoming(says, _PUT_BACK),)
        )
    if facts.other_files:
        says = _other_files(facts.where, facts.other_files)
        return Condition(
            "preparation", ConditionState.NOT_MET, says, (Shortcoming(says, _ONLY_FACTS),)
        )
    findings = [
        with_command(finding, data_of(facts.version))
        for finding in missing_before_start(judged.started)
        if is_window_open or finding.place.full_route != STARTED
    ]
    shown_messages = {finding.message.en for finding in judged.today.refusals}
    shortcomings = tuple(
        Shortcoming(finding.message, finding.fix, place, people, finding.rule)
        for finding in findings
        if finding.message.en not in shown_messages
        for place, people in [_whose(finding, facts.version, request)]
    )
    if shortcomings:
        says = _missing(len(shortcomings))
        return Condition("preparation", ConditionState.NOT_MET, says, shortcomings)
    errors = tuple(_errors(judged.started))
    if errors:
        return Condition("preparation", ConditionState.UNDECIDED, _NO_ANSWER, errors)
    return Condition("preparation", ConditionState.MET, _preparation_text(facts.where))


def calendar_waiver(judged: JudgedStart, rules: PackSet) -> AppliedWaiver | None:
    """Return the waiver of a policy that reads the calendar and complains of the window."""
    by_id = {policy.id: policy for policy in rules.policies}
    for result in judged.today.results:
        policy = by_id.get(result.policy)
        is_of_window = any(
            finding.place.full_route[: len(WINDOW)] == WINDOW for finding in result.findings
        )
        if result.waived is None or policy is None or not is_of_window:
            continue
        if is_read_by(policy, "calendar"):
            return result.waived
    return None


def _errors(judgement: Judgement) -> Iterator[Shortcoming]:
    for result in judgement.results:
        if result.outcome is Outcome.ERROR:
            message = result.reason or _NO_ANSWER
            yield Shortcoming(message, _REPAIR, None, (), result.policy)


def _whose(
    finding: Finding, version: RequestVersion, request: MergedRequest
) -> tuple[Place, tuple[str, ...]]:
    """Return the place of a finding with its line, and who can fix it by the plan.

    The plan names a person for each backup and each check, and a maintainer for other
    preparations; else it is the requester.
    """
    document = version.document()
    place = finding.place
    if isinstance(document, Document):
        placed = document.place(place.full_route)
        place = placed if placed.full_route == place.full_route else place
    return place, _people(finding, request.data)


def _people(finding: Finding, data: Data) -> tuple[str, ...]:
    """Return the ids of those who record it: of planned items that the finding names, theirs."""
    route = finding.place.full_route
    section = str(route[1]) if len(route) > 1 else ""
    planned = value_at(data, _PLANNED[section]) if section in _PLANNED else None
    items = (
        [item for item in planned if isinstance(item, dict)] if isinstance(planned, list) else []
    )
    named = [item for item in items if str(item.get("name")) in finding.message.en.split()]
    people = [item.get("by") for item in named or items]
    if not people:
        is_plan = route[:1] == _REQUESTER[:1]
        people = [None if is_plan else value_at(data, _MAINTAINER)]
    known = tuple(dict.fromkeys(person for person in people if isinstance(person, str)))
    requester = value_at(data, _REQUESTER)
    return known or ((requester,) if isinstance(requester, str) else ())


def _count(number: int) -> Text:
    return Text(
        f"Judged again now, {quantity(number, 'complaint')} of today's rules"
        f" {'stands' if number == 1 else 'stand'} in the way.",
        f"按现行策略重新判定，有 {number} 项不满足。",
    )


def _missing(number: int) -> Text:
    return Text(
        f"Before the start {quantity(number, 'thing is', 'things are')} missing.",
        f"上线开始前还缺 {number} 项。",
    )


def _preparation_text(where: str) -> Text:
    if not where:
        return Text(
            "Everything that must be there before the start is.", "上线前应有的内容均已齐备。"
        )
    return Text(
        f"Everything that must be there before the start is, as {where} records it.",
        f"上线前应有的内容均已齐备（登记于分支 {where}）。",
    )


def _taken_back(where: str) -> Text:
    return Text(
        f"{where} changes or removes what is merged, so its facts do not count.",
        f"{where} 修改或删除了已合并的内容，其登记的事实无效。",
    )


def _other_files(where: str, files: Sequence[str]) -> Text:
    listed = [*files[:_FEW], *(["…"] if len(files) > _FEW else [])]
    return Text(
        f"{where} changes more than the record of the launch, so its facts do not count: "
        f"{', '.join(listed)}.",
        f"{where} 改动了登记以外的文件，其登记的事实无效：{'、'.join(listed)}。",
    )


def _waits_for(name: str, stage: str, branch: str) -> Text:
    title = value_name("stage", stage)
    if not stage:
        return Text(f"There is no request {name} on {branch}.", f"{branch} 上没有申请 {name}。")
    return Text(
        f"{name} is not launched; its stage is {title.en}.",
        f"申请 {name} 尚未上线（{title.zh}）。",
    )


_STILL_PASSES = Text("Judged again now: it passes.", "按现行策略重新判定：通过。")
_NO_ANSWER = Text("A policy gave no answer.", "有策略无法得出结论。")
_REPAIR = Text(
    "Have the owner of the policies look: launchpolicy check REQUEST",
    "请策略负责人检查：launchpolicy check 申请",
)
_ALL_LAUNCHED = Text("Everything it depends on is launched.", "所依赖的上线均已完成。")
_NONE = Text("It depends on no other launch.", "不依赖其他上线。")
_LAUNCH_FIRST = Text(
    "Launch that first, and merge its record.", "请先完成该上线，并合并其上线记录。"
)
_ONLY_FACTS = Text(
    "Propose those changes on a branch of their own, and take them back on this one.",
    "请将这些改动放到单独的分支上提交，并在此分支上撤销。",
)
_PUT_BACK = Text(
    "Record further facts on top of what is merged: launchpolicy record",
    "请在已合并内容的基础上登记：launchpolicy record",
)

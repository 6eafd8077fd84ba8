"""Who must do what by when, over all launches that are not over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.engine.launches.duties import LATER_STAGES, DutyInputs, OpenDuty, duties_of
from launchpolicy.engine.launches.open_launch import OpenLaunch
from launchpolicy.engine.launches.settled_duties import without_settled
from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.facts.dates import Dates
from launchpolicy.facts.neighbours import summary_of
from launchpolicy.facts.people import people_fact
from launchpolicy.hosts.git.repository import Repository, open_repository_or_bare
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.check.check_input import CheckOptions
from launchpolicy.operations.check.proposal import compare_commits
from launchpolicy.operations.check.run import run_check
from launchpolicy.operations.due.open_launches import OpenLaunches, open_launches
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion
from launchpolicy.operations.rules.people_and_calendar import (
    PeopleAndCalendar,
    load_people_and_calendar,
)
from launchpolicy.operations.submissions.fact_inputs import FactInputs
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.requests.blank import changed_at
from launchpolicy.requests.configuration import SIGNED
from launchpolicy.requests.kinds import STAGE
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import LaunchpolicyError, UsageError
from launchpolicy.vocabulary.finding import Judgement, Outcome
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text

_REVIEW = Text("Hold the review that the emergency launch owes", "完成紧急上线的事后评审")
_REVIEW_KEY = "status.review"


class _Run(NamedTuple):
    """What all launches of one list are judged by."""

    repository: Repository
    start: Path
    launches: OpenLaunches
    people: PeopleAndCalendar
    holders: Mapping[str, list[str]]
    now: datetime


def due_list(
    question: LaunchesQuestion,
    now: datetime,
    *,
    person: str = "",
    until: date | None = None,
) -> DueList:
    """Return what is due for the open launches of a launch repository.

    Args:
        question: which launch repository, against which branch, and with which forge.
        now: the time of the question.
        person: only the duties of this person, if not "".
        until: only duties up to the end of this day in the zone of the calendar, or up to this
            moment; of those without a moment, what precedes a launch by the begin of its window.

    Raises:
        LaunchpolicyError: the rules cannot be read, or there is no protected branch.
    """
    with open_repository_or_bare(question.start) as repository:
        launches = open_launches(repository, question)
        rules = launches.rules
        people = load_people_and_calendar(launches.trusted, rules.configuration.paths)
        if person:
            _require_known(person, people)
        holders = people_fact(people.directory)["roles"]
        run = _Run(repository, question.start, launches, people, holders, now)
        notes = list(launches.notes)
        duties, is_whole = _all_duties(run, notes)
    zone = people.calendar.zone if people.calendar is not None else None
    end = _end(until, zone) if until is not None else None
    settled = without_settled(duties, launches.launches)
    kept = [one for one in settled if _is_asked(one, person, end)]
    return DueList(
        now,
        launches.base.branch,
        rules.configuration.repository,
        names_of(rules.configuration, people.directory),
        people.directory,
        zone,
        tuple(sorted(kept, key=_urgency)),
        launches.unreadable,
        tuple(dict.fromkeys(notes)),
        is_whole and launches.is_whole,
    )


def _require_known(person: str, people: PeopleAndCalendar) -> None:
    """Require that the directory has a person: nothing is due for a misspelt name.

    Raises:
        UsageError: it has not.
    """
    directory = people.directory
    known = [one.name for one in directory.people] if directory is not None else []
    if directory is None or person in known:
        return
    raise UsageError(
        Text(f"There is no {person} in the directory.", f"人员名录中没有 {person}。"),
        with_meant(
            Text(
                "Give the id of a person as people.yaml has it.",
                "请填写 people.yaml 中的人员标识。",
            ),
            person,
            known,
        ),
    )


def _all_duties(run: _Run, notes: list[Text]) -> tuple[list[LaunchDuty], bool]:
    """Return the duties of every open launch, and whether each proposal could be judged."""
    duties: list[LaunchDuty] = []
    is_whole = True
    reports = _proposal_judgements(run, notes)
    for launch in run.launches.launches:
        judgement = reports.get((launch.commit, launch.path))
        if not launch.is_merged and judgement is None:
            is_whole = False
        duties += [LaunchDuty(launch, duty) for duty in _duties(run, launch, judgement, notes)]
    return duties, is_whole


def _proposal_judgements(run: _Run, notes: list[Text]) -> dict[tuple[str, str], Judgement]:
    """Return the judgement of each proposal with its signed approvals, by commit and path.

    No host is asked: where approvals are reviews, those that are wanted are listed as missing.
    """
    judgements: dict[tuple[str, str], Judgement] = {}
    base = run.launches.base.commit
    source = run.launches.rules.configuration.approvals
    collected = None if source == SIGNED else ApprovalRecord(source)
    tips = {
        launch.commit: launch.branch for launch in run.launches.launches if not launch.is_merged
    }
    for commit, branch in tips.items():
        try:
            options = CheckOptions(
                run.start, base=base, head=commit, collected=collected, by_hand=True
            )
            check_input = compare_commits(options, base, run.now)
            report = run_check(check_input, jobs=1)
        except LaunchpolicyError as error:
            notes.append(
                Text(
                    f"The branch {branch} could not be judged: {error.problem.en}",
                    f"无法判定分支 {branch}：{error.problem.zh}",
                )
            )
            continue
        judgements.update({(commit, one.path): one for one in report.judgements})
    return judgements


def _duties(
    run: _Run, launch: OpenLaunch, proposal: Judgement | None, notes: list[Text]
) -> Iterator[OpenDuty]:
    kind = run.launches.kind
    policies = run.launches.rules.policies_of(kind, launch.data) or ()
    inputs = DutyInputs(
        data=launch.data,
        dates=Dates(kind.schema, launch.data, {}),
        policies={policy.id: policy for policy in policies},
        holders=run.holders,
        is_proposed=not launch.is_merged,
    )
    judgements = [(launch.stage, proposal)] if proposal is not None else []
    if launch.version.problems(kind) or launch.version.open_questions(kind):
        yield from _incomplete(launch, run)
    else:
        judgements += _later_judgements(run, launch)
    for stage, judgement in judgements:
        notes.extend(_errors(launch, stage, judgement))
    yield from duties_of(inputs, judgements)
    if launch.version.problems(kind):
        return
    review = summary_of(launch.path, launch.data, ()).review
    if review is not None and not LATER_STAGES.get(launch.stage):
        window = launch.window
        yield _with_requester(
            launch,
            OpenDuty(_REVIEW_KEY, _REVIEW, (), "", window and window.end, launch.stage, ()),
        )


def _later_judgements(run: _Run, launch: OpenLaunch) -> list[tuple[str, Judgement]]:
    """Return the judgements of a launch as it would be at each later stage, nothing added."""
    stages = LATER_STAGES.get(launch.stage, ())
    moved = [
        Submission(run.launches.kind.name, launch.path, _version_at(launch, stage), launch.version)
        for stage in stages
    ]
    snapshot = below(CommitSnapshot(run.repository, launch.commit), run.launches.prefix)
    submissions = add_facts(
        moved,
        run.launches.rules,
        (run.launches.trusted, snapshot),
        run.now,
        FactInputs(run.people),
    )
    return [
        (stage, judge(submission, run.launches.rules, run.now))
        for stage, submission in zip(stages, submissions, strict=True)
    ]


def _version_at(launch: OpenLaunch, stage: str) -> RequestVersion:
    data = changed_at(launch.data, STAGE, stage)
    document = launch.version.document()
    text = document.text if isinstance(document, Document) else ""
    return RequestVersion(launch.path, launch.version.source, Document(launch.path, text, data))


def _incomplete(launch: OpenLaunch, run: _Run) -> Iterator[OpenDuty]:
    """Yield the duty to complete a request that is malformed or has open questions."""
    kind = run.launches.kind
    findings = launch.version.problems(kind)
    questions = len(launch.version.open_questions(kind))
    what = (
        Text(
            f"Correct the request: {findings[0].message.en}",
            f"更正申请：{findings[0].message.zh}",
        )
        if findings
        else Text(
            f"Answer what is open in the request ({questions})",
            f"填写申请中的 {questions} 处待填项",
        )
    )
    start = launch.window.start if launch.window is not None else None
    yield _with_requester(launch, OpenDuty("complete", what, (), "", start, launch.stage, ()))


def _with_requester(launch: OpenLaunch, duty: OpenDuty) -> OpenDuty:
    people = launch.data.get("spec", {}).get("people", {}) if isinstance(launch.data, dict) else {}
    requester = people.get("requester") if isinstance(people, dict) else None
    return duty._replace(people=(requester,)) if isinstance(requester, str) else duty


def _errors(launch: OpenLaunch, stage: str, judgement: Judgement) -> Iterator[Text]:
    for result in judgement.results:
        if result.outcome is Outcome.ERROR:
            yield Text(
                f"{launch.name}: what {result.policy} demands at {stage} could not be found out.",
                f"{launch.name}：无法得知策略 {result.policy} 的要求。",
            )


def _end(until: date, zone: tzinfo | None) -> datetime:
    if isinstance(until, datetime):
        return until
    return datetime.combine(until, time.max, zone or UTC)


def _is_asked(duty: LaunchDuty, person: str, until: datetime | None) -> bool:
    if person and person not in duty.duty.people:
        return False
    return until is None or duty.latest is None or duty.latest <= until


def _urgency(one: LaunchDuty) -> tuple[bool, float, str, int]:
    latest = one.latest
    moment = latest.timestamp() if latest is not None else 0.0
    return latest is None, moment, one.launch.name, one.duty.position

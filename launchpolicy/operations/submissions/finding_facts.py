"""Finding the facts that policies ask for: each by a function of its own, where it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from launchpolicy.engine.submission import RequestVersion, Submission, data_of
from launchpolicy.facts.facts import NO_FACTS, Facts
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.operations.submissions.facts_read import OTHER_FILES, facts_read
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import Snapshot

if TYPE_CHECKING:  # loaded only where a policy asks for what they know
    from launchpolicy.operations.rules.people_and_calendar import PeopleAndCalendar
    from launchpolicy.operations.submissions.compared_base import ComparedBase
    from launchpolicy.operations.submissions.fact_inputs import FactInputs, Neighbours

_WINDOW = ("spec", "window", "start")

_LONG = frozenset({"evidence", "launches", "texts"})
"""The facts that take long: a request with one takes some ten milliseconds."""

_MANY = 16
"""From so many requests with such facts on, several processes are faster than one."""


class _FactRun(NamedTuple):
    """What the facts of all requests of one run are made from."""

    rules: PackSet
    named: Mapping[str, frozenset[str]]
    people_and_calendar: PeopleAndCalendar | None
    snapshot: Snapshot
    neighbours: Neighbours | None
    now: datetime
    holidays: dict[frozenset[int], Mapping[date, str]]
    display: Mapping[str, Any]
    trusted: Snapshot


def find_facts(
    submissions: Sequence[Submission],
    rules: PackSet,
    snapshots: tuple[Snapshot, Snapshot],
    now: datetime,
    inputs: FactInputs,
) -> list[Submission]:
    """Return the submissions with the facts that some policy asks for, as `add_facts` does.

    Raises:
        MalformedRulesError: the directory or the calendar is not right.
        UndecidedError: a file cannot be read.
    """
    trusted, proposed = snapshots
    by_kind = {kind: facts_read(rules, kind) for kind in {request.kind for request in submissions}}
    named = frozenset[str]().union(*by_kind.values())
    known = (
        (inputs.people_and_calendar or _load_people_and_calendar(trusted, rules))
        if named & {"calendar", "people", "display"}
        else None
    )
    run = _FactRun(
        rules,
        by_kind,
        known,
        proposed,
        (inputs.neighbours or _load_neighbours(proposed, rules, submissions))
        if "launches" in named
        else None,
        now,
        holidays={},
        display=_names(rules, known) if "display" in named else NO_FACTS.display,
        trusted=trusted,
    )
    whole = _with_facts(submissions, run, inputs.jobs)
    return _with_other_files(whole, run, inputs.base) if named & OTHER_FILES else whole


def _with_facts(
    submissions: Sequence[Submission], run: _FactRun, jobs: int | None
) -> list[Submission]:
    """Return submissions with their facts; where many need long, several processes find them."""
    find = functools.partial(_facts, run)
    long = sum(bool(run.named[one.kind] & _LONG) and _is_asked(run, one) for one in submissions)
    size = min(jobs or usable_cores(), long - 1)
    if long >= _MANY and size > 1:
        # Loaded here on purpose: a check of few requests never needs them.
        from launchpolicy.hosts.forked_process import can_fork  # noqa: PLC0415

        if can_fork():
            from launchpolicy.operations.submissions.facts_of_many import (  # noqa: PLC0415
                find_in_processes,
            )

            return find_in_processes(submissions, find, size)
    return [submission._replace(facts=find(submission)) for submission in submissions]


def _with_other_files(
    submissions: list[Submission], run: _FactRun, base: ComparedBase | None
) -> list[Submission]:
    from launchpolicy.operations.submissions.other_files import add_other_files  # noqa: PLC0415 (few policies)

    return add_other_files(submissions, run.rules, run.snapshot, base)


def _load_people_and_calendar(trusted: Snapshot, rules: PackSet) -> PeopleAndCalendar:
    from launchpolicy.operations.rules.people_and_calendar import people_and_calendar_of  # noqa: PLC0415

    return people_and_calendar_of(trusted, rules)


def _load_neighbours(
    proposed: Snapshot, rules: PackSet, submissions: Sequence[Submission]
) -> Neighbours:
    from launchpolicy.operations.submissions.neighbours import SnapshotNeighbours  # noqa: PLC0415

    return SnapshotNeighbours(proposed, rules, submissions)


def _is_asked(run: _FactRun, submission: Submission) -> bool:
    """Return whether anything will be asked about a submission."""
    if not run.named[submission.kind] or submission.new is None or submission.unjudged is not None:
        return False
    return not submission.new.problems(run.rules.kinds[submission.kind])


def _facts(run: _FactRun, submission: Submission) -> Facts:
    if submission.new is None or not _is_asked(run, submission):
        return NO_FACTS
    named, kind = run.named[submission.kind], run.rules.kinds[submission.kind]
    facts = NO_FACTS._replace(
        **{
            fact: find(run, kind, submission.new)
            for fact, find in _FINDERS.items()
            if fact in named
        },
    )
    return _with_marked(run, kind, submission, facts) if named & {"people", "texts"} else facts


def _evidence(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    # Loaded here on purpose: a request without evidence needs no reader.
    from launchpolicy.facts.evidence.references import places  # noqa: PLC0415

    if not places(kind.schema):
        return NO_FACTS.evidence
    from launchpolicy.facts.evidence.examination import examine_all  # noqa: PLC0415
    from launchpolicy.facts.evidence.registry import RECORD_SCHEMAS  # noqa: PLC0415
    from launchpolicy.facts.evidence.variable import evidence_fact  # noqa: PLC0415
    from launchpolicy.hosts.evidence_files import evidence_file  # noqa: PLC0415

    schemas = {name: shipped_files.schema(name).data for name in RECORD_SCHEMAS}
    verify = None
    if keys := run.rules.configuration.evidence_keys:
        from launchpolicy.operations.rules.attestation_keys import verifier_of  # noqa: PLC0415 (rare)

        verify = verifier_of(keys)
    files = (
        (reference, evidence_file(run.snapshot, request.path, reference))
        for reference in request.references(kind)
    )
    records = list(examine_all(files, schemas, verify, run.rules.edition))
    if any(record["papers"] for record in records):
        from launchpolicy.facts.paper_origin import with_plan  # noqa: PLC0415 (few are papers)

        records = list(with_plan(records, data_of(request)))
    return evidence_fact(records)


def _calendar(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    del kind
    from launchpolicy.documents.open_questions import is_unanswered  # noqa: PLC0415
    from launchpolicy.facts.calendar import calendar_fact  # noqa: PLC0415
    from launchpolicy.hosts.holidays import announced_until, holidays_of  # noqa: PLC0415

    calendar = run.people_and_calendar.calendar if run.people_and_calendar is not None else None
    if calendar is None:
        return NO_FACTS.calendar
    years = {run.now.year, run.now.year + 1, run.now.year + 2}
    data = data_of(request)
    start = value_at(data, _WINDOW)
    if isinstance(start, str) and not is_unanswered(start):
        years |= {int(start[:4]) - 1, int(start[:4]), int(start[:4]) + 1, int(start[:4]) + 2}
    needed_years = frozenset(years)
    if needed_years not in run.holidays:  # the same years for nearly every request of a run
        run.holidays[needed_years] = holidays_of(calendar, needed_years)
    return calendar_fact(
        calendar,
        data,
        run.holidays[needed_years],
        run.now,
        announced_until(calendar),
        run.rules.edition,
    )


def _launches(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    if run.neighbours is None:
        return NO_FACTS.launches
    return run.neighbours.fact(kind, request)


def _people(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    del kind
    from launchpolicy.facts.customer import customer_fact  # noqa: PLC0415
    from launchpolicy.facts.people import people_fact  # noqa: PLC0415
    from launchpolicy.requests.names import names_of  # noqa: PLC0415

    known = run.people_and_calendar
    directory = known.directory if known is not None else None
    fact = people_fact(directory)
    if directory is None:
        return fact
    names = names_of(run.rules.configuration, directory)
    return {**fact, "customer": customer_fact(data_of(request), directory, names)}


def _with_marked(run: _FactRun, kind: Kind, submission: Submission, facts: Facts) -> Facts:
    """Return the facts with what the schema of the kind marks: persons and texts."""
    from launchpolicy.facts.marked_facts import with_marked_facts  # noqa: PLC0415

    if submission.new is None:
        return facts
    known = run.people_and_calendar
    directory = known.directory if known is not None else None
    return with_marked_facts(
        facts,
        kind.schema,
        (data_of(submission.new), data_of(submission.old)),
        run.rules.configuration.placeholders if "texts" in run.named[submission.kind] else None,
        edition=run.rules.edition,
        deputies=directory.deputies if directory is not None else (),
    )


def _waiver(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    if kind.name != "Waiver":
        return NO_FACTS.waiver
    from launchpolicy.facts.waiver import waiver_fact  # noqa: PLC0415
    from launchpolicy.operations.submissions.waived_requests import (  # noqa: PLC0415
        ids_of_own_kinds,
        waived_requests,
    )

    paths, data = run.rules.configuration.paths, data_of(request)
    waived = waived_requests(data["spec"]["requests"], paths, (run.trusted, run.snapshot))
    unreadable = waived.unreadable if run.rules.edition > FIRST_EDITION else frozenset()
    own_ids = functools.cache(lambda: ids_of_own_kinds(run.snapshot, run.rules))  # one reading

    def is_known(name: str) -> bool:
        if run.snapshot.entry(paths.request(name)) is not None:
            return name not in unreadable
        return name in own_ids()

    return waiver_fact(data, run.rules, is_known, waived.beneficiaries)


def _configuration(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    from launchpolicy.facts.configuration import configuration_fact  # noqa: PLC0415

    packs = run.rules.pack_names_of(kind, data_of(request)) or ()
    return configuration_fact(run.rules.configuration, packs)


def _display(run: _FactRun, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
    del kind
    from launchpolicy.requests.names import display_with_steps  # noqa: PLC0415

    return display_with_steps(run.display, data_of(request))


def _names(rules: PackSet, known: PeopleAndCalendar | None) -> Mapping[str, Any]:
    from launchpolicy.requests.names import display_fact, names_of  # noqa: PLC0415

    return display_fact(names_of(rules.configuration, known.directory if known else None))


_FINDERS = {
    "evidence": _evidence,
    "calendar": _calendar,
    "launches": _launches,
    "people": _people,
    "waiver": _waiver,
    "configuration": _configuration,
    "display": _display,
}

"""The list of coming launches for the office meeting, in one of the formats of papers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from launchpolicy.engine.launches.agenda import (
    Agenda,
    collisions_of,
    freezes_in,
    next_meeting,
    obstacles_of,
    once_each,
    sort_launches,
    weeks_from,
)
from launchpolicy.engine.launches.open_launch import FINAL_STAGES
from launchpolicy.hosts.git.repository import open_repository_or_bare
from launchpolicy.hosts.holidays import holidays_of
from launchpolicy.operations.due.open_launches import open_launches
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion
from launchpolicy.operations.paper.write import TEMPLATES
from launchpolicy.operations.rules.people_and_calendar import load_people_and_calendar
from launchpolicy.papers.foresight_list import ListFormat, as_paper
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.text import Language

_FORESIGHT: Final = "launch-foreseen"
_OFFICE: Final = "productOffice"


def weekly_agenda(
    question: LaunchesQuestion, day: date | None, weeks: int, now: datetime
) -> Agenda:
    """Return the coming launches of so many weeks, from the week of `day` (today without) on.

    Raises:
        LaunchpolicyError: the rules cannot be read, or there is no protected branch.
    """
    with open_repository_or_bare(question.start) as repository:
        launches = open_launches(repository, question)
        rules = launches.rules
        people = load_people_and_calendar(launches.trusted, rules.configuration.paths)
    calendar = people.calendar
    zone = calendar.zone if calendar is not None else now.tzinfo or UTC
    first = day.astimezone(zone).date() if isinstance(day, datetime) else day
    period = weeks_from(first or now.astimezone(zone).date(), weeks, zone)
    still_open = [one for one in launches.launches if one.stage not in FINAL_STAGES]
    split = sort_launches(once_each(still_open), period, now)
    years = {period.start.year, period.end.year}
    obstacles = (
        obstacles_of(split.coming, calendar, holidays_of(calendar, years))
        if calendar is not None
        else ()
    )
    return Agenda(
        period,
        next_meeting(calendar, period, now),
        now,
        zone if calendar is not None else None,
        names_of(rules.configuration, people.directory),
        _product_office(rules),
        split.coming,
        split.undated,
        split.missed,
        split.later,
        tuple(collisions_of(split.coming)),
        tuple(obstacles),
        tuple(freezes_in(calendar, period)) if calendar is not None else (),
        launches.unreadable,
        launches.notes,
        launches.is_whole,
        tuple(still_open),
    )


def write_agenda(agenda: Agenda, language: Language, format_: ListFormat) -> bytes:
    """Return the list as a paper in one of the formats."""
    parts = {
        name: (TEMPLATES / name).read_text("utf-8") for name in ("layout.html.j2", "paper.css")
    }
    return as_paper(agenda, language, format_, parts)


def _product_office(rules: PackSet) -> str:
    """Return the department that has to foresee launches; "" where no policy names one."""
    policy = next((one for one in rules.policies if one.id == _FORESIGHT), None)
    office = policy.params.get(_OFFICE) if policy is not None else None
    return office if isinstance(office, str) else ""

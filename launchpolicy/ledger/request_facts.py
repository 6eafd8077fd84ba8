"""What a launch request states, in the shapes of an entry: people, times, product, outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.limits import is_short
from launchpolicy.ledger.records import (
    AnnouncementRecord,
    BilingualText,
    InvolvedPerson,
    LaunchedProduct,
    ProblemFact,
    RiskAssessment,
    RollbackOrCancellation,
    TimeSpan,
)
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.text import Text, text_of

Data = Any

_ROLES: tuple[tuple[str, str], ...] = (
    ("requester", "requester"),
    ("executor", "executor"),
    ("watcher", "watcher"),
    ("maintainer", "maintainer"),
    ("projectManager", "project-manager"),
    ("testLead", "test-lead"),
    ("developers", "developer"),
    ("testers", "tester"),
    ("qualityAssurance", "quality-assurance"),
    ("approvers", "named-approver"),
)
_DEEDS: tuple[tuple[Route, str], ...] = (
    (("spec", "acceptance", "checks"), "acceptor"),
    (("spec", "acceptance", "acceptedBy"), "acceptor"),
    (("spec", "testing", "reports"), "tester"),
    (("status", "execution"), "executor"),
    (("status", "rollback"), "rollback-executor"),
    (("status", "announcement"), "announcer"),
)
"""Sections, or lists of them, that say under `by` who did something."""


def people_of(data: Data, display: Mapping[str, Text]) -> tuple[InvolvedPerson, ...]:
    """Everybody whom a request names, once for each role, in the order of roles (D2.8, D4.8)."""
    named = dict.fromkeys((*_planned(data), *_acted(data)))
    return tuple(
        InvolvedPerson(
            person=is_short(person), role=role, display=bilingual_text(display.get(person))
        )
        for person, role in named
    )


def _planned(data: Data) -> Iterator[tuple[str, str]]:
    for field, role in _ROLES:
        value = value_at(data, ("spec", "people", field))
        for person in value if isinstance(value, list) else [value]:
            if isinstance(person, str):
                yield person, role


def _acted(data: Data) -> Iterator[tuple[str, str]]:
    for route, role in _DEEDS:
        section = value_at(data, route)
        for part in section if isinstance(section, list) else [section]:
            person = value_at(part, ("by",))
            if isinstance(person, str):
                yield person, role


def bilingual_text(value: object) -> BilingualText | None:
    """A text of a request, cut to what an entry holds; None where there is none."""
    if isinstance(value, Text):
        return BilingualText(en=is_short(value.en), zh=is_short(value.zh))
    try:
        text = text_of(value)
    except TypeError:
        return None
    return BilingualText(en=is_short(text.en), zh=is_short(text.zh))


def product_of(data: Data) -> LaunchedProduct | None:
    """What is launched; None where the request does not say."""
    name = word_in(data, "spec", "product", "name")
    if not name:
        return None
    return LaunchedProduct(
        name=name,
        version=word_in(data, "spec", "product", "version"),
        environment=word_in(data, "spec", "product", "environment"),
        change=word_in(data, "spec", "product", "change"),
    )


def planned_of(data: Data) -> TimeSpan | None:
    """The window (D2.1)."""
    return _span(data, ("spec", "window"), "start", "end")


def actual_of(data: Data) -> TimeSpan | None:
    """When it was carried out (D2.5)."""
    return _span(data, ("status", "execution"), "startedAt", "finishedAt")


def assessment_of(data: Data) -> RiskAssessment | None:
    """The risk assessment: what the launch does, and what going back would do (D2.8)."""
    users = value_at(data, ("spec", "impact", "users"))
    found = RiskAssessment(
        impact=bilingual_text(value_at(data, ("spec", "impact", "summary"))),
        users=users if isinstance(users, int) and 0 <= users < 2**53 else None,
        rollback=bilingual_text(value_at(data, ("spec", "rollback", "impact", "summary"))),
        rollback_trigger=bilingual_text(value_at(data, ("spec", "rollback", "trigger"))),
        data_loss=word_in(data, "spec", "rollback", "impact", "dataLoss"),
        assessed_by=word_in(data, "spec", "impact", "assessedBy"),
        assessed_at=_moment(data, "spec", "impact", "assessedAt"),
    )
    return found if found != RiskAssessment() else None


def announced_of(data: Data) -> AnnouncementRecord | None:
    """The announcement, if it says when: one without a time cannot be counted on (D4.10)."""
    at = _moment(data, "status", "announcement", "at")
    if at is None:
        return None
    return AnnouncementRecord(at=at, by=word_in(data, "status", "announcement", "by"))


def problems_of(data: Data) -> tuple[ProblemFact, ...]:
    """What was found after the launch (D2.6)."""
    problems = value_at(data, ("status", "problems"))
    return tuple(
        ProblemFact(
            name=word_in(each, "name"),
            found_at=_moment(each, "foundAt"),
            settled_at=_moment(each, "at"),
            outcome=word_in(each, "outcome"),
        )
        for each in (problems if isinstance(problems, list) else ())
    )


def rollback_of(data: Data) -> RollbackOrCancellation | None:
    """A rollback that happened (D2.7)."""
    return _way_back(data, ("status", "rollback"), ("decidedAt", "finishedAt"))


def cancellation_of(data: Data) -> RollbackOrCancellation | None:
    """A cancellation (D3.3.5)."""
    return _way_back(data, ("status", "cancellation"), ("at", "businessNormalAt"))


def _way_back(data: Data, route: Route, moments: tuple[str, str]) -> RollbackOrCancellation | None:
    section = value_at(data, route)
    if not isinstance(section, dict):
        return None
    decided, finished = moments
    return RollbackOrCancellation(
        by=word_in(section, "by") or word_in(section, "decidedBy"),
        decided_at=_moment(section, decided),
        finished_at=_moment(section, finished),
        reason=bilingual_text(section.get("reason")),
    )


def _span(data: Data, route: Route, start: str, end: str) -> TimeSpan | None:
    found = TimeSpan(start=_moment(data, *route, start), end=_moment(data, *route, end))
    return found if found != TimeSpan() else None


def word_in(data: Data, *route: str) -> str:
    """The string at a place of a request, cut to what an entry holds; "" where there is none."""
    value = value_at(data, route)
    return is_short(value) if isinstance(value, str) else ""


def _moment(data: Data, *route: str | int) -> str | None:
    value = value_at(data, route)
    return value if isinstance(value, str) and parse_instant(value) is not None else None

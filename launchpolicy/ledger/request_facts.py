"""What a launch request says, in the shapes of an entry: people, times, product, outcome.

An entry must be the same bytes on every machine and forever, also that of a malformed request which
was merged all the same, and that of a kind of the repository's own which says the same under the
same keys. So every document is read as a launch request, and what it does not say is left out.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.limits import shorten
from launchpolicy.ledger.records import (
    AnnouncementRecord,
    BilingualText,
    EntryLabel,
    InvolvedPerson,
    LaunchedProduct,
    ProblemFact,
    RiskAssessment,
    RollbackOrCancellation,
    TimeSpan,
)
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_request.impact import Impact
from launchpolicy.requests.launch_request.request import LaunchRequest
from launchpolicy.requests.launch_request.rollback import RollbackImpact, RollbackPlan
from launchpolicy.requests.launch_request.texts import LocalisedText
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

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
_ACTIONS: tuple[tuple[Route, str], ...] = (
    (("spec", "acceptance", "checks"), "acceptor"),
    (("spec", "acceptance", "acceptedBy"), "acceptor"),
    (("spec", "testing", "reports"), "tester"),
    (("status", "execution"), "executor"),
    (("status", "rollback"), "rollback-executor"),
    (("status", "announcement"), "announcer"),
)
"""Sections, or lists of them, that say under `by` who did something."""

_NO_ASSESSMENT, _NO_SPAN = RiskAssessment(), TimeSpan()


def people_of(data: Data, display: Mapping[str, Text]) -> tuple[InvolvedPerson, ...]:
    """Return the people whom a request names, once for each role, in order of roles (D2.8, D4.8).

    `data` is plain: a malformed request may name one person where a list belongs, or a list where
    one belongs. Those are people who were involved, so the entry names them too.
    """
    people = dict.fromkeys((*_planned_people(data), *_acting_people(data)))
    return tuple(_person_in_role(person, role, display.get(person)) for person, role in people)


@functools.lru_cache(maxsize=1024)
def _person_in_role(person: str, role: str, display: Text | None) -> InvolvedPerson:
    """Return a person of a role; the same few stand in entry after entry."""
    return InvolvedPerson(person=shorten(person), role=role, display=bilingual_text(display))


def _planned_people(data: Data) -> Iterator[tuple[str, str]]:
    for field, role in _ROLES:
        value = value_at(data, ("spec", "people", field))
        for person in value if isinstance(value, list) else [value]:
            if isinstance(person, str):
                yield person, role


def _acting_people(data: Data) -> Iterator[tuple[str, str]]:
    for route, role in _ACTIONS:
        section = value_at(data, route)
        for part in section if isinstance(section, list) else [section]:
            person = value_at(part, ("by",))
            if isinstance(person, str):
                yield person, role


def labels_of(request: LaunchRequest) -> tuple[EntryLabel, ...]:
    """Return the labels, in the order of their names; what is no label is left out."""
    labels = (request.metadata.labels or {}).items()
    texts = [(name, value) for name, value in labels if isinstance(name, str)]
    return tuple(
        EntryLabel(name=shorten(name), value=shorten(value)) for name, value in sorted(texts)
    )


def bilingual_text(value: Text | LocalisedText | str | None) -> BilingualText | None:
    """Return a text cut to what an entry holds; None where there is none."""
    if value is None:
        return None
    if isinstance(value, str):
        text = Text(value, value)
    else:
        text = value.text if isinstance(value, LocalisedText) else value
    return BilingualText(en=shorten(text.en), zh=shorten(text.zh))


def product_of(request: LaunchRequest) -> LaunchedProduct | None:
    """Return what is launched; None where the request does not say."""
    product = request.spec.product
    if product is None or not product.name:
        return None
    return LaunchedProduct(
        name=short_text(product.name),
        version=short_text(product.version),
        environment=short_text(product.environment),
        change=short_text(product.change),
    )


def planned_of(request: LaunchRequest) -> TimeSpan | None:
    """Return the window (D2.1)."""
    window = request.spec.window
    return _span(window.start, window.end) if window is not None else None


def actual_of(request: LaunchRequest) -> TimeSpan | None:
    """Return when the launch was carried out (D2.5)."""
    execution = request.status.execution
    return _span(execution.started_at, execution.finished_at) if execution is not None else None


def assessment_of(request: LaunchRequest) -> RiskAssessment | None:
    """Return the risk assessment: what the launch does, and what going back would do (D2.8)."""
    impact = request.spec.impact or Impact({})
    rollback = request.spec.rollback or RollbackPlan({})
    rollback_impact = rollback.impact or RollbackImpact({})
    assessment = RiskAssessment(
        impact=bilingual_text(impact.summary),
        users=_whole_number(impact.users),
        rollback=bilingual_text(rollback_impact.summary),
        rollback_trigger=bilingual_text(rollback.trigger),
        data_loss=short_text(rollback_impact.data_loss),
        assessed_by=short_text(impact.assessed_by),
        assessed_at=_moment(impact.assessed_at),
    )
    return assessment if assessment != _NO_ASSESSMENT else None


def _whole_number(number: object) -> int | None:
    """Return `number` if JSON readers everywhere take it for the same one; not so `12.0`."""
    return number if isinstance(number, int) and 0 <= number < 2**53 else None


def announced_of(request: LaunchRequest) -> AnnouncementRecord | None:
    """Return the announcement, if it says when: one without a time cannot be counted on (D4.10)."""
    announcement = request.status.announcement
    at = _moment(announcement.at) if announcement is not None else None
    if announcement is None or at is None:
        return None
    return AnnouncementRecord(at=at, by=short_text(announcement.by))


def problems_of(request: LaunchRequest) -> tuple[ProblemFact, ...]:
    """Return what was found after the launch (D2.6)."""
    return tuple(
        ProblemFact(
            name=short_text(problem.name),
            found_at=_moment(problem.found_at),
            settled_at=_moment(problem.at),
            outcome=short_text(problem.outcome),
        )
        for problem in request.status.problems or ()
    )


def rollback_of(request: LaunchRequest) -> RollbackOrCancellation | None:
    """Return a rollback that happened (D2.7)."""
    rollback = request.status.rollback
    if rollback is None:
        return None
    return RollbackOrCancellation(
        by=short_text(rollback.by) or short_text(rollback.decided_by),
        decided_at=_moment(rollback.decided_at),
        finished_at=_moment(rollback.finished_at),
        reason=bilingual_text(rollback.reason),
    )


def cancellation_of(request: LaunchRequest) -> RollbackOrCancellation | None:
    """Return a cancellation (D3.3.5)."""
    cancellation = request.status.cancellation
    if cancellation is None:
        return None
    return RollbackOrCancellation(
        by=short_text(cancellation.by),
        decided_at=_moment(cancellation.at),
        finished_at=_moment(cancellation.business_normal_at),
        reason=bilingual_text(cancellation.reason),
    )


def _span(start: str | None, end: str | None) -> TimeSpan | None:
    span = TimeSpan(start=_moment(start), end=_moment(end))
    return span if span != _NO_SPAN else None


def short_text(text: str | None) -> str:
    """Return `text` cut to what an entry holds; "" where there is none."""
    return shorten(text) if text is not None else ""


def _moment(text: str | None) -> str | None:
    """Return a point in time as it is written; None for any other text."""
    return text if text is not None and parse_instant(text) is not None else None

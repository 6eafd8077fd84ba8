"""Exceptions of launches that were carried out: their times, freezes, announcement and review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.audit.exception_kinds import NO_FOLLOW_UP, ExceptionKind, ExceptionRecord
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.records import TimeSpan
from launchpolicy.vocabulary.text import Text

_IN_SERVICE = frozenset({"launched", "verified", "closed"})
_DONE = frozenset({"launched", "verified", "closed", "rolled-back"})


def timing_exceptions(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    """Yield what is odd about a launch that was carried out in the period."""
    first = next((e for e in launch.launch.events if e.entry.stage in _DONE), None)
    if first is None or first.number not in launch.numbers:
        return
    story = launch.launch
    executors = tuple(
        dict.fromkeys(i.person for i in story.people if i.role in {"executor", "rollback-executor"})
    )

    def record(kind: ExceptionKind, why: Text, after: Text = NO_FOLLOW_UP) -> ExceptionRecord:
        number, entry = first
        who = executors
        return ExceptionRecord(kind, launch.id, story.name, number, entry.at, who, why, after)

    planned, actual = approved_window(launch), story.facts.actual
    wrong_time = _outside(planned, actual)
    if wrong_time is not None:
        yield record(*wrong_time)
    freezes = freezes_met(launch, facts)
    if freezes:
        names = ", ".join(freezes)
        yield record(ExceptionKind.IN_FREEZE, Text(f"freeze: {names}", f"封网期：{names}"))
    if story.facts.stage in _IN_SERVICE and story.announced_at is None:
        yield record(
            ExceptionKind.UNANNOUNCED,
            Text("no announcement is recorded (D4.10)", "没有通告记录（D4.10）"),
        )
    if was_emergency(launch) and not facts.reviews.get(launch.id, ""):
        yield record(
            ExceptionKind.EMERGENCY_WITHOUT_REVIEW,
            Text("no review after the launch is recorded (D2.8)", "没有上线后评审记录（D2.8）"),
        )


def approved_window(launch: AuditLaunch) -> TimeSpan | None:
    """Return the window as it stood before the launch was carried out: that was approved.

    A window that is changed together with the record of what happened excuses nothing.
    """
    before: TimeSpan | None = None
    for _, entry in launch.launch.events:
        if entry.stage in _DONE:
            return before if before is not None else entry.planned
        before = entry.planned if entry.planned is not None else before
    return before


def approved_entry(launch: AuditLaunch) -> Entry:
    """Return the last entry before the launch was carried out, else the first of all.

    What the record of a launch says of its risk or its process opens no freeze.
    """
    before = launch.launch.first
    for _, entry in launch.launch.events:
        if entry.stage in _DONE:
            break
        before = entry
    return before


def was_emergency(launch: AuditLaunch) -> bool:
    """Return whether a launch was approved as an emergency, or is one by its latest record."""
    return "emergency" in {approved_entry(launch).risk, launch.launch.facts.risk}


def freezes_met(launch: AuditLaunch, facts: AuditFacts) -> tuple[str, ...]:
    """Return the names of the freezes in which a launch was carried out, each once."""
    approved = approved_entry(launch)
    actual = launch.launch.facts.actual or approved_window(launch)
    start, end = _moments(actual)
    start, end = start or end, end or start
    if start is None or end is None:
        return ()
    start, end = min(start, end), max(start, end)
    return tuple(
        dict.fromkeys(
            freeze.name
            for freeze in facts.freezes.get(launch.id, ())
            if (freeze.processes is None or approved.process in freeze.processes)
            and approved.risk not in freeze.excepted
            and start < freeze.end
            and (freeze.start < end or freeze.start <= start)
        )
    )


def _outside(
    planned: TimeSpan | None, actual: TimeSpan | None
) -> tuple[ExceptionKind, Text] | None:
    """Return what is wrong with the actual times beside the planned ones."""
    opens, closes = _moments(planned)
    began, ended = _moments(actual)
    if opens is None or closes is None or began is None or ended is None:
        return ExceptionKind.TIMES_UNKNOWN, _times(planned, actual)
    if opens <= began <= ended <= closes:
        return None
    return ExceptionKind.OUTSIDE_WINDOW, _times(planned, actual)


def _times(planned: TimeSpan | None, actual: TimeSpan | None) -> Text:
    plan, fact = span_text(planned), span_text(actual)
    return Text(f"planned {plan.en}, actual {fact.en}", f"计划 {plan.zh}，实际 {fact.zh}")


def span_text(span: TimeSpan | None) -> Text:
    """Return a span as people read it."""
    if span is None:
        return Text("not recorded", "未记录")
    start, end = _short_moment(span.start), _short_moment(span.end)
    return Text(f"{start} – {end}", f"{start}—{end}")


def _short_moment(written: str | None) -> str:
    """Return a moment to the minute, in the offset that it was written with."""
    moment = parse_instant(written) if written is not None else None
    if moment is None:
        return "?"
    zone = moment.strftime("%z")
    return f"{moment:%Y-%m-%d %H:%M} {zone[:3]}:{zone[3:]}"


def _moments(span: TimeSpan | None) -> tuple[datetime | None, datetime | None]:
    if span is None:
        return None, None
    return (
        parse_instant(span.start) if span.start is not None else None,
        parse_instant(span.end) if span.end is not None else None,
    )

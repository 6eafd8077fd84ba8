"""Exceptions of launches that were carried out: their times, freezes, announcement and review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.audit.exception_kinds import NO_FOLLOW_UP, ExceptionKind, ExceptionRecord
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.lateness import lateness, span_in_words
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.records import TimeSpan
from launchpolicy.vocabulary.text import Text

_IN_SERVICE = frozenset({"launched", "verified", "closed"})
_DONE = frozenset({"launched", "verified", "closed", "rolled-back"})


def timing_exceptions(launch: AuditLaunch, facts: AuditFacts) -> Iterator[ExceptionRecord]:
    """Yield what is odd about a launch that was carried out in the period.

    Times are those that an entry of the period records: a later correction excuses nothing, and
    times that are recorded before the launch counts as done are looked at as well.
    """
    yield from _times_outside(launch)
    first = next((e for e in launch.launch.events if e.entry.stage in _DONE), None)
    if first is None or first.number not in launch.numbers:
        return
    story = launch.launch
    executors = executors_of(launch)

    def record(kind: ExceptionKind, why: Text, after: Text = NO_FOLLOW_UP) -> ExceptionRecord:
        number, entry = first
        who = executors
        return ExceptionRecord(kind, launch.id, story.name, number, entry.at, who, why, after)

    if first.entry.actual is None:
        why = _times(approved_window(launch), None)
        yield record(ExceptionKind.TIMES_UNKNOWN, why)
    freezes = freezes_met(launch, facts)
    if freezes:
        names = ", ".join(freezes)
        yield record(ExceptionKind.IN_FREEZE, Text(f"freeze: {names}", f"封网期：{names}"))
    if story.facts.stage in _IN_SERVICE and story.announced_at is None:
        yield record(
            ExceptionKind.UNANNOUNCED,
            Text("no announcement is recorded (D4.10)", "没有通告记录（D4.10）"),
        )
    if was_emergency(launch):
        odd_review = _odd_review(launch, facts)
        if odd_review is not None:
            yield record(*odd_review)


def _odd_review(launch: AuditLaunch, facts: AuditFacts) -> tuple[ExceptionKind, Text] | None:
    """Return what is odd about the review of an emergency launch: it is missing, or came late."""
    due, review = facts.review_dues.get(launch.id, ""), facts.reviews.get(launch.id)
    until = _short_moment(due) if due else ""
    if review is None:
        en, zh = "no review after the launch is recorded (D2.8)", "没有上线后评审记录（D2.8）"
        if until:
            en, zh = f"{en}; it was due on {until}", f"{zh}；评审期限为 {until}"
        return ExceptionKind.EMERGENCY_WITHOUT_REVIEW, Text(en, zh)
    late = lateness(due, parse_instant(review.at))
    if late is None:
        return None
    held, by = _short_moment(review.at), span_in_words(late)
    why = Text(
        f"review due {until}, held {held}: {by.en} late",
        f"评审期限 {until}，实际 {held}：逾期 {by.zh}",
    )
    return ExceptionKind.REVIEWED_LATE, why


def _times_outside(launch: AuditLaunch) -> Iterator[ExceptionRecord]:
    """Yield every time that an entry of the period newly records, and that is not in the window."""
    planned = approved_window(launch)
    recorded: set[tuple[str | None, str | None]] = set()
    for number, entry in launch.launch.events:
        actual = entry.actual
        if actual is None or (actual.start, actual.end) in recorded:
            continue
        recorded.add((actual.start, actual.end))
        kind = _wrong_times(planned, actual, is_done=entry.stage in _DONE)
        if kind is not None and number in launch.numbers:
            who = executors_of(launch)
            why = _times(planned, actual)
            yield ExceptionRecord(
                kind, launch.id, launch.launch.name, number, entry.at, who, why, NO_FOLLOW_UP
            )


def executors_of(launch: AuditLaunch) -> tuple[str, ...]:
    """Return who carried out a launch, or its rollback."""
    roles = {"executor", "rollback-executor"}
    return tuple(dict.fromkeys(i.person for i in launch.launch.people if i.role in roles))


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


def was_carried_out(launch: AuditLaunch) -> bool:
    """Return whether a launch was ever recorded as carried out, whatever came of it."""
    return any(entry.stage in _DONE for _, entry in launch.launch.events)


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


def _wrong_times(
    planned: TimeSpan | None, actual: TimeSpan, *, is_done: bool
) -> ExceptionKind | None:
    """Return what is wrong with actual times beside the planned ones; None where nothing is.

    Of a launch that is not done yet, one of the two times may still be missing.
    """
    opens, closes = _moments(planned)
    began, ended = _moments(actual)
    first, last = began or ended, ended or began
    if opens is None or closes is None or first is None or last is None:
        return ExceptionKind.TIMES_UNKNOWN if is_done else None
    if not opens <= first <= last <= closes:
        return ExceptionKind.OUTSIDE_WINDOW
    is_known = began is not None and ended is not None
    return None if is_known or not is_done else ExceptionKind.TIMES_UNKNOWN


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

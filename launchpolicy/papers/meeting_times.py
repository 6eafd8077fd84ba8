"""When each item of a meeting's agenda is dealt with: from its start and how long items take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.policy.order import duration_of
from launchpolicy.requests.launch_request.meeting import Meeting


class AgendaSlot(NamedTuple):
    """From when to when, as clock times of the meeting's own offset; "" where it is not known."""

    start: str
    end: str


def agenda_slots(meeting: Meeting) -> tuple[AgendaSlot, ...]:
    """Return a slot for each item of the agenda, in its order.

    The items follow each other without a gap. After an item that does not say how long it takes,
    nothing is known any more.
    """
    moment = parse_instant(meeting.start) if meeting.start else None
    slots = []
    for item in meeting.agenda or ():
        takes = duration_of(item.takes)
        end = moment + takes if moment is not None and takes is not None else None
        slots.append(AgendaSlot(_clock(moment), _clock(end)))
        moment = end
    return tuple(slots)


def overrun(meeting: Meeting) -> timedelta:
    """Return by how much the items take longer than the meeting lasts; zero if they fit."""
    start = parse_instant(meeting.start) if meeting.start else None
    end = parse_instant(meeting.end) if meeting.end else None
    if start is None or end is None:
        return timedelta()
    return max(_total([item.takes for item in meeting.agenda or ()]) - (end - start), timedelta())


def _total(durations: Sequence[str | None]) -> timedelta:
    return sum((duration_of(each) or timedelta() for each in durations), timedelta())


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""

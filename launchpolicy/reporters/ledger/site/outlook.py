"""What comes next, and what went wrong: the two lists that a reader looks at first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from launchpolicy.documents.instants import instant
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.reporters.ledger.view import FreezePeriod, LedgerView

_OFF = frozenset({LaunchState.CANCELLED, LaunchState.WITHDRAWN})
_CALM = _OFF | {LaunchState.APPROVED, LaunchState.LAUNCHED}
"""Standings in which nothing is wrong; any other, also one that is added later, is a problem."""
_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Launches by when their window is, and the freezes until 30 days from now.

    `running` have their window now, `week` begin within seven days, `month` within thirty,
    `overdue` had their window and nothing was recorded of it.
    """

    running: tuple[Launch, ...]
    week: tuple[Launch, ...]
    month: tuple[Launch, ...]
    overdue: tuple[Launch, ...]
    freezes: tuple[FreezePeriod, ...]


def now_of(view: LedgerView) -> datetime:
    """Return the time as of which pages are made: of the last append, else of the last event."""
    if view.as_of is not None:
        return view.as_of
    events = [launch.latest.at for launch in (*view.all, *view.waivers)]
    events += [rule.entry.at for rule in view.launches.rules]
    return datetime.fromisoformat(max(events)) if events else _EPOCH


def outlook_of(
    launches: Iterable[Launch], closed: Sequence[FreezePeriod], now: datetime
) -> Outlook:
    """Return what comes next, in the order of time, and what is overdue, the latest first."""
    waiting = [(window, launch) for launch in launches if (window := _open_window(launch))]
    waiting.sort(key=lambda pair: pair[0])

    def between(first: timedelta, last: timedelta) -> tuple[Launch, ...]:
        return tuple(launch for (start, _), launch in waiting if now + first < start <= now + last)

    return Outlook(
        running=tuple(launch for (start, end), launch in waiting if start <= now <= end),
        week=between(timedelta(0), _WEEK),
        month=between(_WEEK, _MONTH),
        overdue=tuple(launch for (_, end), launch in reversed(waiting) if end < now),
        freezes=tuple(
            sorted(
                (freeze for freeze in closed if freeze.end > now and freeze.start <= now + _MONTH),
                key=lambda freeze: freeze.start,
            )
        ),
    )


def is_problem(launch: Launch) -> bool:
    """Return whether something went wrong with a launch or with how it was merged."""
    return launch.is_bypassed or launch.has_failed or launch.standing not in _CALM


def moment_of(launch: Launch) -> datetime:
    """Return when a launch took place, else its window opens, else it last changed.

    In the zone that its window was written with, so that its day and month are those of its team.
    """
    start, _ = launch.planned_times
    done = launch.launched_at if launch.was_carried_out else None
    moment = done or start or instant(launch.latest.at)
    return moment.astimezone(start.tzinfo) if start is not None else moment


def _open_window(launch: Launch) -> tuple[datetime, datetime] | None:
    """Return the window of a launch that is still to be carried out; None without one."""
    start, end = launch.planned_times
    if start is None or launch.was_carried_out or launch.standing in _OFF:
        return None
    return start, end if end is not None and end > start else start

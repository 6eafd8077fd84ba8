"""What people ask of a log of launches: how often, how well, how fast (DORA's measures).

Only announced launches count as launches (D4.10); those that were carried out and not announced are
counted beside them. A rate without anything to divide by is None, not zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from launchpolicy.ledger.launches import Launch, LaunchState

_MOST_POLICIES = 12


@dataclass(frozen=True, slots=True)
class Period:
    """One week or month: `name` is `2026-W45` (ISO 8601) or `2026-11`.

    `launched` are announced launches, `unannounced` those without; `failed` and `rolled_back` are
    of both, `carried_out` in all. Times are medians.
    """

    name: str
    launched: int
    unannounced: int
    carried_out: int
    failed: int
    rolled_back: int
    lead_time: timedelta | None
    time_to_restore: timedelta | None

    @property
    def failure_rate(self) -> float | None:
        """Return the share of changes that led to degraded service and had to be remedied."""
        return self.failed / self.carried_out if self.carried_out else None

    @property
    def rollback_rate(self) -> float | None:
        return self.rolled_back / self.carried_out if self.carried_out else None


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures over everything, per ISO week and per month, oldest first without gaps."""

    total: Period
    weeks: tuple[Period, ...]
    months: tuple[Period, ...]
    bypassed: int
    emergencies: int
    hurdles: tuple[tuple[str, int], ...]
    """Policies by the number of launches that they held up, the most first (waived ones too)."""


def measures_of(launches: Iterable[Launch]) -> Measures:
    """Return the measures of some launches."""
    every = tuple(launches)
    carried = [
        (moment.astimezone(UTC), launch)
        for launch in every
        if launch.was_carried_out and (moment := launch.launched_at) is not None
    ]
    return Measures(
        total=_period("", [launch for launch in every if launch.was_carried_out]),
        weeks=_periods(carried, _week, timedelta(days=7)),
        months=_periods(carried, _month, timedelta(days=28)),
        bypassed=sum(map(_is_bypassed, every)),
        emergencies=sum(launch.is_emergency for launch in every),
        hurdles=_policies_in_the_way(every),
    )


def _is_bypassed(launch: Launch) -> bool:
    """Return whether a launch was bypassed; that it was archived so changes no past figure."""
    last = launch.latest_change.number
    return any(event.entry.is_bypassed for event in launch.events if event.number <= last)


def _periods(
    carried: Sequence[tuple[datetime, Launch]],
    name_of: Callable[[datetime], str],
    step: timedelta,
) -> tuple[Period, ...]:
    if not carried:
        return ()
    groups: dict[str, list[Launch]] = {}
    first, last = min(moment for moment, _ in carried), max(moment for moment, _ in carried)
    at = first
    while at <= last:
        groups.setdefault(name_of(at), [])
        at += step
    for moment, launch in carried:
        groups.setdefault(name_of(moment), []).append(launch)
    return tuple(_period(name, groups[name]) for name in sorted(groups))


def _period(name: str, launches: Sequence[Launch]) -> Period:
    leads = [launch.lead_time for launch in launches if launch.lead_time is not None]
    restored = [launch.time_to_restore for launch in launches if launch.time_to_restore is not None]
    return Period(
        name=name,
        launched=sum(launch.standing is LaunchState.LAUNCHED for launch in launches),
        unannounced=sum(launch.standing is LaunchState.UNANNOUNCED for launch in launches),
        carried_out=len(launches),
        failed=sum(launch.has_failed for launch in launches),
        rolled_back=sum(launch.was_rolled_back for launch in launches),
        lead_time=_median(leads),
        time_to_restore=_median(restored),
    )


def _median(times: Sequence[timedelta]) -> timedelta | None:
    if not times:
        return None
    return timedelta(seconds=median(time.total_seconds() for time in times))


def _policies_in_the_way(launches: Iterable[Launch]) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for launch in launches:
        held = {hurdle.policy for event in launch.events for hurdle in event.entry.hurdles}
        waived = {waiver.policy for event in launch.events for waiver in event.entry.waivers}
        counted.update(held | waived)
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ordered[:_MOST_POLICIES])


def _week(moment: datetime) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02d}"


def _month(moment: datetime) -> str:
    return moment.strftime("%Y-%m")

"""Figures of months, products and teams as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.measures import Period, measures_of
from launchpolicy.reporters.ledger.site.outlook import is_problem, moment_of, now_of
from launchpolicy.reporters.ledger.slugs import slug
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.vocabulary.text import Text

_HOUR = 3600
_MONTHS = 24
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LaunchGroup:
    """The launches of one product or team: `kind` is `product` or `team`, `id` its id."""

    kind: str
    id: str
    name: Text
    launches: tuple[Launch, ...]

    @property
    def folder(self) -> str:
        """Return where the files of the group stand."""
        return f"{self.kind}s/{slug(self.kind, self.id)}"

    @property
    def total(self) -> Period:
        return measures_of(self.launches).total

    @property
    def problems(self) -> int:
        return sum(map(is_problem, self.launches))


def groups_of(view: LedgerView) -> dict[str, list[LaunchGroup]]:
    """Return the launches by product and by team, each in the order of names."""
    names = view.names
    return {
        "product": _groups(
            "product",
            view.all,
            lambda launch: launch.product,
            lambda product: names.name_of("products", product),
        ),
        "team": _groups(
            "team", view.all, lambda launch: launch.facts.team, lambda team: Text(team, team)
        ),
    }


def months_measured(view: LedgerView) -> list[tuple[str, Period]]:
    """Return the measures of the latest months in which something was launched, newest first.

    What is dated later than the ledger, or long before it, has no month here; the list of months
    has it.
    """
    latest = now_of(view) + _DAY
    carried = [
        launch for launch in view.all if launch.was_carried_out and moment_of(launch) <= latest
    ]
    months = by_month(carried)
    return [(name, measures_of(launches).total) for name, launches in months[:_MONTHS]]


def by_month(launches: Iterable[Launch]) -> list[tuple[str, list[Launch]]]:
    """Return launches by the month of `moment_of`, newest month first, latest launch first."""
    months: dict[str, list[tuple[datetime, Launch]]] = {}
    for launch in launches:
        moment = moment_of(launch)
        months.setdefault(f"{moment:%Y-%m}", []).append((moment, launch))
    return [
        (name, [launch for _, launch in sorted(months[name], key=lambda pair: pair[0])[::-1]])
        for name in sorted(months, reverse=True)
    ]


def percent(rate: float | None) -> str:
    """Return a share as people write it; nothing to divide by is a dash."""
    return "–" if rate is None else f"{_round_half_up(rate * 100, '1')} %"


def duration(time: timedelta | None) -> Text:
    """Return a time in the largest unit that fits."""
    if time is None:
        return Text("–", "–")
    hours = time.total_seconds() / _HOUR
    if hours < 1:
        minutes = _round_half_up(hours * 60, "1")
        return Text(f"{minutes} min", f"{minutes} 分钟")
    if hours < 48:  # noqa: PLR2004 (two days)
        rounded = _round_half_up(hours, "0.1")
        return Text(f"{rounded} h", f"{rounded} 小时")
    days = _round_half_up(hours / 24, "0.1")
    return Text(f"{days} days", f"{days} 天")


def _round_half_up(number: float, step: str) -> Decimal:
    """Return a number rounded half up, as the scripts of the page do (`toFixed`)."""
    return Decimal(number).quantize(Decimal(step), ROUND_HALF_UP)


def _groups(
    kind: str,
    launches: Iterable[Launch],
    id_of: Callable[[Launch], str],
    name_of: Callable[[str], Text],
) -> list[LaunchGroup]:
    members: dict[str, list[Launch]] = {}
    for launch in launches:
        if identifier := id_of(launch):
            members.setdefault(identifier, []).append(launch)
    return [
        LaunchGroup(kind, identifier, name_of(identifier), tuple(members[identifier]))
        for identifier in sorted(members)
    ]

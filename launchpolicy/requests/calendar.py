"""`calendar.yaml`: when launches may happen."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Names of the days of the week; the index is `date.weekday()`."""

YEARS = range(2000, 2100)
"""The years that a calendar speaks for: beyond them nobody's lists of holidays reach."""

MIDNIGHT = 24 * 60


class WeeklyWindow(NamedTuple):
    """A stretch of time on days of the week, in minutes of the local clock since midnight.

    `closes` is beyond `MIDNIGHT` where the slot ends on the next day.
    """

    days: tuple[int, ...]
    opens: int
    closes: int


class Freeze(NamedTuple):
    """A half-open period without launches, but for requests of the risks in `excepted`.

    `processes` is None where it is about all of them.
    """

    name: str
    start: datetime
    end: datetime
    excepted: tuple[str, ...]
    processes: tuple[str, ...] | None


class OfficeMeetings(NamedTuple):
    """When the office meeting takes place; `at` in minutes since midnight."""

    days: tuple[int, ...]
    at: int


class Calendar(NamedTuple):
    """A validated calendar with its defaults filled in.

    `country` and `subdivision` are "" where no country's holidays count. `extra` and `workdays`
    are days and their names. Holidays do not stop requests of the risks in `holidays_excepted`.
    """

    zone: zoneinfo.ZoneInfo
    country: str
    subdivision: str
    also_day_before: bool
    extra: Mapping[date, str]
    workdays: Mapping[date, str]
    holidays_excepted: tuple[str, ...]
    windows: Mapping[str, tuple[WeeklyWindow, ...]]
    freezes: tuple[Freeze, ...]
    office_meetings: OfficeMeetings | None


def calendar_of(data: Mapping[str, Any]) -> Calendar:
    """Return the calendar of a file that follows its schema and passed `check_calendar`.

    Raises:
        ZoneInfoNotFoundError: its time zone is unknown here.
    """
    holidays = data.get("holidays", {})
    meetings = data.get("officeMeetings")
    return Calendar(
        zone=zoneinfo.ZoneInfo(data["timezone"]),
        country=holidays.get("country", ""),
        subdivision=holidays.get("subdivision", ""),
        also_day_before=holidays.get("alsoDayBefore", False),
        extra=_dates(holidays.get("extra", ())),
        workdays=_dates(holidays.get("workdays", ())),
        holidays_excepted=tuple(holidays.get("except", ())),
        windows={
            process: tuple(_slot(slot) for slot in slots)
            for process, slots in data.get("windows", {}).items()
        },
        freezes=tuple(_freeze(freeze) for freeze in data.get("freezes", ())),
        office_meetings=meetings and OfficeMeetings(_days(meetings), _minutes(meetings["at"])),
    )


def _dates(named: Data) -> dict[date, str]:
    return {date.fromisoformat(day["date"]): day["name"] for day in named}


def _days(data: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(sorted(DAYS.index(day) for day in data["days"]))


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _slot(data: Mapping[str, Any]) -> WeeklyWindow:
    opens, closes = _minutes(data["from"]), _minutes(data["until"])
    return WeeklyWindow(_days(data), opens, closes if closes > opens else closes + MIDNIGHT)


def _freeze(data: Mapping[str, Any]) -> Freeze:
    processes = data.get("processes")
    return Freeze(
        name=data["name"],
        start=_instant(data["from"]),
        end=_instant(data["until"]),
        excepted=tuple(data.get("except", ())),
        processes=tuple(processes) if processes is not None else None,
    )


def _instant(text: str) -> datetime:
    instant = parse_instant(text)
    if instant is None:
        message = f"not a point in time: {text!r}"
        raise ValueError(message)
    return instant


def check_calendar(document: Document) -> tuple[Finding, ...]:
    """Return what the schema of a calendar cannot see; the document follows that schema.

    Whether its processes exist is asked by `check_processes_of_calendar`, and whether its country
    has holidays where they are looked up.
    """
    data: Any = document.data
    return (*_zone(document, data), *_periods(document, data), *_holidays(document, data))


def _zone(document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    name = data["timezone"]
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        yield _finding(
            document,
            ("timezone",),
            "unknown-time-zone",
            Text(f"There is no time zone {name}.", f"没有名为 {name} 的时区。"),
            Text(
                "Write an IANA name such as Asia/Shanghai or Europe/Berlin.",
                "请写 IANA 时区名，例如 Asia/Shanghai 或 Europe/Berlin。",
            ),
        )


def _periods(document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    for number, freeze in enumerate(data.get("freezes", ())):
        if _instant(freeze["from"]) >= _instant(freeze["until"]):
            yield _finding(
                document,
                ("freezes", number, "until"),
                "freeze-ends-first",
                Text(
                    f"The freeze {freeze['name']} ends no later than it begins, so it never holds.",
                    f"封网期 {freeze['name']} 的结束不晚于开始，永远不会生效。",
                ),
                Text("Correct `from` or `until`.", "请更正 `from` 或 `until`。"),
            )
    for process, slots in data.get("windows", {}).items():
        for number, slot in enumerate(slots):
            if slot["from"] == slot["until"]:
                yield _finding(
                    document,
                    ("windows", process, number, "until"),
                    "empty-slot",
                    Text("The slot ends at the time at which it begins.", "时段的结束与开始相同。"),
                    Text(
                        "For a whole day write from 00:00 until 24:00.",
                        "若为全天，请写 00:00 至 24:00。",
                    ),
                )


def _holidays(document: Document, data: Mapping[str, Any]) -> Iterator[Finding]:
    holidays = data.get("holidays", {})
    if "subdivision" in holidays and "country" not in holidays:
        yield _finding(
            document,
            ("holidays", "subdivision"),
            "subdivision-without-country",
            Text("A subdivision needs its country.", "写了行政区就须写明国家或地区。"),
            Text("Add `country`.", "请补充 `country`。"),
        )
    extra = {holiday["date"] for holiday in holidays.get("extra", ())}
    for number, workday in enumerate(holidays.get("workdays", ())):
        if workday["date"] in extra:
            yield _finding(
                document,
                ("holidays", "workdays", number, "date"),
                "holiday-and-workday",
                Text(
                    f"{workday['date']} is both a further holiday and a worked day.",
                    f"{workday['date']} 既是补充假日又是补班日。",
                ),
                Text("Remove it from one of the lists.", "请从其中一个列表中删除。"),
            )


def _finding(document: Document, route: Route, name: str, message: Text, fix: Text) -> Finding:
    return Finding(f"calendar/{name}", message, document.place(route), fix)

"""Public holidays from the library `holidays`, the only place that knows it."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date

from launchpolicy.hosts import holiday_memory
from launchpolicy.requests.calendar import YEARS, Calendar
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text

_ENGLISH = "en_US"
_ANNOUNCED = "last announced year"
_IN_A_ROW = 8
"""A table of so many years up to its last is one that is made every year, not of single events."""


def holidays_of(calendar: Calendar, years: Iterable[int]) -> dict[date, str]:
    """Return the public holidays of the calendar's country in `years`, with their names.

    Empty where the calendar names no country. The calendar's own days are not among them.

    Raises:
        UndecidedError: the library is not installed.
        UsageError: it does not know the country or subdivision.
    """
    if not calendar.country:
        return {}
    covered_years = tuple(sorted(set(years) & set(YEARS)))
    return _public_holidays(calendar.country, calendar.subdivision, covered_years)


def is_known_country(country: str) -> bool:
    """Return whether the library knows public holidays of a country (ISO 3166, two letters).

    Raises:
        UndecidedError: the library is not installed.
    """
    try:
        return country.isalpha() and bool(_public_holidays(country, "", (YEARS.start + 20,)))
    except UsageError:
        return False


def announced_until(calendar: Calendar) -> int | None:
    """Return the last year with announced holidays; None where not every year has its own.

    In some countries the government says every autumn which days are off in the next year. The
    library keeps a table of these days by year, and of later years it knows the statutory days
    only.

    Raises:
        UsageError: as for `holidays_of`.
    """
    return (
        _last_announced_year(calendar.country, calendar.subdivision) if calendar.country else None
    )


@functools.lru_cache(maxsize=64)
def _last_announced_year(country: str, subdivision: str) -> int | None:
    place = (f"{_ANNOUNCED} of {country}", subdivision)
    kept = holiday_memory.recall(place, YEARS)
    if kept is not None:
        return max(kept).year if kept else None
    _public_holidays(country, subdivision, ())
    from holidays import country_holidays  # noqa: PLC0415

    by_year = getattr(country_holidays(country), "special_public_holidays", {})
    years = {year for year in by_year if isinstance(year, int)}
    last = max(years, default=0)
    is_every_year = years >= set(range(last - _IN_A_ROW + 1, last + 1))
    announced = {date(last, 12, 31): _ANNOUNCED} if is_every_year else {}
    holiday_memory.remember(place, YEARS, announced)
    return last if is_every_year else None


@functools.lru_cache(maxsize=64)
def _public_holidays(country: str, subdivision: str, years: tuple[int, ...]) -> dict[date, str]:
    kept = holiday_memory.recall((country, subdivision), years) if years else None
    if kept is not None:
        return kept
    # Loaded here on purpose: it is heavy, and most checks need no holidays.
    try:
        from holidays import country_holidays  # noqa: PLC0415
    except ImportError as error:
        raise UndecidedError(*_missing(country)) from error

    def holidays_in(language: str | None) -> dict[date, str]:
        part = subdivision or None
        return dict(country_holidays(country, part, list(years), language=language).items())

    try:
        # Asked for by name: otherwise the machine's locale would choose the language.
        own = holidays_in(country_holidays(country).default_language)
    except NotImplementedError as error:
        raise UsageError(*_unknown_place(country, subdivision)) from error
    english = holidays_in(_ENGLISH)
    days = {day: _both(own[day], english.get(day)) for day in sorted(own) if day.year in years}
    if years:
        holiday_memory.remember((country, subdivision), years, days)
    return days


def _both(own: str, english: str | None) -> str:
    return f"{own} ({english})" if english and english != own else own


def _missing(country: str) -> tuple[Text, Text]:
    return (
        Text(
            f"The calendar asks for the public holidays of {country}, "
            "but the library that knows them is not installed.",
            f"日历要求按 {country} 的法定节假日判断，但尚未安装所需的程序库。",
        ),
        Text(
            "Install launchpolicy again, or run `pip install holidays`.",
            "请重新安装 launchpolicy，或运行 `pip install holidays`。",
        ),
    )


def _unknown_place(country: str, subdivision: str) -> tuple[Text, Text]:
    place = f"{country}-{subdivision}" if subdivision else country
    return (
        Text(
            f"The calendar asks for the public holidays of {place}, of which none are known.",
            f"日历要求按 {place} 的法定节假日判断，但没有该国家或地区的数据。",
        ),
        Text(
            "Correct `holidays.country` or `holidays.subdivision`, "
            "or list the days under `holidays.extra`.",
            "请更正 `holidays.country` 或 `holidays.subdivision`，"
            "或在 `holidays.extra` 中逐日列出。",
        ),
    )

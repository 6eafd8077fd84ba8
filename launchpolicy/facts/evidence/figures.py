"""The figures that a report states, each with its label: what was measured, or only aimed at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION

_ORDINAL = r"(?!(?:st|nd|rd|th)(?!\w))"
_FIGURE = re.compile(
    r"(?<![\w.])(?<!\d,)(\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,12}(?:\.\d{1,9})?)"
    rf"[ \u3000]?(?:[(\[](?=[\w%/]{{1,17}}[)\]]))?{_ORDINAL}("
    r"毫秒|秒钟?|分钟|小时|%|[A-Za-zµμ]{1,8}(?:/[A-Za-z]{1,8})?|milliseconds?)(?!\w)"
)
_DURATIONS: Final = {
    **dict.fromkeys(("ms", "msec", "msecs", "millisecond", "milliseconds", "毫秒"), "ms"),
    **dict.fromkeys(("us", "µs", "μs", "usec"), "us"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒钟"), "s"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "分钟"), "m"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时"), "h"),
}
"""How a unit of time is written → how a request writes it."""

_PERCENTILE = re.compile(
    r"^\s*(\d{2}(?:\.\d{1,3})?)[ ]?%(?:\s+in)?\s+(?=\d[\d.]*[ ]?(?:us|µs|μs|ms|s|secs?)\b)"
)
"""How load tests head the latency of a percentile: `95%  240ms`, `95% in 0.24 secs`."""

_UNIT_OF_NAME = re.compile(r"(?<=[^A-Za-z])(%|[A-Za-z]{1,12})[\])]?$")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_SENTENCE = re.compile(r"[;；。!！]|[.?](?=\s|$)")
_CLAUSE = re.compile(rf"[,，]|{_SENTENCE.pattern}")
_LONGEST: Final = 80
_MOST: Final = 200

Measurement = dict[str, str]


def figures_in(text: str) -> list[str]:
    """Return the figures with a unit in a text, written as a request writes quantities.

    Durations are `240ms`, anything else `95 %`; each once, the first two hundred.
    """
    figures = dict.fromkeys(
        map(_quantity_of, _FIGURE.finditer(unicodedata.normalize("NFKC", text)))
    )
    return list(figures)[:_MOST]


def measurements_in(lines: Iterable[str], edition: int = EDITION) -> list[Measurement]:
    """Return `{label, value}` for the figures in these lines, the first two hundred.

    `edition` is that of the program as which they are read (`policy.edition`).

    The label is what stands before a figure in its sentence, else behind it, else that of the
    figure before it, else the line above; lower case, "" where there is none.
    """
    quantities: dict[tuple[str, str], None] = {}
    above = ""
    for line in lines:
        plain = unicodedata.normalize("NFKC", line)
        if edition > SEVENTH_EDITION:
            plain = _PERCENTILE.sub(r"p\1: ", plain)
        figures = list(_figures_of_line(plain, above))
        quantities.update(dict.fromkeys(figures))
        if not figures and _has_letters(plain):
            above = plain
        if len(quantities) > _MOST:
            break
    return [{"label": label, "value": value} for label, value in list(quantities)[:_MOST]]


def property_line(name: str, value: str) -> str:
    """Return a property as a line; a bare number has the unit with which its name ends."""
    unit = _UNIT_OF_NAME.search(name)
    is_bare = unit is not None and _NUMBER.fullmatch(value.strip()) is not None
    full = f"{value.strip()} {unit[1].lower()}" if unit and is_bare else value
    return " ".join(f"{name}: {full}".split())


def _figures_of_line(line: str, above: str) -> Iterator[tuple[str, str]]:
    matches = list(_FIGURE.finditer(line))
    start, label = 0, above
    ends = [match.start() for match in matches[1:]]
    for match, end in zip(matches, [*ends, len(line)][: len(matches)], strict=True):
        before = _SENTENCE.split(line[start : match.start()])[-1]
        behind = _CLAUSE.split(line[match.end() : end])[0]
        start = match.end()
        if _has_letters(before):
            label = before
        elif _has_letters(behind):
            label = behind
            start += len(behind)
        yield label.strip().lower()[-_LONGEST:], _quantity_of(match)


def _quantity_of(match: re.Match[str]) -> str:
    number, unit = match[1].replace(",", ""), match[2]
    duration = _DURATIONS.get(unit if len(unit) == 1 else unit.lower())
    return f"{number}{duration}" if duration else f"{number} {unit}"


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))

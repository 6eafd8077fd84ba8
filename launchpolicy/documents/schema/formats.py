"""The formats that are asserted, and those that are only remarks."""

from __future__ import annotations

from collections.abc import Callable

from launchpolicy.documents.instants import parse_instant


def _is_instant(text: str) -> bool:
    return parse_instant(text) is not None


def _is_date(text: str) -> bool:
    return parse_instant(f"{text}T00:00:00Z") is not None


FORMAT_CHECKS: dict[str, Callable[[str], bool]] = {"date-time": _is_instant, "date": _is_date}
"""Whether a text has the format: RFC 3339 `date-time` (with an offset) and `full-date`."""

REMARKS = frozenset(
    {
        "duration",
        "email",
        "hostname",
        "idn-email",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "iri",
        "iri-reference",
        "json-pointer",
        "regex",
        "relative-json-pointer",
        "time",
        "uri",
        "uri-reference",
        "uri-template",
        "uuid",
    }
)
"""The other formats of draft 2020-12 (validation 7.3). They assert nothing: use a `pattern`."""

"""Every format by its name; a reporter is imported when it is asked for, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from launchpolicy.reporters.reporter import Reporter, View

__all__ = ["REPORTERS", "Registration", "Reporter", "View"]


class Registration(NamedTuple):
    """How a reporter is had; the import stands in a function so that mypy compares both sides."""

    load: Callable[[], Reporter]


def _text() -> Reporter:
    from launchpolicy.reporters.text import reporter  # noqa: PLC0415 (loaded when asked for)

    return reporter


def _json() -> Reporter:
    from launchpolicy.reporters import json_v1  # noqa: PLC0415 (loaded when asked for)

    return json_v1


REPORTERS: dict[str, Registration] = {
    "text": Registration(_text),
    "json": Registration(_json),
}

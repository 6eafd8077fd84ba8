"""The order of dates that a policy demands: which comes before which, and how soon after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text, text_of

NOW: Final = "now"
"""Stands for the moment of the check, in place of a route."""

MADE_AT: Final = ".madeAt"
"""Ends a route that means what a file of evidence says about when it was made."""

EVERY: Final = "**"
"""Ends a route that means every date below, except those that may lie ahead."""

ITEM: Final = "[]"
"""Each item of a list, in the pattern of a route."""

SAME_ITEM: Final = "[each]"
"""Stands in both routes after a list: a date is compared with those of the same item only."""

_PARAMETER = "params."
_DURATION = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")


class DateOrder(NamedTuple):
    """One demand: every date at `earlier` is not after any date at `later`.

    Routes name dates of the request, with `[]` or `[each]` after a list, or `NOW`. `is_strict`
    forbids equal dates. `within` ("" without) is a duration or `params.NAME`: at most so much may
    lie between the two. `at_earlier` says at which of the two a finding stands.
    """

    earlier: str
    later: str
    is_strict: bool
    within: str
    at_earlier: bool
    message: Text | None

    @property
    def routes(self) -> tuple[str, ...]:
        """Return the routes into the request, `now` left out."""
        return tuple(route for route in (self.earlier, self.later) if route != NOW)

    @property
    def reads_evidence(self) -> bool:
        """Return whether what a file says about when it was made may be among the dates."""
        return any(route.endswith((MADE_AT, EVERY)) for route in self.routes)

    def longest(self, params: Mapping[str, Any]) -> timedelta | None:
        """Return how much may lie between the two dates; None without a limit.

        Raises:
            ValueError: what `within` names is no duration.
        """
        if not self.within:
            return None
        duration = duration_of(written_duration(self.within, params))
        if duration is None:
            message = f"not a duration: {self.within}"
            raise ValueError(message)
        return duration


def order_of(data: Mapping[str, Any]) -> DateOrder:
    """Return the demand of an item of `order` in a validated policy file."""
    earlier, later = data["earlier"], data["later"]
    return DateOrder(
        earlier,
        later,
        data.get("strict", False),
        data.get("within", ""),
        later == NOW or (data.get("at") == "earlier" and earlier != NOW),
        text_of(data["message"]) if "message" in data else None,
    )


def written_duration(within: str, params: Mapping[str, Any]) -> object:
    """Return the duration that `within` writes or names; None where there is no such parameter."""
    if within.startswith(_PARAMETER):
        return params.get(within.removeprefix(_PARAMETER))
    return within


def duration_of(written: object) -> timedelta | None:
    """Return the duration of a text such as `1440h` or `1h30m`; None for any other text."""
    match = _DURATION.fullmatch(written) if isinstance(written, str) and written else None
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def pattern_of(route: str) -> str:
    """Return a route with every list as `[]`, as the dates of a kind are listed."""
    return route.replace(SAME_ITEM, "[]")

"""What requests have in common, as marks: who may concern whom, looked up instead of searched.

`facts.concern` tells it from bytes, for one request among many. A walk through a whole history asks
it for every request in turn, and so keeps an index of marks: two requests may concern each other
only if one shows a mark that the other looks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from launchpolicy.facts.claims import claims_of, text_at
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.relatedness import DEPENDS_ON, EMERGENCY, ENVIRONMENT, OPEN, PRODUCT, RISK
from launchpolicy.requests.kinds import STAGE, value_at

Mark = tuple[str, str]
_NAME = ("metadata", "name")


class RequestMarks(NamedTuple):
    """What a request shows to others, and what it looks for in them."""

    shown: frozenset[Mark]
    sought: frozenset[Mark]


def marks_of(data: Any, references: Iterable[Reference]) -> RequestMarks:  # noqa: ANN401 (plain data)
    """The marks of a request with this data and these references to evidence."""
    shared = {(claim.kind, claim.key) for claim in claims_of(data)}
    shared |= {("sha256", reference.sha256) for reference in references}
    places = {
        (what, text)
        for what, route in (("product", PRODUCT), ("environment", ENVIRONMENT))
        if (text := text_at(data, route))
    }
    wanted = value_at(data, DEPENDS_ON)
    names = wanted if isinstance(wanted, list) else []
    sought = shared | places | {("name", name) for name in names if isinstance(name, str)}
    shown = {*shared, ("name", text_at(data, _NAME))}
    if text_at(data, STAGE) in OPEN or text_at(data, RISK) == EMERGENCY:
        shown |= places
    return RequestMarks(frozenset(shown), frozenset(sought))

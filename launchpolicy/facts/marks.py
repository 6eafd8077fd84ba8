"""What requests have in common, as marks: who may concern whom, looked up instead of searched.

`facts.relatedness` tells it from bytes, for one request among many. Where many requests are asked
about, an index of marks is kept: two requests may concern each other only if one shows a mark that
the other looks for.
"""

from __future__ import annotations

from launchpolicy.facts.neighbours import RequestSummary
from launchpolicy.facts.relatedness import EMERGENCY, ENDED, OPEN
from launchpolicy.vocabulary.named_tuple import NamedTuple

Mark = tuple[str, str]


class RequestMarks(NamedTuple):
    """What a request shows to others, and what it looks for in them."""

    shown: frozenset[Mark]
    sought: frozenset[Mark]


def marks_of(request: RequestSummary) -> RequestMarks:
    """Return the marks of a request."""
    shared = {*request.claims_by_key}
    shared |= {("sha256", digest) for digest in request.references_by_digest}
    about = (("product", request.product), ("environment", request.environment))
    places = {(what, text) for what, text in about if text}
    names = {("name", name) for name in request.depends_on if isinstance(name, str)}
    earlier = {("earlier", request.product)} if request.product else set()
    if request.attempt.after:
        names.add(("name", request.attempt.after))
    sought = shared | places | names | earlier
    shown = {*shared, ("name", request.own_name)}
    if request.stage in OPEN or request.risk == EMERGENCY:
        shown |= places
    if request.stage in ENDED:
        shown |= earlier
    return RequestMarks(frozenset(shown), frozenset(sought))


class MarkIndex:
    """Which requests show which mark; requests are known by their paths."""

    def __init__(self) -> None:
        self._showing: dict[Mark, set[str]] = {}

    def add(self, path: str, marks: RequestMarks) -> None:
        """Note what the request at `path` shows."""
        for mark in marks.shown:
            self._showing.setdefault(mark, set()).add(path)

    def remove(self, path: str, marks: RequestMarks) -> None:
        """Forget what the request at `path` showed."""
        for mark in marks.shown:
            paths = self._showing[mark]
            paths.discard(path)
            if not paths:
                del self._showing[mark]

    def showing(self, marks: RequestMarks) -> set[str]:
        """Return the paths of all that show what a request with `marks` looks for."""
        near: set[str] = set()
        for mark in marks.sought:
            near |= self._showing.get(mark, set())
        return near

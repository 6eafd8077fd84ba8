"""Questions that a document leaves open: `TODO` in place of a value.

`launchpolicy new` writes `TODO` where a person must answer. A scalar is an open question if its
first line is `TODO`, or it begins with `TODO:`; it may stand where a date, a number, a list or an
object belongs. A document with open questions is never a pass, so nothing here can let one through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.place import Data, Route

MARK = "TODO"
_QUESTION = rf"\s*{MARK}(?:\s*$|\s*[:：∶]|[.?!…]+(?:\s|$)|\s*[\r\n\x85\u2028\u2029])"
"""White space around the mark changes nothing: a block scalar (`|`) ends with a line break."""


def is_unanswered(value: object) -> bool:
    """Return whether `value` is an open question and no answer."""
    return isinstance(value, str) and re.match(_QUESTION, value) is not None


def note_of(value: str) -> str:
    """Return what stands behind the mark: `TODO: ask finance` gives `ask finance`."""
    return value.strip()[len(MARK) :].lstrip(":：∶.?!… ").strip()


def unanswered_routes(document: Document) -> tuple[Route, ...]:
    """Return the routes of all open questions of a document, in the order of the file."""
    # An escape (`"\x54ODO"`) is the only way to write the mark without its letters.
    if MARK not in document.text and "\\" not in document.text:
        return ()
    return tuple(_routes(document.data, ()))


def has_questions(data: Data) -> bool:
    """Return whether a question is open anywhere in `data`."""
    return any(True for _ in _routes(data, ()))


def without_questions(data: Data) -> Data:
    """Return a copy of `data` in which nothing stands where a question is open."""
    if isinstance(data, dict):
        return {
            key: without_questions(value) for key, value in data.items() if not is_unanswered(value)
        }
    if isinstance(data, list):
        return [without_questions(value) for value in data if not is_unanswered(value)]
    return data


def _routes(data: Data, route: Route) -> Iterator[Route]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _routes(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _routes(value, (*route, index))
    elif is_unanswered(data):
        yield route

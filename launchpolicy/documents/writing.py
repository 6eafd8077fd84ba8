"""Plain data as YAML that people fill in: block style, one question a line, comments aligned."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from launchpolicy.documents.editing import one_line_yaml
from launchpolicy.documents.open_questions import is_unanswered
from launchpolicy.vocabulary.place import Data, Route

Comment = Callable[[Route], str]
"""What is written behind the value at a route; "" for nothing."""

_WIDEST_FLOW = 72
_WIDEST_ALIGNED = 52
_ALWAYS_BLOCK = 2
"""Objects at routes of up to so many steps (`spec`, `spec.people`) are written in block style."""


class _Line(NamedTuple):
    text: str
    comment: str


def block(data: Data, comment: Comment, route: Route = (), indentation: int = 0) -> str:
    """Return `data` in block style, each line with its line break.

    Args:
        data: an object or a list; anything else stands on one line.
        comment: what to write behind a value. Asked for `TODO` and for objects and lists.
        route: the route of `data` in its document.
        indentation: the number of spaces before every line.
    """
    return _join(list(_lines(data, route, comment)), indentation)


def entry(key: str, value: Data, comment: Comment, route: Route, indentation: int) -> str:
    """Return `key: value` of an object in block style; `route` is that of the value."""
    return _join(list(_entry(key, value, route, comment)), indentation)


def item(value: Data, comment: Comment, route: Route, indentation: int) -> str:
    """Return one item of a list in block style; `route` is that of the item."""
    return _join(list(_item(value, route, comment)), indentation)


def _join(lines: list[_Line], indentation: int) -> str:
    widths = (_width(line.text) for line in lines if line.comment)
    column = min(max(widths, default=0), _WIDEST_ALIGNED)
    return "".join(f"{' ' * indentation}{_with_comment(line, column)}\n" for line in lines)


def _with_comment(line: _Line, column: int) -> str:
    if not line.comment:
        return line.text
    padding = " " * max(column - _width(line.text), 0)
    return f"{line.text}{padding}  # {line.comment}"


def _width(text: str) -> int:
    """Return the number of columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _lines(data: Data, route: Route, comment: Comment) -> Iterator[_Line]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _entry(key, value, (*route, key), comment)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _item(value, (*route, index), comment)
    else:
        yield _Line(one_line_yaml(data), _comment_on(data, route, comment))


def _entry(key: str, value: Data, route: Route, comment: Comment) -> Iterator[_Line]:
    if _fits_one_line(value, route):
        yield _Line(
            f"{one_line_yaml(key)}: {one_line_yaml(value)}", _comment_on(value, route, comment)
        )
        return
    yield _Line(f"{one_line_yaml(key)}:", comment(route))
    for line in _lines(value, route, comment):
        yield _Line(f"  {line.text}", line.comment)


def _item(value: Data, route: Route, comment: Comment) -> Iterator[_Line]:
    if _fits_one_line(value, route):
        yield _Line(f"- {one_line_yaml(value)}", _comment_on(value, route, comment))
        return
    mark = "- "
    for line in _lines(value, route, comment):
        yield _Line(f"{mark}{line.text}", line.comment)
        mark = "  "


def _fits_one_line(value: Data, route: Route) -> bool:
    """Return whether a value is short and has no open question.

    In braces, a comma in the answer to one would end it.
    """
    if not isinstance(value, dict | list):
        return True
    if isinstance(value, dict) and len(route) <= _ALWAYS_BLOCK:
        return False
    if isinstance(value, list) and any(isinstance(member, dict | list) for member in value):
        return False
    return not any(_questions(value, route)) and len(one_line_yaml(value)) <= _WIDEST_FLOW


def _questions(value: Data, route: Route) -> Iterator[Route]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _questions(inner, (*route, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _questions(inner, (*route, index))
    elif is_unanswered(value):
        yield route


def _comment_on(value: Data, route: Route, comment: Comment) -> str:
    return next((comment(question) for question in _questions(value, route)), "")

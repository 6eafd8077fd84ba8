"""Moves an entry of a YAML document to another place, with its layout and comments."""

from __future__ import annotations

from launchpolicy.documents.editing import (
    EditError,
    one_line_yaml,
    with_lines,
    with_value,
    without,
    written_lines,
)
from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import Route, format_route


def with_moved(document: Document, source: Route, target: Route) -> Document:
    """Return `document` with what stands at `source` at `target` instead.

    The parent of `target` is there, `target` is not. An entry that stands in braces is written
    again on one line.

    Raises:
        EditError: it is not possible in place.
    """
    parent = _at(document, source[:-1])
    value = parent[source[-1]]
    lines = written_lines(document, source)
    if lines is None:
        rest = {key: inner for key, inner in parent.items() if key != source[-1]}
        less = _read_again(document, with_value(document, source[:-1], rest))
        return _read_again(less, with_value(less, target, value))
    first = lines[0].removeprefix(one_line_yaml(source[-1]))
    if first == lines[0]:
        message = f"{format_route(source)} has a key in quotes"
        raise EditError(message)
    moved = [f"{one_line_yaml(target[-1])}{first}", *lines[1:]]

    def render(spaces: int) -> str:
        text = "".join(f"{' ' * spaces if line.strip() else ''}{line}" for line in moved)
        return text.replace("\r\n", "\n").rstrip("\n") + "\n"

    less = _read_again(document, without(document, source))
    return _read_again(less, with_lines(less, target, value, render))


def _at(document: Document, route: Route) -> dict[str | int, object]:
    value: object = document.data
    for step in route:
        value = value[step] if isinstance(value, dict) else None
    if not isinstance(value, dict):
        message = f"{format_route(route)} is no object"
        raise EditError(message)
    return value


def _read_again(document: Document, text: str) -> Document:
    again = read(document.path, text.encode())
    if not isinstance(again, Document):
        message = f"{document.path} cannot be read after the change"
        raise EditError(message)
    return again

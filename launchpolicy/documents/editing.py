"""Edits of the text of a YAML document that leave everything else as it was written.

Comments, order, quotes and layout are the author's; a value is replaced in place, and a new one is
put behind its last sibling, in the sibling's style. The new text is read again and compared with
the data that was asked for: an edit with any other result is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from launchpolicy.documents import positions
from launchpolicy.documents.positions import NodePosition
from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import Data, Position, Route, format_route

_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z0-9_./ -]*\Z"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)\Z"  # a point in time
)
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class EditError(ValueError):
    """An edit that cannot be made without a change to something else."""


def with_value(document: Document, route: Route, value: Data) -> str:
    """Return the text of `document` with `value` at `route`; missing parents are made.

    Raises:
        EditError: it is not possible in place.
    """
    text = _Editor(document).with_value(route, value)
    again = read(document.path, text.encode())
    if not isinstance(again, Document) or again.data != _data_with(document.data, route, value):
        message = f"{format_route(route)} cannot be changed in place"
        raise EditError(message)
    return text


def with_lines(
    document: Document,
    route: Route,
    value: Data,
    render: Callable[[int], str],
) -> str:
    """Return the text of `document` with a new entry or list item at `route` on its own lines.

    Args:
        document: what is changed; nothing stands at `route` yet.
        route: the place of the new value.
        value: what the lines say.
        render: the lines, given the number of spaces before them. Where the parent is written in
            braces or brackets, the value is put into those instead.

    Raises:
        EditError: it is not possible in place.
    """
    editor = _Editor(document)
    if not editor.is_block(route[:-1]):
        return with_value(document, route, value)
    text = editor.with_lines(route[:-1], render)
    again = read(document.path, text.encode())
    if not isinstance(again, Document) or again.data != _data_with(document.data, route, value):
        message = f"{format_route(route)} cannot be added in place"
        raise EditError(message)
    return text


def without(document: Document, route: Route) -> str:
    """Return the text of `document` without the entry at `route` of an object in block style.

    Raises:
        EditError: it is not possible in place.
    """
    editor = _Editor(document)
    text = editor.without(route) if editor.is_block(route[:-1]) else ""
    again = read(document.path, text.encode())
    if not isinstance(again, Document) or again.data != _data_without(document.data, route):
        message = f"{format_route(route)} cannot be removed in place"
        raise EditError(message)
    return text


def written_lines(document: Document, route: Route) -> list[str] | None:
    """Return the lines of the entry at `route` as they are written, comments included.

    They begin at the entry's own column. None where the entry stands in braces.
    """
    editor = _Editor(document)
    key = editor.positions[route].key
    if key is None or not editor.is_block(route[:-1]):
        return None
    spaces = key.start.column - 1
    lines = editor.lines[key.start.line - 1 : editor.last_line(route)]
    return [line[min(spaces, len(line) - len(line.lstrip(" "))) :] for line in lines]


def one_line_yaml(value: Data) -> str:
    """Return `value` as YAML on one line: braces, brackets, quotes only where YAML needs them."""
    if isinstance(value, Mapping):
        entries = (f"{one_line_yaml(key)}: {one_line_yaml(item)}" for key, item in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(one_line_yaml, value)) + "]"
    if isinstance(value, str) and _PLAIN.match(value) and _is_text(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_text(value: str) -> bool:
    return value.casefold() not in _NOT_TEXT and value == value.strip()


class _Editor:
    """The text of one document with the position of every value in it."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.data: Any = document.data
        self.ends: dict[Route, Position] = {}
        self.positions = positions.index(self.text, self.ends)
        self.lines = self.text.splitlines(keepends=True)
        self.newline = "\r\n" if "\r\n" in self.text else "\n"

    def with_value(self, route: Route, value: Data) -> str:
        """Return the text with `value` at `route`, replaced or put behind its last sibling."""
        if route in self.positions:
            return self._replace(route, value)
        parent = route
        while parent not in self.positions:
            parent = parent[:-1]
        step, *missing = route[len(parent) :]
        for inner in reversed(missing):
            value = [value] if isinstance(inner, int) else {inner: value}
        if isinstance(step, int):
            if step != len(_value_at(self.data, parent)):
                message = f"{format_route(parent)} has no item {step}"
                raise EditError(message)
            return self._insert(parent, one_line_yaml(value), "- ")
        return self._insert(parent, f"{one_line_yaml(step)}: {one_line_yaml(value)}", "")

    def _replace(self, route: Route, value: Data) -> str:
        position = self.positions[route]
        if position.style in {"|", ">"} or (position.style == "{" and not position.flow):
            message = f"{format_route(route)} is written over several lines"
            raise EditError(message)
        end = self.ends[route] if position.style == "{" else position.value.end
        start = self._offset(position.value.start)
        return self.text[:start] + one_line_yaml(value) + self.text[self._offset(end) :]

    def _insert(self, parent: Route, entry: str, mark: str) -> str:
        position = self.positions[parent]
        if position.style != "{":
            message = f"{format_route(parent)} holds a single value"
            raise EditError(message)
        if position.flow:
            return self._into_flow(parent, entry)
        return self.with_lines(parent, lambda spaces: f"{' ' * spaces}{mark}{entry}\n")

    def is_block(self, parent: Route) -> bool:
        """Return whether an object or a list in block style stands at `parent`."""
        position = self.positions.get(parent)
        return position is not None and position.style == "{" and not position.flow

    def with_lines(self, parent: Route, render: Callable[[int], str]) -> str:
        """Return the text with lines put behind the last one of a container in block style."""
        last = self.last_line(parent)
        lines = render(self._column(parent, self.positions[parent]) - 1).replace("\n", self.newline)
        before = "".join(self.lines[:last])
        if not before.endswith("\n"):
            before += self.newline
        return before + lines + "".join(self.lines[last:])

    def without(self, route: Route) -> str:
        """Return the text without the lines of one entry in block style."""
        key = self.positions[route].key
        if key is None:
            return ""
        return "".join(self.lines[: key.start.line - 1] + self.lines[self.last_line(route) :])

    def _into_flow(self, parent: Route, entry: str) -> str:
        close = self._offset(self.ends[parent]) - 1
        inside = self.text[self._offset(self.positions[parent].value.start) + 1 : close]
        separator = ", " if inside.strip() and not inside.rstrip().endswith(",") else ""
        before = self.text[:close].rstrip()
        return before + separator + entry + self.text[close:]

    def _column(self, parent: Route, position: NodePosition) -> int:
        """Return the column at which the entries of a container in block style begin."""
        first = next((r for r in self.positions if r[:-1] == parent and r), None)
        key = self.positions[first].key if first is not None else None
        return key.start.column if key is not None else position.value.start.column

    def last_line(self, parent: Route) -> int:
        """Return the number (from 1) of the last line of a container in block style."""
        last = 0
        for route, position in self.positions.items():
            if route[: len(parent)] != parent:
                continue
            end = self.ends[route] if position.flow else position.value.end
            # A block scalar ends at the start of the line after it.
            last = max(last, end.line - (1 if end.column == 1 and end.line > 1 else 0))
        return last

    def _offset(self, position: Position) -> int:
        return sum(map(len, self.lines[: position.line - 1])) + position.column - 1


def _value_at(data: Data, route: Route) -> Data:
    for step in route:
        data = data[step]
    return data


def _data_without(data: Data, route: Route) -> Data:
    """Return a copy of `data` without the entry of an object at `route`."""
    step, rest = route[0], route[1:]
    if not rest:
        return {key: value for key, value in data.items() if key != step}
    if isinstance(data, list):
        return [_data_without(item, rest) if at == step else item for at, item in enumerate(data)]
    return {
        key: _data_without(value, rest) if key == step else value for key, value in data.items()
    }


def _data_with(data: Data, route: Route, value: Data) -> Data:
    """Return a copy of `data` with `value` at `route`."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    if isinstance(step, int):
        items = list(data or [])
        if step < len(items):
            items[step] = _data_with(items[step], rest, value)
        else:
            items.append(_data_with(None, rest, value))
        return items
    entries = dict(data or {})
    entries[step] = _data_with(entries.get(step), rest, value)
    return entries

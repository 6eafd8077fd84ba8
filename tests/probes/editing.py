"""The edits of a probe: routes into plain data, and what is done where they lead."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

_CHOICE = re.compile(r"\[([^=]+)=(.*)\]")
_INDEX = re.compile(r"\[([^\]]+)\]")
_TAG = "tag:yaml.org,2002:"

Edit = Mapping[str, Any]


class CannotSetUpError(Exception):
    """The probe does not fit the example: a route that leads nowhere, a file that is not there."""


class _PlainLoader(yaml.CSafeLoader):
    """YAML 1.2, core schema: times, `yes` and digests stay the strings that they are."""


_PlainLoader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789"),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
):
    _PlainLoader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(_pattern), list(_first))


def plain_data(file: Path) -> Any:
    """Return the data of a YAML file, hidden characters and all."""
    return yaml.load(file.read_text("utf-8"), _PlainLoader)  # noqa: S506 (a SafeLoader)


def apply_edits(data: Any, edits: Sequence[Edit], source: Any) -> None:
    """Change `data` in place; `copy` takes what it copies from `source`.

    Raises:
        CannotSetUpError: a route leads nowhere, or an edit says nothing to do.
    """
    for edit in edits:
        route = _segments(edit["path"])
        if edit.get("ifThere") and not _is_there(data, route):
            continue
        if edit.get("delete"):
            _delete(data, route)
        elif "copy" in edit:
            _put(data, route, _value_at(source, edit["copy"]))
        elif "append" in edit:
            _append(data, route, edit["append"])
        elif "set" in edit:
            _put(data, route, edit["set"])
        else:
            message = f"{edit['path']}: an edit sets, deletes, appends or copies"
            raise CannotSetUpError(message)


def references(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object that names a file by its path and digest."""
    if isinstance(node, dict):
        if isinstance(node.get("path"), str) and "sha256" in node:
            yield node
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def _segments(route: str) -> list[str]:
    """The segments of a JSON pointer, or of a dotted route; what stands in brackets is one."""
    if not route.startswith("/"):
        route = "/" + _INDEX.sub(r"/\1", route).replace(".", "/")
    segments = re.findall(r"/((?:\[[^\]]*\]|[^/\[])*)", route)
    return [each.replace("~1", "/").replace("~0", "~") for each in segments]


def _places(node: Any, route: list[str], *, create: bool) -> Iterator[tuple[Any, Any]]:
    """Yield each container and key that a route means."""
    head, *rest = route
    keys: list[Any]
    if isinstance(node, list):
        keys = _chosen(node, head)
        if not keys:
            message = f"no item {head!r} in the list"
            raise CannotSetUpError(message)
    elif isinstance(node, dict):
        keys = [head]
        if rest and head not in node:
            if not create:
                message = f"no {head!r}"
                raise CannotSetUpError(message)
            node[head] = {}
    else:
        message = f"{head!r}: neither an object nor a list"
        raise CannotSetUpError(message)
    for key in keys:
        if rest:
            yield from _places(node[key], rest, create=create)
        else:
            yield node, key


def _chosen(items: list[Any], segment: str) -> list[int]:
    choice = _CHOICE.fullmatch(segment)
    if segment == "*":
        return list(range(len(items)))
    if choice:
        key, value = choice.groups()
        return [
            number
            for number, item in enumerate(items)
            if isinstance(item, dict) and str(item.get(key)) == value
        ]
    return [int(segment)] if segment.isdecimal() and int(segment) < len(items) else []


def _is_there(data: Any, route: list[str]) -> bool:
    try:
        found = list(_places(data, route, create=False))
    except CannotSetUpError:
        return False
    return not all(isinstance(where, dict) and key not in where for where, key in found)


def _value_at(node: Any, route: str) -> Any:
    if route in {"", "/"}:
        return node
    (container, key), *more = _places(node, _segments(route), create=False)
    if more:
        message = f"{route}: more than one place"
        raise CannotSetUpError(message)
    try:
        return container[key]
    except LookupError:
        message = f"{route}: nothing there to copy"
        raise CannotSetUpError(message) from None


def _delete(data: Any, route: list[str]) -> None:
    for container, key in reversed(list(_places(data, route, create=False))):
        if isinstance(container, dict) and key not in container:
            message = f"{key}: nothing there to delete"
            raise CannotSetUpError(message)
        del container[key]


def _put(data: Any, route: list[str], value: Any) -> None:
    for container, key in list(_places(data, route, create=True)):
        container[key] = copy.deepcopy(value)


def _append(data: Any, route: list[str], value: Any) -> None:
    for container, key in list(_places(data, route, create=True)):
        if isinstance(container, dict):
            container.setdefault(key, [])
        if not isinstance(container[key], list):
            message = f"{key}: not a list"
            raise CannotSetUpError(message)
        container[key].append(copy.deepcopy(value))

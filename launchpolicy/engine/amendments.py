"""Plain data with some routes set or removed: how a test case derives its request."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from launchpolicy.vocabulary.place import Data, format_route, parse_route


class AmendmentError(ValueError):
    """A route that leads nowhere in the data it should change."""


def amend(data: Data, settings: Mapping[str, Data], removals: Iterable[str]) -> Data:
    """Return `data` with every route of `settings` set and those of `removals` removed.

    `data` stays as it is; the result shares with it what no route leads to.

    Setting creates missing mappings on the way, and appends where the index is the list's length.

    Raises:
        AmendmentError: a route does not fit the data.
    """
    result = copy.copy(data)
    for written, value in settings.items():
        *parents, last = parse_route(written)
        target = result
        for step in parents:
            target = _descend(target, step, written)
        _set(target, last, value, written)
    for written in removals:
        *parents, last = parse_route(written)
        target = result
        for step in parents:
            target = _own(target, step, written)
        _existing(target, last, written)
        del target[last]
    return result


def _descend(target: Data, step: str | int, written: str) -> Data:
    if isinstance(target, dict) and isinstance(step, str) and step not in target:
        target[step] = {}
    return _own(target, step, written)


def _own(target: Data, step: str | int, written: str) -> Data:
    """Return what stands at `step` after putting a copy of it there: the rest stays shared."""
    target[step] = copy.copy(_existing(target, step, written))
    return target[step]


def _set(target: Data, last: str | int, value: object, written: str) -> None:
    if isinstance(target, dict) and isinstance(last, str):
        target[last] = value
    elif isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        _existing(target, last, written)
        target[last] = value


def _existing(target: Data, step: str | int, written: str) -> Data:
    fits = (isinstance(target, dict) and isinstance(step, str) and step in target) or (
        isinstance(target, list) and isinstance(step, int) and step < len(target)
    )
    if not fits:
        message = f"{written}: there is no {format_route((step,))}"
        raise AmendmentError(message)
    return target[step]

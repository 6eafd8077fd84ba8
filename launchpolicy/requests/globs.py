"""Globs over paths from the top of a launch repository, as `ignore` and `alsoRules` write them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

_ANY_DEPTH = "**"


def matches_any(globs: Iterable[str], path: str) -> bool:
    """Return whether one of `globs` names the file at `path`, or a folder that it is in.

    `*` stands for anything within one segment, a segment `**` for any number of segments.
    """
    return any(_pattern(glob).fullmatch(f"{path}/") for glob in globs)


@functools.cache
def _pattern(glob: str) -> re.Pattern[str]:
    pieces = []
    for segment in f"{glob}/{_ANY_DEPTH}".split("/"):
        if segment == _ANY_DEPTH:
            pieces.append("(?:[^/]+/)*")
        else:
            pieces.append(re.escape(segment).replace(r"\*", "[^/]*") + "/")
    return re.compile("".join(pieces))


def overlap(one: str, other: str) -> bool:
    """Return whether some path matches both globs of kinds, in which `*` stays in its segment."""
    ours, theirs = one.split("/"), other.split("/")
    return len(ours) == len(theirs) and all(
        _segments_overlap(left, right) for left, right in zip(ours, theirs, strict=True)
    )


def _segments_overlap(one: str, other: str) -> bool:
    """Return whether some text matches both, comparing every pair of their ends once."""
    reachable = {(0, 0)}
    waiting = [(0, 0)]
    while waiting:
        left, right = waiting.pop()
        for step in _steps(one[left : left + 1], other[right : right + 1]):
            place = (left + step[0], right + step[1])
            if place not in reachable:
                reachable.add(place)
                waiting.append(place)
    return (len(one), len(other)) in reachable


def _steps(left: str, right: str) -> list[tuple[int, int]]:
    """Return how far both globs may go on together from these characters ("" is the end)."""
    steps = []
    if left == "*":
        steps += [(1, 0)] + ([(0, 1)] if right else [])
    if right == "*":
        steps += [(0, 1)] + ([(1, 0)] if left else [])
    if left and left == right:
        steps.append((1, 1))
    return steps

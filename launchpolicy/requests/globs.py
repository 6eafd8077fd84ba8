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

"""Regular expressions that are compiled where they are first asked: a run asks few of them all.

To compile the largest takes 3 ms, and a check of a launch loads some four hundred.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

Replacement = str | Callable[[re.Match[str]], str]


class LatePattern:
    """A regular expression for texts, which answers as `re.Pattern` does."""

    __slots__ = ("_compiled", "_flags", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Take a pattern of `re`, and its flags."""
        self.pattern = pattern
        self._flags = flags
        self._compiled: re.Pattern[str] | None = None

    def _ready(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match in `text`."""
        return self._ready().search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at the beginning of `text`."""
        return self._ready().match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match of the whole `text`."""
        return self._ready().fullmatch(text, start, end)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return all matches in `text`, in their order."""
        return self._ready().finditer(text)

    def findall(self, text: str) -> list[Any]:
        """Return what each match in `text` has: all of it, its one group, or a tuple of groups."""
        return self._ready().findall(text)

    def split(self, text: str) -> list[str]:
        """Return what stands between the matches in `text`; the pattern has no groups."""
        return self._ready().split(text)

    def sub(self, replacement: Replacement, text: str) -> str:
        """Return `text` with each match replaced."""
        return self._ready().sub(replacement, text)

    def subn(self, replacement: Replacement, text: str) -> tuple[str, int]:
        """Return `text` with each match replaced, and how many there were."""
        return self._ready().subn(replacement, text)

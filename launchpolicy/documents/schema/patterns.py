"""Regular expressions of schemas, run by RE2: time stays linear, no matter who wrote the pattern.

Patterns come from policy owners and text comes from strangers, so a backtracking engine would let
one pull request stall the gate (threat R3). RE2 also reads `$` as the end of the text, where
Python's `re` lets a line break follow, and digits as ASCII, as ECMA-262 does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import re2  # type: ignore[import-untyped] # (google-re2 ships no types)

_LARGEST_PROGRAM = 10_000
"""Instructions. Matching costs text times program; and a set whose automaton has no room for its
states would say "no match", which a `not` turns into a pass. That begins far above."""
_MOST_REMEMBERED = 1000
_LONGEST_REMEMBERED = 80

_UNICODE = (
    r"(?<!\\)((?:\\\\)*)\\u"
    r"(?:([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|([0-9a-fA-F]{4}))"
)
"""A character as one or two units of UTF-16, after whole pairs of backslashes."""

Matcher = Callable[[str], bool]
"""Whether a text contains a match of one pattern."""

_options = re2.Options()
_options.never_capture = True
_options.log_errors = False


class PatternError(ValueError):
    """RE2 does not accept a pattern; the message is its reason."""


class Patterns:
    """The regular expressions of one schema, each compiled once."""

    __slots__ = ("_matchers",)

    def __init__(self) -> None:
        self._matchers: dict[str, Matcher] = {}

    def matcher(self, pattern: str) -> Matcher:
        """Return the matcher of `pattern`.

        Raises:
            PatternError: see `compile_pattern`.
        """
        if pattern not in self._matchers:
            self._matchers[pattern] = compile_pattern(in_words_of_re2(pattern))
        return self._matchers[pattern]


def in_words_of_re2(pattern: str) -> str:
    r"""Return a pattern of a schema with the characters that ECMA-262 writes `\u4e00`."""
    return re.sub(_UNICODE, _character_of, pattern) if r"\u" in pattern else pattern


def _character_of(match: re.Match[str]) -> str:
    before, high, low, alone = match.groups()
    if alone:  # half a pair is no character: RE2 refuses what stays
        is_half = 0xD800 <= int(alone, 16) <= 0xDFFF  # noqa: PLR2004 (the surrogates of UTF-16)
        return match.group() if is_half else f"{before}\\x{{{alone}}}"
    code = 0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00)
    return f"{before}\\x{{{code:x}}}"


def compile_pattern(pattern: str) -> Matcher:
    """Return whether a text contains a match, as a function; unanchored, as JSON Schema says.

    Raises:
        PatternError: not a regular expression that RE2 runs, or one too large.
    """
    size: int = _program_of(pattern).programsize
    if size > _LARGEST_PROGRAM:
        message = f"too large: {size} instructions, at most {_LARGEST_PROGRAM}"
        raise PatternError(message)
    # A set of one: the same language as `search`, at a fifth of the price in Python.
    alone = re2.Set.SearchSet(_options)
    alone.Add(pattern)
    alone.Compile()
    return _with_memory(alone.Match)


def contains_match(pattern: str, text: str) -> bool:
    """Return whether a text of any size contains a match of `pattern`.

    Raises:
        PatternError: see `compile_pattern`.
    """
    compile_pattern(pattern)
    # Not by a set: one whose automaton has no room for its states would say "no match".
    return is_found(pattern, text)


def is_found(pattern: str, text: str) -> bool:
    """Return whether a text contains a match of `pattern`, however large that is.

    Raises:
        PatternError: not a regular expression that RE2 runs.
    """
    return _program_of(pattern).search(text) is not None


@functools.lru_cache(maxsize=256)
def _program_of(pattern: str) -> Any:  # noqa: ANN401 (re2 ships no types)
    try:
        return re2.compile(pattern, _options)
    except UnicodeEncodeError as error:
        message = "a lone surrogate"
        raise PatternError(message) from error
    except re2.error as error:
        reason = error.args[0]
        raise PatternError(reason.decode() if isinstance(reason, bytes) else reason) from error


def _with_memory(match: Callable[[str], object]) -> Matcher:
    """Return a matcher that remembers texts that match: names and kinds come again and again."""
    matching: set[str] = set()

    def matches(text: str) -> bool:
        if text in matching:
            return True
        if match(text) is None:
            return False
        if len(matching) < _MOST_REMEMBERED and len(text) <= _LONGEST_REMEMBERED:
            matching.add(text)
        return True

    return matches

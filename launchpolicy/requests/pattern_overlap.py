"""Whether some file can belong to two document kinds, and which one.

Patterns of files, and the exceptions of both kinds, are followed together, character by character,
over the texts that can be a path. Kinds that are not separated within a bound count as overlapping.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from launchpolicy.requests.file_patterns import ANY_DEPTH, FilePatterns

_MOST_STATES = 5_000
"""States of two patterns and their exceptions that are looked at; then the answer is yes."""

_WITHIN, _DEEP, _DEEP_WITHIN = "within a segment", "any depth", "in a folder of any depth"
"""Steps of a pattern besides single characters: `*`, and the two of a segment `**`."""

_SLASH = "/"

Positions = frozenset[int]
Steps = tuple[str, ...]


class SharedPath(NamedTuple):
    """Two patterns that can match the same file; `path` is one such path, "" if none is known."""

    one: str
    other: str
    path: str


def shared_path(one: FilePatterns, other: FilePatterns) -> SharedPath | None:
    """Return two patterns of different kinds with a file that no exception takes away."""
    exceptions = (*one.exceptions, *other.exceptions)
    for ours in one.files:
        for theirs in other.files:
            path = _path_in_both(ours, theirs, exceptions)
            if path is not None:
                return SharedPath(ours, theirs, path)
    return None


def _path_in_both(one: str, other: str, exceptions: Sequence[str]) -> str | None:
    """Return a path that both patterns match and no exception; None if there is none.

    "" where the bound of states is reached: then nobody knows that there is none.
    """
    patterns = [_steps(pattern) for pattern in (one, other, *exceptions)]
    alphabet = _alphabet((one, other, *exceptions))
    start = tuple(_closure(steps, {0}) for steps in patterns)
    seen = {(start, True)}
    waiting = deque([(start, True, "")])
    while waiting:
        state, is_segment_empty, path = waiting.popleft()
        if not is_segment_empty and _is_shared(patterns, state):
            return path
        for character in alphabet:
            if character == _SLASH and is_segment_empty:
                continue  # no path has an empty segment
            following = tuple(
                _after(steps, positions, character)
                for steps, positions in zip(patterns, state, strict=True)
            )
            if not (following[0] and following[1]):
                continue
            key = (following, character == _SLASH)
            if key not in seen:
                if len(seen) >= _MOST_STATES:
                    return ""
                seen.add(key)
                waiting.append((*key, path + character))
    return None


def _is_shared(patterns: Sequence[Steps], state: Sequence[Positions]) -> bool:
    ends = [len(steps) in positions for steps, positions in zip(patterns, state, strict=True)]
    return ends[0] and ends[1] and not any(ends[2:])


def _alphabet(patterns: Iterable[str]) -> str:
    """Return every character that a pattern names, and one that none names, for all others."""
    named = set("".join(patterns)) - {"*"}
    other = next(c for c in map(chr, range(ord("a"), 0x10000)) if c not in named)
    return "".join(sorted(named | {_SLASH, other}))


def _steps(pattern: str) -> Steps:
    """Return the pattern as steps, each of which takes characters; see `_moves`."""
    steps: list[str] = []
    segments = pattern.split("/")
    for number, segment in enumerate(segments):
        is_last = number == len(segments) - 1
        if segment == ANY_DEPTH:
            steps += [_DEEP, _DEEP_WITHIN]
            steps += [_WITHIN] if is_last else []
            continue
        steps += [_WITHIN if character == "*" else character for character in segment]
        steps += [] if is_last else [_SLASH]
    return tuple(steps)


def _closure(steps: Steps, positions: Iterable[int]) -> Positions:
    """Return the positions, and those that are reached from them without any character."""
    reached = set(positions)
    waiting = list(reached)
    while waiting:
        position = waiting.pop()
        for following in _skips(steps, position):
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return frozenset(reached)


def _skips(steps: Steps, position: int) -> Iterator[int]:
    step = steps[position] if position < len(steps) else ""
    if step == _WITHIN:
        yield position + 1
    elif step == _DEEP:
        yield position + 2


def _after(steps: Steps, positions: Positions, character: str) -> Positions:
    following = {
        target
        for position in positions
        if position < len(steps)
        for target in _moves(steps[position], position, character)
    }
    return _closure(steps, following)


def _moves(step: str, position: int, character: str) -> tuple[int, ...]:
    """Return where a step leads with a character: itself, the next one, or nowhere."""
    if step == _DEEP:
        return () if character == _SLASH else (position + 1,)
    if step == _DEEP_WITHIN:
        return (position - 1,) if character == _SLASH else (position,)
    if step == _WITHIN:
        return () if character == _SLASH else (position,)
    return (position + 1,) if step == character else ()

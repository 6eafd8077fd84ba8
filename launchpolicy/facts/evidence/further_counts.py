"""What an attestation counts beside the lists of its predicate (threat E9, edition 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from launchpolicy.facts.evidence.junit_vocabulary import (
    affirms,
    denies,
    is_bad_word,
    says_yes,
    sense_of,
    sense_of_status,
)

_DEEPEST: Final = 4


class FurtherCount(NamedTuple):
    """A key that speaks of tests that did not pass: failures (`is_bad`), or what did not run."""

    key: str
    number: int
    is_bad: bool


def further_counts(value: Mapping[str, Any], known: Collection[str]) -> Iterator[FurtherCount]:
    """Yield the keys of a predicate, other than those known, that say what did not pass.

    The words are those of JUnit. What was used to test (`configuration`) says nothing of it.
    """
    yield from _counts({key: part for key, part in value.items() if key not in known}, 0)


def _counts(value: Mapping[str, Any], depth: int) -> Iterator[FurtherCount]:
    for key, part in value.items():
        if key == "configuration":
            continue
        sense = sense_of(key)
        written = _text_of(part)
        if sense in {"failure", "error", "idle"}:
            number = _number(part, written)
            if number:
                yield FurtherCount(key, 0 if sense != "idle" else number, sense != "idle")
        elif _is_bad(sense, written):
            yield FurtherCount(key, 0, is_bad=True)
        elif isinstance(part, dict) and depth < _DEEPEST:
            yield from _counts(part, depth + 1)


def _text_of(part: object) -> str:
    """Return a text, a number or a truth value as a report would write it."""
    if part is None or isinstance(part, dict | list):
        return ""
    return str(part)


def _number(part: object, written: str) -> int:
    """Return how many a list, a number or a flag states."""
    if isinstance(part, dict | list):
        return len(part)
    if isinstance(part, int | float) and not isinstance(part, bool):
        return min(max(int(part), int(part != 0)), 1_000_000)
    return int(says_yes(written))


def _is_bad(sense: str, written: str) -> bool:
    if not written:
        return False
    if sense == "verdict":
        return is_bad_word(written) or sense_of_status(written) == "idle"
    if sense == "good":
        return not affirms(written)
    return (sense == "exit" and says_yes(written)) or (
        sense in {"ended", "ran"} and denies(written)
    )

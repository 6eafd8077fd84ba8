"""What an attestation counts beside the lists of its predicate (threat E9, edition 5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from launchpolicy.facts.evidence.failure_statements import states_failure
from launchpolicy.facts.evidence.junit_vocabulary import (
    affirms,
    denies,
    is_bad_word,
    says_yes,
    sense_of,
    sense_of_status,
)
from launchpolicy.policy.edition import SIXTH_EDITION

_DEEPEST: Final = 4
_DEEPEST_NOW: Final = 64
"""How deep an edition looks, the first ones and those since; what is deeper now is not believed."""

_OF_EARLIER_RUNS: Final = frozenset(
    {"attempts", "retries", "reruns", "history", "previous", "previousruns", "baseline"}
)
"""What was not the last run says nothing of it."""


class FurtherCount(NamedTuple):
    """A key that speaks of tests that did not pass: failures (`is_bad`), or what did not run."""

    key: str
    number: int
    is_bad: bool


def further_counts(
    value: Mapping[str, Any], known: Collection[str], edition: int
) -> Iterator[FurtherCount]:
    """Yield the keys of an object, other than those known, that say what did not pass.

    The words are those of JUnit. What was used to test (`configuration`) says nothing of it.

    Args:
        value: a predicate, or what is around one.
        known: the keys that are read elsewhere.
        edition: that of the program as which it is read (`policy.edition`).
    """
    further = {key: part for key, part in value.items() if key not in known}
    yield from _counts(further, 0, edition)


def _counts(value: Mapping[str, Any], depth: int, edition: int) -> Iterator[FurtherCount]:
    for key, part in value.items():
        if key == "configuration":
            continue
        sense = sense_of(key)
        written = _text_of(part)
        if sense in {"failure", "error", "idle"}:
            number = _number(part, written)
            if number:
                yield FurtherCount(key, 0 if sense != "idle" else number, sense != "idle")
        elif _is_bad(sense, written) or (edition > SIXTH_EDITION and _states_failure(key, part)):
            yield FurtherCount(key, 0, is_bad=True)
        else:
            yield from _inner_counts(key, part, depth, edition)


def _inner_counts(key: str, part: object, depth: int, edition: int) -> Iterator[FurtherCount]:
    """Yield what an object says, or since the sixth edition each object of a list."""
    if edition <= SIXTH_EDITION:
        if isinstance(part, dict) and depth < _DEEPEST:
            yield from _counts(part, depth + 1, edition)
        return
    if key.replace("_", "").lower() in _OF_EARLIER_RUNS:
        return
    for item in part if isinstance(part, list) else [part]:
        if isinstance(item, dict) and depth >= _DEEPEST_NOW:
            yield FurtherCount(key, 0, is_bad=True)
        elif isinstance(item, dict):
            yield from _counts(item, depth + 1, edition)


def _states_failure(key: str, part: object) -> bool:
    """Return whether a key says in any words that something failed; a list counts its items."""
    if isinstance(part, list):
        return bool(part) and states_failure(key, str(len(part)), has_successes=False)
    return states_failure(key, _text_of(part))


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

"""What a SARIF log says of its results and scans beside their levels (threat E9, edition 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.failure_statements import states_failure, subject_of
from launchpolicy.facts.evidence.json_reading import objects
from launchpolicy.facts.evidence.junit_vocabulary import sense_of
from launchpolicy.facts.evidence.sarif_levels import object_in
from launchpolicy.policy.edition import SIXTH_EDITION

Fields = Mapping[str, Any]

_KINDS: Final = frozenset({"inSource", "external"})
_ACCEPTED: Final = "accepted"
_STATES: Final = ("status", "state")
"""The second is what drafts of SARIF called the first."""

_CONCLUSIONS: Final = frozenset({"verdict", "success"})
_DEEPEST: Final = 8


def is_suppressed(result: Fields, edition: int) -> bool:
    """Return whether every suppression of a result is accepted, and of a known kind (3.35).

    Args:
        result: as the log has it.
        edition: that of the program as which it is read (`policy.edition`).
    """
    written = result.get("suppressions")
    suppressions = objects(written)
    if not suppressions or not all(
        item.get("status", _ACCEPTED) == _ACCEPTED for item in suppressions
    ):
        return False
    if edition <= SIXTH_EDITION:
        return True
    return len(suppressions) == len(written or ()) and all(map(_suppresses, suppressions))


def _suppresses(suppression: Fields) -> bool:
    states = [suppression[key] for key in _STATES if key in suppression]
    is_known = isinstance(suppression.get("kind"), str) and suppression["kind"] in _KINDS
    return is_known and all(state == _ACCEPTED for state in states)


def stated_failure(log: Fields, runs: list[dict[str, Any]]) -> str:
    """Return the property by which a log, a run or a scan concludes a failure; "" for none.

    How many errors a tool counts is no conclusion: they may be suppressed.
    """
    holders = [log, *runs, *(part for run in runs for part in objects(run.get("invocations")))]
    bags = (object_in(holder.get("properties")) for holder in holders)
    return next((identifier(key) for bag in bags for key in _bad_keys(bag, 0)), "")


def _bad_keys(bag: Fields, depth: int) -> Iterator[str]:
    for key, part in bag.items():
        if isinstance(part, dict):
            if depth < _DEEPEST:
                yield from _bad_keys(part, depth + 1)
        elif isinstance(part, bool):
            is_bad = sense_of(key) == "failure" if part else subject_of(key) == "success"
            if is_bad:
                yield key
        elif (
            isinstance(part, str) and subject_of(key) in _CONCLUSIONS and states_failure(key, part)
        ):
            yield key

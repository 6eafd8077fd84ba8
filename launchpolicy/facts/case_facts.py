"""Facts as a policy's test case supposes them, for want of files, calendars and neighbours."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.facts.approvals.roster import roster_of_case
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.evidence.variable import evidence_fact, reference_data
from launchpolicy.facts.facts import Facts, facts_of
from launchpolicy.policy.fact_shapes import FACTS, REFERENCE, FactError, complete_fact
from launchpolicy.requests.configuration import RECORDED
from launchpolicy.vocabulary.place import Data

APPROVALS: Final = ("by", "changesBy", "opener", "pusher", "authors", "committers")
"""What a case may suppose of approvals; each is a list of persons."""

_DIGEST = "sha256:supposed"

_GOOD = {"en": "It says what it should.", "zh": "内容符合要求。"}


def facts_of_case(given: Mapping[str, Any], references: Iterable[Reference]) -> Facts:
    """Return the facts of a case: what it gives, and good evidence where it gives nothing.

    `given["evidence"]` is by path; each file that is not named was read and says what it should.

    Raises:
        FactError: what is given does not have the shape of the fact, or is about a file that the
            request does not refer to.
    """
    files = dict(given.get("evidence", {}))
    records = []
    for reference in references:
        stated = {"read": True, "passed": True, "says": _GOOD, **files.get(reference.path, {})}
        facts = complete_fact(REFERENCE, stated, f"evidence.{reference.path}")
        records.append({**facts, **reference_data(reference)})
    strange = set(files) - {record["path"] for record in records}
    if strange:
        message = f"evidence.{min(strange)}: the request refers to no such file"
        raise FactError(message)
    others = {
        name: complete_fact(shape, given[name], name) if name in given else _empty_fact(name)
        for name, shape in FACTS.items()
        if name != "evidence"
    }
    return facts_of({"evidence": evidence_fact(records), **others})


@functools.cache
def _empty_fact(name: str) -> Data:
    """Return the fact of which a case gives nothing."""
    return complete_fact(FACTS[name], {}, name)


def approvals_of_case(
    given: Mapping[str, Any], people: Mapping[str, Any], now: datetime
) -> ApprovalInputs:
    """Return the approvals of a case: who approves, who asks for changes, who made the change.

    Raises:
        FactError: something else is given, or someone whom the supposed people do not know.
    """
    roster = roster_of_case(people)
    strange = [key for key in given if key not in APPROVALS]
    if strange:
        message = f"approvals.{strange[0]}: there is {', '.join(APPROVALS)}"
        raise FactError(message)
    for person in (person for listed in given.values() for person in listed):
        if person not in roster.names:
            message = (
                f"approvals: {person} is not among the people that the case supposes; "
                f"name them under people: {{names: [{person}]}}, or give them a role there"
            )
            raise FactError(message)
    opinions = [
        *_opinions(given.get("by", ()), ReviewState.APPROVED, now),
        *_opinions(given.get("changesBy", ()), ReviewState.CHANGES_REQUESTED, now),
    ]
    made = {key: tuple(map(_account, given.get(key, ()))) for key in APPROVALS[2:]}
    participants = Participants(
        openers=made["opener"],
        pushers=made["pusher"],
        authors=made["authors"],
        committers=made["committers"],
    )
    return ApprovalInputs(_DIGEST, roster, tuple(opinions), participants)


def _opinions(persons: Sequence[str], state: ReviewState, now: datetime) -> Iterator[Opinion]:
    """Return the opinions of persons, a second apart in order of the list, the last one now."""
    for later, person in zip(range(len(persons))[::-1], persons, strict=True):
        at = now - timedelta(seconds=later)
        review = SubmittedReview(_account(person), state, at, f"the case: {person}", digest=_DIGEST)
        yield Opinion(RECORDED, review, _DIGEST)


def _account(person: str) -> Account:
    return Account(EMAIL, person, person)

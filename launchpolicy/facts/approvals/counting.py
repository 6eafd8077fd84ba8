"""Approvals against a quorum: what is missing, who can still give it, how each approval fared.

Every approval goes through the same questions, and the first that it fails is its story. What is
left is assigned to the places of the quorum (`assignment`). Nothing here depends on the order in
which a source lists approvals, and repeating one changes nothing (threat P2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.facts.approvals.assignment import Assignment, Offers, best, who_could
from launchpolicy.facts.approvals.deputies import with_deputies
from launchpolicy.facts.approvals.exclusion import Barred
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.outcomes import (
    REASONS,
    CheckedOpinion,
    out_of_turn,
    outcome_of,
)
from launchpolicy.facts.approvals.possible_ways import possible_ways, require_possible
from launchpolicy.facts.approvals.records import ReviewState
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import (
    ApproverSlot,
    Way,
    open_to_every_holder,
    persons_in,
)
from launchpolicy.facts.approvals.turns import GivenApproval, assign_in_turn, offers_of
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.vocabulary.approval import ApprovalOutcome, MissingApproval
from launchpolicy.vocabulary.text import Text

_CLOCK_SLACK = timedelta(minutes=5)
"""Clocks of hosts and runners differ by seconds; an approval from further ahead is not believed."""


@dataclass(frozen=True, slots=True)
class QuorumCount:
    """The result: fulfilled if nothing is missing and nobody asked for changes.

    `note` says which alternatives were left out because nobody can fulfil them.
    """

    missing: tuple[MissingApproval, ...]
    objections: tuple[Opinion, ...]
    stories: tuple[ApprovalOutcome, ...]
    note: Text | None = None

    @property
    def is_fulfilled(self) -> bool:
        return not self.missing and not self.objections


class CountingRule(NamedTuple):
    """How the approvals of one quorum count.

    With `distinct` one person counts once for the whole quorum. `out_of_turn_counts` says whether
    an approval counts that is not shown to be given in its turn.
    """

    distinct: bool = True
    out_of_turn_counts: bool = True


def count_quorum(
    approvals: ApprovalInputs,
    roster: Roster,
    ways: Sequence[Way],
    barred: Barred,
    now: datetime,
    rule: CountingRule,
) -> QuorumCount:
    """Return the count of one quorum.

    Args:
        approvals: the opinions and the digest that they must be about.
        roster: the directory.
        ways: how the quorum can be fulfilled, at least one.
        barred: who may not approve.
        now: the one time of the run.
        rule: how approvals count.

    Raises:
        QuorumError: nobody could fulfil it.
    """
    every_way, distinct = ways, rule.distinct
    note: Text | None = None
    if approvals.edition == FIRST_EDITION:
        require_possible(every_way)
    else:
        ways, note = possible_ways(every_way, barred, roster, distinct=distinct)
    opinions = _OpinionCheck(approvals, roster, barred, now).checked_opinions()
    given = tuple(_countable_approvals(opinions))
    ways = with_deputies(ways, roster, given, barred, now)
    offers = offers_of(given)
    anyhow = best(ways, offers, distinct=distinct)
    if rule.out_of_turn_counts:
        assignment = anyhow
        shown = assign_in_turn(anyhow.way, given, distinct=distinct)
        early = {person for slot, person in anyhow.filled.items() if slot not in shown.filled}
    else:
        in_turn = (assign_in_turn(way, given, distinct=distinct) for way in ways)
        assignment = min(in_turn, key=lambda one: len(one.missing))
        early = set(anyhow.filled.values()) - set(assignment.filled.values())
    askable = persons_in((*ways, *every_way))
    # An objection counts also where the approval would not: it may be the only one to be heard.
    of_all_holders = open_to_every_holder(every_way, roster)
    heard = askable | persons_in(with_deputies(of_all_holders, roster, given, barred, now))
    return QuorumCount(
        missing=tuple(_missing(assignment, offers, barred, roster, distinct=distinct)),
        objections=tuple(_objections(opinions, heard, roster)),
        stories=tuple(_stories(opinions, assignment, askable, roster, early)),
        note=note,
    )


@dataclass(frozen=True, slots=True)
class _OpinionCheck:
    """What each opinion is held against before it can count."""

    approvals: ApprovalInputs
    roster: Roster
    barred: Barred
    now: datetime

    def checked_opinions(self) -> tuple[CheckedOpinion, ...]:
        """Return every opinion, oldest first, with the first question that it fails.

        Of two in the same second the objection or withdrawal is the later one.
        """
        in_order = sorted(self.approvals.opinions, key=self._order())
        owners = [self.roster.person(opinion.review.account) for opinion in in_order]
        checked = []
        for index, (opinion, person) in enumerate(zip(in_order, owners, strict=True)):
            later = [
                other.review.state
                for other, whose in zip(in_order[index + 1 :], owners[index + 1 :], strict=True)
                if person is not None and whose == person and other.review.void is None
            ]
            checked.append(CheckedOpinion(opinion, person, self._refusal(opinion, person, later)))
        return tuple(checked)

    def _order(self) -> Callable[[Opinion], tuple[object, ...]]:
        is_earlier = self.approvals.participants.is_of_earlier_version
        is_first = self.approvals.edition == FIRST_EDITION
        return _by_time_and_text if is_earlier or is_first else _by_time

    def _refusal(  # noqa: PLR0911 (one question after the other)
        self, opinion: Opinion, person: str | None, later: Sequence[ReviewState]
    ) -> Text | None:
        review = opinion.review
        if review.void is not None:
            return review.void
        if person is None:
            return REASONS.unknown_account(review.account)
        if review.state is ReviewState.DISMISSED:
            return REASONS.dismissed
        if review.at > self.now + _CLOCK_SLACK:
            return REASONS.from_the_future(review.at)
        if any(state is not ReviewState.APPROVED for state in later):
            return REASONS.taken_back
        if review.state is ReviewState.CHANGES_REQUESTED:
            return REASONS.answered if ReviewState.APPROVED in later else None
        return self._refused_approval(opinion, person)

    def _refused_approval(self, opinion: Opinion, person: str) -> Text | None:
        review, approvals = opinion.review, self.approvals
        if review.expires is not None and self.now >= review.expires:
            return REASONS.after_expiry(review.expires)
        if opinion.digest != approvals.digest or not approvals.digest:
            return REASONS.another_version(approvals.since.get(opinion.digest))
        if person in self.barred:
            return REASONS.barred_person(self.barred[person])
        if review.roles and not set(review.roles) & set(self.roster.roles_within_reach(person)):
            return REASONS.no_such_role(self.roster.naming.role_names(review.roles[0]))
        return None


def _by_time(opinion: Opinion) -> tuple[datetime, int, bool, str]:
    """Return what orders opinions: hosts count seconds, so then the number of the review.

    Where neither tells them apart, whatever is no approval comes last: a veto is not lost.
    """
    review = opinion.review
    return review.at, review.number, review.state is not ReviewState.APPROVED, review.where


def _by_time_and_text(opinion: Opinion) -> tuple[datetime, str]:
    """Return what ordered opinions when a landing was recorded by an earlier version."""
    return opinion.review.at, opinion.review.where


def _countable_approvals(opinions: Sequence[CheckedOpinion]) -> Iterator[GivenApproval]:
    """Yield every approval that could count."""
    for checked in opinions:
        review = checked.opinion.review
        if checked.refused is not None or checked.person is None:
            continue
        if review.state is ReviewState.APPROVED:
            yield GivenApproval(checked.person, review.at, frozenset(review.roles))


def _objections(
    opinions: Sequence[CheckedOpinion], askable: frozenset[str], roster: Roster
) -> Iterator[Opinion]:
    """Yield the requests for changes, not taken back, of persons who may stop a request.

    These are the persons who are asked, also where they may not approve, and those who hold a role
    that the base lets veto.
    """
    vetoing = askable.union(*(roster.holders(role) for role in roster.veto_roles))
    for checked in opinions:
        review, person = checked.opinion.review, checked.person
        if review.state is not ReviewState.CHANGES_REQUESTED or checked.refused is not None:
            continue
        if person in vetoing:
            yield checked.opinion


def _missing(
    assignment: Assignment, offers: Offers, barred: Barred, roster: Roster, *, distinct: bool
) -> Iterator[MissingApproval]:
    """Yield the empty places, those for the same role together."""
    alike: dict[tuple[int, str, str, frozenset[str]], list[int]] = {}
    for index in assignment.missing:
        slot = assignment.way[index]
        alike.setdefault((slot.turn, slot.role, slot.department, slot.holders), []).append(index)
    for indices in alike.values():
        slot = assignment.way[indices[0]]
        able = who_could(assignment, indices[0], offers, distinct=distinct)
        yield MissingApproval(
            role=slot.role,
            department=slot.department,
            candidates=tuple(person for person in able if person not in barred),
            barred=tuple(_barred_holders(slot, barred)),
            count=len(indices),
            person="" if slot.role else min(slot.holders),
            waits_for=tuple(_names_before(slot.turn, assignment, roster)),
            name=roster.naming.slot_name(slot.role, slot.department),
        )


def _names_before(turn: int, assignment: Assignment, roster: Roster) -> Iterator[Text]:
    """Return what is missing in the turns before `turn`."""
    empty = [assignment.way[index] for index in assignment.missing]
    names = [
        roster.naming.slot_name(slot.role, slot.department)
        if slot.role
        else roster.display_name(min(slot.holders))
        for slot in empty
        if slot.turn < turn
    ]
    yield from dict.fromkeys(names)


def _barred_holders(slot: ApproverSlot, barred: Barred) -> Iterator[tuple[str, Text]]:
    for person in sorted(slot.holders):
        if person in barred:
            yield person, barred[person]


def _stories(
    opinions: Sequence[CheckedOpinion],
    assignment: Assignment,
    askable: frozenset[str],
    roster: Roster,
    early: AbstractSet[str],
) -> Iterator[ApprovalOutcome]:
    counted: Mapping[str, list[ApproverSlot]] = _places(assignment)
    already_counted: set[str] = set()
    for checked in opinions:
        outcome = outcome_of(checked, counted, askable, roster, already_counted)
        is_early = checked.person in early and checked.refused is None
        yield out_of_turn(outcome) if is_early else outcome


def _places(assignment: Assignment) -> dict[str, list[ApproverSlot]]:
    places: dict[str, list[ApproverSlot]] = {}
    for index, person in sorted(assignment.filled.items()):
        places.setdefault(person, []).append(assignment.way[index])
    return places

"""Void entries that were appended from another branch, by a further entry that says why.

Only what is not on the recorded branch can be voided, and which entries these are is found in
history, not asked: so nothing that was launched can be taken out of the log (threat L1).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from launchpolicy.engine.rule_changes import NAME
from launchpolicy.hosts.git.branch_tips import first_parent_commits
from launchpolicy.hosts.git.problems import shallow_clone
from launchpolicy.ledger.entry import FORMAT_3, RULES, Entry
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.limits import shorten
from launchpolicy.ledger.records import VoidedEntries
from launchpolicy.ledger.voids import EVENT, Void, void_of, voided_numbers
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch import branch_problems
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import entries as every_entry
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.recorded_branch import branch_to_compare
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.ledger.copies.kept_checkpoint import keep_head, require_growth
from launchpolicy.operations.ledger.growth.append import (
    AppendOptions,
    commit_entries,
    require_signer,
)
from launchpolicy.requests.configuration import FILE

_TRIES = 20
_LONGEST_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class VoidResult:
    """What was voided, and the ledger as it is now."""

    voids: tuple[Void, ...]
    state: LedgerState


def void(place: LedgerLocation, reason: str, writing: AppendOptions) -> VoidResult:
    """Append what voids every entry whose commit is not on the recorded branch.

    Raises:
        UsageError: there is none, no reason is given, or the branch is not known.
        MalformedLedgerError: the ledger is damaged.
        UndecidedError: the clone is shallow, others were always faster, or git fails.
    """
    if not reason.strip():
        raise branch_problems.no_reason()
    if place.repository.is_shallow:
        raise shallow_clone()  # what is on the branch would seem to be on none
    require_signer(place, writing.signer)
    for races in range(_TRIES):
        heads = place.heads_tip()
        tip = place.tip()
        if tip is None:
            raise problems.no_ledger(place.settings.branch)
        state = read_state(LedgerFiles(place.repository, tip), place.verifiers)
        require_growth(place, heads, state)
        new = tuple(_voiding_entries(place, state, reason, writing))
        grown = commit_entries(place, state, new, {}, writing)
        if grown.files.commit and place.advance(tip, grown.files.commit):
            keep_head(place, grown, writing.now())
            voids = tuple(void_of(state.size + index, entry) for index, entry in enumerate(new))
            return VoidResult(voids, grown)
        time.sleep(secrets.randbelow(1000) / 1000 * min(_LONGEST_PAUSE, 0.05 * 2**races))
    raise problems.too_many_races(place.settings.branch, _TRIES)


def _voiding_entries(
    place: LedgerLocation, state: LedgerState, reason: str, writing: AppendOptions
) -> Iterator[Entry]:
    """Yield one entry for every row of entries that are from another branch."""
    name, tips = branch_to_compare(place, state)
    chain = {commit for tip in tips for commit in first_parent_commits(place.repository, tip)}
    numbers = numbers_from_other_branches(list(every_entry(state)), chain)
    if not numbers:
        raise branch_problems.nothing_to_void(name)
    for first, last in _rows(numbers):
        yield Entry(
            format=FORMAT_3,
            event=EVENT,
            commit=tips[0],
            at=utc(writing.now()),
            time_source="append",
            kind=RULES,
            name=NAME,
            path=FILE,
            verdict="undecided",
            reason=shorten(" ".join(reason.split())),
            voids=VoidedEntries(first=first, last=last),
        )


def numbers_from_other_branches(entries: Sequence[Entry], chain: Collection[str]) -> list[int]:
    """Return the numbers of the entries that count and whose commit is not in `chain`."""
    void_already = voided_numbers(entries)
    return [
        number
        for number, entry in enumerate(entries)
        if entry.event != EVENT and number not in void_already and entry.commit not in chain
    ]


def _rows(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each row of consecutive numbers."""
    row: tuple[int, int] | None = None
    for number in numbers:
        if row is not None and number == row[1] + 1:
            row = (row[0], number)
            continue
        if row is not None:
            yield row
        row = (number, number)
    if row is not None:
        yield row

"""Count the landings of a period from git, and compare them with the entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from launchpolicy.documents.instants import instant
from launchpolicy.hosts.git.first_parent_history import HistoryStep, ListedCommit
from launchpolicy.ledger.audit.population import LandingCounts, UnrecordedLanding
from launchpolicy.ledger.audit.scope import AuditScope
from launchpolicy.ledger.comparison import Key, keys_of
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.landing_record import MemberRecord
from launchpolicy.ledger.voids import voided_numbers
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.history.landings import landings, since


@dataclass(slots=True)
class _EntriesOfCommit:
    """The entries of one landing: the number of the first, and what all of them are about."""

    number: int
    keys: dict[Key, int] = field(default_factory=dict)


def landing_counts(
    place: LedgerLocation, state: LedgerState, entries: Sequence[Entry], scope: AuditScope
) -> LandingCounts:
    """Return what the history of the branch says of a period, beside the entries.

    Raises:
        UndecidedError: git cannot read something.
    """
    steps: list[ListedCommit] = []

    def history() -> Iterator[HistoryStep]:
        for step in since(place, None):
            steps.append(step.listed)
            yield step

    packs = PacksOverTime(state.files, state.last_commit)
    expected = {
        landing.outline.commit: landing.outline.keys
        for landing in landings(
            place, history(), (None, None), state.files.record, packs, replay=False
        )
    }
    of_commits = _entries_by_commit(entries)
    positions = {step.commit: position for position, step in enumerate(steps)}
    inside = [steps[position] for position in _positions(entries, steps, positions, scope)]
    strangers = tuple(_strangers(entries, expected, positions, scope))
    missing = tuple(_missing(inside, expected, of_commits))
    absent = {landing.commit for landing in missing if landing.number is None}
    with_entries = [step for step in inside if step.commit in of_commits]
    others = [s for s in inside if s.commit not in of_commits and s.commit not in absent]
    together = [s for s in others if isinstance(state.files.record(s.commit), MemberRecord)]
    return LandingCounts(
        steps=len(inside),
        with_entries=len(with_entries),
        together=len(together),
        nothing=len(others) - len(together),
        missing=missing,
        strangers=strangers,
    )


def _entries_by_commit(entries: Sequence[Entry]) -> dict[str, _EntriesOfCommit]:
    of_commits: dict[str, _EntriesOfCommit] = {}
    void = voided_numbers(entries)
    for number, entry in enumerate(entries):
        if number in void:
            continue  # its landing, if there is one, wants another entry
        of_commit = of_commits.setdefault(entry.commit, _EntriesOfCommit(number))
        if entry.voids is None:
            of_commit.keys |= dict.fromkeys(keys_of(entry), number)
    return of_commits


def _positions(
    entries: Sequence[Entry],
    steps: Sequence[ListedCommit],
    positions: dict[str, int],
    scope: AuditScope,
) -> Iterator[int]:
    """Yield the steps of the period, by their positions in the history.

    These are those of its entries, those between them, and at its edges those without entries whose
    own time lies in it, or that of the landing before them if it is later.
    """
    numbers = range(scope.first, scope.end)
    own = [p for n in numbers if (p := positions.get(entries[n].commit)) is not None]
    before = [p for e in entries[: scope.first] if (p := positions.get(e.commit)) is not None]
    after = [p for e in entries[scope.end :] if (p := positions.get(e.commit)) is not None]
    low = max(before, default=-1)
    high = min(after, default=len(steps))
    landed = {p: instant(e.at) for e in entries if (p := positions.get(e.commit)) is not None}
    earliest = datetime.min.replace(tzinfo=UTC)
    for position, step in enumerate(steps):
        earliest = max(earliest, landed.get(position, earliest))
        is_between = bool(own) and min(own) <= position <= max(own)
        # Whatever its date says: it did not land before the landing before it.
        moments = (step.at, max(step.at, earliest))
        if is_between or (low < position < high and any(map(scope.has_moment, moments))):
            yield position


def _missing(
    inside: Sequence[ListedCommit],
    expected: dict[str, frozenset[Key]],
    of_commits: dict[str, _EntriesOfCommit],
) -> Iterator[UnrecordedLanding]:
    for step in inside:
        of_commit = of_commits.get(step.commit)
        there = of_commit.keys if of_commit is not None else {}
        absent = expected.get(step.commit, frozenset()) - there.keys()
        if absent:
            number = of_commit.number if of_commit is not None else None
            yield UnrecordedLanding(step.commit, utc(step.at), _names(absent), number)


def _strangers(
    entries: Sequence[Entry],
    expected: dict[str, frozenset[Key]],
    positions: dict[str, int],
    scope: AuditScope,
) -> Iterator[UnrecordedLanding]:
    for number in range(scope.first, scope.end):
        entry = entries[number]
        if entry.voids is not None:
            continue
        keys = keys_of(entry)
        if entry.commit not in positions or not keys <= expected.get(entry.commit, frozenset()):
            yield UnrecordedLanding(entry.commit, entry.at, _names(keys), number)


def _names(keys: frozenset[Key]) -> tuple[str, ...]:
    return tuple(sorted(f"{key.kind} {key.place}" for key in keys))

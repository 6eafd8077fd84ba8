"""Read which entries of a ledger are void, and hold that against the history of the branch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import groupby

from launchpolicy.hosts.git.branch_tips import first_parent_commits
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.tiles import WIDTH
from launchpolicy.ledger.voids import EVENT, Void, WrongVoids, void_of, wrong_voids
from launchpolicy.operations.ledger.branch.entries import entries as all_entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import since_of
from launchpolicy.operations.ledger.branch.state import LedgerState, parse_entry
from launchpolicy.vocabulary.text import Text

_SIGN = f'"event":"{EVENT}"'.encode()
"""What stands in the canonical bytes of an entry that voids others, and in those of no other:
within a text the quotes would be escaped."""


def voids_in(state: LedgerState) -> tuple[Void, ...]:
    """Return the entries of a ledger that void others; no other entry is parsed.

    Raises:
        MalformedLedgerError: a bundle or one of these entries is not right.
    """
    voids = []
    for index in range(-(-state.size // WIDTH)):
        for number, source in enumerate(state.bundle(index), start=index * WIDTH):
            if _SIGN in source:
                voids.append(void_of(number, parse_entry(number, source)))
    return tuple(voids)


def numbers_of(voids: Sequence[Void]) -> frozenset[int]:
    """Return the numbers of all entries that take no part: the void ones and the voiding ones."""
    void = {number for voiding in voids for number in voiding.numbers}
    return frozenset(void | {voiding.number for voiding in voids})


def latest_void_commits(place: LedgerLocation, state: LedgerState) -> frozenset[str]:
    """Return the latest commits with new packs that are not on the branch: of void entries."""
    commits = set()
    for commit, _ in reversed(since_of(state.files)):
        if place.passes(commit):
            break
        commits.add(commit)
    return frozenset(commits)


def complaints_of_voids(
    state: LedgerState, voids: Sequence[Void], place_of: Callable[[str], int | None]
) -> Iterator[Discrepancy]:
    """Yield what is voided though it is on the branch; `place_of` says where a commit is on it."""
    wrong = _wrong_voids(state, voids, place_of)
    for commits, what in (
        (wrong.voiding, _voids_off_history),
        (wrong.voided, _voided_wrongly),
        (wrong.hidden, _hidden),
    ):
        for number, commit in commits.items():
            yield Discrepancy(f"entry {number}", what(commit))


def _wrong_voids(
    state: LedgerState, voids: Sequence[Void], place_of: Callable[[str], int | None]
) -> WrongVoids:
    def commits_of(numbers: Collection[int]) -> Mapping[int, str]:
        commits: dict[int, str] = {}
        by_bundle = groupby(sorted(numbers), key=lambda number: number // WIDTH)
        for index, of_bundle in by_bundle:
            sources = state.bundle(index)
            for number in of_bundle:
                commits[number] = parse_entry(number, sources[number % WIDTH]).commit
        return commits

    def standing() -> Collection[str]:
        left_out = numbers_of(voids)
        return {
            entry.commit
            for number, entry in enumerate(all_entries(state))
            if number not in left_out
        }

    return wrong_voids(voids, commits_of, place_of, standing)


def kept_entries(place: LedgerLocation, present: LedgerState) -> Mapping[int, Entry]:
    """Return the entries that no history gives again, by number: void ones, and those that void.

    What is voided wrongly is not among them: a ledger with such an entry is not built again.

    Raises:
        MalformedLedgerError: an entry is not right.
    """
    voids = voids_in(present)
    if not voids:
        return {}
    chain = list(first_parent_commits(place.repository, place.head))
    places = {commit: len(chain) - index for index, commit in enumerate(chain)}
    judged = _wrong_voids(present, voids, places.get)
    wrong = frozenset((*judged.voided, *judged.voiding))
    right = [void for void in voids if wrong.isdisjoint((void.number, *void.numbers))]
    numbers = numbers_of(right)
    return {number: present.entry(number) for number in sorted(numbers)}


def with_kept_entries(
    derived: Iterator[Entry], kept: Mapping[int, Entry], number: int
) -> Iterator[Entry]:
    """Yield derived entries, and each kept one at its number; the next number is `number`."""
    for entry in derived:
        while number in kept:
            yield kept[number]
            number += 1
        yield entry
        number += 1
    while number in kept:
        yield kept[number]
        number += 1


def _voided_wrongly(commit: str) -> Text:
    return Text(
        f"it is void, and its commit {commit} was on the branch when it was voided",
        f"该记录已作废，但作废时其提交 {commit} 就在分支上",
    )


def _voids_off_history(commit: str) -> Text:
    return Text(
        f"it voids others as of commit {commit}, which is not on the first-parent history, or what"
        " is no entry before it",
        f"其作废所依据的提交 {commit} 不在首父历史上，或作废了不在其之前的记录",
    )


def _hidden(commit: str) -> Text:
    return Text(
        f"it is void, and its commit {commit} is on the branch now without another entry;"
        " launchpolicy ledger append enters it again",
        f"该记录已作废，但其提交 {commit} 现已在分支上且没有其他记录；"
        "请运行 launchpolicy ledger append 重新登记",
    )

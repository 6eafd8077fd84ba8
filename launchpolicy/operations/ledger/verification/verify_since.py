"""Verify what a ledger has added since a checkpoint that was verified before.

So that a daily check costs what is new. The checkpoint is proved to be the beginning of the ledger;
what comes after it is read, hashed and compared with the history, as a whole verification would.
What comes before it is not looked at again, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, starmap

from launchpolicy.documents.instants import instant
from launchpolicy.hosts.git.first_parent_history import listing
from launchpolicy.ledger.checkpoint import Note, parse_checkpoint
from launchpolicy.ledger.comparison import Discrepancy, WrittenEntry, compare_landing
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.merkle import HASH_SIZE, subtree_root
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Verifier
from launchpolicy.ledger.signing import verify as verify_note
from launchpolicy.ledger.tiles import WIDTH, edge_root, levels, tile_path
from launchpolicy.ledger.voids import EVENT as VOIDED
from launchpolicy.ledger.voids import last_standing_number
from launchpolicy.operations.ledger.branch.entries import (
    entries_from,
    growth_since,
    receipt,
    sources_from,
)
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime, since_of
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, parse_entry
from launchpolicy.operations.ledger.history.landings import landings, since
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.operations.ledger.verification.expected_files import (
    ExpectedFiles,
)
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)
from launchpolicy.operations.ledger.verification.verify_tree import (
    entry_name,
    not_below,
)
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Beginning:
    """A part of the ledger that was verified before: its checkpoint, as a note.

    `is_own` says that this clone has verified it itself, so that it needs no signature.
    """

    note: Note
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class PartToVerify:
    """What comes after a verified beginning.

    `first` is the number of the first entry that is compared with the history, at the beginning of
    a landing; `last` the entry before it; `size` the number of entries of the beginning; `chain`
    the commits of the branch, oldest first, each with its place.
    """

    first: int
    last: Entry
    size: int
    chain: Mapping[str, int]


def part_to_verify(
    place: LedgerLocation, state: LedgerState, beginning: Beginning
) -> PartToVerify | None:
    """Return what is to be verified after a beginning; None where all has to be.

    All has to be where entries at the end of the beginning or after it are void, or the history
    does not hold the last entry of the beginning, or the beginning is less than a landing.

    Raises:
        ProofError: it is no checkpoint, is not signed by a known key, or is no beginning of the
            ledger.
        MalformedLedgerError: an entry or a tile is not right.
    """
    keys: tuple[Verifier, ...] = () if beginning.is_own else place.verifiers
    if keys:
        verify_note(beginning.note, keys)
    size = parse_checkpoint(beginning.note.text).size
    growth_since(state, beginning.note)
    first = size
    while 0 < first < state.size and _commit(state, first) == _commit(state, first - 1):
        first -= 1
    if first == 0 or any(entry.event == VOIDED for _, entry in entries_from(state, first)):
        return None
    if last_standing_number(first, state.entry) != first - 1:
        return None
    last = parse_entry(first - 1, receipt(state, first - 1).entry)
    steps = listing(place.repository, place.head)
    chain = {step.commit: number for number, step in enumerate(steps)}
    return PartToVerify(first, last, size, chain) if last.commit in chain else None


def check_later_tree(
    state: LedgerState, part: PartToVerify, contents: ExpectedFiles
) -> Iterator[Discrepancy]:
    """Yield what is wrong with the entries and tiles after the beginning, and with the files.

    Raises:
        MalformedLedgerError: a bundle or a tile is not right.
    """
    for index in range(part.first // WIDTH, -(-state.size // WIDTH)):
        for number, source in enumerate(state.bundle(index), start=index * WIDTH):
            complaint = contents.expect(number, source) if number >= part.first else None
            if complaint is not None:
                yield Discrepancy(entry_name(number, source, CHECKPOINT), complaint)
    yield from _higher_tiles(state, part.size)
    try:
        root = edge_root(state.size, state.files.read)
    except ProofError as error:
        raise damaged_ledger("tile", error.text) from error
    if state.checkpoint is not None and root != state.checkpoint.root:
        yield Discrepancy(
            CHECKPOINT, Text("its root is not that of the tiles", "其根哈希与瓦片不符")
        )
    contents.take_as_entered(islice(part.chain, part.chain[part.last.commit] + 1))
    for complaint_about_file in contents.unexpected_files():
        if not complaint_about_file.where.startswith("facts/"):
            yield complaint_about_file


def compare_later_history(
    place: LedgerLocation, state: LedgerState, part: PartToVerify, verification: Verification
) -> Iterator[Discrepancy]:
    """Yield where the entries after the beginning are not what the history says.

    Raises:
        MalformedLedgerError: a record or a list of packs is not right.
    """
    after, chain = part.last.commit, part.chain
    timeline = PacksOverTime(state.files, state.last_commit)
    for commit, _ in since_of(state.files):
        if chain.get(commit, len(chain)) <= chain[after]:
            timeline.reach(commit)
    if after == state.last_commit:
        timeline.go_past(after)
    expected = landings(
        place,
        since(place, after),
        (after, instant(part.last.at)),
        state.files.record,
        timeline,
        replay=verification.replayed,
    )
    entries = starmap(WrittenEntry, sources_from(state, part.first))
    yield from compare_landing(entries, expected, chain.get, verification.pending)


def _higher_tiles(state: LedgerState, size: int) -> Iterator[Discrepancy]:
    """Yield tiles above the lowest whose later hashes are not those of the tiles below."""
    for level, count in levels(state.size):
        if level == 0:
            continue
        numbers = range(size // WIDTH**level, count)
        for index, group in groupby(numbers, key=lambda number: number // WIDTH):
            path = tile_path(level, index, min(WIDTH, count - index * WIDTH))
            tile = state.files.read(path)
            for number in group:
                below = state.files.read(tile_path(level - 1, number))
                start = number % WIDTH * HASH_SIZE
                if tile[start : start + HASH_SIZE] != subtree_root(_hashes(below)):
                    yield Discrepancy(path, not_below())
                    break


def _hashes(tile: bytes) -> list[bytes]:
    return [tile[at : at + HASH_SIZE] for at in range(0, len(tile), HASH_SIZE)]


def _commit(state: LedgerState, number: int) -> str:
    return state.entry(number).commit

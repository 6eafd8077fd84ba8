"""Verify the whole ledger against itself, against what was kept of it, and against history.

Each question finds what the others cannot: is every file what the tree says; is the checkpoint
signed; is every kept checkpoint a beginning of it; has every landing its entries and every entry
its landing; and would each landing be judged the same again, by the rules it landed on?
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from launchpolicy.hosts.git.first_parent_history import listing
from launchpolicy.ledger.checkpoint import Checkpoint, Note
from launchpolicy.ledger.comparison import Discrepancy, ExpectedEntries, compare_landing
from launchpolicy.ledger.entry import EntryError, entry_of
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.ledger.merkle import HASH_SIZE
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.rebuild import Rebuilder
from launchpolicy.ledger.tiles import WIDTH, entries_path, parse_bundle, tile_path
from launchpolicy.ledger.voids import Void
from launchpolicy.operations.ledger.branch_files import LedgerFiles
from launchpolicy.operations.ledger.compare_with_forge import compare_with_forge
from launchpolicy.operations.ledger.entries import entries as all_entries
from launchpolicy.operations.ledger.expected_files import ExpectedFiles
from launchpolicy.operations.ledger.kept_checkpoint import (
    head_path,
    kept_heads,
    require_beginning,
    require_origin,
)
from launchpolicy.operations.ledger.landings import landings, since
from launchpolicy.operations.ledger.location import LedgerLocation
from launchpolicy.operations.ledger.packs_over_time import PacksOverTime, unknown_sets
from launchpolicy.operations.ledger.problems import MalformedLedgerError, no_ledger
from launchpolicy.operations.ledger.recorded_branch import branch_to_state
from launchpolicy.operations.ledger.recorded_voids import (
    complaints_of_voids,
    numbers_of,
    voids_in,
)
from launchpolicy.operations.ledger.recorders import Recorder
from launchpolicy.operations.ledger.render import complaints as complaints_of_views
from launchpolicy.operations.ledger.signatures import count_unsigned
from launchpolicy.operations.ledger.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.vocabulary.text import Text

MOST = 20
"""So many complaints are told; after that it is bad enough."""

Progress = Callable[[int, int], None]
"""Told how many of how many entries have been compared with history."""


@dataclass(slots=True)
class Verification:
    """What was looked at and what was found.

    `kept` counts the kept checkpoints that were compared, `unsigned_count` the entries that were
    there before the ledger was signed. `voids` are the entries that void others, `pending` are
    landings that are not entered yet. `replayed` says whether every landing was judged again,
    `is_confirmed` whether a forge was asked about the landings.
    """

    replayed: bool
    checkpoint: Checkpoint | None = None
    note: Note | None = None
    is_verified: bool = False
    is_confirmed: bool = False
    kept: int = 0
    unsigned_count: int = 0
    voids: tuple[Void, ...] = ()
    pending: list[ExpectedEntries] = field(default_factory=list)
    complaints: list[Discrepancy] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.complaints


def verify(
    place: LedgerLocation,
    *,
    replay: bool = True,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
) -> Verification:
    """Verify a ledger as a whole; return what was looked at and what is wrong.

    With a `recorder` its forge is asked about every landing again, and compared.

    Raises:
        UsageError: there is no ledger.
        UndecidedError: git cannot read something.
    """
    heads = place.heads_tip()
    tip = place.tip()
    if tip is None and heads is None:
        raise no_ledger(place.settings.branch)
    verification = Verification(replayed=replay)
    files = LedgerFiles(place.repository, tip)
    complaints = _complaints(place, files, (verification, heads), progress)
    verification.complaints += islice(complaints, MOST)
    if recorder is not None and verification.is_good:
        state = LedgerState(files, verification.note, verification.checkpoint)
        verification.complaints += islice(compare_with_forge(place, state, recorder), MOST)
        verification.is_confirmed = True
    return verification


def _complaints(
    place: LedgerLocation,
    files: LedgerFiles,
    into: tuple[Verification, str | None],
    progress: Progress | None,
) -> Iterator[Discrepancy]:
    """Yield everything that is wrong, one after the other; an unreadable file ends it."""
    verification, heads = into
    try:
        source = files.read(CHECKPOINT)
        note, checkpoint = read_checkpoint(source, place.verifiers, CHECKPOINT)
    except MalformedLedgerError as error:
        yield Discrepancy(CHECKPOINT, error.problem)
        return
    verification.note, verification.checkpoint, verification.is_verified = (
        note,
        checkpoint,
        bool(place.verifiers),
    )
    state = LedgerState(files, note, checkpoint)
    try:
        contents = ExpectedFiles(state)
        read = yield from _tree(state, contents)
        yield from contents.unexpected_files()
        yield from unknown_sets(files, place.trusted_sets)
        yield from _heads(place, state, verification, heads)
        if read:
            yield from complaints_of_views(state)
            yield from _history(place, state, verification, progress)
    except MalformedLedgerError as error:
        yield Discrepancy(CHECKPOINT, error.problem)


def _tree(state: LedgerState, contents: ExpectedFiles) -> Generator[Discrepancy, None, bool]:
    """Check every file of the tree; return whether all entries could be read."""
    tree, is_whole = Rebuilder(), True
    for index in range(-(-state.size // WIDTH)):
        width = min(WIDTH, state.size - index * WIDTH)
        path, tile = entries_path(index, width), tile_path(0, index, width)
        try:
            entries = parse_bundle(state.files.read(path))
            hashes = state.files.read(tile)
        except (ProofError, MalformedLedgerError) as error:
            yield Discrepancy(path, error.text if isinstance(error, ProofError) else error.problem)
            return False
        if len(entries) != width or len(hashes) != HASH_SIZE * width:
            yield Discrepancy(path if len(entries) != width else tile, _length(width))
            return False
        for number in tree.take(index, entries, hashes):
            yield Discrepancy(_entry_name(number, entries[number % WIDTH], path), _not_hashed(tile))
        for number, source in enumerate(entries, start=index * WIDTH):
            complaint = contents.expect(number, source)
            if complaint is not None:
                yield Discrepancy(_entry_name(number, source, path), complaint)
                is_whole = False
    for path, tile_bytes in tree.higher_tiles():
        if state.files.find(path) != tile_bytes:
            yield Discrepancy(path, _not_below())
    if state.checkpoint is not None and not hmac.compare_digest(tree.root, state.checkpoint.root):
        yield Discrepancy(CHECKPOINT, _other_root(state.size))
    return is_whole


def _heads(
    place: LedgerLocation, state: LedgerState, verification: Verification, tip: str | None
) -> Iterator[Discrepancy]:
    """Yield kept checkpoints that are not a beginning of the ledger (threat L1)."""
    if state.checkpoint is None:
        return
    where = head_path(state.checkpoint.origin)
    try:
        require_origin(place, state)
        verification.unsigned_count = count_unsigned(place.repository, tip, where)
        for checkpoint in kept_heads(place, state.checkpoint.origin, tip):
            verification.kept += 1
            require_beginning(state, checkpoint, f"{place.settings.heads_branch}:{where}")
    except MalformedLedgerError as error:
        yield Discrepancy(where, error.problem)


def _history(
    place: LedgerLocation, state: LedgerState, verification: Verification, progress: Progress | None
) -> Iterator[Discrepancy]:
    chain = {
        bytes.fromhex(step.commit): number
        for number, step in enumerate(listing(place.repository, place.head))
    }

    def position_of(commit: str) -> int | None:
        return chain.get(bytes.fromhex(commit))

    verification.voids = voids_in(state)
    yield from complaints_of_voids(state, verification.voids, position_of)
    left_out = numbers_of(verification.voids)

    def entries() -> Iterator[NumberedEntry]:
        for number, entry in enumerate(all_entries(state)):
            if progress is not None:
                progress(number + 1, state.size)
            if number not in left_out:
                yield NumberedEntry(number, entry)

    location = replace(place, branch=branch_to_state(place, state))
    expected_landings = landings(
        location,
        since(place, None),
        (None, None),
        state.files.record,
        PacksOverTime(state.files, state.last_commit),
        replay=verification.replayed,
    )
    yield from compare_landing(entries(), expected_landings, position_of, verification.pending)


def _entry_name(number: int, source: bytes, path: str) -> str:
    try:
        entry = entry_of(source)
    except EntryError:
        return f"entry {number} in {path}"
    return f"entry {number} ({entry.name}, {entry.event}, {entry.commit[:12]}) in {path}"


def _not_hashed(tile: str) -> Text:
    return Text(
        f"its bytes are not those that {tile} has the hash of: one of the two was changed",
        f"其内容与 {tile} 中的哈希不符：两者之一被改动",
    )


def _not_below() -> Text:
    return Text("it does not hold the hashes of what is below it", "其中的哈希与下层内容不符")


def _other_root(size: int) -> Text:
    return Text(f"its root is not that of the {size} entries", f"其根哈希与 {size} 条记录不符")


def _length(width: int) -> Text:
    return Text(f"it does not hold exactly {width}", f"其中不是恰好 {width} 项")

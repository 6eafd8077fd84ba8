"""Append what has landed since the last entry: recorded once, no matter who else is writing.

Nothing is remembered between runs but the ledger itself: what is missing is found again from
history. So a run that was killed, or lost a race, has lost nothing (threat L2).
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.hosts.git.commit_graph import keep_commit_graph
from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.hosts.shipped_files import ShippedRules
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord, record_path
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.ledger.tiles import grow
from launchpolicy.ledger.voids import EVENT, last_standing_number
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime, files_for
from launchpolicy.operations.ledger.branch.passed_mark import recall_passed, remember_passed
from launchpolicy.operations.ledger.branch.recorded_branch import (
    require_recorded_branch,
    require_same_history,
)
from launchpolicy.operations.ledger.branch.recorded_voids import (
    latest_void_commits,
    with_kept_entries,
)
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState
from launchpolicy.operations.ledger.copies.kept_checkpoint import (
    keep_head,
    origin_after,
    require_growth,
)
from launchpolicy.operations.ledger.derivation.group_landings import Records
from launchpolicy.operations.ledger.growth.notice import notice
from launchpolicy.operations.ledger.growth.save_batches import BatchSaver, LostRaceError, batches
from launchpolicy.operations.ledger.growth.signing_begins import read_state_to_sign, sign_again
from launchpolicy.operations.ledger.history.future_landings import record_future_landings
from launchpolicy.operations.ledger.history.landings import derive_new, since
from launchpolicy.operations.ledger.sources.recorders import NewRecords, Recorder
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)
from launchpolicy.requests.configuration import SIGNED

_TRIES, _LONGEST_PAUSE = 20, 2.0
_AT_ONCE = 512
_LONG = 1_000
"""Of a ledger with so many entries, walks of git over the whole history are avoided."""

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AppendResult:
    """The result of a run: how many entries, the latest of them, the ledger as it is now.

    `noticed` is what was not as it should be in the ledger before; None where there was none.
    """

    count: int
    latest: tuple[Entry, ...]
    state: LedgerState
    noticed: Verification | None = None


@dataclass(frozen=True, slots=True)
class AppendOptions:
    """How to write: with which key, at what time, and who is asked about new landings.

    `records` and `timeline` are those of another ledger of the same history, where it is built
    again; `kept_entries` are its entries by number that no history gives again. `progress` is given
    how many entries have been made, now and then. After every `batch` entries, at the end of a
    landing, the ledger is given to `save`.
    """

    signer: Signer | None
    now: Callable[[], datetime]
    recorder: Recorder | None = None
    records: Records | None = None
    timeline: PacksOverTime | None = None
    progress: Callable[[int], None] | None = None
    kept_entries: Mapping[int, Entry] = field(default_factory=dict)
    batch: int = _AT_ONCE
    save: Callable[[LedgerState], None] | None = None


def append(place: LedgerLocation, writing: AppendOptions) -> AppendResult:
    """Append what is missing; append nothing where nothing is.

    Raises:
        MalformedLedgerError: the ledger is damaged, or is of another history.
        UndecidedError: others were always faster, or git fails.
    """
    require_signer(place, writing.signer)
    saved = 0
    for races in range(_TRIES):
        heads = place.heads_tip()
        tip = place.tip()
        state = read_state_to_sign(place, tip, heads)
        require_growth(place, heads, state)
        if state.size >= _LONG:
            recall_passed(place, state.entry(0).commit)
        location = replace(place, branch=require_recorded_branch(place, state))
        saver = BatchSaver(place, heads, state, writing.now)
        try:
            grown, latest = _grow_and_save(location, state, writing, saver)
        except LostRaceError:
            saved += saver.count
        else:
            noticed = notice(place, heads, state, grown)
            if saver.count == 0:
                keep_head(place, grown, writing.now())
            elif state.size >= _LONG:
                remember_passed(place, state.entry(0).commit)
            return AppendResult(saved + saver.count, latest, grown, noticed)
        time.sleep(secrets.randbelow(1000) / 1000 * min(_LONGEST_PAUSE, 0.05 * 2**races))
    raise problems.too_many_races(place.settings.branch, _TRIES)


def _grow_and_save(
    place: LedgerLocation, state: LedgerState, writing: AppendOptions, saver: BatchSaver
) -> tuple[LedgerState, tuple[Entry, ...]]:
    """Return the saved ledger with all that is missing, signed, and the last of what was missing.

    Raises:
        LostRaceError: another run was faster.
    """
    if state.size >= _LONG and place.configuration.approvals == SIGNED:
        keep_commit_graph(place.repository, place.head)
    grown, count, latest = grow_by_history(place, state, replace(writing, save=saver.save))
    if count == 0 and writing.signer is not None:
        grown = sign_again(place, state, writing.signer, writing.now())
        if grown.files.commit != state.files.commit:
            saver.save(grown)
    return grown, latest


def require_signer(place: LedgerLocation, signer: Signer | None) -> None:
    """Require the key that the configuration names, if it names one.

    Raises:
        UsageError: no key is given, or another one.
    """
    if place.verifiers and signer is None:
        raise problems.key_needed(place.settings.branch)
    if signer is not None and place.verifiers[:1] not in {(), (signer.verifier,)}:
        raise problems.another_key(place.settings.branch)


def grow_by_history(
    place: LedgerLocation, state: LedgerState, writing: AppendOptions
) -> tuple[LedgerState, int, tuple[Entry, ...]]:
    """Return the ledger with all that is missing, how much that was, and the last of it."""
    after = state.last_commit
    if after == place.head:
        return state, 0, ()
    require_same_history(place, state)
    new = since(place, after)
    asked, new = _ask(writing.recorder, new)

    def records(commit: str) -> LandingRecord | MemberRecord | None:
        kept = state.files.record(commit)
        if kept is None and writing.records is not None:
            kept = writing.records(commit)
            if kept is not None:
                asked[commit] = kept
        return kept if kept is not None else asked.get(commit)

    for commit in _commits_of(writing.kept_entries):
        records(commit)
    count, latest, grown = 0, deque[Entry](maxlen=_SHOWN), state
    timeline = writing.timeline or PacksOverTime(state.files, after, is_past=True)
    if writing.timeline is None:
        new = record_future_landings(new, asked, writing.now())
    latest_time = _latest_time(state)
    derived_entries = derive_new(place, new, (after, latest_time), records, timeline)
    waiting = with_kept_entries(derived_entries, writing.kept_entries, state.size)
    void_commits = latest_void_commits(place, state)
    void_commits |= {
        entry.commit for entry in writing.kept_entries.values() if entry.event != EVENT
    }
    pairs = ((entry, timeline.now) for entry in waiting)
    for batch in batches(pairs, writing.batch, lambda pair: pair[0].commit):
        entries = [entry for entry, _ in batch]
        used = _packs_used(batch, writing.kept_entries, timeline) if place.fixed is None else {}
        packs = files_for(grown.files, used, void_commits)
        beside = {**_record_files(grown, asked, entries), **packs}
        grown = commit_entries(place, grown, entries, beside, writing)
        count += len(entries)
        if writing.save is not None:
            writing.save(grown)
        if writing.progress is not None:
            writing.progress(count)
        latest.extend(entries)
    return grown, count, tuple(latest)


def _ask(
    recorder: Recorder | None, new: Iterator[HistoryStep]
) -> tuple[dict[str, LandingRecord | MemberRecord], Iterator[HistoryStep]]:
    """Return what a recorder says of new steps, and the steps."""
    if recorder is None:
        return {}, new
    listed = list(new)
    return (dict(recorder(listed)) if listed else {}), iter(listed)


def _commits_of(kept: Mapping[int, Entry]) -> Iterator[str]:
    """Yield the commits that kept entries are about, of which something may be recorded."""
    for entry in kept.values():
        yield from (entry.commit, *entry.commits)


def _packs_used(
    batch: Sequence[tuple[Entry, ShippedRules]], kept: Mapping[int, Entry], timeline: PacksOverTime
) -> dict[str, ShippedRules]:
    """Return which packs are used from which commit on; of kept entries, as was recorded."""
    again = {id(entry) for entry in kept.values()}
    used = {}
    for entry, packs in batch:
        packs_then = timeline.recorded_at(entry.commit) if id(entry) in again else packs
        if packs_then is not None:
            used[entry.commit] = packs_then
    return used


def _latest_time(state: LedgerState) -> datetime | None:
    """Return when the last landing landed that is entered and not void."""
    number = last_standing_number(state.size, state.entry)
    return instant(state.entry(number).at) if number is not None else None


def _record_files(
    state: LedgerState, asked: NewRecords, entries: Sequence[Entry]
) -> dict[str, bytes]:
    """Return the files of the records that entries rest on, if they are not there yet."""
    commits = {entry.commit for entry in entries if entry.record}
    files = {}
    for commit, record in asked.items():
        last = record.landed_with if isinstance(record, MemberRecord) else commit
        path = record_path(commit)
        if last in commits and state.files.find(path) is None:
            files[path] = record.source
    return files


def commit_entries(
    place: LedgerLocation,
    state: LedgerState,
    entries: Sequence[Entry],
    records: Mapping[str, bytes],
    writing: AppendOptions,
) -> LedgerState:
    """Return the ledger with further entries, in a commit that nothing refers to yet."""
    try:
        growth = grow(state.size, state.files.read, [entry.source for entry in entries])
    except ProofError as error:
        raise problems.damaged_ledger("tile", error.text) from error
    checkpoint = Checkpoint(origin_of(place, state, entries[0]), growth.size, growth.root)
    note = sign(checkpoint.text, writing.signer)
    files = {**growth.files, **records, CHECKPOINT: note.source.encode()}
    # With a number of its own: of two runs in one second with one result, only one has won.
    run = secrets.token_hex(8)
    message = f"ledger: {growth.size} entries, up to {entries[-1].commit}\n\nRun: {run}\n"
    parent = state.files.commit
    commit = commit_files(place.repository, parent, files, growth.gone, message, writing.now())
    return LedgerState(LedgerFiles(place.repository, commit), note, checkpoint)


def origin_of(place: LedgerLocation, state: LedgerState, first: Entry) -> str:
    """Return the ledger's name: as always, as configured, or after its first entry."""
    if state.checkpoint is not None:
        return state.checkpoint.origin
    return place.settings.origin or origin_after(first.commit)

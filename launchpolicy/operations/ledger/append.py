"""Append what has landed since the last entry: recorded once, no matter who else is writing.

Nothing is remembered between runs but the ledger itself: what is missing is found anew from
history. So a run that was killed, or lost a race, has lost nothing (threat L2).
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.hosts.git.first_parent_history import HistoryStep, steps
from launchpolicy.hosts.git.merged_commits import MergedCommits
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.comparison import ExpectedEntries, Key, LandingFromHistory, keys_of
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord, record_path
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.ledger.tiles import grow
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch_files import LedgerFiles
from launchpolicy.operations.ledger.derive_entries import Deriver
from launchpolicy.operations.ledger.future_landings import record_future_landings
from launchpolicy.operations.ledger.group_landings import Records, group_landings
from launchpolicy.operations.ledger.kept_checkpoint import (
    keep_head,
    origin_after,
    require_growth,
)
from launchpolicy.operations.ledger.location import LedgerLocation
from launchpolicy.operations.ledger.notice import notice
from launchpolicy.operations.ledger.packs_over_time import PacksOverTime, files_for
from launchpolicy.operations.ledger.pushed_together import PushedTogether
from launchpolicy.operations.ledger.rules_over_time import RulesOverTime
from launchpolicy.operations.ledger.save_batches import BatchSaver, LostRaceError, batches
from launchpolicy.operations.ledger.state import CHECKPOINT, LedgerState, read_state
from launchpolicy.operations.ledger.verification import Verification
from launchpolicy.operations.rules import load_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.snapshot import Snapshot

_TRIES, _LONGEST_PAUSE = 20, 2.0
_AT_ONCE = 512
_SHOWN = 20
_MOST_EARLIER = 500

LastEntered = tuple[str | None, datetime | None]
"""The commit of the ledger's last entry, and when it landed; None twice where there is none."""

NewRecords = Mapping[str, LandingRecord | MemberRecord]
Recorder = Callable[[list[HistoryStep]], NewRecords]
"""Asks about landings that nothing is recorded of yet; gives what is to be recorded."""


@dataclass(frozen=True, slots=True)
class AppendResult:
    """The result of a run: how many entries, the latest of them, the ledger as it is now.

    `races` is how often someone else was faster. `noticed` is what was not as it should be in the
    ledger before; None where there was none.
    """

    count: int
    latest: tuple[Entry, ...]
    state: LedgerState
    races: int = 0
    noticed: Verification | None = None


@dataclass(frozen=True, slots=True)
class AppendOptions:
    """How to write: with which key, at what time, and who is asked about new landings.

    `records` and `timeline` are those of another ledger of the same history, where it is built
    anew. `progress` is told how many entries have been made, now and then. After every `batch`
    entries, at the end of a landing, the ledger is given to `save`.
    """

    signer: Signer | None
    now: Callable[[], datetime]
    recorder: Recorder | None = None
    records: Records | None = None
    timeline: PacksOverTime | None = None
    progress: Callable[[int], None] | None = None
    batch: int = _AT_ONCE
    save: Callable[[LedgerState], None] | None = None


def append(place: LedgerLocation, writing: AppendOptions) -> AppendResult:
    """Append what is missing; append nothing where nothing is.

    Raises:
        MalformedLedgerError: the ledger is damaged, or is of another history.
        UndecidedError: others were always faster, or git fails.
    """
    if place.verifiers and writing.signer is None:
        raise problems.key_needed(place.settings.branch)
    if writing.signer is not None and place.verifiers[:1] not in {(), (writing.signer.verifier,)}:
        raise problems.another_key(place.settings.branch)
    saved = 0
    for races in range(_TRIES):
        heads = place.heads_tip()
        tip = place.tip()
        state = read_state(LedgerFiles(place.repository, tip), place.verifiers)
        require_growth(place, heads, state)
        saver = BatchSaver(place, heads, state, writing.now)
        try:
            grown, _, latest = grow_by_history(place, state, replace(writing, save=saver.save))
        except LostRaceError:
            saved += saver.count
        else:
            noticed = notice(place, heads, state, grown)
            if saver.count == 0:
                keep_head(place, grown, writing.now())
            return AppendResult(saved + saver.count, latest, grown, races, noticed)
        time.sleep(secrets.randbelow(1000) / 1000 * min(_LONGEST_PAUSE, 0.05 * 2**races))
    raise problems.too_many_races(place.settings.branch, _TRIES)


def grow_by_history(
    place: LedgerLocation, state: LedgerState, writing: AppendOptions
) -> tuple[LedgerState, int, tuple[Entry, ...]]:
    """Return the ledger with all that is missing, how much that was, and the last of it."""
    after = state.last_commit
    if after == place.head:
        return state, 0, ()
    new = since(place, after)
    asked: dict[str, LandingRecord | MemberRecord] = {}
    if writing.recorder is not None:
        listed = list(new)
        asked = dict(writing.recorder(listed)) if listed else {}
        new = iter(listed)

    def records(commit: str) -> LandingRecord | MemberRecord | None:
        kept = state.files.record(commit)
        if kept is None and writing.records is not None:
            kept = writing.records(commit)
            if kept is not None:
                asked[commit] = kept
        return kept if kept is not None else asked.get(commit)

    count, latest, grown = 0, deque[Entry](maxlen=_SHOWN), state
    timeline = writing.timeline or PacksOverTime()
    if writing.timeline is None:
        new = record_future_landings(new, asked, writing.now())
    latest_time = instant(state.entry(state.size - 1).at) if state.size else None
    waiting = derive_new(place, new, (after, latest_time), records, timeline)
    pairs = ((entry, timeline.now) for entry in waiting)
    for batch in batches(pairs, writing.batch, lambda pair: pair[0].commit):
        entries = [entry for entry, _ in batch]
        used = {entry.commit: packs for entry, packs in batch} if place.fixed is None else {}
        beside = {**_record_files(grown, asked, entries), **files_for(grown.files, used)}
        grown = _commit_entries(place, grown, entries, beside, writing)
        count += len(entries)
        if writing.save is not None:
            writing.save(grown)
        if writing.progress is not None:
            writing.progress(count)
        latest.extend(entries)
    return grown, count, tuple(latest)


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


def derive_new(
    place: LedgerLocation,
    new: Iterable[HistoryStep],
    last: LastEntered,
    records: Records,
    timeline: PacksOverTime,
) -> Iterator[Entry]:
    """Yield the entries of steps of the history, the first of which follows `last`."""
    for landing in landings(place, new, last, records, timeline):
        yield from landing.entries or ()


def landings(
    place: LedgerLocation,
    new: Iterable[HistoryStep],
    last: LastEntered,
    records: Records,
    timeline: PacksOverTime,
    *,
    replay: bool = True,
) -> Iterator[LandingFromHistory]:
    """Yield the landings among steps of the history that must be recorded.

    `timeline` says by which shipped packs. Without `replay` they are not judged, and so have no
    entries, only outlines.
    """
    after, latest = last

    def load(snapshot: Snapshot) -> PackSet:
        return load_rules(snapshot, timeline.now)

    deriver = Deriver(
        place.repository,
        place.prefix,
        RulesOverTime(load, place.fixed, lambda: _earlier(place, after)),
        follows=after is None and replay,
        is_adopted=after is not None,
        latest=latest,
    )
    merged_commits = MergedCommits(place.repository, place.head, after)
    pushes = PushedTogether(timeline, deriver.approvals_at)
    for group in group_landings(new, merged_commits, records, pushes.are_together):
        commit = group.last.listed.commit
        if timeline.reach(commit):
            deriver.rules.forget()
        entries = tuple(deriver.entries(group)) if replay else None
        if entries is None:
            keys = deriver.outline(group)
        else:
            keys = frozenset[Key]().union(*map(keys_of, entries))
        if keys:
            yield LandingFromHistory(ExpectedEntries(commit, keys), entries)
        if timeline.go_past(commit):
            deriver.rules.forget()


def since(place: LedgerLocation, after: str | None) -> Iterator[HistoryStep]:
    """Yield the steps after a commit, which must be on the first-parent history of the head."""
    history = steps(place.repository, place.head, after)
    first = next(history, None)
    if first is None:
        if after is not None and not _is_older(place.repository, place.head, after):
            raise problems.rewritten_history(after, place.head)
        return
    if after is not None and first.listed.parent != after:
        raise problems.rewritten_history(after, place.head)
    yield first
    yield from history


def _is_older(repository: Repository, commit: str, than: str) -> bool:
    """Return whether the ledger has passed a commit already: a run that came late."""
    chain = repository.git.demand("rev-list", "--first-parent", than, f"^{commit}^@", "--")
    return commit in chain.decode("ascii", "replace").split()


def _earlier(place: LedgerLocation, after: str | None) -> Iterator[Snapshot]:
    """Yield the branch as it was before, newest first."""
    if after is None:
        return
    most = f"--max-count={_MOST_EARLIER}"
    output = place.repository.git.demand("rev-list", "--first-parent", most, after, "--")
    for commit in output.decode("ascii", "replace").split():
        yield below(CommitSnapshot(place.repository, commit), place.prefix)


def _commit_entries(
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

"""Keep the last checkpoint outside the ledger's own branch (threat L1).

A branch of its own, here or in a second repository, that holds checkpoints, each in a commit of its
own, and copies of the records. An attacker who cuts off or rewrites the ledger has to rewrite that,
too.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import Checkpoint, Note
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.copies.kept_records import copies_to_keep
from launchpolicy.operations.ledger.problems import MalformedLedgerError

_TRIES = 20


def keep_head(place: LedgerLocation, state: LedgerState, now: datetime) -> None:
    """Keep the state's checkpoint and records, unless the same or later ones are kept already.

    Raises:
        MalformedLedgerError: what is kept cannot be of this ledger.
        UndecidedError: the other repository cannot be reached.
    """
    if state.checkpoint is None or state.note is None:
        return
    path = head_path(state.checkpoint.origin)
    for _ in range(_TRIES):
        tip = place.heads_tip()
        kept = LedgerFiles(place.repository, tip)
        last = _last_kept(place, tip, path)
        if last is not None and last[1].size > state.size:
            return
        files = copies_to_keep(place, state, kept)
        is_last = last is not None and kept.find(path) == last[0].source.encode()
        if last is None or not is_last or not _is_kept(last, state):
            files[path] = state.note.source.encode()
        if not files:
            return
        message = f"{state.checkpoint.origin}: {state.size} entries\n"
        commit = commit_files(place.repository, tip, files, (), message, now)
        if place.advance_heads(tip, commit):
            return
    raise problems.too_many_races(place.settings.heads_branch, _TRIES)


def _is_kept(last: tuple[Note, Checkpoint], state: LedgerState) -> bool:
    """Return whether what is kept is as late as the state, and as signed as it is."""
    note, checkpoint = last
    is_signed = state.note is not None and state.note.is_signed
    return checkpoint == state.checkpoint and (note.is_signed or not is_signed)


def require_growth(place: LedgerLocation, heads_tip: str | None, state: LedgerState) -> None:
    """Require that the ledger still holds what its last kept checkpoint says.

    `heads_tip` must have been read before the state was: the ledger may only have grown since. Of a
    ledger that was unsigned when it was kept, anybody's checkpoint accuses.

    Raises:
        MalformedLedgerError: it was cut off, rewritten, or calls itself otherwise.
    """
    require_origin(place, state)
    if heads_tip is None:
        return
    files = LedgerFiles(place.repository, heads_tip)
    if state.checkpoint is None:
        lost_path = next((entry.path for entry in files.all() if _is_ours(place, entry.path)), None)
        if lost_path is not None:
            _demand_none(files, lost_path)
        return
    path = head_path(state.checkpoint.origin)
    last = _last_kept(place, heads_tip, path)
    if last is not None:
        require_beginning(state, last[1], path)


def require_unknown_origin(place: LedgerLocation, heads_tip: str | None, origin: str) -> None:
    """Require that nothing is kept of a ledger that is about to begin.

    Raises:
        MalformedLedgerError: it was there before, and is gone.
    """
    _demand_none(LedgerFiles(place.repository, heads_tip), head_path(origin))


def _demand_none(files: LedgerFiles, path: str) -> None:
    last = _read_kept(files, path)
    if last is not None:
        raise problems.cut_off(last.size, 0, path)


def require_origin(place: LedgerLocation, state: LedgerState) -> None:
    """Require the right name of a ledger: under another name nothing is kept of it.

    Raises:
        MalformedLedgerError: it is not.
    """
    if state.checkpoint is None or state.size == 0:
        return
    first = origin_after(state.entry(0).commit)
    right_origin = place.settings.origin or first
    if state.checkpoint.origin not in {right_origin, first}:
        raise problems.other_origin(state.checkpoint.origin, right_origin)


def origin_after(commit: str) -> str:
    """Return the name of a ledger after the commit of its first entry."""
    return f"launch-ledger/{commit[:16]}"


def require_beginning(state: LedgerState, kept: Checkpoint, where: str) -> None:
    """Require that a kept checkpoint is the beginning of the ledger.

    Raises:
        MalformedLedgerError: it is not.
    """
    if kept.size > state.size:
        raise problems.cut_off(kept.size, state.size, where)
    if kept.size and not hmac.compare_digest(state.root_at(kept.size), kept.root):
        raise problems.forked_ledger(kept.size, where)


def _is_ours(place: LedgerLocation, path: str) -> bool:
    """Return whether a kept checkpoint may be of the ledger that is now gone.

    A second repository may keep those of many ledgers, all called after a commit.
    """
    origin = place.settings.origin
    if origin:
        return path == head_path(origin)
    is_checkpoint = path.startswith("launch-ledger/") and path.endswith(f"/{CHECKPOINT}")
    return not place.settings.heads_remote and is_checkpoint


def kept_heads(
    place: LedgerLocation, origin: str, tip: str | None
) -> Iterator[tuple[str, Checkpoint]]:
    """Yield every checkpoint kept of a ledger up to a commit of their branch, newest first.

    Each comes with the commit that keeps it.

    Raises:
        MalformedLedgerError: one of them is not right.
    """
    path = head_path(origin)
    for commit, source in _accusers(place, path, tip):
        yield commit, read_checkpoint(source, (), f"{path} at {commit[:12]}")[1]


def strange_count(place: LedgerLocation, origin: str, tip: str | None) -> int:
    """Return in how many commits a checkpoint is kept that nobody signed who had to."""
    path = head_path(origin)
    believed = {commit for commit, _ in _accusers(place, path, tip)}
    return sum(commit not in believed for commit, _ in _sources(place, path, tip))


def _last_kept(place: LedgerLocation, tip: str | None, path: str) -> tuple[Note, Checkpoint] | None:
    """Return the last checkpoint that is kept at a path; None where none is at the tip.

    Raises:
        MalformedLedgerError: it is none.
    """
    if LedgerFiles(place.repository, tip).find(path) is None:
        return None
    last = next(_accusers(place, path, tip), None)
    return read_checkpoint(last[1], (), path) if last is not None else None


def _accusers(place: LedgerLocation, path: str, tip: str | None) -> Iterator[tuple[str, bytes]]:
    """Yield what is kept that can accuse, newest first, each with its commit.

    Anyone who may write that branch could stop every append by a false checkpoint. One that is
    kept later than a checkpoint that a known key has signed must be signed by a known key as well.
    Those that were kept before, or of a ledger that is not signed, can only accuse.
    """
    strange: list[tuple[str, bytes]] = []
    for commit, source in _sources(place, path, tip):
        if place.verifiers and not is_signed_here(place, source):
            strange.append((commit, source))
            continue
        strange.clear()
        yield commit, source
    yield from strange


def _sources(place: LedgerLocation, path: str, tip: str | None) -> Iterator[tuple[str, bytes]]:
    for commit in _chain(place.repository, tip):
        source = LedgerFiles(place.repository, commit).find(path)
        if source is not None:
            yield commit, source


def is_signed_here(place: LedgerLocation, source: bytes) -> bool:
    """Return whether a known key signed what is kept; without a key it need not be."""
    try:
        read_checkpoint(source, place.verifiers, "")
    except MalformedLedgerError:
        return False
    return True


def head_path(origin: str) -> str:
    """Return where the checkpoint of a ledger of this name is kept."""
    return f"{origin}/{CHECKPOINT}"


def _read_kept(files: LedgerFiles, path: str, where: str = "") -> Checkpoint | None:
    """Return the checkpoint at a path, which errors call `where`; None if none is there."""
    source = files.find(path)
    return read_checkpoint(source, (), where or path)[1] if source is not None else None


def _chain(repository: Repository, tip: str | None) -> Iterator[str]:
    """Yield the commits of the branch of kept checkpoints, newest first.

    Each append adds one, and mostly only the newest is asked for: git lists the others on demand.
    """
    if tip is None:
        return
    yield tip
    output = repository.git.demand("rev-list", "--first-parent", "--skip=1", tip, "--")
    yield from output.decode("ascii", "replace").split()

"""The last checkpoint, kept outside the ledger's own branch (threat L1).

A branch of its own, here or in a second repository, that holds nothing but checkpoints, each in a
commit of its own. Whoever cuts off or rewrites the ledger would have to rewrite that as well.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.hosts.ledger import problems
from launchpolicy.hosts.ledger.files import LedgerFiles
from launchpolicy.hosts.ledger.place import Place
from launchpolicy.hosts.ledger.state import CHECKPOINT, State, read_checkpoint
from launchpolicy.ledger.checkpoint import Checkpoint

_TRIES = 20


def keep_head(place: Place, state: State, now: datetime) -> None:
    """Keeps the state's checkpoint, unless the same or a later one is kept already.

    Raises:
        MalformedLedgerError: what is kept cannot be of this ledger.
        UndecidedError: the other repository cannot be reached.
    """
    if state.checkpoint is None or state.note is None:
        return
    path = head_path(state.checkpoint.origin)
    for _ in range(_TRIES):
        tip = place.heads_tip()
        source = LedgerFiles(place.repository, tip).find(path)
        if source is not None:
            _, kept = read_checkpoint(source, place.verifiers, path)
            if kept.size > state.size or kept == state.checkpoint:
                return
        message = f"{state.checkpoint.origin}: {state.size} entries\n"
        files = {path: state.note.source.encode()}
        commit = commit_files(place.repository, tip, files, (), message, now)
        if place.advance_heads(tip, commit):
            return
    raise problems.too_many_races(place.settings.heads_branch, _TRIES)


def demand_grown(place: Place, heads_tip: str | None, state: State) -> None:
    """Sees that the ledger still holds what its last kept checkpoint says.

    `heads_tip` must have been read before the state was: the ledger may only have grown since.

    Raises:
        MalformedLedgerError: it was cut off, or rewritten.
    """
    if heads_tip is None:
        return
    files = LedgerFiles(place.repository, heads_tip)
    if state.checkpoint is None:
        lost = next((entry.path for entry in files.all() if _is_ours(place, entry.path)), None)
        if lost is not None:
            raise problems.cut_off(read_checkpoint(files.read(lost), (), lost)[1].size, 0, lost)
        return
    path = head_path(state.checkpoint.origin)
    source = files.find(path)
    if source is not None:
        demand_beginning(state, read_checkpoint(source, place.verifiers, path)[1], path)


def demand_beginning(state: State, kept: Checkpoint, where: str) -> None:
    """Sees that a kept checkpoint is the beginning of the ledger.

    Raises:
        MalformedLedgerError: it is not.
    """
    if kept.size > state.size:
        raise problems.cut_off(kept.size, state.size, where)
    if kept.size and not hmac.compare_digest(state.root_at(kept.size), kept.root):
        raise problems.forked(kept.size, where)


def _is_ours(place: Place, path: str) -> bool:
    """Whether a kept checkpoint is of the ledger that is now gone, as far as one can tell."""
    origin = place.settings.origin
    return path == head_path(origin) if origin else path.startswith("launch-ledger/")


def kept_heads(place: Place, origin: str) -> Iterator[Checkpoint]:
    """Every checkpoint that was kept of a ledger, newest first.

    Raises:
        MalformedLedgerError: one of them is not right.
    """
    tip = place.heads_tip()
    path = head_path(origin)
    for commit in _chain(place.repository, tip):
        source = LedgerFiles(place.repository, commit).find(path)
        if source is not None:
            yield read_checkpoint(source, place.verifiers, f"{path} at {commit[:12]}")[1]


def head_path(origin: str) -> str:
    """Where the checkpoint of a ledger of this name is kept."""
    return f"{origin}/{CHECKPOINT}"


def _chain(repository: Repository, tip: str | None) -> list[str]:
    if tip is None:
        return []
    listed = repository.git.demand("rev-list", "--first-parent", tip, "--")
    return listed.decode("ascii", "replace").split()

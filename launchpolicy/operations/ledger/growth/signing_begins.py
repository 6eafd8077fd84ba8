"""Begin to sign a ledger that was not signed before, without believing one that was stripped.

With the first signature the key vouches for all that came before it. So an unsigned ledger is
signed only if nothing was ever signed of it, no key was configured when its last entry landed, and
every landing is judged again to the same entries.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.signing import Signer, sign
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.signatures import notes_along
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_state
from launchpolicy.operations.ledger.copies.kept_checkpoint import head_path
from launchpolicy.operations.ledger.verification.verify import verify
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError


def read_state_to_sign(place: LedgerLocation, tip: str | None, heads: str | None) -> LedgerState:
    """Return the state of a ledger that is about to be signed; it may be unsigned until now.

    `tip` and `heads` are the commits of its branch and of that of kept checkpoints.

    Raises:
        MalformedLedgerError: it is damaged, was signed once and is not now, or does not verify.
    """
    files = LedgerFiles(place.repository, tip)
    try:
        return read_state(files, place.verifiers)
    except problems.UnsignedLedgerError:
        state = read_state(files, ())
    _require_never_signed(place, state, (tip, heads))
    _require_no_key_then(place, state)
    result = verify(replace(place, verifiers=()))
    if result.complaints:
        raise problems.cannot_be_signed(*result.complaints[0])
    return state


def sign_again(
    place: LedgerLocation, state: LedgerState, signer: Signer, now: datetime
) -> LedgerState:
    """Return the same ledger with its checkpoint signed, in a commit that nothing refers to yet."""
    if state.checkpoint is None or state.note is None or state.note.is_signed:
        return state
    note = sign(state.checkpoint.text, signer)
    message = f"ledger: sign {state.size} entries\n"
    files = {CHECKPOINT: note.source.encode()}
    commit = commit_files(place.repository, state.files.commit, files, (), message, now)
    return LedgerState(LedgerFiles(place.repository, commit), note, state.checkpoint)


def _require_never_signed(
    place: LedgerLocation, state: LedgerState, tips: tuple[str | None, str | None]
) -> None:
    """Require that no commit of the ledger's branch, and nothing kept, bears a signature."""
    if state.checkpoint is None:
        return
    tip, heads = tips
    for branch, commits, path in (
        (place.settings.branch, tip, CHECKPOINT),
        (place.settings.heads_branch, heads, head_path(state.checkpoint.origin)),
    ):
        for commit, note in notes_along(place.repository, commits, path):
            if note.is_signed:
                raise problems.signature_removed(f"{path} at {commit[:12]} of {branch}")


def _require_no_key_then(place: LedgerLocation, state: LedgerState) -> None:
    """Require that no key was configured where the last entry landed: it would have been signed."""
    commit = state.last_commit
    if commit is None or place.fixed is not None:
        return
    try:
        snapshot = below(CommitSnapshot(place.repository, commit), place.prefix)
        key = load_configuration(snapshot)[1].ledger.key
    except UndecidedError:
        raise
    except LaunchpolicyError:
        return
    if key:
        raise problems.signature_removed(f"ledger.key at {commit[:12]}")

"""Which keys signed a checkpoint, and what is wrong where none did that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from launchpolicy.hosts.git.branch_tips import first_parent_commits
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.checkpoint import Note, parse_checkpoint, parse_note
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.signing import Verifier, verify
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles


def require_signature(note: Note, verifiers: Sequence[Verifier], where: str) -> None:
    """Require that a known key signed a note, where keys are known; `where` names the note.

    Raises:
        UnsignedLedgerError: nobody has signed it.
        MalformedLedgerError: only strangers have, or a signature of a known key is bad.
    """
    if not verifiers:
        return
    if not note.is_signed:
        raise problems.not_signed(where)
    known = {(verifier.name, verifier.key_id) for verifier in verifiers}
    signed_by = [(signature.name, signature.key_id) for signature in note.signatures]
    if known.isdisjoint(signed_by):
        names = [f"{name}+{key_id.hex()}" for name, key_id in signed_by]
        raise problems.unknown_key(where, names)
    try:
        verify(note, verifiers)
    except ProofError as error:
        raise problems.damaged_ledger(where, error.text) from error


def notes_along(repository: Repository, tip: str | None, path: str) -> Iterator[tuple[str, Note]]:
    """Yield each commit of a branch, newest first, with the note that it has at a path.

    What is no note is left out: it was signed by nobody.
    """
    if tip is None:
        return
    for commit in first_parent_commits(repository, tip):
        source = LedgerFiles(repository, commit).find(path)
        if source is None:
            continue
        try:
            yield commit, parse_note(source.decode("utf-8"))
        except (UnicodeDecodeError, ProofError):
            continue


def count_unsigned(repository: Repository, heads: str | None, path: str) -> int:
    """Return how many entries the last checkpoint had that was kept before the first signed one.

    Of a ledger that was signed from the beginning, and of one that never was, it is 0.
    """
    latest = 0
    for _, note in reversed(list(notes_along(repository, heads, path))):
        if note.is_signed:
            return latest
        with suppress(ProofError):
            latest = parse_checkpoint(note.text).size
    return 0

"""Remember in a clone up to where its ledger was verified, so that the next time what is new is.

The mark is a setting of the clone (`git config launchpolicy.BRANCH.verified`): unlike a reference
it is never fetched, so no remote can say that something was verified here.
"""

from __future__ import annotations

from launchpolicy.hosts.git.clone_settings import read_setting, write_setting
from launchpolicy.ledger.checkpoint import Note, encode_base64, parse_checkpoint
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)


def read_mark(place: LedgerLocation) -> Note | None:
    """Return the checkpoint up to which this clone has verified its ledger; None if it has not.

    A mark that cannot be read is none: then all is verified.
    """
    words = (read_setting(place.repository, _name(place)) or "").split()
    text = "".join(f"{word}\n" for word in words)
    try:
        parse_checkpoint(text)
    except ProofError:
        return None
    return Note(text)


def remember(place: LedgerLocation, verification: Verification) -> None:
    """Write down up to where the ledger was verified, if it was judged again by its own rules.

    Raises:
        UndecidedError: git cannot write it.
    """
    checkpoint = verification.checkpoint
    is_whole = verification.is_good and verification.replayed and place.fixed is None
    if checkpoint is None or checkpoint.size == 0 or not is_whole:
        return
    words = (checkpoint.origin, str(checkpoint.size), encode_base64(checkpoint.root))
    write_setting(place.repository, _name(place), " ".join(words))


def _name(place: LedgerLocation) -> str:
    return f"launchpolicy.{place.settings.branch}.verified"

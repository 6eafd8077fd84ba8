"""Read the records of a ledger that may have lost some, with their copies to fill the gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.entry import digest_of_bytes
from launchpolicy.ledger.landing_record import record_path
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.copies.kept_records import UNTIL, kept_origin, records_folder
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip
from launchpolicy.operations.ledger.problems import MalformedLedgerError


class FilesWithCopies(LedgerFiles):
    """Reads the files of a ledger; one that is missing, or not what its entry names, as its copy.

    `digests` are of the records that entries name, by path.
    """

    __slots__ = ("_copies", "_digests")

    def __init__(
        self,
        repository: Repository,
        commit: str | None,
        copies: LedgerFiles,
        digests: Mapping[str, str],
    ) -> None:
        super().__init__(repository, commit)
        self._copies = copies
        self._digests = digests

    def find(self, path: str) -> bytes | None:
        """Return the bytes of a file, or of its copy; None where there is neither.

        Raises:
            MalformedLedgerError: it is no ordinary file, or far too large.
        """
        source = super().find(path)
        digest = self._digests.get(path)
        if source is None or (digest is not None and digest_of_bytes(source) != digest):
            copy = self._copies.find(path)
            if source is None or (copy is not None and digest_of_bytes(copy) == digest):
                return copy
        return source


def copies_of(place: LedgerLocation, present: LedgerFiles, tips: Sequence[KeptTip]) -> LedgerFiles:
    """Return the copies of a ledger's records; where none are kept, it has no files."""
    source = present.find(CHECKPOINT)
    named = read_checkpoint(source, (), CHECKPOINT)[1].origin if source is not None else None
    for tip in tips:
        kept = LedgerFiles(place.repository, tip.commit)
        origin = named or kept_origin(place, kept)
        if origin is not None and kept.find(f"{records_folder(origin)}/{UNTIL}") is not None:
            return LedgerFiles(place.repository, tip.commit, records_folder(origin))
    return LedgerFiles(place.repository, None)


def recorded_digests(present: LedgerFiles) -> dict[str, str]:
    """Return the digest of each record that an entry of the present ledger names, by its path.

    Where the entries cannot be read, none is known: `verify` says what is wrong with them.
    """
    source = present.find(CHECKPOINT)
    if source is None:
        return {}
    digests: dict[str, str] = {}
    try:
        state = LedgerState(present, *read_checkpoint(source, (), CHECKPOINT))
        for entry in entries(state):
            if entry.record:
                digests[record_path(entry.commit)] = entry.record
    except MalformedLedgerError:
        return {}
    return digests


def missing_records(files: LedgerFiles, digests: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths of records that entries name and that are nowhere as they were."""
    missing = []
    for path, digest in digests.items():
        source = files.find(path)
        if source is None or digest_of_bytes(source) != digest:
            missing.append(path)
    return tuple(missing)

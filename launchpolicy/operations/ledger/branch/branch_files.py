"""Read the files of the ledger as they are at one commit of its branch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.entry import EntryError
from launchpolicy.ledger.landing_record import (
    LandingRecord,
    MemberRecord,
    landing_record_of,
    record_path,
)
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry, read_one
from launchpolicy.vocabulary.text import Text

_LIMIT = 64 * 1024 * 1024
_KEPT = 64
_PARTIAL = b".p/"
"""What stands in the path of a file of the tree that is not full."""

Read = Callable[[str], bytes]


class LedgerFiles:
    """Reads files of one version of the ledger branch; None stands for a missing branch.

    Files of tiles and entries that were read are kept for a while: proofs ask again. With a
    `folder` it reads the files below that, as if it were the top.
    """

    __slots__ = ("_kept", "_prefix", "_repository", "_snapshot", "commit")

    def __init__(self, repository: Repository, commit: str | None, folder: str = "") -> None:
        self.commit = commit
        self._repository = repository
        self._prefix = f"{folder}/" if folder else ""
        self._snapshot: Snapshot | None = None
        if commit is not None:
            self._snapshot = below(CommitSnapshot(repository, commit), self._prefix)
        self._kept: dict[str, bytes] = {}

    def find(self, path: str) -> bytes | None:
        """Return the bytes of a file; None where there is none.

        Raises:
            MalformedLedgerError: it is no ordinary file, or far too large.
        """
        if path in self._kept:
            return self._kept[path]
        entry = self._snapshot.entry(path) if self._snapshot is not None else None
        if entry is None or self._snapshot is None:
            return None
        if entry.mode not in REGULAR_MODES:
            raise damaged_ledger(path, Text("it is no ordinary file", "它不是普通文件"))
        blob = read_one(self._snapshot, entry, _LIMIT)
        if blob.data is None:
            raise damaged_ledger(path, Text("it is too large", "文件过大"))
        if len(self._kept) >= _KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[path] = blob.data
        return blob.data

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that must be there.

        Raises:
            MalformedLedgerError: it is not.
        """
        data = self.find(path)
        if data is None:
            raise damaged_ledger(path, Text("it is missing", "文件缺失"))
        return data

    def record(self, commit: str) -> LandingRecord | MemberRecord | None:
        """Return what was recorded about a landing.

        Raises:
            MalformedLedgerError: the record is not right.
        """
        path = record_path(commit)
        source = self.find(path)
        if source is None:
            return None
        try:
            record = landing_record_of(source)
        except EntryError as error:
            raise damaged_ledger(path, error.text) from error
        if isinstance(record, LandingRecord) and record.commit != commit:
            raise damaged_ledger(path, Text("it is about another commit", "记录的是另一个提交"))
        return record

    @property
    def place(self) -> str:
        """Return what no other folder of this machine has: where the clone is, and the folder."""
        return f"{self._repository.common_dir}\0{self._prefix}"

    def has_full_files_of(self, commit: str) -> bool:
        """Return whether every full file of the tree at another commit is here, and unchanged.

        git says so, whose ids are made of the bytes; none of them is read for that.
        """
        if self.commit is None:
            return False
        trees, path = self._repository.trees, [*self._prefix.split("/")[:-1], "tile"]
        try:
            old, new = (trees.find(trees.of_commit(oid), path) for oid in (commit, self.commit))
            if old is None or new is None:
                return False
            differences = trees.compare(old.oid, new.oid)
        except UndecidedError:
            return False
        return all(
            difference.old is None or _PARTIAL in name for name, difference in differences.items()
        )

    def all(self) -> Iterator[SnapshotEntry]:
        """Yield every file, in path order."""
        yield from self._snapshot.entries() if self._snapshot is not None else ()

"""Where the two versions of requests are read from, in words that another process understands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot, IndexSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import Snapshot


class RequestSources(NamedTuple):
    """The snapshots that hold the new and the old version.

    `folder` is in the repository, `prefix` the launch repository's place in it. The new version is
    in the index or in the work tree below `folder`, the old one in the commit `old`, if any.
    """

    folder: Path
    prefix: str
    is_staged: bool
    old: str | None

    @contextmanager
    def open(self) -> Iterator[tuple[Snapshot, Snapshot | None]]:
        """Open both, to be closed by the caller.

        Raises:
            UndecidedError: git cannot read them.
        """
        if self.old is None and not self.is_staged:
            yield work_tree(self.folder), None
            return
        with open_repository(self.folder) as repository:
            old = CommitSnapshot(repository, self.old) if self.old is not None else None
            base = below(old, self.prefix) if old is not None else None
            staged = below(IndexSnapshot(repository), self.prefix) if self.is_staged else None
            yield staged or work_tree(self.folder, repository), base

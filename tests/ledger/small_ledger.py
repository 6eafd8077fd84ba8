"""Ledgers of made-up entries in a repository, for tests of how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.writing import commit_files
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.signing import sign
from launchpolicy.ledger.tiles import grow
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state

AT = datetime(2026, 11, 25, 2, tzinfo=UTC)


def ledger_of(repository: Repository, entries: Sequence[Entry]) -> LedgerState:
    """Return a new ledger with some entries."""
    return grown(repository, LedgerState(LedgerFiles(repository, None), None, None), entries)


def grown(repository: Repository, before: LedgerState, entries: Sequence[Entry]) -> LedgerState:
    """Return a ledger with some entries more, in a further commit."""
    growth = grow(before.size, before.files.read, [entry.source for entry in entries])
    checkpoint = Checkpoint("example.com/launches", growth.size, growth.root)
    files = {**growth.files, "checkpoint": sign(checkpoint.text, None).source.encode()}
    commit = commit_files(repository, before.files.commit, files, growth.gone, "grow\n", AT)
    return read_state(LedgerFiles(repository, commit), ())

"""Read the ledger of another repository for what it holds; its history is not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launchpolicy.hosts.git.repository import Repository, open_bare, open_repository
from launchpolicy.hosts.git.writing import read_reference
from launchpolicy.ledger.signing import Verifier
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.ledger.problems import no_ledger


@contextmanager
def ledger_in(path: Path, branch: str, verifiers: Sequence[Verifier]) -> Iterator[LedgerState]:
    """Yield the ledger on a branch of the repository at a path, a clone or a bare one.

    Raises:
        UsageError: there is no ledger.
        MalformedLedgerError: it is damaged, or not signed by one of the keys.
    """
    with _open(path) as repository:
        names = (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}")
        tips = (read_reference(repository, name) for name in names)
        tip = next((commit for commit in tips if commit is not None), None)
        if tip is None:
            raise no_ledger(f"{path}: {branch}")
        yield read_state(LedgerFiles(repository, tip), verifiers)


def _open(path: Path) -> Repository:
    return open_repository(path) if (path / ".git").exists() else open_bare(path)

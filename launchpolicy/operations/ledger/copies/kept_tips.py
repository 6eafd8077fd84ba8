"""Find every branch of kept checkpoints that can speak for a ledger: here, there, and fetched.

What is kept can only accuse. So all of it is read that is of the same ledger; a fork's is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from launchpolicy.hosts.git.branch_tips import fetched_branches, is_ancestor
from launchpolicy.hosts.git.writing import read_reference
from launchpolicy.operations.ledger.branch.location import LedgerLocation


class KeptTip(NamedTuple):
    """One branch of kept checkpoints: what to call it, its commit, the remote it came from.

    `remote` is "" for a branch of this clone, or of the place that was just asked.
    """

    name: str
    commit: str
    remote: str = ""


def known_tips(place: LedgerLocation) -> tuple[KeptTip, ...]:
    """Return all that could be of the ledger; read it before the ledger, which may only grow.

    Raises:
        UndecidedError: the repository of the kept checkpoints cannot be reached.
    """
    return tuple(_known_tips(place))


def _known_tips(place: LedgerLocation) -> Iterator[KeptTip]:
    branch = place.settings.heads_branch
    if place.heads_remote is not None:
        commit = place.heads_remote.fetch(place.heads_reference)
    else:
        commit = read_reference(place.repository, place.heads_reference)
    if commit is not None:
        yield KeptTip(branch, commit)
    asked = place.remote.name if place.remote is not None else ""
    for remote, fetched in fetched_branches(place.repository, branch).items():
        if not asked or remote == asked:
            yield KeptTip(f"{remote}/{branch}", fetched, remote)


def tips_for(place: LedgerLocation, tips: tuple[KeptTip, ...], ledger: str | None) -> list[KeptTip]:
    """Return the tips that are of the ledger with this commit: not those of another fork."""
    if ledger is None or place.remote is not None:
        return list(tips)
    ledgers = fetched_branches(place.repository, place.settings.branch)
    return [tip for tip in tips if _is_related(place, tip, ledgers, ledger)]


def _is_related(
    place: LedgerLocation, tip: KeptTip, ledgers: Mapping[str, str], ledger: str
) -> bool:
    """Return whether what a remote keeps is of this ledger; a fork may have gone its own way."""
    fetched = ledgers.get(tip.remote)
    if tip.remote in {"", _main_remote(ledgers)} or fetched is None:
        return True
    return is_ancestor(place.repository, fetched, ledger)


def remotes_ahead(place: LedgerLocation, ledger: str | None) -> list[str]:
    """Return the remotes whose ledger, as last fetched, goes on where the one here ends.

    Of several remotes only the first is asked, `origin` before others: a fork is not the measure.
    """
    if ledger is None or place.remote is not None:
        return []
    ledgers = fetched_branches(place.repository, place.settings.branch)
    remote = _main_remote(ledgers)
    fetched = ledgers.get(remote, ledger)
    is_ahead = fetched != ledger and is_ancestor(place.repository, ledger, fetched)
    return [remote] if is_ahead else []


def _main_remote(ledgers: Mapping[str, str]) -> str:
    return next(iter(ledgers), "")

"""Remember in a clone that the first commit of its ledger is on the branch.

To see that, git walks back to that commit, over the whole branch. That a commit is on the
first-parent history of another one never changes, so an append of a long ledger walks back only to
the head of the append before. The mark is a setting of the clone, which no remote can set.
`verify` does not use it.
"""

from __future__ import annotations

from launchpolicy.hosts.git.clone_settings import read_setting, write_setting
from launchpolicy.hosts.git.repository import is_oid
from launchpolicy.operations.ledger.branch.location import LedgerLocation


def recall_passed(place: LedgerLocation, commit: str) -> None:
    """Take it as known that the head has passed a commit, if that was found out before."""
    first, _, head = (read_setting(place.repository, _name(place)) or "").partition(" ")
    if first == commit and is_oid(head) and place.passes(head):
        place.take_as_passed(commit)


def remember_passed(place: LedgerLocation, commit: str) -> None:
    """Write down that the head has passed a commit, if it has.

    Raises:
        UndecidedError: git cannot write it.
    """
    if place.passes(commit):
        write_setting(place.repository, _name(place), f"{commit} {place.head}")


def _name(place: LedgerLocation) -> str:
    return f"launchpolicy.{place.settings.branch}.passed"

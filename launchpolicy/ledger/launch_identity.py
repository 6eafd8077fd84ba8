"""Which entries are about one launch: identified by its first entry, and not by its name.

A launch is a file, or one document of a file that holds many, from when it comes until it is gone,
wherever it is moved meanwhile. A request that comes where one is gone is another launch, also under
the same name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final, TypeVar

from launchpolicy.ledger.entry import Entry

FINAL_STAGES: Final = frozenset({"closed", "cancelled", "rolled-back"})
"""Stages at which a launch is over, so that its request may be archived: deleted."""

_Numbered = TypeVar("_Numbered", bound=tuple[int, Entry])


def group_by_launch(entries: Iterable[_Numbered]) -> list[list[_Numbered]]:
    """Return the entries about requests, launch by launch, in the order of their first entries."""
    launches: list[list[_Numbered]] = []
    present: dict[tuple[str, str, str], list[_Numbered]] = {}
    for numbered in entries:
        entry = numbered[1]
        moved = entry.renamed_from
        came_from = moved if moved is not None else entry
        launch = present.pop((entry.kind, came_from.path, came_from.document), None)
        if launch is None or _begins_anew(entry, launch[-1][1]):
            launch = []
            launches.append(launch)
        launch.append(numbered)
        if entry.became != "withdrawn":
            present[entry.kind, entry.path, entry.document] = launch
    return launches


def _begins_anew(entry: Entry, latest: Entry) -> bool:
    """Return whether a request is asked for where one had ended, and did not go on from there.

    So it is where the entry that says that the old one is gone is void.
    """
    is_new = entry.became == "approved" and not entry.stage_before
    return is_new and latest.stage in FINAL_STAGES


def lasting_id(origin: str, number: int, commit: str) -> str:
    """Return the lasting name of the launch whose first entry has this number and commit."""
    digest = hashlib.sha256(f"{origin} {number} {commit}".encode()).hexdigest()
    return f"launch-{digest[:32]}"

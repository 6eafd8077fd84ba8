"""The period of an audit as a range of entries, which two checkpoints can vouch for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class AuditScope:
    """The entries from number `first` until just before number `end`.

    `since` and `until` are what was asked for, None for the beginning and the end of the ledger;
    `until` is the first moment that does not belong to the period. `outside` are the numbers of
    entries in the range whose own time is not in the period: a range has no holes. `first_at` and
    `last_at` are the times of its first and its last entry, "" where it has none.
    """

    since: datetime | None
    until: datetime | None
    first: int
    end: int
    outside: tuple[int, ...] = ()
    first_at: str = ""
    last_at: str = ""

    @property
    def size(self) -> int:
        """Return the number of entries."""
        return self.end - self.first

    def has_number(self, number: int) -> bool:
        """Return whether the entry with this number belongs to the range."""
        return self.first <= number < self.end

    def has_moment(self, moment: datetime) -> bool:
        """Return whether a moment lies in the period that was asked for."""
        is_early = self.since is not None and moment < self.since
        return not is_early and (self.until is None or moment < self.until)


def scope_of(
    entries: Sequence[Entry], since: datetime | None, until: datetime | None
) -> AuditScope:
    """Return the smallest range that holds every entry of the period.

    In ledgers of the first edition a later entry may have an earlier time, as its committer chose
    it; so the range begins at the first entry of the period and ends with the last, and says which
    entries between them are of another time.
    """
    asked = AuditScope(since, until, 0, len(entries))
    moments = [instant(entry.at) for entry in entries]
    inside = [number for number, moment in enumerate(moments) if asked.has_moment(moment)]
    if not inside:
        early = sum(since is not None and moment < since for moment in moments)
        return AuditScope(since, until, early, early)
    first, end = inside[0], inside[-1] + 1
    outside = tuple(n for n in range(first, end) if not asked.has_moment(moments[n]))
    ends = (entries[first].at, entries[end - 1].at)
    return AuditScope(since, until, first, end, outside, *ends)

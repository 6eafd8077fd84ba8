"""Record when a landing was appended, if its commit is dated later (threat L4).

Who commits chooses the date. By one in the future a window would be open and a freeze over, and
what lands later could not be earlier. The clock is asked once; a rebuild reads the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from datetime import datetime, timedelta
from typing import Final

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.landing_record import FORMAT, LandingRecord, MemberRecord

SKEW: Final = timedelta(minutes=10)
"""So much may honest clocks differ."""

_PROGRAM = "launchpolicy"


def record_future_landings(
    steps: Iterable[HistoryStep],
    records: MutableMapping[str, LandingRecord | MemberRecord],
    now: datetime,
) -> Iterator[HistoryStep]:
    """Yield the steps; add to `records` those of steps that are dated after `now`."""
    for step in steps:
        if step.listed.at > now + SKEW:
            _record(step.listed.commit, records, utc(now))
        yield step


def _record(
    commit: str, records: MutableMapping[str, LandingRecord | MemberRecord], now: str
) -> None:
    record = records.get(commit)
    if record is None:
        records[commit] = LandingRecord(
            format=FORMAT, commit=commit, merged_at=now, recorded_by=_PROGRAM
        )
    elif isinstance(record, LandingRecord) and record.merged_at is None:
        records[commit] = record.model_copy(update={"merged_at": now})

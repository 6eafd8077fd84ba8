"""Record a push: commits that landed together."""

from __future__ import annotations

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.ledger.landing_record import FORMAT, MEMBER, LandingRecord, MemberRecord
from launchpolicy.operations.ledger.sources.recorders import NewRecords


def push_record(new: list[HistoryStep], after: str) -> NewRecords:
    """Return the records of a push: single commits between two merges landed together.

    A merge is a landing of its own, whatever was pushed with it.
    """
    start = next((n for n, step in enumerate(new) if step.listed.parent == after), None)
    if start is None:
        return {}
    records: dict[str, LandingRecord | MemberRecord] = {}
    together: list[str] = []
    for number, step in enumerate(new[start:], start=start):
        is_merge = bool(step.listed.others)
        if not is_merge:
            together.append(step.listed.commit)
        ends = is_merge or number == len(new) - 1
        if ends and len(together) > 1:
            records |= records_of(
                LandingRecord(format=FORMAT, commit=together[-1], members=tuple(together[:-1]))
            )
        together = [] if ends else together
    return records


def records_of(record: LandingRecord) -> dict[str, LandingRecord | MemberRecord]:
    """Return a record and those of the commits that landed with it."""
    records: dict[str, LandingRecord | MemberRecord] = {record.commit: record}
    for member in record.members:
        records[member] = MemberRecord(format=MEMBER, landed_with=record.commit)
    return records

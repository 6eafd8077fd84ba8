"""Asking about landings at the moment when they are entered, and what to write down of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from launchpolicy.hosts.git.repository import is_oid
from launchpolicy.hosts.ledger.appending import NewRecords, Recorder
from launchpolicy.hosts.ledger.history import Step
from launchpolicy.hosts.ledger.place import Place
from launchpolicy.ledger.landing_record import FORMAT, MEMBER, LandingRecord, MemberRecord
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to ask: GitHub, as the environment says, and which push brought the latest commits."""

    environ: Mapping[str, str]
    github: bool = False
    landed_after: str | None = None


def recorder_of(place: Place, asked: Asked) -> Recorder | None:
    """Whoever is to be asked about new landings; None where nobody is.

    Raises:
        UsageError: what was pushed is not said as a commit.
    """
    if asked.github:
        # Loaded here on purpose: PyGithub is an extra.
        from launchpolicy.hosts.github.landings import github_recorder  # noqa: PLC0415

        return github_recorder(place, asked.environ)
    after = asked.landed_after
    if after is None:
        return None
    if not is_oid(after):
        raise _no_commit(after)
    return lambda new: pushed_together(new, after)


def pushed_together(new: list[Step], after: str) -> NewRecords:
    """The records of a push: single commits between two merges landed together.

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
    """A record and those of the commits that landed with it."""
    found: dict[str, LandingRecord | MemberRecord] = {record.commit: record}
    for member in record.members:
        found[member] = MemberRecord(format=MEMBER, landed_with=record.commit)
    return found


def _no_commit(after: str) -> UsageError:
    return UsageError(
        Text(f"{after} is no whole commit id.", f"{after} 不是完整的提交编号。"),
        Text("Give the `before` of the push event.", "请填写 push 事件中的 before。"),
    )

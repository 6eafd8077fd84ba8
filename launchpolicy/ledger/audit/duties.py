"""Separation of duties: who did what in a launch, and which duties fell to one person.

ISO/IEC 27001:2022 A.5.3 and SOC 2 CC8.1 ask that who asks for a change, or carries it out, is not
the one who approves it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from launchpolicy.vocabulary.text import Text


class Duty(enum.StrEnum):
    """What a person does in a launch."""

    REQUESTER = "requester"
    AUTHOR = "author"
    APPROVER = "approver"
    MERGER = "merger"
    EXECUTOR = "executor"
    TESTER = "tester"


DUTIES: dict[Duty, Text] = {
    Duty.REQUESTER: Text("requester", "申请人"),
    Duty.AUTHOR: Text("author", "提交作者"),
    Duty.APPROVER: Text("approver", "审批人"),
    Duty.MERGER: Text("merger", "合入人"),
    Duty.EXECUTOR: Text("executor", "执行人"),
    Duty.TESTER: Text("tester", "测试人员"),
}
SELF_APPROVALS = (Duty.REQUESTER, Duty.AUTHOR)
"""Duties with which an approval is an approval of one's own request."""

INCOMPATIBLE = (Duty.EXECUTOR, Duty.TESTER)
"""Further duties that an approver must not have."""

ROLES: dict[str, Duty] = {
    "requester": Duty.REQUESTER,
    "executor": Duty.EXECUTOR,
    "rollback-executor": Duty.EXECUTOR,
    "tester": Duty.TESTER,
    "test-lead": Duty.TESTER,
}
"""The roles of entries that are duties."""

Holders = Mapping[Duty, frozenset[str]]
"""Who had each duty in a launch; none for a duty of which nobody is known."""


@dataclass(frozen=True, slots=True)
class SharedDuty:
    """A launch in which both duties of a pair fell to the same people."""

    launch_id: str
    launch: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyPair:
    """Two duties, and every launch in which they fell together.

    `known` counts the launches in which both duties have a known holder.
    """

    first: Duty
    second: Duty
    known: int
    shared: tuple[SharedDuty, ...]


def duty_pairs(launches: Iterable[tuple[str, str, Holders]]) -> tuple[DutyPair, ...]:
    """Return every pair of duties, in their order; `launches` are id, name and who did what."""
    every = tuple(launches)
    pairs = []
    for first, second in combinations(Duty, 2):
        known, shared = 0, []
        for launch_id, name, holders in every:
            ones, others = holders.get(first, frozenset()), holders.get(second, frozenset())
            known += bool(ones and others)
            if people := ones & others:
                shared.append(SharedDuty(launch_id, name, tuple(sorted(people))))
        pairs.append(DutyPair(first, second, known, tuple(shared)))
    return tuple(pairs)

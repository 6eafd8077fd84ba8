"""What is settled with partners: a launch that was not announced counts as not launched (D4.10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.requests.kinds import list_at
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_REASONS: Final = {
    LaunchState.LAUNCHED: Text("launched and announced", "已上线并发布通告"),
    LaunchState.UNANNOUNCED: Text(
        "not announced, so it counts as not launched", "未发布通告，视为未上线"
    ),
    LaunchState.APPROVED: Text("not launched yet", "尚未上线"),
    LaunchState.UNAPPROVED: Text("merged without approval", "未经批准合入"),
    LaunchState.CANCELLED: Text("cancelled", "已取消"),
    LaunchState.ROLLED_BACK: Text("rolled back", "已回滚"),
    LaunchState.WITHDRAWN: Text("withdrawn", "已撤回"),
}
_LAUNCHED_UNAPPROVED: Final = Text(
    "launched without a passing verdict that stands", "已上线，但没有有效的通过结论"
)
_LISTS: Final = (("spec", "content"), ("spec", "channels"))


class SettlementRow(NamedTuple):
    """One launch of one partner: whether what it developed is settled, and why.

    `at` is when the launch was announced, or what last happened to it; it decides the period.
    """

    partner: str
    launch: Launch
    announced_at: datetime | None
    at: datetime | None
    is_settled: bool
    reason: Text


def partners_of(data: Data) -> tuple[str, ...]:
    """Return the partners whose content or channels a request names, each once."""
    partners = [
        item["partner"]
        for route in _LISTS
        for item in list_at(data, route)
        if isinstance(item, dict) and isinstance(item.get("partner"), str)
    ]
    return tuple(dict.fromkeys(partners))


def settlement_rows(launch: Launch, data: Data) -> Iterator[SettlementRow]:
    """Yield one row for each partner of a launch."""
    announced = launch.announced_at
    is_settled = launch.standing is LaunchState.LAUNCHED and launch.is_approved
    reason = _REASONS[launch.standing]
    if launch.standing is LaunchState.LAUNCHED and not is_settled:
        reason = _LAUNCHED_UNAPPROVED
    at = announced if is_settled and announced is not None else parse_instant(launch.latest.at)
    for partner in partners_of(data):
        yield SettlementRow(partner, launch, announced, at, is_settled, reason)


def is_in_period(row: SettlementRow, since: datetime | None, until: datetime | None) -> bool:
    """Return whether a row belongs to a period: each settled launch belongs to one period only."""
    if row.at is None:
        return True
    return (since is None or row.at >= since) and (until is None or row.at < until)

"""Lists over all launches that need their requests: settlements, problems found after launch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from launchpolicy.ledger.found_problems import FoundProblem, problems_after_launch
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.query import Query, select
from launchpolicy.ledger.settlement import SettlementRow, is_in_period, settlement_rows
from launchpolicy.operations.ledger.branch.entries import current_state, fold_entries
from launchpolicy.operations.ledger.branch.landed_request import landed_request
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.past_files import PastFiles

_Row = TypeVar("_Row")


class SettlementList(NamedTuple):
    """The rows by partner and moment; `unread` are launches whose request could not be read."""

    rows: tuple[SettlementRow, ...]
    unread: tuple[Launch, ...]


class ProblemList(NamedTuple):
    """The problems by when they were found; `unread` as in a settlement list."""

    rows: tuple[FoundProblem, ...]
    unread: tuple[Launch, ...]


def settlement_list(
    place: LedgerLocation,
    partner: str,
    period: tuple[datetime | None, datetime | None],
) -> SettlementList:
    """Return what is settled with a partner (all of them without a name) in a period."""
    launches = fold_entries(current_state(place)).all
    rows, unread = _rows(place, launches, settlement_rows)
    since, until = period
    kept = [
        row
        for row in rows
        if (not partner or row.partner == partner) and is_in_period(row, since, until)
    ]
    ordered = sorted(kept, key=lambda row: (row.partner, _seconds(row.at), row.launch.name))
    return SettlementList(tuple(ordered), unread)


def problem_list(place: LedgerLocation, query: Query) -> ProblemList:
    """Return the problems found after launch of the launches that `query` selects."""
    launches = select(fold_entries(current_state(place)).all, query)
    rows, unread = _rows(place, launches, problems_after_launch)
    ordered = sorted(rows, key=lambda row: (_seconds(row.found_at), row.launch.name))
    return ProblemList(tuple(ordered), unread)


def _rows(
    place: LedgerLocation,
    launches: Iterable[Launch],
    rows_of: Callable[[Launch, Any], Iterable[_Row]],
) -> tuple[list[_Row], tuple[Launch, ...]]:
    files = PastFiles(place)
    rows: list[_Row] = []
    unread: list[Launch] = []
    for launch in launches:
        data = landed_request(files, launch)
        if data is None:
            unread.append(launch)
        else:
            rows += rows_of(launch, data)
    return rows, tuple(unread)


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0

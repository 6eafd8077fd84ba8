"""`launches.csv`: one line a launch, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from launchpolicy.ledger.launches import Launch
from launchpolicy.reporters.ledger.cells import guard
from launchpolicy.reporters.ledger.view import LedgerView

_COLUMNS = (
    "kind",
    "name",
    "title_en",
    "title_zh",
    "product",
    "version",
    "process",
    "risk",
    "standing",
    "stage",
    "bypassed",
    "requested_at",
    "approved_at",
    "planned_start",
    "planned_end",
    "launched_at",
    "announced_at",
    "problems",
    "requester",
    "executor",
    "approvers",
    "entries",
    "last_event_at",
    "launch",
    "approved",
    "approved_after_the_fact",
    "archived",
    "team",
    "labels",
    "waived",
)


def files(view: LedgerView) -> Iterator[tuple[str, str]]:
    """Yield one file."""
    yield "launches.csv", lines_of((*view.all, *view.waivers))


def lines_of(launches: Iterable[Launch]) -> str:
    """Return a header and one line a launch (RFC 4180): cells are quoted, and none is a formula."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for launch in launches:
        writer.writerow([guard(cell) for cell in _row(launch)])
    return sink.getvalue()


def _row(launch: Launch) -> Iterator[str]:
    facts = launch.facts
    title = facts.title
    yield from (launch.kind, launch.name)
    yield from (title.en if title else "", title.zh if title else "")
    yield from (launch.product, facts.product.version if facts.product else "")
    yield from (facts.process, facts.risk, str(launch.standing), facts.stage)
    yield "yes" if launch.is_bypassed else "no"
    for moment in (launch.requested_at, launch.approved_at):
        yield moment.isoformat() if moment is not None else ""
    for moment in launch.planned_times:
        yield moment.isoformat() if moment is not None else ""
    for moment in (launch.launched_at, launch.announced_at):
        yield moment.isoformat() if moment is not None else ""
    yield str(len(facts.problems))
    for role in ("requester", "executor"):
        yield ", ".join(involved.person for involved in launch.people if involved.role == role)
    approvals = (counted.by for event in launch.events for counted in event.entry.approvals)
    yield ", ".join(dict.fromkeys(approvals))
    yield " ".join(str(event.number) for event in launch.events)
    yield launch.latest.at
    yield from _later_columns(launch)


def _later_columns(launch: Launch) -> Iterator[str]:
    """Yield the cells of the columns that were added to the first ones."""
    yield str(launch.number)
    yield "yes" if launch.is_approved else "no"
    moment = launch.approved_after_the_fact
    yield moment.isoformat() if moment is not None else ""
    yield "yes" if launch.is_archived else "no"
    yield launch.facts.team
    yield ", ".join(f"{label.name}: {label.value}" for label in launch.facts.labels)
    waivers = (waiver.policy for event in launch.events for waiver in event.entry.waivers)
    yield " ".join(dict.fromkeys(waivers))

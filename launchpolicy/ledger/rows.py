"""Entries and launches as rows of tables, for programs that count and compare.

The columns' names and types are a contract: they are only ever added to. Moments are aware and in
UTC, times are whole seconds, lists hold texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, Launches
from launchpolicy.ledger.records import BilingualText, CountedApproval, TimeSpan

Type = Literal["text", "whole", "yes_no", "moment", "texts"]
Row = Mapping[str, Any]


class ExportTable(NamedTuple):
    """A table: its name, its columns with their types, and its rows, once."""

    name: str
    columns: Mapping[str, Type]
    rows: Iterable[Row]


ENTRIES: dict[str, Type] = {
    "origin": "text",
    "number": "whole",
    "event": "text",
    "attempted": "text",
    "bypassed": "yes_no",
    "at": "moment",
    "time_source": "text",
    "commit": "text",
    "kind": "text",
    "name": "text",
    "path": "text",
    "stage": "text",
    "stage_before": "text",
    "title_en": "text",
    "title_zh": "text",
    "process": "text",
    "product": "text",
    "version": "text",
    "risk": "text",
    "verdict": "text",
    "pack_set": "text",
    "content": "text",
    "planned_start": "moment",
    "planned_end": "moment",
    "actual_start": "moment",
    "actual_end": "moment",
    "announced_at": "moment",
    "people": "texts",
    "approvers": "texts",
    "waivers": "texts",
    "hurdles": "texts",
    "evidence": "texts",
    "proposal": "whole",
    "entry": "text",
    "launch": "whole",
    "void": "yes_no",
    "branch": "text",
    "team": "text",
    "labels": "texts",
    "authors": "texts",
    "merged_by": "text",
    "reason": "text",
    "messages_en": "texts",
    "messages_zh": "texts",
}
"""One row an entry; `entry` is its canonical JSON, the leaf of the tree. `launch` is the number of
the first entry of its launch; rules and what is void belong to none."""

LAUNCHES: dict[str, Type] = {
    "origin": "text",
    "kind": "text",
    "name": "text",
    "title_en": "text",
    "title_zh": "text",
    "product": "text",
    "version": "text",
    "process": "text",
    "risk": "text",
    "stage": "text",
    "standing": "text",
    "carried_out": "yes_no",
    "announced": "yes_no",
    "bypassed": "yes_no",
    "failed": "yes_no",
    "rolled_back": "yes_no",
    "requested_at": "moment",
    "approved_at": "moment",
    "planned_start": "moment",
    "planned_end": "moment",
    "launched_at": "moment",
    "announced_at": "moment",
    "broke_at": "moment",
    "restored_at": "moment",
    "lead_time_seconds": "whole",
    "time_to_restore_seconds": "whole",
    "requester": "text",
    "executor": "text",
    "hurdles": "texts",
    "entries": "whole",
    "launch": "whole",
    "approved": "yes_no",
    "approved_after_the_fact": "moment",
    "archived": "yes_no",
    "team": "text",
    "labels": "texts",
    "authors": "texts",
    "merged_by": "texts",
    "reasons": "texts",
    "waived": "texts",
}
"""One row a launch, folded from its entries; `launch` is the number of the first, which identifies
it where names are used again."""


def entry_rows(origin: str, entries: Iterable[Entry], launches: Launches) -> Iterator[Row]:
    """Yield a row for every entry of a ledger; `launches` is the fold over them."""
    launch_of = {event.number: launch for launch in launches.all for event in launch.events}
    known = launch_of.keys() | {event.number for event in launches.rules}
    for number, entry in enumerate(entries):
        launch = launch_of.get(number)
        yield {
            **_entry_row(origin, number, entry),
            "launch": launch.number if launch is not None else None,
            "void": number not in known,
        }


def launch_rows(origin: str, launches: Iterable[Launch]) -> Iterator[Row]:
    """Yield a row for every launch; `launches` has the newest first, and the rows the oldest."""
    for launch in reversed(tuple(launches)):
        yield _launch_row(origin, launch)


def _entry_row(origin: str, number: int, entry: Entry) -> Row:
    title, product = entry.title, entry.product
    planned, actual = entry.planned or TimeSpan(), entry.actual or TimeSpan()
    announced = entry.announced
    return {
        "origin": origin,
        "number": number,
        "event": entry.event,
        "attempted": entry.attempted,
        "bypassed": entry.is_bypassed,
        "at": _moment(entry.at),
        "time_source": entry.time_source,
        "commit": entry.commit,
        "kind": entry.kind,
        "name": entry.name,
        "path": entry.path,
        "stage": entry.stage,
        "stage_before": entry.stage_before,
        "title_en": title.en if title is not None else "",
        "title_zh": title.zh if title is not None else "",
        "process": entry.process,
        "product": product.name if product is not None else "",
        "version": product.version if product is not None else "",
        "risk": entry.risk,
        "verdict": entry.verdict,
        "pack_set": entry.pack_set,
        "content": entry.content,
        "planned_start": _moment(planned.start),
        "planned_end": _moment(planned.end),
        "actual_start": _moment(actual.start),
        "actual_end": _moment(actual.end),
        "announced_at": _moment(announced.at) if announced is not None else None,
        "people": [f"{involved.role}: {involved.person}" for involved in entry.people],
        "approvers": [_approver(approval) for approval in entry.approvals],
        "waivers": [f"{waiver.policy}: {waiver.waiver}" for waiver in entry.waivers],
        "hurdles": [f"{hurdle.policy}: {hurdle.outcome}" for hurdle in entry.hurdles],
        "evidence": [f"{item.path} {item.found}" for item in entry.evidence],
        "proposal": entry.proposal.number if entry.proposal is not None else None,
        "entry": entry.source.decode(),
        "branch": entry.branch,
        "team": entry.team,
        "labels": _labels(entry),
        "authors": [author.who for author in entry.authors],
        "merged_by": entry.merged_by.who if entry.merged_by is not None else "",
        "reason": entry.reason,
        "messages_en": [text.en for text in _messages(entry)],
        "messages_zh": [text.zh for text in _messages(entry)],
    }


def _labels(entry: Entry) -> list[str]:
    return [f"{label.name}: {label.value}" for label in entry.labels]


def _messages(entry: Entry) -> list[BilingualText]:
    return [hurdle.message for hurdle in entry.hurdles if hurdle.message is not None]


def _approver(approval: CountedApproval) -> str:
    """Return who approved as what, and for whom where a deputy did."""
    stood_for = f" (deputy of {approval.stands_for})" if approval.stands_for else ""
    return f"{approval.role}: {approval.by}{stood_for}"


def _launch_row(origin: str, launch: Launch) -> Row:
    facts = launch.facts
    title, product = facts.title, facts.product
    start, end = launch.planned_times
    held = [hurdle.policy for event in launch.events for hurdle in event.entry.hurdles]
    waived = [waiver.policy for event in launch.events for waiver in event.entry.waivers]
    return {
        "origin": origin,
        "kind": launch.kind,
        "name": launch.name,
        "title_en": title.en if title is not None else "",
        "title_zh": title.zh if title is not None else "",
        "product": launch.product,
        "version": product.version if product is not None else "",
        "process": facts.process,
        "risk": facts.risk,
        "stage": facts.stage,
        "standing": str(launch.standing),
        "carried_out": launch.was_carried_out,
        "announced": launch.announced_at is not None,
        "bypassed": launch.is_bypassed,
        "failed": launch.has_failed,
        "rolled_back": launch.was_rolled_back,
        "requested_at": _utc(launch.requested_at),
        "approved_at": _utc(launch.approved_at),
        "planned_start": _utc(start),
        "planned_end": _utc(end),
        "launched_at": _utc(launch.launched_at),
        "announced_at": _utc(launch.announced_at),
        "broke_at": _utc(launch.broke_at),
        "restored_at": _utc(launch.restored_at),
        "lead_time_seconds": _seconds(launch.lead_time),
        "time_to_restore_seconds": _seconds(launch.time_to_restore),
        "requester": _person(launch, "requester"),
        "executor": _person(launch, "executor"),
        "hurdles": list(dict.fromkeys((*held, *waived))),
        "entries": len(launch.events),
        "launch": launch.number,
        "approved": launch.is_approved,
        "approved_after_the_fact": _utc(launch.approved_after_the_fact),
        "archived": launch.is_archived,
        "team": facts.team,
        "labels": _labels(facts),
        "authors": _each_once(_authors(launch)),
        "merged_by": _each_once(_mergers(launch)),
        "reasons": _each_once(event.entry.reason for event in launch.events),
        "waived": _each_once(waived),
    }


def _authors(launch: Launch) -> Iterator[str]:
    for event in launch.events:
        yield from (author.who for author in event.entry.authors)


def _mergers(launch: Launch) -> Iterator[str]:
    mergers = (event.entry.merged_by for event in launch.events)
    yield from (merger.who for merger in mergers if merger is not None)


def _each_once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _person(launch: Launch, role: str) -> str:
    return next((involved.person for involved in launch.people if involved.role == role), "")


def _seconds(time: timedelta | None) -> int | None:
    return int(time.total_seconds()) if time is not None else None


def _moment(written: str | None) -> datetime | None:
    return _utc(parse_instant(written)) if written is not None else None


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None

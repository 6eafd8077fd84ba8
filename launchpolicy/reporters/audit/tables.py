"""The tables of an audit as CSV (RFC 4180): every cell quoted, and none of them a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from launchpolicy.ledger.audit.carried_out import approved_window
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.audit.report import AuditReport
from launchpolicy.ledger.audit.sample import sample_rank
from launchpolicy.ledger.records import TimeSpan
from launchpolicy.reporters.audit.words import page_path, receipt_path, title_of
from launchpolicy.reporters.ledger.cells import guard
from launchpolicy.reporters.text.escaping import escape

_POPULATION = (
    *("id", "kind", "name", "title", "product", "version", "process", "risk", "standing"),
    *("planned_start", "planned_end", "actual_start", "actual_end", "announced_at"),
    *("entries", "last_event_at", "exceptions", "rank", "in_sample"),
)
_SAMPLE = ("position", "rank", "id", "kind", "name", "title", "page", "receipts")
_EXCEPTIONS = ("kind", "launch", "name", "entry", "at", "who", "why", "follow_up")
_APPROVALS = (
    *("launch", "kind", "name", "entry", "event", "merged_at", "by", "role", "stands_for"),
    *("policy", "at", "source", "where", "commit"),
)
_EMERGENCIES = (
    *("launch", "name", "title", "carried_out", "review_due", "reviewed_at", "reviewers"),
    *("late_hours", "result"),
)
_WAIVERS = (
    *("name", "policy", "requests", "owner", "reason", "expires", "approvers", "used_by", "state"),
)
_DUTIES = ("first", "second", "known", "together", "launch", "name", "people")
_CHANGES = (
    *("entry", "at", "event", "attempted", "verdict", "subjects", "name", "files"),
    *("authors", "merger", "approvers", "keys", "commit"),
)


def table_files(report: AuditReport) -> Iterator[tuple[str, str]]:
    """Yield the tables by name and text."""
    yield "population.csv", _table(_POPULATION, _population(report))
    yield "sample.csv", _table(_SAMPLE, _sample(report))
    yield "approvals.csv", _table(_APPROVALS, _approvals(report))
    yield "exceptions.csv", _table(_EXCEPTIONS, _exceptions(report))
    yield "emergencies.csv", _table(_EMERGENCIES, _emergencies(report))
    yield "waivers.csv", _table(_WAIVERS, _waivers(report))
    yield "duties.csv", _table(_DUTIES, _duties(report))
    yield "changes.csv", _table(_CHANGES, _changes(report))


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guard(escape(str(cell))) for cell in row])
    return sink.getvalue()


def _population(report: AuditReport) -> Iterator[Sequence[object]]:
    drawn = {one.launch.id for one in report.sample}
    for launch in report.population.launches:
        facts = launch.launch.facts
        planned, actual = approved_window(launch) or TimeSpan(), facts.actual or TimeSpan()
        kinds = [r.kind for r in report.exceptions if r.launch_id == launch.id]
        yield (
            *_names_of(report, launch),
            launch.launch.product,
            facts.product.version if facts.product is not None else "",
            facts.process,
            facts.risk,
            launch.launch.standing,
            *(planned.start or "", planned.end or "", actual.start or "", actual.end or ""),
            facts.announced.at or "" if facts.announced is not None else "",
            " ".join(map(str, launch.numbers)),
            launch.launch.latest.at,
            " ".join(dict.fromkeys(kinds)),
            sample_rank(report.seed, launch.id),
            "yes" if launch.id in drawn else "no",
        )


def _names_of(report: AuditReport, launch: AuditLaunch) -> tuple[str, ...]:
    title = title_of(launch, report.language)
    return launch.id, launch.launch.kind, launch.launch.name, title


def _sample(report: AuditReport) -> Iterator[Sequence[object]]:
    for position, one in enumerate(report.sample, start=1):
        numbers = [event.number for event in one.launch.launch.events]
        receipts = " ".join(receipt_path(n) for n in numbers if n in report.receipts)
        named = _names_of(report, one.launch)
        yield position, one.rank, *named, page_path(one.launch), receipts


def _approvals(report: AuditReport) -> Iterator[Sequence[object]]:
    """Yield every approval that was counted in the period, by entry: of launches, waivers, rules.

    An approval that counted for two policies stands there twice, once for each.
    """
    population = report.population
    launches = (*population.launches, *population.waivers)
    events = [(event, one.id) for one in launches for event in one.events]
    events += [(event, "") for event in population.rules]
    for (number, entry), launch in sorted(events, key=lambda pair: pair[0].number):
        for approval in entry.approvals:
            yield (
                *(launch, entry.kind, entry.name, number, entry.event, entry.at),
                *(approval.by, approval.role, approval.stands_for, approval.policy),
                *(approval.at, approval.source, approval.where, entry.commit),
            )


def _exceptions(report: AuditReport) -> Iterator[Sequence[object]]:
    for record in report.exceptions:
        yield (
            record.kind,
            record.launch_id,
            record.name,
            record.number if record.number is not None else "",
            record.at,
            ", ".join(record.who),
            record.why.in_language(report.language),
            record.follow_up.in_language(report.language),
        )


def _emergencies(report: AuditReport) -> Iterator[Sequence[object]]:
    for one in report.emergencies:
        review = one.review
        yield (
            one.launch.id,
            one.launch.launch.name,
            title_of(one.launch, report.language),
            *(one.ended, one.due, review.at if review is not None else ""),
            ", ".join(review.people) if review is not None else "",
            f"{one.late.total_seconds() / 3600:.1f}" if one.late is not None else "",
            one.result.in_language(report.language),
        )


def _waivers(report: AuditReport) -> Iterator[Sequence[object]]:
    for waiver in report.waivers:
        file = waiver.file
        yield (
            *(file.name, file.policy, " ".join(file.requests), file.owner),
            file.reason.in_language(report.language) if file.reason is not None else "",
            *(file.expires, ", ".join(waiver.approvers), " ".join(waiver.used_by)),
            waiver.state.in_language(report.language),
        )


def _duties(report: AuditReport) -> Iterator[Sequence[object]]:
    for pair in report.pairs:
        head = (pair.first, pair.second, pair.known, len(pair.shared))
        for shared in pair.shared:
            yield (*head, shared.launch_id, shared.launch, ", ".join(shared.people))
        if not pair.shared:
            yield (*head, "", "", "")


def _changes(report: AuditReport) -> Iterator[Sequence[object]]:
    for change in report.changes:
        entry, makers = change.entry, change.makers
        yield (
            change.number,
            entry.at,
            entry.event,
            entry.attempted,
            entry.verdict,
            " ".join(change.subjects),
            entry.name,
            ", ".join(difference.path for difference in change.differences),
            ", ".join(makers.authors),
            makers.merger,
            ", ".join(change.approvers),
            "; ".join(f"{'added' if k.is_added else 'removed'} {k.key}" for k in change.keys),
            entry.commit,
        )

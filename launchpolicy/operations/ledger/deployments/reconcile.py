"""Compare what was really deployed with the launches of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from launchpolicy.documents.instants import instant, parse_instant
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.entry import Entry, digest_of_bytes
from launchpolicy.ledger.launch_approval import approval_of
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.reconciliation import (
    TOLERANCE,
    ComparedPeriod,
    Deployment,
    LaunchVersion,
    ReconciledLaunch,
    Reconciliation,
    reconcile,
)
from launchpolicy.ledger.records import TimeSpan
from launchpolicy.operations.ledger.branch.entries import current_state, fold_entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import bytes_at
from launchpolicy.vocabulary.text import Text

_STOPPED = frozenset({"cancelled", "withdrawn"})


@dataclass(frozen=True, slots=True)
class ReconcileOptions:
    """What is compared: the period, and of which products and environment.

    Without `since` and `until` the period is that of the deployments, from the first to the last.
    `products` and `environment` are compared without regard to case; empty for all.
    """

    since: datetime | None = None
    until: datetime | None = None
    products: tuple[str, ...] = ()
    environment: str = ""
    tolerance: timedelta = TOLERANCE


def reconcile_with_ledger(
    place: LedgerLocation, deployments: Sequence[Deployment], options: ReconcileOptions
) -> Reconciliation:
    """Return how the deployments and the launches of the ledger differ.

    Raises:
        UsageError: there is no ledger, or nothing says which period is compared.
        MalformedLedgerError: the ledger is damaged, or a request is not what its entry says.
        UndecidedError: git cannot read something.
    """
    period = _period_of(deployments, options)
    products = frozenset(product.casefold() for product in options.products)
    environment = options.environment.casefold()
    launches = (_launch_of(place, launch) for launch in fold_entries(current_state(place)).all)
    selected = [
        launch
        for launch in launches
        if launch is not None
        and (not products or launch.product.casefold() in products)
        and _is_of(launch.environment, environment)
    ]
    asked = [
        deployment
        for deployment in deployments
        if (not products or deployment.product.casefold() in products)
        and _is_of(deployment.environment, environment)
    ]
    return reconcile(asked, selected, period, options.tolerance)


def _is_of(environment: str, asked: str) -> bool:
    """Return whether something is of the environment asked for; what does not say may be."""
    return not asked or not environment or environment.casefold() == asked


def _period_of(deployments: Sequence[Deployment], options: ReconcileOptions) -> ComparedPeriod:
    times = [deployment.at for deployment in deployments]
    since = options.since or min(times, default=None)
    until = options.until
    if until is None and times:
        until = max(times) + timedelta(seconds=1)
    if since is None or until is None:
        raise UsageError(
            Text("The list holds no deployment.", "列表中没有部署。"),
            Text(
                "Say which period it is of: --since and --until.",
                "请用 --since 和 --until 指明时间范围。",
            ),
        )
    if since >= until:
        raise UsageError(
            Text(
                f"The period ends before it begins: {since.isoformat()} … {until.isoformat()}.",
                f"时间范围的结束早于开始：{since.isoformat()} … {until.isoformat()}。",
            ),
            Text("Correct --since and --until.", "请更正 --since 和 --until。"),
        )
    return ComparedPeriod(since, until)


def _launch_of(place: LedgerLocation, launch: Launch) -> ReconciledLaunch | None:
    """Return what of a launch is compared; None for one of a kind that has no product."""
    if not launch.product:
        return None
    facts = launch.facts
    stopped = [event.entry for event in launch.events if event.entry.became in _STOPPED]
    is_stopped = bool(stopped) and not launch.was_carried_out
    return ReconciledLaunch(
        name=launch.name,
        number=launch.events[0].number,
        product=launch.product,
        environment=facts.product.environment if facts.product is not None else "",
        execution=_execution(launch),
        stopped_at=_time_of(stopped[-1]) if is_stopped else None,
        versions=tuple(_versions(place, launch)),
    )


def _execution(launch: Launch) -> tuple[datetime, datetime] | None:
    """Return from when until when a launch was carried out; None if it was not."""
    end = launch.launched_at
    if end is None or not launch.was_carried_out:
        return None
    actual = launch.facts.actual or TimeSpan()
    start = parse_instant(actual.start) if actual.start is not None else None
    return (min(start, end) if start is not None else end, end)


def _time_of(entry: Entry) -> datetime:
    return instant(entry.at).astimezone(UTC)


def _versions(place: LedgerLocation, launch: Launch) -> Iterator[LaunchVersion]:
    """Yield the versions of a request as they landed, oldest first."""
    references: dict[str, tuple[str, ...]] = {}
    entries: list[Entry] = []
    for _, entry in launch.events:
        entries.append(entry)
        if not entry.content:
            continue
        if entry.content not in references:
            references[entry.content] = tuple(_references(place, entry))
        planned = entry.planned or TimeSpan()
        start, end = (
            parse_instant(written) if written is not None else None
            for written in (planned.start, planned.end)
        )
        yield LaunchVersion(
            _time_of(entry),
            approval_of(entries).is_approved,
            (start, end),
            references[entry.content],
        )


def _references(place: LedgerLocation, entry: Entry) -> Iterator[str]:
    """Yield what a version of a request launches: the version of its product, and its content.

    Raises:
        MalformedLedgerError: the file in git is not the one of the entry.
    """
    if entry.product is not None and entry.product.version:
        yield entry.product.version
    source = _source_of(place, entry)
    if source is None or digest_of_bytes(source) != entry.content:
        raise damaged_ledger(
            f"{entry.commit[:12]}:{entry.path}",
            Text("the request is not the one of the entry", "申请与记录不符"),
        )
    document = RequestVersion(entry.path, source).document()
    if isinstance(document, Document):
        for item in launch_request_of(document.data).spec.content or ():
            if item.reference:
                yield item.reference


def _source_of(place: LedgerLocation, entry: Entry) -> bytes | None:
    snapshot = below(CommitSnapshot(place.repository, entry.commit), place.prefix)
    return bytes_at(snapshot, entry.path, MAX_BYTES)

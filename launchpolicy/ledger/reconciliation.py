"""What was really deployed beside what the ledger says was launched, in both directions.

A deployment and a launch belong together by product, environment, time and what was deployed: the
references of `spec.content` and the version of the product, as they were approved at that time.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

TOLERANCE: Final = timedelta(minutes=15)
"""A deployment this much before or after its window still counts as inside: clocks differ, and a
deployment is often listed when it ends."""

_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_VERSION = re.compile(r"^v(?=[0-9])")


class Difference(enum.StrEnum):
    """How deployments and launches can differ."""

    NO_LAUNCH = "no-launch"
    NO_DEPLOYMENT = "no-deployment"
    OTHER_ARTIFACT = "other-artifact"
    NOT_COMPARABLE = "not-comparable"
    OUTSIDE_WINDOW = "outside-window"
    NOT_APPROVED = "not-approved"
    NOT_RECORDED = "not-recorded"


class Deployment(NamedTuple):
    """One thing that was put into service.

    `identifiers` say what it was: artifact, commit, tag or branch; at least one. `environment` and
    `launch` are "" where the list does not say. `origin` is where the list says it.
    """

    at: datetime
    product: str
    identifiers: tuple[str, ...]
    environment: str = ""
    launch: str = ""
    origin: str = ""


class LaunchVersion(NamedTuple):
    """A version of a request as it landed: since when, its window, and what it launches.

    `is_approved` says whether the launch was approved once it had landed: a change that passes at
    a later stage approves nothing that was merged without approval before.
    """

    since: datetime
    is_approved: bool
    window: tuple[datetime | None, datetime | None]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReconciledLaunch:
    """What of a launch is compared with deployments.

    `number` is that of its first entry. `execution` is from when until when it was carried out,
    None if it was not, `stopped_at` when it was cancelled or withdrawn. `versions` is never empty.
    """

    name: str
    number: int
    product: str
    environment: str
    execution: tuple[datetime, datetime] | None
    stopped_at: datetime | None
    versions: tuple[LaunchVersion, ...]

    def version_at(self, at: datetime) -> LaunchVersion:
        """Return the approved version that held at a time, else the first version."""
        approved = [version for version in self.versions if version.is_approved]
        before = [version for version in approved if version.since <= at]
        return before[-1] if before else (approved or self.versions)[0]

    def is_approved_at(self, at: datetime) -> bool:
        """Return whether a version had been approved at a time, and the launch not stopped."""
        is_approved = any(version.is_approved and version.since <= at for version in self.versions)
        return is_approved and (self.stopped_at is None or at < self.stopped_at)


class ReconciledDeployment(NamedTuple):
    """A deployment, the launch that it belongs to (None: there is none), and their differences."""

    deployment: Deployment
    launch: ReconciledLaunch | None
    differences: tuple[Difference, ...]


class ComparedPeriod(NamedTuple):
    """From when, inclusive, until when, exclusive."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def overlaps(self, execution: tuple[datetime, datetime] | None) -> bool:
        """Return whether something was carried out in the period, if only in part."""
        if execution is None:
            return False
        start, end = execution
        return start < self.until and end >= self.since


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The comparison: every deployment with its launch, and the launches that have none.

    `launch_count` counts the launches that were carried out in the period.
    """

    period: ComparedPeriod
    deployments: tuple[ReconciledDeployment, ...]
    without_deployment: tuple[ReconciledLaunch, ...]
    launch_count: int

    @property
    def is_equal(self) -> bool:
        """Return whether nothing differs."""
        return not self.without_deployment and not any(
            deployment.differences for deployment in self.deployments
        )


def reconcile(
    deployments: Iterable[Deployment],
    launches: Sequence[ReconciledLaunch],
    period: ComparedPeriod,
    tolerance: timedelta = TOLERANCE,
) -> Reconciliation:
    """Return how deployments and launches of a period differ.

    A deployment belongs to the launch that it names; else to one of its product and environment
    that launches what was deployed and whose window is open, else to the nearest that launches it,
    else to one whose window is open. Deployments outside the period are looked at, so that the
    launch they belong to is not missed, but not listed.
    """
    by_product: dict[str, list[ReconciledLaunch]] = {}
    for launch in launches:
        by_product.setdefault(launch.product.casefold(), []).append(launch)
    listed: list[ReconciledDeployment] = []
    deployed: set[int] = set()
    for deployment in sorted(deployments, key=lambda item: (item.at, item.origin)):
        same_product = by_product.get(deployment.product.casefold(), [])
        match = _belonging(deployment, same_product, tolerance)
        if match is not None:
            deployed.add(match.number)
        if period.holds(deployment.at):
            differences = tuple(_differences(deployment, match, tolerance))
            listed.append(ReconciledDeployment(deployment, match, differences))
    carried_out = [launch for launch in launches if period.overlaps(launch.execution)]
    missing = (launch for launch in carried_out if launch.number not in deployed)
    return Reconciliation(period, tuple(listed), tuple(missing), len(carried_out))


def _belonging(
    deployment: Deployment, launches: Sequence[ReconciledLaunch], tolerance: timedelta
) -> ReconciledLaunch | None:
    """Return the launch that a deployment belongs to."""
    if deployment.launch:
        named = (launch for launch in launches if launch.name == deployment.launch)
        return max(named, key=lambda launch: _closeness(deployment, launch), default=None)
    ranked: list[tuple[tuple[bool, bool, bool, timedelta, int], ReconciledLaunch]] = []
    for launch in launches:
        if not _is_same_environment(deployment, launch):
            continue
        is_same = is_launched_by(deployment, launch)
        is_inside = _is_inside(deployment, launch, tolerance)
        if is_same or is_inside:
            approved = launch.is_approved_at(deployment.at)
            near = _closeness(deployment, launch)
            rank = (is_same and is_inside, is_same, approved, near, launch.number)
            ranked.append((rank, launch))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _differences(
    deployment: Deployment, launch: ReconciledLaunch | None, tolerance: timedelta
) -> Iterator[Difference]:
    if launch is None or not _is_same_environment(deployment, launch):
        yield Difference.NO_LAUNCH
        return
    if not launch.is_approved_at(deployment.at):
        yield Difference.NOT_APPROVED
    if not is_launched_by(deployment, launch):
        is_open = _names_only_commits(deployment, launch)
        yield Difference.NOT_COMPARABLE if is_open else Difference.OTHER_ARTIFACT
    if not _is_inside(deployment, launch, tolerance):
        yield Difference.OUTSIDE_WINDOW
    if launch.execution is None:
        yield Difference.NOT_RECORDED


def _is_same_environment(deployment: Deployment, launch: ReconciledLaunch) -> bool:
    """Return whether both are of one environment; either may leave it out."""
    ours, theirs = launch.environment.casefold(), deployment.environment.casefold()
    return not ours or not theirs or ours == theirs


def _is_inside(deployment: Deployment, launch: ReconciledLaunch, tolerance: timedelta) -> bool:
    start, end = launch.version_at(deployment.at).window
    if start is None or end is None:
        return False
    return start - tolerance <= deployment.at <= end + tolerance


def _closeness(deployment: Deployment, launch: ReconciledLaunch) -> timedelta:
    """Return the time between a deployment and a window, below zero, so that more is nearer."""
    start, end = launch.version_at(deployment.at).window
    if start is None or end is None:
        return timedelta.min
    return min(deployment.at - start, end - deployment.at, timedelta())


def is_launched_by(deployment: Deployment, launch: ReconciledLaunch) -> bool:
    """Return whether what was deployed is what the approved version launches.

    An artifact may carry more than the reference says, before it: `registry/web:v3.2.0` and
    `web@sha256:…` are what `v3.2.0` and `sha256:…` name. Commits may be shortened to seven digits.
    """
    references = launch.version_at(deployment.at).references
    return any(
        _is_same_artifact(identifier, reference)
        for identifier in deployment.identifiers
        for reference in references
    )


def _names_only_commits(deployment: Deployment, launch: ReconciledLaunch) -> bool:
    """Return whether a deployment is named by commits alone, and the launch by none.

    Which commit a tag is, only the repository of the product could say.
    """
    references = launch.version_at(deployment.at).references
    return all(_is_commit(name) for name in deployment.identifiers) and not any(
        _is_commit(reference) for reference in references
    )


def _is_commit(text: str) -> bool:
    return _COMMIT.fullmatch(_plain(text)) is not None


def _is_same_artifact(identifier: str, reference: str) -> bool:
    ours, theirs = _plain(reference), _plain(identifier)
    if not ours or not theirs:
        return False
    if ours in {theirs, *_tails(theirs)}:
        return True
    if _COMMIT.fullmatch(ours) and _COMMIT.fullmatch(theirs):
        return ours.startswith(theirs) or theirs.startswith(ours)
    return False


def _plain(text: str) -> str:
    """Return a reference without what differs by habit: case, spaces, the `v` of a version."""
    return _VERSION.sub("", text.strip().casefold(), count=1)


def _tails(artifact: str) -> Iterator[str]:
    """Yield what stands after the name in an artifact: its digest, or its tag."""
    name, separator, digest = artifact.rpartition("@")
    if separator:
        yield digest
    _, separator, tag = (name if separator else artifact).rpartition(":")
    if separator and "/" not in tag:
        yield _plain(tag)

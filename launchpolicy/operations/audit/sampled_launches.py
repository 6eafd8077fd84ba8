"""Read what a page of the sample shows: the request as merged, and what changed since approval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from launchpolicy.ledger.audit.differences import TextDifference, difference_of
from launchpolicy.ledger.audit.facts import EntryMakers
from launchpolicy.ledger.audit.holders import asking_events, holders_of
from launchpolicy.ledger.audit.population import AuditLaunch
from launchpolicy.ledger.audit.report import SampledLaunch
from launchpolicy.ledger.audit.sample import sample_rank
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.operations.ledger.branch.past_files import PastFiles, digest_of_file, text_of_file

_MOST_LINES = 600


def sampled_launches(
    sample: Sequence[AuditLaunch],
    seed: str,
    files: PastFiles,
    makers: Mapping[int, EntryMakers],
) -> Iterator[SampledLaunch]:
    """Yield each launch of a sample with its request."""
    for launch in sample:
        latest = _latest_with_request(launch)
        text = text_of_file(files.read(latest.entry.commit, latest.entry.path))
        lines = text.splitlines() if text is not None else []
        yield SampledLaunch(
            launch=launch,
            rank=sample_rank(seed, launch.id),
            holders=holders_of(launch, makers),
            request="\n".join(lines[:_MOST_LINES]) if text is not None else None,
            request_number=latest.number,
            left_out=max(len(lines) - _MOST_LINES, 0),
            since_approval=_since_approval(launch, latest, files),
        )


def _latest_with_request(launch: AuditLaunch) -> NumberedEntry:
    """Return the latest entry whose request was there after it."""
    events = launch.launch.events
    return next((event for event in reversed(events) if event.entry.content), events[-1])


def _since_approval(
    launch: AuditLaunch, latest: NumberedEntry, files: PastFiles
) -> TextDifference | None:
    """Return how the latest version differs from the one that was approved last."""
    events = [event.entry for event in asking_events(launch) if event.entry.approvals]
    if not events:
        return None
    approved = events[-1]
    old = files.read(approved.commit, approved.path)
    new = files.read(latest.entry.commit, latest.entry.path)
    digests = digest_of_file(old), digest_of_file(new)
    return difference_of(latest.entry.path, text_of_file(old), text_of_file(new), digests)

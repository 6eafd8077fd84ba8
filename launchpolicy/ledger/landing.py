"""What landed on the protected branch at once: one merge, or commits that were pushed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.ledger.entry import TimeSource
from launchpolicy.ledger.records import CommitMaker, PullRequestRecord
from launchpolicy.vocabulary.finding import Judgement
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class LandingMakers:
    """Who wrote what landed, who put it onto the branch, and why without a passing verdict."""

    authors: tuple[CommitMaker, ...] = ()
    merged_by: CommitMaker | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Landing:
    """One step of the branch.

    `commit` is what the branch was at after it, `parent` before it (None: there was nothing).
    `commits` are the others that it brought, oldest first. `record` is the digest of what was
    recorded about it, "" where nothing was. `pushers_are_unknown` says that the host could not tell
    of every commit who pushed it. `makers` are of a landing that is entered in the third format or
    a later one; None of one that is entered as before.
    """

    commit: str
    parent: str | None
    at: datetime
    time_source: TimeSource = "commit"
    requested_at: datetime | None = None
    commits: tuple[str, ...] = ()
    proposal: PullRequestRecord | None = None
    record: str = ""
    pushers_are_unknown: bool = False
    makers: LandingMakers | None = None


@dataclass(frozen=True, slots=True)
class LandedRequest:
    """One request of a landing: how it was judged, and both its versions as plain data.

    `source` are the bytes of the new version, None where it is gone. `evidence` says for every
    reference which digest the file there has, "" for none. `display` are people's names by id.
    `fixed` are the policies that an earlier version of the proposal did not fulfil. `renamed_from`
    are name, path and document of what it was before. `document` says which one of a file of many.
    """

    judgement: Judgement
    new: Data = None
    old: Data = None
    source: bytes | None = None
    staged: bool = False
    evidence: tuple[tuple[Reference, str], ...] = ()
    display: Mapping[str, Text] = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    renamed_from: tuple[str, str, str] | None = None
    document: str = ""


def utc(moment: datetime) -> str:
    """Return a moment as entries write it: RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

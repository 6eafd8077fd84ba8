"""What an audit knows besides the entries: read from the repository, and given here as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from launchpolicy.ledger.audit.differences import TextDifference
from launchpolicy.ledger.audit.duties import Duty
from launchpolicy.ledger.audit.population import LandingCounts
from launchpolicy.ledger.records import EvidenceItem
from launchpolicy.requests.calendar import Freeze
from launchpolicy.vocabulary.names import NO_NAMES, Names, with_id
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class EvidenceCheck:
    """One reference of an entry, and the digest that its file has in the repository now.

    `digest` is `sha256:…`, "" where there is no such file, and None where nobody could look.
    """

    item: EvidenceItem
    digest: str | None

    @property
    def is_as_recorded(self) -> bool:
        """Return whether request, entry and repository agree on the bytes."""
        return self.digest == self.item.found == f"sha256:{self.item.sha256}"


class KeyChange(NamedTuple):
    """A public key that a change of rules adds or removes, as it is written there."""

    key: str
    is_added: bool


class ReviewFact(NamedTuple):
    """When an emergency launch was reviewed, as it is written, and by whom."""

    at: str
    people: tuple[str, ...]


class WaiverFile(NamedTuple):
    """A waiver as its file says it at the end of the period; what it does not say is "" or ()."""

    name: str
    policy: str
    requests: tuple[str, ...]
    owner: str
    expires: str
    reason: Text | None


@dataclass(frozen=True, slots=True)
class EntryMakers:
    """Who wrote a landing and who merged it, as ids of the directory, or as git has them.

    `from_git` says that the entry does not record them, so that they are only what git says, which
    anybody can write.
    """

    authors: tuple[str, ...] = ()
    merger: str = ""
    from_git: bool = False


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """Facts by number of the entry, or by id of the launch.

    `evidence` and `contents` are by entry: the latter is the digest of the request at its commit,
    None where nobody could look. `makers` are by entry. `reviews` has the emergency launches that
    were reviewed, `review_dues` until when each was to be, as it was approved. `freezes` are those
    that were known when a launch was approved and carried out. `waiver_reasons` are by name,
    `waivers` the files of the end of the period, None where nobody could look. `differences` are by
    entry about rules or waivers, `keys` the keys that such an entry adds or removes. `permits` are
    the duties that a policy lets its approvers have besides (by id of the policy).
    `unread_calendars` counts the commits whose calendar was broken, so that no freeze is known.
    `names` and `titles`, those of policies by id, are as the head of the branch has them.
    """

    landings: LandingCounts | None = None
    evidence: Mapping[int, tuple[EvidenceCheck, ...]] = field(default_factory=dict)
    contents: Mapping[int, str | None] = field(default_factory=dict)
    makers: Mapping[int, EntryMakers] = field(default_factory=dict)
    reviews: Mapping[str, ReviewFact] = field(default_factory=dict)
    review_dues: Mapping[str, str] = field(default_factory=dict)
    freezes: Mapping[str, tuple[Freeze, ...]] = field(default_factory=dict)
    waiver_reasons: Mapping[str, Text] = field(default_factory=dict)
    waivers: tuple[WaiverFile, ...] | None = None
    differences: Mapping[int, tuple[TextDifference, ...]] = field(default_factory=dict)
    keys: Mapping[int, tuple[KeyChange, ...]] = field(default_factory=dict)
    permits: Mapping[str, frozenset[Duty]] = field(default_factory=dict)
    unread_calendars: int = 0
    names: Names = NO_NAMES
    titles: Mapping[str, Text] = field(default_factory=dict)

    def policy(self, identifier: str) -> Text:
        """Return the title of a policy with its id; the id of one that the head does not have."""
        return with_id(self.titles.get(identifier, Text(identifier, identifier)), identifier)

"""Read from the repository what an audit has to know besides the entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from launchpolicy.documents.reading import Document, read
from launchpolicy.ledger.audit.carried_out import approved_entry, was_emergency
from launchpolicy.ledger.audit.facts import (
    AuditFacts,
    EntryMakers,
    EvidenceCheck,
    ReviewFact,
)
from launchpolicy.ledger.audit.population import AuditLaunch, LandingCounts, Population
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.operations.audit.makers import MakerReader, people_by_address
from launchpolicy.operations.audit.rule_differences import (
    differences_of,
    key_changes,
    waiver_reason,
)
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.past_files import PastFiles, digest_of_file
from launchpolicy.operations.rules.people_and_calendar import load_calendar, load_directory
from launchpolicy.requests.calendar import Freeze
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.text import Text

_DONE = frozenset({"launched", "verified", "closed", "rolled-back"})


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads the facts of a population, each file of history once."""

    place: LedgerLocation
    files: PastFiles
    _freezes: dict[str, tuple[Freeze, ...]] = field(default_factory=dict)
    _unread_calendars: set[str] = field(default_factory=set)

    def facts_of(self, population: Population, landings: LandingCounts) -> AuditFacts:
        """Return everything that is known of a population."""
        launches = population.launches
        events = [event for launch in launches for event in launch.events]
        changed = [*population.rules, *(e for w in population.waivers for e in w.events)]
        every = [e for launch in launches for e in launch.launch.events]
        directory = self._directory()
        freezes = {launch.id: self._freezes_of(launch) for launch in launches}
        return AuditFacts(
            landings=landings,
            unread_calendars=len(self._unread_calendars),
            evidence={n: tuple(self._evidence(entry)) for n, entry in events},
            contents={n: digest_of_file(self._request(entry)) for n, entry in events},
            makers=self._makers(directory, [*every, *changed, *population.voiding]),
            names=names_of(self.place.configuration, directory),
            reviews=dict(self._reviews(launches)),
            review_dues={
                launch.id: self._review_due(launch) for launch in launches if was_emergency(launch)
            },
            freezes=freezes,
            waiver_reasons=self._waiver_reasons(launches),
            differences={n: differences_of(entry, self.files) for n, entry in changed},
            keys={n: key_changes(entry, self.files) for n, entry in changed},
        )

    def _evidence(self, entry: Entry) -> Iterator[EvidenceCheck]:
        for item in entry.evidence:
            digest = self.files.evidence_digest(entry.commit, entry.path, item)
            yield EvidenceCheck(item, digest)

    def _request(self, entry: Entry) -> bytes | None:
        return self.files.read(entry.commit, entry.path)

    def _directory(self) -> Directory | None:
        """Return the people of the head; None where there are none that can be read."""
        snapshot = self.files.at(self.place.head)
        if snapshot is not None:
            with suppress(LaunchpolicyError):
                return load_directory(snapshot, self.place.configuration.paths)
        return None

    def _makers(
        self, directory: Directory | None, events: Sequence[NumberedEntry]
    ) -> dict[int, EntryMakers]:
        reader = MakerReader(self.place, people_by_address(directory))
        return {number: reader.makers_of(entry) for number, entry in events}

    def _reviews(self, launches: Sequence[AuditLaunch]) -> Iterator[tuple[str, ReviewFact]]:
        """Yield the id of each emergency launch that was reviewed, with its review."""
        for launch in launches:
            review = self._review(launch) if was_emergency(launch) else None
            if review is not None:
                yield launch.id, review

    def _review(self, launch: AuditLaunch) -> ReviewFact | None:
        for _, entry in reversed(launch.launch.events):
            data = self._request(entry)
            document = read(entry.path, data) if data is not None else None
            if not isinstance(document, Document):
                continue
            at = value_at(document.data, ("status", "review", "at"))
            by = value_at(document.data, ("status", "review", "by"))
            named = by if isinstance(by, list) else []
            people = [person for person in named if isinstance(person, str)]
            if isinstance(at, str) and people:
                return ReviewFact(at, tuple(people))
        return None

    def _review_due(self, launch: AuditLaunch) -> str:
        """Return when the review of an emergency was due as it was approved; "" if it said none.

        A time that is moved together with the record of the launch, or after it, excuses nothing.
        """
        entry = approved_entry(launch)
        data = self._request(entry)
        document = read(entry.path, data) if data is not None else None
        content = document.data if isinstance(document, Document) else None
        return text_at(content, ("spec", "emergency", "reviewBy"))

    def _freezes_of(self, launch: AuditLaunch) -> tuple[Freeze, ...]:
        """Return the freezes of the calendars that a launch was approved and carried out under.

        A calendar that is changed together with the launch, or after it, frees nothing.
        """
        commits: list[str] = []
        for _, entry in launch.launch.events:
            commits += [entry.parent] if entry.parent is not None else []
            if entry.stage in _DONE:
                break
        freezes = (freeze for commit in commits for freeze in self._freezes_at(commit))
        return tuple({(f.name, f.start, f.end): f for f in freezes}.values())

    def _freezes_at(self, commit: str) -> tuple[Freeze, ...]:
        if commit not in self._freezes:
            snapshot, calendar = self.files.at(commit), None
            if self.place.fixed is not None:
                snapshot = self.place.fixed.trusted
            try:
                if snapshot is not None:
                    calendar = load_calendar(snapshot, self.place.configuration.paths)
            except LaunchpolicyError:
                self._unread_calendars.add(commit)
            self._freezes[commit] = calendar.freezes if calendar is not None else ()
        return self._freezes[commit]

    def _waiver_reasons(self, launches: Sequence[AuditLaunch]) -> Mapping[str, Text]:
        reasons: dict[str, Text] = {}
        folder = self.place.configuration.paths.waivers
        for launch in launches:
            for _, entry in launch.events:
                for use in entry.waivers:
                    path = f"{folder}/{use.waiver}.yaml"
                    reason = waiver_reason(path, self.files.read(entry.parent, path))
                    if reason is not None:
                        reasons.setdefault(use.waiver, reason)
        return reasons

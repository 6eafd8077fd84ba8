"""Everything that landed in the period, in numbers that add up, and the launches among it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from launchpolicy.ledger.audit.scope import AuditScope
from launchpolicy.ledger.entry import RULES, WAIVER, Entry
from launchpolicy.ledger.launch_identity import lasting_id
from launchpolicy.ledger.launches import Launch, NumberedEntry, launches_among
from launchpolicy.ledger.voids import voids_among


@dataclass(frozen=True, slots=True)
class AuditLaunch:
    """A launch with entries in the period: all of its story until the end of the period.

    `id` is the lasting name of the launch: that of its first entry, however often it was renamed.
    `numbers` are its entries in the period.
    """

    id: str
    launch: Launch
    numbers: tuple[int, ...]

    @property
    def events(self) -> tuple[NumberedEntry, ...]:
        """Return the entries of the period."""
        return tuple(event for event in self.launch.events if event.number in self.numbers)


@dataclass(frozen=True, slots=True)
class UnrecordedLanding:
    """A landing that changes requests or rules and has no entry, or an entry without a landing.

    `what` are the paths or events that history says it changed, `number` that of such an entry.
    """

    commit: str
    at: str
    what: tuple[str, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class LandingCounts:
    """What history says of the period, counted from git and not from the ledger.

    `steps` are the commits of the first-parent history: those `with_entries`, those that landed
    `together` with a later one, those that change `nothing` that is recorded, and those `missing`.
    `strangers` are commits of entries that are not on the branch.
    """

    steps: int
    with_entries: int
    together: int
    nothing: int
    missing: tuple[UnrecordedLanding, ...] = ()
    strangers: tuple[UnrecordedLanding, ...] = ()

    @property
    def is_sum(self) -> bool:
        """Return whether the parts make the whole."""
        parts = self.with_entries + self.together + self.nothing + len(self.missing)
        return self.steps == parts


@dataclass(frozen=True, slots=True)
class Population:
    """The entries of the period by what they are about; every entry is in exactly one place.

    `voided` are the numbers of entries that a later one voids, `voiding` those that void.
    `known_waivers` are all that the ledger knows until the end of the period.
    """

    scope: AuditScope
    launches: tuple[AuditLaunch, ...]
    waivers: tuple[AuditLaunch, ...]
    rules: tuple[NumberedEntry, ...]
    voided: tuple[NumberedEntry, ...]
    voiding: tuple[NumberedEntry, ...]
    commits: int
    known_waivers: tuple[Launch, ...] = ()

    @property
    def launch_entries(self) -> int:
        """Return the number of entries about launches."""
        return sum(len(launch.numbers) for launch in self.launches)

    @property
    def waiver_entries(self) -> int:
        """Return the number of entries about waivers."""
        return sum(len(waiver.numbers) for waiver in self.waivers)

    @property
    def is_sum(self) -> bool:
        """Return whether the parts make the whole."""
        others = len(self.rules) + len(self.voided) + len(self.voiding)
        return self.scope.size == self.launch_entries + self.waiver_entries + others


def population_of(origin: str, entries: Sequence[Entry], scope: AuditScope) -> Population:
    """Return the population of a period; what the ledger holds after it plays no part."""
    known = list(enumerate(entries[: scope.end]))
    voids = tuple(voids_among(entries[: scope.end]))
    voiding = [NumberedEntry(void.number, void.entry) for void in voids]
    gone = {number for void in voids for number in void.numbers}
    void_numbers = {void.number for void in voids}
    launches = launches_among(
        NumberedEntry(number, entry)
        for number, entry in known
        if number not in gone and number not in void_numbers
    )
    every = list(_in_scope(origin, launches.all, scope))
    return Population(
        scope=scope,
        launches=tuple(launch for launch in every if launch.launch.kind != WAIVER),
        waivers=tuple(launch for launch in every if launch.launch.kind == WAIVER),
        rules=tuple(event for event in launches.rules if scope.has_number(event.number)),
        voided=tuple(
            NumberedEntry(number, entry)
            for number, entry in known
            if number in gone - void_numbers and scope.has_number(number)
        ),
        voiding=tuple(event for event in voiding if scope.has_number(event.number)),
        known_waivers=tuple(launch for launch in launches.all if launch.kind == WAIVER),
        commits=len({entry.commit for number, entry in known if scope.has_number(number)}),
    )


def _in_scope(origin: str, launches: Iterable[Launch], scope: AuditScope) -> Iterable[AuditLaunch]:
    """Yield the launches with entries in the period, in the order of their first entries."""
    for launch in sorted(launches, key=lambda launch: launch.events[0].number):
        numbers = tuple(e.number for e in launch.events if scope.has_number(e.number))
        if numbers and launch.kind != RULES:
            first = launch.events[0]
            yield AuditLaunch(lasting_id(origin, first.number, first.entry.commit), launch, numbers)

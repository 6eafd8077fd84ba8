"""Which launches someone asks for: by product, person, month, stage, outcome, process, kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, LaunchState


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; "" and None ask for anything. `month` reads `2026-11`.

    A person is found by id or by the name the directory had for them, in any role, approvals
    included. `outcome` is a standing; a launch counts as launched once it is announced (D4.10).
    """

    product: str = ""
    person: str = ""
    month: str = ""
    stage: str = ""
    outcome: LaunchState | None = None
    process: str = ""
    kind: str = ""
    bypassed: bool = False
    emergency: bool = False

    def matches(self, launch: Launch) -> bool:
        """Return whether a launch is asked for."""
        facts = launch.facts
        conditions = (
            not self.product or launch.product.casefold() == self.product.casefold(),
            not self.stage or facts.stage == self.stage,
            self.outcome is None or launch.standing is self.outcome,
            not self.process or facts.process == self.process,
            not self.kind or launch.kind == self.kind,
            not self.bypassed or launch.is_bypassed,
            not self.emergency or launch.is_emergency,
            not self.month or self.month in _months(launch),
            not self.person or self.person.casefold() in _people(launch),
        )
        return all(conditions)


def select(launches: Iterable[Launch], query: Query) -> tuple[Launch, ...]:
    """Return the launches that are asked for, in their order."""
    return tuple(launch for launch in launches if query.matches(launch))


def _months(launch: Launch) -> set[str]:
    """Return the months in which something happened to a launch, as its writers count them."""
    last = launch.latest_change.number
    merged = {event.entry.at[:7] for event in launch.events if event.number <= last}
    facts = launch.facts
    spans = [span for span in (facts.planned, facts.actual) if span is not None]
    written = {moment[:7] for span in spans for moment in (span.start, span.end) if moment}
    return merged | written


def _people(launch: Launch) -> set[str]:
    return {name.casefold() for event in launch.events for name in _names_in(event.entry)}


def _names_in(entry: Entry) -> Iterator[str]:
    for involved in entry.people:
        yield involved.person
        if involved.display is not None:
            yield from (involved.display.en, involved.display.zh)
    yield from (counted.by for counted in entry.approvals)

"""Changes of rules, people, keys and waivers: who made them, who approved them, what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from launchpolicy.ledger.audit.differences import TextDifference
from launchpolicy.ledger.audit.facts import AuditFacts, EntryMakers, KeyChange
from launchpolicy.ledger.audit.population import Population
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.vocabulary.text import Text

SUBJECTS: dict[str, Text] = {
    "adoption": Text("first rules", "首次采用规则"),
    "rules": Text("rules", "规则"),
    "people": Text("people", "人员"),
    "keys": Text("keys", "密钥"),
    "waiver": Text("waiver", "豁免"),
}
_OF_EVENT = {"adopted": "adoption", "policy-changed": "rules", "people-changed": "people"}


@dataclass(frozen=True, slots=True)
class ChangeOfRules:
    """One entry about rules, people or a waiver, with the differences of its files.

    `subjects` are ids of `SUBJECTS`; `keys` the public keys that it adds or removes.
    """

    number: int
    entry: Entry
    subjects: tuple[str, ...]
    makers: EntryMakers
    differences: tuple[TextDifference, ...]
    keys: tuple[KeyChange, ...]

    @property
    def approvers(self) -> tuple[str, ...]:
        """Return who approved, each once."""
        return tuple(dict.fromkeys(approval.by for approval in self.entry.approvals))


def changes_of(population: Population, facts: AuditFacts) -> tuple[ChangeOfRules, ...]:
    """Return every change of the period, in the order of the ledger."""
    events = [(event, "") for event in population.rules]
    events += [(event, "waiver") for waiver in population.waivers for event in waiver.events]
    ordered = sorted(events, key=lambda pair: pair[0].number)
    return tuple(_change(event, subject, facts) for event, subject in ordered)


def _change(event: NumberedEntry, subject: str, facts: AuditFacts) -> ChangeOfRules:
    number, entry = event
    keys = facts.keys.get(number, ())
    return ChangeOfRules(
        number=number,
        entry=entry,
        subjects=tuple(_subjects(entry, subject, is_of_keys=bool(keys))),
        makers=facts.makers.get(number, EntryMakers()),
        differences=facts.differences.get(number, ()),
        keys=keys,
    )


def _subjects(entry: Entry, subject: str, *, is_of_keys: bool) -> Iterator[str]:
    yield subject or _OF_EVENT.get(entry.became, "rules")
    if is_of_keys:
        yield "keys"

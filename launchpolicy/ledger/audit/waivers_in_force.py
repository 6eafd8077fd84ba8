"""The waivers of a period: those that were there at its end, and those that let something pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.audit.facts import AuditFacts, WaiverFile
from launchpolicy.ledger.audit.population import Population
from launchpolicy.vocabulary.text import Text


class AuditedWaiver(NamedTuple):
    """A waiver of a period: what it says, who approved it, and which launches it let pass.

    `is_there` says whether its file was there at the end of the period, `is_open` whether it was
    valid then. `used_by` are launches of the period.
    """

    file: WaiverFile
    approvers: tuple[str, ...]
    used_by: tuple[str, ...]
    is_there: bool
    is_open: bool

    @property
    def state(self) -> Text:
        """Return in words how the waiver stands at the end of the period."""
        if self.is_open:
            return Text("open", "有效")
        if self.is_there:
            return Text("expired", "已到期")
        return Text("removed", "已移除")


def waivers_of_period(population: Population, facts: AuditFacts) -> tuple[AuditedWaiver, ...]:
    """Return the waivers of a period by name."""
    return tuple(sorted(_waivers_of_period(population, facts), key=lambda waiver: waiver.file.name))


def _waivers_of_period(population: Population, facts: AuditFacts) -> Iterator[AuditedWaiver]:
    scope = population.scope
    end = scope.until or parse_instant(scope.last_at)
    approvers = _approvers(population)
    uses = _uses(population)
    there = {file.name: file for file in facts.waivers or ()}
    for name in there.keys() | uses.keys():
        file = there.get(name)
        used_by = uses[name][1] if name in uses else ()
        expires = parse_instant(file.expires) if file is not None and file.expires else None
        yield AuditedWaiver(
            file=file if file is not None else uses[name][0],
            approvers=approvers.get(name, ()),
            used_by=used_by,
            is_there=file is not None,
            is_open=expires is not None and end is not None and expires > end,
        )


def _approvers(population: Population) -> dict[str, tuple[str, ...]]:
    """Return who approved each waiver, whenever that was, as far as the ledger counted it."""
    return {
        waiver.name: tuple(
            dict.fromkeys(one.by for event in waiver.events for one in event.entry.approvals)
        )
        for waiver in population.known_waivers
    }


def _uses(population: Population) -> dict[str, tuple[WaiverFile, tuple[str, ...]]]:
    """Return what entries of the period say of the waivers that they name, and which launches."""
    files: dict[str, WaiverFile] = {}
    launches: dict[str, dict[str, None]] = {}
    for launch in population.launches:
        for _, entry in launch.events:
            for use in entry.waivers:
                file = WaiverFile(use.waiver, use.policy, (), use.owner, use.expires, None)
                files[use.waiver] = file
                launches.setdefault(use.waiver, {})[launch.launch.name] = None
    return {name: (file, tuple(launches[name])) for name, file in files.items()}

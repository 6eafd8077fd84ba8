"""The whole of an audit as one value, which reporters show as pages, tables and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from launchpolicy.ledger.audit.changes import ChangeOfRules
from launchpolicy.ledger.audit.controls import ControlCount
from launchpolicy.ledger.audit.differences import TextDifference
from launchpolicy.ledger.audit.duties import DutyPair, Holders
from launchpolicy.ledger.audit.emergencies import EmergencyLaunch
from launchpolicy.ledger.audit.exception_kinds import INTEGRITY, ExceptionRecord
from launchpolicy.ledger.audit.facts import AuditFacts
from launchpolicy.ledger.audit.population import AuditLaunch, Population
from launchpolicy.ledger.audit.waivers_in_force import AuditedWaiver
from launchpolicy.vocabulary.text import Language, Text


@dataclass(frozen=True, slots=True)
class LedgerProofs:
    """What shows which ledger was audited, and that the period is a part of it.

    `begin` and `end` are checkpoints of the ledger as it was before the first and after the last
    entry of the period, "" where that is the empty ledger; `ledger` is the one of the ledger itself
    with its signatures. `files` are proofs by their path: that the beginning leads to the end, and
    the end to the ledger (c2sp.org/tlog-witness, add-checkpoint).
    """

    origin: str
    size: int
    root: str
    begin: str
    end: str
    ledger: str
    is_signed: bool
    is_verified: bool
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SampledLaunch:
    """A launch of the sample with what a page shows of it.

    `request` is the text of the request at entry `request_number`, None where it cannot be read;
    `since_approval` the difference from the version that was last approved, None where there is
    none. `left_out` counts the lines of the request that are not shown.
    """

    launch: AuditLaunch
    rank: str
    holders: Holders
    request: str | None
    request_number: int
    left_out: int
    since_approval: TextDifference | None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """Everything that an audit says. `receipts` are by number of the entry."""

    language: Language
    proofs: LedgerProofs
    seed: str
    is_seed_chosen: bool
    population: Population
    facts: AuditFacts
    sample: tuple[SampledLaunch, ...]
    exceptions: tuple[ExceptionRecord, ...]
    emergencies: tuple[EmergencyLaunch, ...]
    waivers: tuple[AuditedWaiver, ...]
    pairs: tuple[DutyPair, ...]
    changes: tuple[ChangeOfRules, ...]
    controls: tuple[ControlCount, ...]
    limits: tuple[Text, ...]
    receipts: Mapping[int, str]

    @property
    def is_broken(self) -> bool:
        """Return whether ledger and history differ."""
        return any(record.kind in INTEGRITY for record in self.exceptions)

"""Collect a whole audit: the period, what is in it, a sample, and the proofs of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from launchpolicy.engine import rule_changes
from launchpolicy.ledger.audit.changes import changes_of
from launchpolicy.ledger.audit.controls import control_map
from launchpolicy.ledger.audit.duties import Duty, duty_pairs
from launchpolicy.ledger.audit.emergencies import emergencies_of
from launchpolicy.ledger.audit.exceptions import exceptions_of
from launchpolicy.ledger.audit.facts import WaiverFile
from launchpolicy.ledger.audit.holders import holders_of
from launchpolicy.ledger.audit.limitations import LimitInputs, limits_of
from launchpolicy.ledger.audit.population import Population, population_of
from launchpolicy.ledger.audit.report import AuditReport, LedgerProofs, SampledLaunch
from launchpolicy.ledger.audit.sample import draw_sample
from launchpolicy.ledger.audit.scope import scope_of
from launchpolicy.ledger.audit.waivers_in_force import waivers_of_period
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.voids import last_standing_number
from launchpolicy.operations.audit.facts import FactReader
from launchpolicy.operations.audit.history import landing_counts
from launchpolicy.operations.audit.proofs import ledger_proofs
from launchpolicy.operations.audit.sampled_launches import sampled_launches
from launchpolicy.operations.audit.waiver_files import waiver_files
from launchpolicy.operations.ledger.branch.entries import current_state, receipt
from launchpolicy.operations.ledger.branch.entries import entries as all_entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.past_files import PastFiles
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.derivation.rules_over_time import rules_of
from launchpolicy.operations.ledger.problems import no_ledger
from launchpolicy.operations.ledger.verification.witnesses import cosigned_state
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.text import Language

_WORDS = {Duty.EXECUTOR: "executor", Duty.TESTER: "testers"}
"""What a quorum calls duties that it may exclude."""


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """What is asked for: the period, the size of the sample, and its seed.

    `until` is the first moment after the period. `seed` is "" for the root of the period's end.
    """

    since: datetime | None = None
    until: datetime | None = None
    sample: int = 25
    seed: str = ""


def collect_audit(place: LedgerLocation, options: AuditOptions, language: Language) -> AuditReport:
    """Return the audit of a period.

    Raises:
        UsageError: there is no ledger.
        MalformedLedgerError: the ledger is damaged.
        UndecidedError: git cannot read something.
    """
    state = current_state(place)
    if state.checkpoint is None:
        raise no_ledger(place.settings.branch)
    entries = list(all_entries(state))
    scope = scope_of(entries, options.since, options.until)
    population = population_of(state.checkpoint.origin, entries, scope)
    files = PastFiles(place)
    landings = landing_counts(place, state, entries, scope)
    policies = _policies(place, files)
    facts = FactReader(place, files).facts_of(population, landings)
    texts = (*rule_changes.TEXTS.values(), *(policy.text for policy in policies))
    titles = {text.id: text.title for text in texts}
    waivers = _waivers(place, files, entries[: scope.end])
    facts = replace(facts, permits=_permits(policies), titles=titles, waivers=waivers)
    proofs = ledger_proofs(place, state, scope)
    seed = options.seed or _seed(proofs)
    drawn = draw_sample(population.launches, seed, options.sample)
    sample = tuple(sampled_launches(drawn, seed, files, facts.makers))
    exceptions = exceptions_of(population, facts)
    inputs = LimitInputs(proofs.is_signed, proofs.is_verified, bool(options.seed))
    return AuditReport(
        language=language,
        proofs=proofs,
        seed=seed,
        is_seed_chosen=bool(options.seed),
        population=population,
        facts=facts,
        sample=sample,
        exceptions=exceptions,
        emergencies=emergencies_of(population, facts),
        waivers=waivers_of_period(population, facts),
        pairs=duty_pairs(
            (launch.id, launch.launch.name, holders_of(launch, facts.makers))
            for launch in population.launches
        ),
        changes=changes_of(population, facts),
        controls=control_map(
            population, exceptions, {policy.id: policy.text.controls for policy in policies}
        ),
        limits=tuple(limits_of(population, facts, inputs)),
        receipts=_receipts(cosigned_state(place, state), sample, population),
    )


def _waivers(
    place: LedgerLocation, files: PastFiles, entries: Sequence[Entry]
) -> tuple[WaiverFile, ...] | None:
    """Return the waivers that were there at the last of some entries; None where nobody can look.

    Each change of a waiver has an entry, so what landed after the last one changed none.
    """
    last = last_standing_number(len(entries), entries.__getitem__)
    if last is None:
        return ()
    return waiver_files(files, entries[last].commit, place.configuration.paths.waivers)


def _seed(proofs: LedgerProofs) -> str:
    """Return the root of the ledger at the end of the period; of an empty one, its origin."""
    lines = proofs.end.split("\n")
    return lines[2] if proofs.end else proofs.origin


def _receipts(
    state: LedgerState, sample: tuple[SampledLaunch, ...], population: Population
) -> dict[int, str]:
    """Return the receipts of every entry of the sample until the end of the period."""
    numbers = {event.number for one in sample for event in one.launch.launch.events}
    kept = sorted(number for number in numbers if number < population.scope.end)
    return {number: receipt(state, number).source for number in kept}


def _policies(place: LedgerLocation, files: PastFiles) -> tuple[Policy, ...]:
    """Return the policies of the head; none of broken rules."""
    rules = place.fixed
    snapshot = files.at(place.head)
    if rules is None and snapshot is not None:
        try:
            rules = rules_of(snapshot)
        except (MalformedRulesError, UsageError):
            return ()
    return rules.pack_set.policies if rules is not None else ()


def _permits(policies: Iterable[Policy]) -> dict[str, frozenset[Duty]]:
    """Return which duties besides approving each policy lets its approvers have."""
    return {
        policy.id: frozenset(
            duty for duty, word in _WORDS.items() if word not in policy.quorum.exclude
        )
        for policy in policies
        if policy.quorum is not None
    }

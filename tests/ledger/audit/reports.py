"""Reports of a year without a repository, for what is made of them."""

from __future__ import annotations

from launchpolicy.ledger.audit.changes import changes_of
from launchpolicy.ledger.audit.controls import control_map
from launchpolicy.ledger.audit.differences import difference_of
from launchpolicy.ledger.audit.duties import duty_pairs
from launchpolicy.ledger.audit.emergencies import emergencies_of
from launchpolicy.ledger.audit.exceptions import exceptions_of
from launchpolicy.ledger.audit.holders import holders_of
from launchpolicy.ledger.audit.limitations import LimitInputs, limits_of
from launchpolicy.ledger.audit.report import AuditReport, LedgerProofs, SampledLaunch
from launchpolicy.ledger.audit.sample import draw_sample, sample_rank
from launchpolicy.ledger.audit.waivers_in_force import waivers_of_period
from launchpolicy.vocabulary.text import Language
from tests.ledger.audit.year import Year
from tests.ledger.views.ledgers import ORIGIN

ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
REQUEST = "apiVersion: launchpolicy/v1\nkind: LaunchRequest\nmetadata: {name: LR}\n"
POLICIES = {
    "both-leads-approve": ("SOC2:CC8.1", "ISO27001:A.5.3"),
    "launch-window-allowed": ("ISO27001:A.8.32",),
}


def report_of(year: Year, language: Language = "en", size: int = 5) -> AuditReport:
    population, facts = year.population, year.facts
    checkpoint = f"{ORIGIN}\n{len(year.entries)}\n{ROOT}\n\n"
    inputs = LimitInputs(is_signed=False, is_verified=False, is_seed_chosen=False)
    exceptions = exceptions_of(population, facts)
    drawn = draw_sample(population.launches, ROOT, size)
    sample = tuple(
        SampledLaunch(
            launch=one,
            rank=sample_rank(ROOT, one.id),
            holders=holders_of(one, facts.makers),
            request=REQUEST,
            request_number=one.numbers[-1],
            left_out=2,
            since_approval=difference_of("request.yaml", "a\nb\n", "a\nc\n", ("x", "y")),
        )
        for one in drawn
    )
    return AuditReport(
        language=language,
        proofs=LedgerProofs(
            origin=ORIGIN,
            size=len(year.entries),
            root=ROOT,
            begin="",
            end=checkpoint,
            ledger=checkpoint,
            is_signed=False,
            is_verified=False,
            files={},
        ),
        seed=ROOT,
        is_seed_chosen=False,
        population=population,
        facts=facts,
        sample=sample,
        exceptions=exceptions,
        emergencies=emergencies_of(population, facts),
        waivers=waivers_of_period(population, facts),
        pairs=duty_pairs(
            (one.id, one.launch.name, holders_of(one, facts.makers)) for one in population.launches
        ),
        changes=changes_of(population, facts),
        controls=control_map(population, exceptions, POLICIES),
        limits=tuple(limits_of(population, facts, inputs)),
        receipts={number: f"receipt {number}\n" for one in drawn for number in one.numbers},
    )

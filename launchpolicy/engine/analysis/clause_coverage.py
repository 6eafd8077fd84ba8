"""Which clauses are served, and by what; and what cites a clause that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from launchpolicy.policy.clauses import Clause, Clauses
from launchpolicy.policy.policy import Pack
from launchpolicy.vocabulary.finding import Action


class ClauseCoverage(NamedTuple):
    """One clause with what serves it; `denying` are those of its policies that block a merge."""

    clause: Clause
    policies: tuple[str, ...]
    denying: tuple[str, ...]
    papers: tuple[str, ...]
    ledger: tuple[str, ...]

    @property
    def is_gap(self) -> bool:
        """Return whether nothing serves it."""
        return not (self.policies or self.papers or self.ledger)


class UnknownCitation(NamedTuple):
    """A clause of a known document that someone cites but that the document does not have."""

    clause: str
    by: str


class ClauseTable(NamedTuple):
    """Every clause with what serves it, and the citations that lead nowhere."""

    rows: tuple[ClauseCoverage, ...]
    misquoted: tuple[UnknownCitation, ...]

    @property
    def gaps(self) -> tuple[Clause, ...]:
        """Return the clauses that nothing serves."""
        return tuple(row.clause for row in self.rows if row.is_gap)


def measure_clauses(
    clauses: Clauses,
    packs: Iterable[Pack],
    papers: Mapping[str, Iterable[str]],
    ledger: Mapping[str, Iterable[str]],
) -> ClauseTable:
    """Return what serves each clause.

    Args:
        clauses: the source documents.
        packs: whose policies cite them.
        papers: the clauses that each paper serves, by the paper's id.
        ledger: the clauses that each fact of the ledger serves, by its name.
    """
    policies = [policy for pack in packs for policy in pack.policies]
    cited = {policy.id: policy.text.clauses for policy in policies}
    denying = {policy.id for policy in policies if policy.action is Action.DENY}
    papers, ledger = _as_tuples(papers), _as_tuples(ledger)
    rows = []
    for clause in clauses.clauses:
        by = _citing(cited, clause.id)
        rows.append(
            ClauseCoverage(
                clause,
                by,
                tuple(policy for policy in by if policy in denying),
                _citing(papers, clause.id),
                _citing(ledger, clause.id),
            )
        )
    return ClauseTable(
        tuple(rows), tuple(_unknown_citations(clauses, {**cited, **papers, **ledger}))
    )


def _as_tuples(citations: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(clauses) for name, clauses in citations.items()}


def _citing(citations: Mapping[str, Iterable[str]], clause: str) -> tuple[str, ...]:
    return tuple(name for name, clauses in citations.items() if clause in clauses)


def _unknown_citations(
    clauses: Clauses, citations: Mapping[str, Iterable[str]]
) -> list[UnknownCitation]:
    known = {clause.id for clause in clauses.clauses}
    documents = {document.id for document in clauses.documents}
    return [
        UnknownCitation(clause, name)
        for name, cited in citations.items()
        for clause in cited
        if clause not in known and clause.partition(".")[0] in documents
    ]

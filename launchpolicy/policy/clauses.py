"""The clauses of the source documents: what policies, papers and the ledger are there to serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.vocabulary.text import Text, text_of


class SourceDocument(NamedTuple):
    """A company document whose clauses are listed, and the pack that implements it."""

    id: str
    title: Text
    pack: str


class Clause(NamedTuple):
    """One obligation of a source document, such as `D2.7`."""

    id: str
    text: Text

    @property
    def document(self) -> str:
        return self.id.partition(".")[0]


class Clauses(NamedTuple):
    """Every source document and every clause, in their order."""

    documents: tuple[SourceDocument, ...]
    clauses: tuple[Clause, ...]


def clauses_of(data: Mapping[str, Any]) -> Clauses:
    """Return the clauses of a file that follows the schema of kind Clauses."""
    return Clauses(
        documents=tuple(
            SourceDocument(document["name"], text_of(document["title"]), document["pack"])
            for document in data["documents"]
        ),
        clauses=tuple(
            Clause(clause["name"], text_of(clause["text"])) for clause in data["clauses"]
        ),
    )

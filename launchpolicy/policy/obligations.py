"""What the source documents and the product itself oblige to, and which policies may cite it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Text, text_of


class ServingFeature(NamedTuple):
    """What of the product serves an obligation that no policy can judge; `test` fails without it.

    `kind` is `paper`, `ledger` or `repository`; `name` that of the paper, view or setting.
    """

    kind: str
    name: str
    test: str


class Obligation(NamedTuple):
    """One obligation, such as `D2.3b`; `demand` is what must hold for it to count as enforced.

    `clause` is "" where the list of clauses has none for it; `stage` is the stage of a request at
    which it is judged, or `paper`, `ledger` or `repository`.
    """

    id: str
    clause: str
    stage: str
    text: Text
    demand: Text
    served_by: tuple[ServingFeature, ...] = ()

    @property
    def document(self) -> str:
        return document_of(self.id)


def document_of(obligation: str) -> str:
    """Return the document that an id begins with: `D2` for `D2.3b`."""
    return obligation.partition(".")[0]


def obligations_of(data: Mapping[str, Any]) -> tuple[Obligation, ...]:
    """Return the obligations of a file that follows the schema of kind Obligations."""
    return tuple(
        Obligation(
            item["name"],
            item.get("clause", ""),
            item["stage"],
            text_of(item["text"]),
            text_of(item["demand"]),
            tuple(
                ServingFeature(item["kind"], item["name"], item["test"])
                for item in item.get("servedBy", ())
            ),
        )
        for item in data["obligations"]
    )


def unknown_obligations(document: Document, known: Collection[str]) -> Iterator[Finding]:
    """Yield a finding for each obligation that a policy file cites and its document does not have.

    Obligations of other documents are a company's own, and pass.
    """
    data: Any = document.data
    documents = {document_of(name) for name in known}
    for number, name in enumerate(data["spec"].get("obligations", ())):
        if name not in known and document_of(name) in documents:
            near = difflib.get_close_matches(name, known, n=3)
            yield Finding(
                "policy/unknown-obligation",
                Text(f"There is no obligation `{name}`.", f"没有编号为 `{name}` 的义务。"),
                document.place(("spec", "obligations", number)),
                Text(
                    f"Did you mean {' or '.join(f'`{item}`' for item in near)}?"
                    if near
                    else "`launchpolicy policy obligations` lists them.",
                    f"是否想写 {'、'.join(f'`{item}`' for item in near)}？"
                    if near
                    else "`launchpolicy policy obligations` 会列出全部义务。",
                ),
            )

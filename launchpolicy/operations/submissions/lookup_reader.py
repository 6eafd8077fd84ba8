"""What lookups find for one request: one document or a list, beside what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from launchpolicy.facts.other_files import (
    FileProblem,
    LookupAnswer,
    LookupAnswers,
    LookupProblem,
)
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.looked_up_documents import (
    DocumentReader,
    LookedUpDocument,
    finding_about,
)
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.lookups import Lookup
from launchpolicy.vocabulary.finding import Finding, Verdict
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

MOST_DOCUMENTS: Final = 1000
MOST_BYTES: Final = 4 << 20
"""How many documents a lookup may find, and of how many bytes together: more do not fit into one
evaluation."""


class LookupReader:
    """Reads what is looked up from `new`, and compares it with the base."""

    def __init__(self, rules: PackSet, new: Snapshot, base: ComparedBase) -> None:
        self._new = new
        self._base = base
        self._documents = DocumentReader(new, rules, base.stale)
        self._old_documents = DocumentReader(base.old, rules) if base.old is not None else None

    def answer(
        self, lookup: Lookup, paths: Sequence[str], asking: str
    ) -> LookupAnswer | LookupAnswers | LookupProblem:
        """Return what a lookup finds for the request at `asking`, or why it cannot be judged.

        `paths` are those that its expression gave; none where it has patterns.

        Raises:
            UndecidedError: a snapshot cannot be read.
        """
        if lookup.files:
            listed = self._documents.files(lookup)
            if listed.findings:
                return _problem(listed.findings)
            paths = listed.paths
        answers: list[LookupAnswer] = []
        size = 0
        for path in paths:
            file = self._documents.file(lookup, path, asking)
            if file.findings:
                return _problem(file.findings)
            size += sum(len(document.source or b"") for document in file.documents)
            if len(answers) + len(file.documents) > MOST_DOCUMENTS or size > MOST_BYTES:
                return _too_many(lookup, asking)
            beside_base = self._beside_base(lookup, path, asking, file.documents)
            if isinstance(beside_base, LookupProblem):
                return beside_base
            answers += beside_base
        return LookupAnswers(tuple(answers)) if lookup.is_list else answers[0]

    def _beside_base(
        self, lookup: Lookup, path: str, asking: str, documents: Sequence[LookedUpDocument]
    ) -> list[LookupAnswer] | LookupProblem:
        """Return the documents of a file, each beside what it was at the base."""
        if not self._base.is_known:
            return [LookupAnswer(path, document.data) for document in documents]
        before: dict[str, LookedUpDocument] = {}
        if self._old_documents is not None:
            old = self._old_documents.file(lookup, path, asking)
            if old.findings and not self._is_repaired(path):
                return LookupProblem(Verdict.UNDECIDED, old.findings)
            before = {document.name: document for document in old.documents}
        return [
            _beside(path, document, before.get(document.name, LookedUpDocument()))
            for document in documents
        ]

    def _is_repaired(self, path: str) -> bool:
        """Return whether the change itself replaces what the base cannot read."""
        old = self._base.old.entry(path) if self._base.old is not None else None
        new = self._new.entry(path)
        return old is None or new is None or (old.mode, old.blob) != (new.mode, new.blob)


def _beside(path: str, new: LookedUpDocument, old: LookedUpDocument) -> LookupAnswer:
    return LookupAnswer(path, new.data, old.data, new.source != old.source)


def _problem(findings: tuple[Finding, ...]) -> LookupProblem:
    is_stale = all(finding.rule == "lookup/stale" for finding in findings)
    return LookupProblem(Verdict.UNDECIDED if is_stale else Verdict.REJECTED, findings)


def _too_many(lookup: Lookup, asking: str) -> LookupProblem:
    problem = FileProblem(
        Text(
            f"it finds more than {MOST_DOCUMENTS} documents, or more than {MOST_BYTES >> 20} MiB",
            f"找到的文档超过 {MOST_DOCUMENTS} 份，或超过 {MOST_BYTES >> 20} MiB",
        ),
        Text(
            "The owner of the rules must narrow it: fewer files under `files`, or fewer `paths`.",
            "请规则负责人缩小范围：减少 `files` 匹配的文件，或减少 `paths`。",
        ),
    )
    finding = finding_about("lookup/too-many", lookup, problem, asking)
    return LookupProblem(Verdict.UNDECIDED, (finding,))

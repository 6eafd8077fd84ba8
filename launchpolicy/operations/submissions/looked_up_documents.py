"""Read the documents that requests look up, each once for a run, and never a wrong one.

What is no document of the lookup's kind keeps the request from being judged: a file that cannot be
read is neither there nor absent (decision 0020).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from launchpolicy.documents.open_questions import unanswered_routes
from launchpolicy.documents.reading import Document, Refusal, too_large
from launchpolicy.documents.stream import read_documents
from launchpolicy.documents.validation import check
from launchpolicy.engine.document_name import name_of
from launchpolicy.facts import file_answers
from launchpolicy.facts.other_files import FileProblem
from launchpolicy.operations.submissions.file_reader import blocking_entry
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry, read_one
from launchpolicy.vocabulary.text import Text


class LookedUpDocument(NamedTuple):
    """A document: `data` (None where none is), its text, and `name` among those of one file."""

    data: Any = None
    source: bytes | None = None
    name: str = ""


class LookedUpFile(NamedTuple):
    """What is at a path, or the `findings` about it."""

    documents: tuple[LookedUpDocument, ...] = (LookedUpDocument(),)
    findings: tuple[Finding, ...] = ()


class ListedFiles(NamedTuple):
    """The paths of the files that the patterns of a lookup match, or the `findings` about them."""

    paths: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class DocumentReader:
    """Reads documents of kinds from one snapshot; what was read is kept for the run."""

    def __init__(self, snapshot: Snapshot, rules: PackSet, stale: Collection[str] = ()) -> None:
        self._snapshot = snapshot
        self._rules = rules
        self._stale = stale
        self._read: dict[tuple[str, str], LookedUpFile] = {}
        self._listed: dict[tuple[str, tuple[str, ...]], ListedFiles] = {}

    def file(self, lookup: Lookup, path: str, asking: str) -> LookedUpFile:
        """Return what is at a path of a lookup; `asking` is the path of the request.

        Raises:
            UndecidedError: the snapshot cannot be read.
        """
        kind = self._rules.kinds[lookup.kind]
        problem = file_answers.path_problem(path)
        if problem is not None:
            return LookedUpFile(findings=(finding_about("lookup/path", lookup, problem, asking),))
        if self._rules.kind_of(path) is not kind:
            problem = _of_another_kind(path, kind)
            return LookedUpFile(findings=(finding_about("lookup/kind", lookup, problem, asking),))
        key = (kind.name, path)
        if key not in self._read:
            self._read[key] = self._file(kind, lookup, path)
        return self._read[key]

    def files(self, lookup: Lookup) -> ListedFiles:
        """Return the files that the patterns of a lookup match, in the order of their paths.

        Raises:
            UndecidedError: the snapshot cannot be read.
        """
        key = (lookup.kind, lookup.files)
        if key not in self._listed:
            self._listed[key] = self._files(lookup)
        return self._listed[key]

    def _files(self, lookup: Lookup) -> ListedFiles:
        kind = self._rules.kinds[lookup.kind]
        patterns = FilePatterns(lookup.files)
        stale = sorted(path for path in self._stale if self._is_listed(path, patterns, kind))
        if stale:
            problem = file_answers.changed_at_base(stale)
            finding = finding_about("lookup/stale", lookup, problem, stale[0])
            return ListedFiles(findings=(finding,))
        paths: set[str] = set()
        for folder in patterns.folders:
            blocking = blocking_entry(self._snapshot, f"{folder}/") if folder else None
            for entry in (blocking,) if blocking else self._snapshot.entries(folder):
                is_regular = entry.mode in REGULAR_MODES
                if not is_regular and (patterns.matches(entry.path) or patterns.enter(entry.path)):
                    problem = file_answers.not_a_file(entry.path)
                    finding = finding_about("lookup/not-a-file", lookup, problem, entry.path)
                    return ListedFiles(findings=(finding,))
                if is_regular and self._is_listed(entry.path, patterns, kind):
                    paths.add(entry.path)
        return ListedFiles(tuple(sorted(paths)))

    def _is_listed(self, path: str, patterns: FilePatterns, kind: Kind) -> bool:
        return patterns.matches(path) and self._rules.kind_of(path) is kind

    def _file(self, kind: Kind, lookup: Lookup, path: str) -> LookedUpFile:
        if path in self._stale:
            problem = file_answers.changed_at_base([path])
            return LookedUpFile(findings=(finding_about("lookup/stale", lookup, problem, path),))
        blocking = blocking_entry(self._snapshot, path)
        entry = blocking or self._snapshot.entry(path)
        if entry is None or (blocking is not None and blocking.mode in REGULAR_MODES):
            return LookedUpFile()
        if entry.mode not in REGULAR_MODES:
            problem = file_answers.not_a_file(entry.path)
            finding = finding_about("lookup/not-a-file", lookup, problem, entry.path)
            return LookedUpFile(findings=(finding,))
        return self._content(kind, lookup, entry)

    def _content(self, kind: Kind, lookup: Lookup, entry: SnapshotEntry) -> LookedUpFile:
        blob = read_one(self._snapshot, entry, kind.reading.max_bytes)
        if blob.data is None:
            findings = too_large(entry.path, blob.size, kind.reading.max_bytes).findings
            return _with_findings(lookup, findings)
        documents = read_documents(entry.path, blob.data, kind.reading)
        if isinstance(documents, Refusal):
            return _with_findings(lookup, documents.findings)
        for document in documents:
            findings = check(kind.schema, document) or _open_questions(kind, document)
            if findings:
                return _with_findings(lookup, findings)
        if not kind.reading.is_stream:
            return LookedUpFile((LookedUpDocument(documents[0].data, blob.data),))
        return LookedUpFile(tuple(_with_name(document, kind) for document in documents))


def _with_name(document: Document, kind: Kind) -> LookedUpDocument:
    """Return one of the documents of a file; where it stands in the file is no part of it."""
    source = document.text.lstrip("\n").encode()
    return LookedUpDocument(document.data, source, name_of(kind, document))


def _open_questions(kind: Kind, document: Document) -> tuple[Finding, ...]:
    """Return a finding where a document still has open questions: its data are no answers."""
    routes = unanswered_routes(document) if kind.has_questions else ()
    return tuple(
        Finding(
            "lookup/open-question",
            Text("It is not answered yet (TODO).", "该项尚未填写（TODO）。"),
            document.place(route),
            Text("Replace `TODO` with the answer.", "请将 `TODO` 替换为实际内容。"),
        )
        for route in routes[:1]
    )


def _with_findings(lookup: Lookup, findings: tuple[Finding, ...]) -> LookedUpFile:
    """Return the findings about a document, each with the lookup for which it was read."""
    explained = tuple(
        finding._replace(
            message=Text(
                f"Looked up as `{lookup.name}`: {finding.message.en}",
                f"作为 `{lookup.name}` 查找的文档：{finding.message.zh}",
            )
        )
        for finding in findings
    )
    return LookedUpFile(findings=explained)


def finding_about(rule: str, lookup: Lookup, problem: FileProblem, path: str) -> Finding:
    """Return the finding at `path` about a problem that keeps a lookup from being judged."""
    english, chinese = problem.message.en, problem.message.zh
    return Finding(
        rule,
        Text(
            f"The lookup `{lookup.name}` cannot be judged: {english}.",
            f"查找项 `{lookup.name}` 无法判定：{chinese}。",
        ),
        Place(path, START),
        problem.fix,
    )


def _of_another_kind(path: str, kind: Kind) -> FileProblem:
    return FileProblem(
        Text(
            f"{path} is no path of a {kind.name}, whose files are {kind.files.wording}",
            f"{path} 不是 {kind.name} 的路径，其文件为 {kind.files.wording}",
        ),
        Text(
            "Change the value in the request that the path is made of, or let the owner of the "
            "rules correct the path of the lookup.",
            "请修改申请中构成该路径的值，或请规则负责人更正查找项的路径。",
        ),
    )

"""Apply one fact to the request at a commit: placed, judged, written, committed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from launchpolicy.documents.editing import EditError, without
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import require_document
from launchpolicy.engine.drafts.request_text import edited_text
from launchpolicy.hosts.git.file_commits import FileToCommit, commit_files_as_user
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.facts import ROLLED_BACK, subject_of
from launchpolicy.operations.record.judging import LaunchJudge
from launchpolicy.operations.record.launch_branch import LaunchBranch
from launchpolicy.operations.record.launch_fact import LaunchFact, fact_line
from launchpolicy.operations.record.placing import ContradictionError, place
from launchpolicy.operations.record.refusal import refused_by_policies
from launchpolicy.requests.kinds import stage_of, value_at
from launchpolicy.requests.launch_progress import EXECUTED_STEPS
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Data, format_route
from launchpolicy.vocabulary.text import Text

_BOM = b"\xef\xbb\xbf"
NO_FILES: Mapping[str, FileToCommit] = MappingProxyType({})
MOST_COMMITS = 500
"""More commits of one branch are not looked at; a night has some dozens."""


class AppliedFact(NamedTuple):
    """A fact in a commit that nothing refers to yet; `to_come` is what it still lacks.

    `fact` names what it overrides, and `overridden` are the complaints of those policies.
    """

    fact: LaunchFact
    overridden: tuple[Finding, ...]
    commit: str
    data: Data
    to_come: tuple[Finding, ...]


Files = Mapping[str, FileToCommit]
"""Files of a fact, by their path in the git repository."""


def apply_fact(
    branch: LaunchBranch, commit: str, fact: LaunchFact, now: datetime, files: Files = NO_FILES
) -> AppliedFact:
    """Return a commit on top of `commit` in which `fact` is recorded, with the files of it.

    Raises:
        KnownFactError: it is recorded there already.
        FactRefusedError: something else is recorded, or the policies refuse it.
        UsageError: the file cannot be edited in place.
    """
    document = branch.document_at(commit)
    before: Data = document.data
    try:
        after = place(before, fact)
    except ContradictionError as error:
        raise problems.contradiction(_what(fact), _there(error)) from error
    repository, environ = branch.repository, branch.environ
    judged = (
        commit_files_as_user(repository, commit, files, "evidence\n", environ) if files else commit
    )
    verdict = _judge(branch, judged, fact, now).verdict(before, after, fact)
    is_malformed = any("/" in one.rule for one in verdict.wrong)
    if verdict.wrong and (is_malformed or not fact.forced):
        raise refused_by_policies(verdict.wrong)
    own = [one for one in fact.overrides if "/" in one]  # policies may say otherwise this time
    policies = [one.rule for one in verdict.wrong]
    fact = fact._replace(overrides=tuple(dict.fromkeys((*own, *policies))))
    source = _source(branch, commit, document, after)
    subject = subject_of(fact, branch.request_name)
    entry = branch.snapshot(commit).entry(branch.path)
    mode = entry.mode if entry is not None else "100644"
    refused_by = f"Recorded although refused by: {', '.join(fact.overrides)}\n\n"
    message = f"{subject}\n\n{refused_by if fact.overrides else ''}{fact_line(fact)}\n"
    path = f"{branch.prefix}{branch.path}"
    written = {**files, path: FileToCommit(source, mode)}
    new = commit_files_as_user(repository, commit, written, message, environ)
    return AppliedFact(fact, verdict.wrong, new, after, verdict.to_come)


def _judge(branch: LaunchBranch, commit: str, fact: LaunchFact, now: datetime) -> LaunchJudge:
    trusted = below(CommitSnapshot(branch.repository, branch.base.commit), branch.prefix)
    return LaunchJudge(
        branch.rules,
        trusted,
        branch.snapshot(commit),
        branch.kind.name,
        branch.path,
        _compared_with(branch, commit, fact),
        now,
    )


def _compared_with(branch: LaunchBranch, commit: str, fact: LaunchFact) -> bytes:
    """Return the version before: of a rollback the launched one, which may not be merged yet."""
    base = branch.source_at(branch.base.commit) or b""
    if fact.stage != ROLLED_BACK:
        return base
    repository = branch.repository
    for oid in commits_after(repository, branch.base.commit, commit):
        if stage_of(branch.document_at(oid).data) == "launched":
            return branch.source_at(oid) or base
    return base


def commits_after(repository: Repository, old: str | None, new: str) -> list[str]:
    """Return the commits that `new` has and `old` has not, newest first."""
    without = [f"^{old}"] if old is not None else []
    output = repository.git.demand(
        "rev-list", "--topo-order", f"--max-count={MOST_COMMITS}", new, *without, "--"
    )
    return output.decode("ascii", "replace").split()


def _source(branch: LaunchBranch, commit: str, document: Document, after: Data) -> bytes:
    try:
        text = edited_text(_without_dropped_steps(document, after), after)
    except EditError as error:
        raise UsageError(
            Text(f"{branch.path}: {error}.", f"{branch.path}：{error}。"),
            Text("Write `status` in block style.", "请将 `status` 改为块样式。"),
        ) from error
    mark = _BOM if (branch.source_at(commit) or b"").startswith(_BOM) else b""
    return mark + text.encode()


def _without_dropped_steps(document: Document, after: Data) -> Document:
    """Return the request without its list of steps, where `after` has fewer: it is written anew."""
    written, kept = (value_at(data, EXECUTED_STEPS) for data in (document.data, after))
    is_shorter = isinstance(written, list) and isinstance(kept, list) and len(kept) < len(written)
    if not is_shorter:
        return document
    text = without(document, EXECUTED_STEPS)
    return require_document(read(document.path, text.encode()))


def _what(fact: LaunchFact) -> Text:
    name = f" {fact.name}" if fact.name else ""
    place_of_fact = f"{format_route(fact.route)}{name}"
    return Text(place_of_fact, f"{place_of_fact} ")


def _there(error: ContradictionError) -> Text:
    shown = ", ".join(
        f"{key} {error.there[key]}"
        for key in ("result", "outcome", "sha256", "at", "by")
        if isinstance(error.there.get(key), str)
    )
    return Text(shown, shown)

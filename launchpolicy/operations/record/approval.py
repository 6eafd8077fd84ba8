"""Require that what is recorded is a launch that was approved: merged, with this very plan."""

from __future__ import annotations

from datetime import UTC, datetime

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.reading import Document, read
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.launch_branch import LaunchBranch
from launchpolicy.operations.record.launch_fact import LaunchFact
from launchpolicy.reporters.instants import as_written
from launchpolicy.requests.kinds import stage_of, value_at
from launchpolicy.vocabulary.place import Data

_STAGES = frozenset({"requested", "launched"})
_MOST_COMMITS = 50


def require_approved(branch: LaunchBranch, data: Data) -> None:
    """Require that the base holds the request, open, with the plan that the branch has.

    Raises:
        UsageError: it does not.
    """
    base = _data_at(branch, branch.base.commit)
    if base is None or stage_of(base) not in _STAGES:
        raise problems.not_approved(branch.path, branch.base.branch)
    if value_at(base, ("spec",)) != value_at(data, ("spec",)):
        raise problems.plan_differs(branch.path, branch.name, branch.base.branch)


def require_after_approval(branch: LaunchBranch, fact: LaunchFact) -> None:
    """Require that a fact is not dated back to before the plan was merged.

    Raises:
        UsageError: it is.
    """
    at, approved = parse_instant(fact.at), _approved_at(branch)
    if at is not None and approved is not None and at < approved:
        raise problems.before_approval(fact.at, as_written(approved.astimezone(at.tzinfo)))


def _approved_at(branch: LaunchBranch) -> datetime | None:
    """Return when the plan was merged as it is, by the committer's clock of the base."""
    path = f":(top,literal){branch.prefix}{branch.path}"
    most = f"--max-count={_MOST_COMMITS}"
    output = branch.repository.git.demand(
        "log", "--first-parent", most, "--format=%H %ct", branch.base.commit, "--", path
    )
    plan = value_at(_data_at(branch, branch.base.commit), ("spec",))
    approved = None
    for line in output.decode("ascii", "replace").splitlines():
        oid, _, seconds = line.partition(" ")
        if value_at(_data_at(branch, oid), ("spec",)) != plan:
            break
        approved = datetime.fromtimestamp(int(seconds), UTC)
    return approved


def _data_at(branch: LaunchBranch, commit: str) -> Data:
    source = branch.source_at(commit)
    document = read(branch.path, source) if source is not None else None
    return document.data if isinstance(document, Document) else None

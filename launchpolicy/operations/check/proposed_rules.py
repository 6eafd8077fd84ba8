"""Find what a commit proposes of the rules besides those of the configuration, for approvers."""

from __future__ import annotations

from launchpolicy.hosts.git.changes import changed_files
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below, changes_seen_from
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.rule_files import further_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE


def proposed_further_rules(
    repository: Repository, proposed: PackSet, prefix: str, span: tuple[str | None, str]
) -> tuple[str, ...]:
    """Return the paths of further rules that are changed, by the rules of the base.

    Args:
        repository: holds both commits.
        proposed: the rules at the head, which count where the base has none.
        prefix: the launch repository's place in it.
        span: the name of the base, if one was given, and the commit of the head.

    Raises:
        LaunchpolicyError: the base has no usable rules, or git cannot compare the two.
    """
    base_name, head = span
    base = base_of(repository, base_name)
    if base is None:
        return ()
    old, new = (below(CommitSnapshot(repository, oid), prefix) for oid in (base.commit, head))
    rules = load_rules(old) if old.entry(FILE) is not None else proposed
    seen = changes_seen_from(changed_files(repository, base.commit, head).files, prefix)
    return tuple(further_rules(seen, rules, old, new))

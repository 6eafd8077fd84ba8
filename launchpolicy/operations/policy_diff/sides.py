"""The two versions of the rules that are compared."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts_read import is_read_by
from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_SHORT_ID = 10


class RulesSide(NamedTuple):
    """One version of the rules; `commit` is "" for the work tree."""

    commit: str
    snapshot: Snapshot
    rules: PackSet

    @property
    def words(self) -> Text:
        """Return what people call it."""
        if not self.commit:
            return Text("the work tree", "工作区")
        short = self.commit[:_SHORT_ID]
        return Text(f"commit {short}", f"提交 {short}")

    def pack_folder(self, pack: str) -> str | None:
        """Return the folder of a pack of the repository's own; None of a shipped one."""
        for parent in self.rules.configuration.pack_folders:
            folder = f"{parent}/{pack}"
            if self.snapshot.entry(f"{folder}/{PACK_FILE}") is not None:
                return folder
        return None


def side_of(repository: Repository, root: Path, prefix: str, name: str | None) -> RulesSide:
    """Return the rules of a commit; without a `name`, of the work tree.

    Raises:
        UndecidedError: there is no such commit.
        UsageError: there is no configuration.
        MalformedRulesError: the rules are not right.
    """
    if name is None:
        snapshot: Snapshot = WorkTreeSnapshot(root)
        return RulesSide("", snapshot, load_rules(snapshot))
    commit = resolve(repository, name)
    snapshot = below(CommitSnapshot(repository, commit), prefix)
    return RulesSide(commit, snapshot, load_rules(snapshot))


def reads_other_data(policy: Policy, old: RulesSide, new: RulesSide) -> bool:
    """Return whether a policy reads data documents or lookups of its kinds that differ."""
    for name in policy.match.kinds:
        before, after = old.rules.kinds.get(name), new.rules.kinds.get(name)
        if before is None or after is None:
            continue
        if before.data.values != after.data.values and is_read_by(policy, "data"):
            return True
        if before.lookups != after.lookups and is_read_by(policy, "lookups"):
            return True
    return False

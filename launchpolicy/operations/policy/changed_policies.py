"""Which policies of the work tree differ from the base, with their cases and bindings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.analysis.cases import baseline_names
from launchpolicy.hosts.git.repository import open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.policy.test import PolicyUnderTest
from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import Snapshot, bytes_at
from launchpolicy.vocabulary.text import Text


def changed_policies(
    policies: Sequence[PolicyUnderTest], root: Path, base_name: str | None
) -> tuple[int, ...]:
    """Return the numbers of the policies whose rule, cases, requests or binding differ.

    Args:
        policies: as the work tree has them.
        root: the folder from which their paths are.
        base_name: the branch to merge into; None for the default branch of `origin`, main or
            master.

    Raises:
        UsageError: there is no base.
        LaunchpolicyError: git cannot be asked.
    """
    with open_repository(root) as repository:
        base = base_of(repository, base_name)
        if base is None:
            raise _no_base()
        prefix = prefix_of(repository.top, root)
        old = below(CommitSnapshot(repository, base.commit), prefix)
        return tuple(number for number, tested in enumerate(policies) if _differs(tested, old))


def _differs(tested: PolicyUnderTest, old: Snapshot) -> bool:
    test, _ = tested.cases()
    names = [f"{tested.policy.id}.yaml", *sorted(baseline_names(test))]
    paths = [tested.path, *(f"{tested.folder}/{name}" for name in names)]
    if any(
        bytes_at(old, path, MAX_BYTES) != bytes_at(tested.snapshot, path, MAX_BYTES)
        for path in paths
    ):
        return True
    return _binding(tested, old) != _binding(tested, tested.snapshot)


def _binding(tested: PolicyUnderTest, snapshot: Snapshot) -> object:
    """Return how a pack binds the policy; None where it does not, or cannot be read."""
    path = f"{tested.folder}/{PACK_FILE}"
    document = read(path, bytes_at(snapshot, path, MAX_BYTES) or b"")
    if not isinstance(document, Document):
        return None
    bindings = value_at(document.data, ("spec", "bindings"))
    for binding in bindings if isinstance(bindings, list) else ():
        if value_at(binding, ("policy",)) == tested.policy.id:
            return binding
    return None


def _no_base() -> UsageError:
    return UsageError(
        Text("There is no branch to compare with.", "没有可比较的基准分支。"),
        Text("Name it: --changed --base BRANCH.", "请指定：--changed --base 分支。"),
    )

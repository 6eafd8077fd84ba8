"""Find the policies that a person may mean where the command runs: shipped ones and their own."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.policy import Policy


def policies_by_id() -> dict[str, Policy]:
    """Return the policies of this launch repository and the shipped ones.

    Raises:
        LaunchpolicyError: the repository's own rules are not right.
    """
    packs = [shipped_files.pack(name) for name in shipped_files.pack_names()]
    root = launch_root(Path.cwd())
    if root is not None:
        packs += load_rules(WorkTreeSnapshot(root)).packs.values()
    return {policy.id: policy for pack in packs for policy in pack.policies}

"""Find the policies that a person may mean where the command runs: shipped ones and their own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import WAIVER_PACKS


class KnownPolicies(NamedTuple):
    """Policies by id, and the packs that judge something here: None outside a launch repository."""

    by_id: dict[str, Policy]
    used_packs: frozenset[str] | None

    def is_used(self, policy: Policy) -> bool:
        """Return whether the policy judges something here; true where that means nothing."""
        return self.used_packs is None or policy.text.pack in self.used_packs


def known_policies() -> KnownPolicies:
    """Return the policies of this launch repository and the shipped ones.

    Raises:
        LaunchpolicyError: the repository's own rules are not right.
    """
    packs = [shipped_files.pack(name) for name in shipped_files.pack_names()]
    root = launch_root(Path.cwd())
    used_packs = None
    if root is not None:
        rules = load_rules(WorkTreeSnapshot(root))
        packs += rules.packs.values()
        used_packs = frozenset((*rules.configuration.pack_names, *WAIVER_PACKS))
    by_id = {policy.id: policy for pack in packs for policy in pack.policies}
    return KnownPolicies(by_id, used_packs)

"""Find out which obligations the policies at hand serve, shipped ones and the repository's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.engine.obligation_coverage import (
    CaseName,
    ObligationCoverage,
    measure_obligations,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules import load_configuration, load_rules
from launchpolicy.policy.pack_files import TEST_SUFFIX
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.vocabulary.snapshot import Snapshot

NOT_PASSED = ("failed", "pending")
"""The outcomes that stop a request."""


def obligations_here() -> tuple[ObligationCoverage, ...]:
    """Return each obligation with what serves it, where the command runs.

    Raises:
        LaunchpolicyError: the repository's own rules are not right.
    """
    shipped = shipped_files.obligations()
    packs = {name: shipped_files.pack(name) for name in shipped_files.pack_names()}
    cases = {policy: CaseName(*case) for policy, case in shipped.cases.items()}
    root = launch_root(Path.cwd())
    if root is not None:
        snapshot = WorkTreeSnapshot(root)
        own = {n: p for n, p in load_rules(snapshot).packs.items() if n not in packs}
        _, configuration = load_configuration(snapshot)
        cases |= failing_cases(snapshot, configuration.paths.policies, own.values())
        packs |= own
    policies = [policy for pack in packs.values() for policy in pack.policies]
    return measure_obligations(shipped.obligations, policies, cases, shipped.probes)


def failing_cases(
    snapshot: Snapshot, parents: Iterable[str], packs: Iterable[Pack]
) -> dict[str, CaseName]:
    """Return the first case that does not pass of every policy that cites an obligation.

    Args:
        snapshot: the files.
        parents: the folders that hold the packs.
        packs: whose policies' cases are read.
    """
    parents = tuple(parents)
    cases: dict[str, CaseName] = {}
    for pack in packs:
        for policy in pack.policies:
            if policy.text.obligations:
                case = _failing_case(snapshot, parents, pack, policy)
                if case is not None:
                    cases[policy.id] = case
    return cases


def _failing_case(
    snapshot: Snapshot, parents: tuple[str, ...], pack: Pack, policy: Policy
) -> CaseName | None:
    for parent in parents:
        path = f"{parent}/{pack.name}/{policy.id}{TEST_SUFFIX}"
        entry = snapshot.entry(path)
        if entry is None:
            continue
        blob = next(iter(snapshot.read([entry], MAX_BYTES)))
        document = read(path, blob.data or b"")
        if isinstance(document, Refusal):  # `policy test` says what is wrong with it
            continue
        data: Any = document.data
        for case in data["spec"]["cases"]:
            if case["expect"] in NOT_PASSED:
                return CaseName(case["name"], case["expect"])
    return None

"""Find out which obligations the policies serve, shipped ones and the repository's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Refusal, read
from launchpolicy.engine.analysis.obligation_coverage import (
    CaseName,
    ObligationCoverage,
    citation,
    measure_obligations,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules.load import load_configuration, load_rules
from launchpolicy.policy.pack_files import TEST_SUFFIX
from launchpolicy.policy.policy import Pack, Policy
from launchpolicy.vocabulary.snapshot import Snapshot, read_one

NOT_PASSED = ("failed", "pending")
"""The outcomes that stop a request."""


def obligations_here() -> tuple[ObligationCoverage, ...]:
    """Return each obligation with what serves it, where the command runs.

    Raises:
        LaunchpolicyError: the repository's own rules are not right.
    """
    shipped = shipped_files.obligations()
    packs = {name: shipped_files.pack(name) for name in shipped_files.pack_names()}
    cases = {citation: CaseName(*case) for citation, case in shipped.cases.items()}
    demands = {row.id: row.demand.en for row in shipped.obligations}
    root = launch_root(Path.cwd())
    if root is not None:
        snapshot = WorkTreeSnapshot(root)
        own = {n: p for n, p in load_rules(snapshot).packs.items() if n not in packs}
        _, configuration = load_configuration(snapshot)
        cases |= failing_cases(snapshot, configuration.pack_folders, own.values(), demands)
        packs |= own
    policies = [policy for pack in packs.values() for policy in pack.policies]
    return measure_obligations(shipped.obligations, policies, cases, shipped.probes)


def failing_cases(
    snapshot: Snapshot,
    parents: Iterable[str],
    packs: Iterable[Pack],
    demands: Mapping[str, str],
) -> dict[str, CaseName]:
    """Return by citation the case that does not pass and whose words are nearest to the demand.

    Args:
        snapshot: the files.
        parents: the folders that hold the packs.
        packs: whose policies' cases are read.
        demands: by the obligation's id, what it demands, in English.
    """
    parents = tuple(parents)
    cases: dict[str, CaseName] = {}
    for pack in packs:
        for policy in pack.policies:
            if policy.text.obligations:
                failing = tuple(_failing_cases(snapshot, parents, pack, policy))
                for obligation in policy.text.obligations if failing else ():
                    nearest = _nearest(failing, demands.get(obligation, ""))
                    cases[citation(policy.id, obligation)] = nearest
    return cases


class _FailingCase(NamedTuple):
    case: CaseName
    words: frozenset[str]


def _nearest(failing: Iterable[_FailingCase], demand: str) -> CaseName:
    """Return the case that shares most words with the demand, of several the first."""
    words = _words(demand)
    return max(failing, key=lambda case: len(words & case.words)).case


def _words(text: str) -> frozenset[str]:
    """Return the words that say something, by their first letters: `planned` is near `plan`."""
    return frozenset(word[:5] for word in re.findall(r"[a-z]{4,}", text.lower()))


def _failing_cases(
    snapshot: Snapshot, parents: tuple[str, ...], pack: Pack, policy: Policy
) -> Iterator[_FailingCase]:
    for parent in parents:
        path = f"{parent}/{pack.name}/{policy.id}{TEST_SUFFIX}"
        entry = snapshot.entry(path)
        if entry is None:
            continue
        blob = read_one(snapshot, entry, MAX_BYTES)
        document = read(path, blob.data or b"")
        if isinstance(document, Refusal):  # `policy test` says what is wrong with it
            continue
        data: Any = document.data
        for case in data["spec"]["cases"]:
            if case["expect"] in NOT_PASSED:
                words = _words(f"{case['name']} {case.get('says', '')}")
                yield _FailingCase(CaseName(case["name"], case["expect"]), words)

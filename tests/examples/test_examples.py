"""The examples through the real command: they pass, and every broken variant is blocked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.submissions.facts_read import is_read_by
from launchpolicy.requests.kinds import WAIVER_PACKS
from tests.cli.launch_repository import LaunchRepository
from tests.examples.catalogue import EXAMPLES, NOW, PROCESSES, Broken, broken_variants
from tests.examples.conftest import Adopted
from tests.extent import share_of

BROKEN = broken_variants()


def judged(repository: LaunchRepository, *arguments: str) -> dict[str, Any]:
    finished = repository.check("--format", "json", *arguments, now=NOW)
    assert finished.output, finished.complaint
    report: dict[str, Any] = json.loads(finished.output)
    return report


@pytest.mark.parametrize("process", PROCESSES)
def test_every_request_of_an_example_passes(process: str, adopted: Adopted) -> None:
    report = judged(adopted(process))

    complaints = {
        f"{request['path']}: {result['policy']}: {finding['message']['en']}"
        for request in report["requests"]
        for result in request["results"]
        for finding in result["findings"]
        if result["outcome"] != "pending"
    }
    assert complaints == set()
    assert report["exitCode"] == 0
    stages = {request["stage"] for request in report["requests"]}
    assert {"requested", "launched", "verified", "closed"} <= stages


@pytest.mark.parametrize("broken", share_of(BROKEN, 72), ids=lambda broken: broken.id)
def test_a_broken_variant_is_found_where_it_is_broken(broken: Broken, adopted: Adopted) -> None:
    repository = adopted(broken.process)
    repository.git("apply", "--index", str(broken.file))

    report = judged(repository, "--staged")

    found = {
        "{path}:{line}:{column}".format(**finding["place"]): result["clauses"]
        for request in report["requests"]
        for result in request["results"]
        for finding in result["findings"]
        if result["outcome"] in {"failed", "warning"} and result["policy"] == broken.policy
    }
    assert broken.at in found
    assert broken.clause in found[broken.at]


def test_every_policy_has_a_broken_variant() -> None:
    packs = {name for process in PROCESSES for name in _packs(process)}
    policies = {
        policy.id
        for name in packs
        for policy in shipped_files.pack(name).policies
        if policy.validations or policy.order  # missing approvals are in test_approvals
        if not is_read_by(policy, "pullRequest")  # of a forge: tests/cli/test_github_makers.py
    }

    assert packs == set(shipped_files.pack_names())
    assert {broken.policy for broken in BROKEN} == policies


def _packs(process: str) -> tuple[str, ...]:
    _, configuration = load_configuration(WorkTreeSnapshot(EXAMPLES / process))
    return (*configuration.pack_names, *WAIVER_PACKS)

"""Every quorum of every process: each approval that it asks for, taken away, is missed by name."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from launchpolicy.documents.instants import instant
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_configuration
from tests.cli.launch_repository import LaunchRepository
from tests.examples.approving import approved_by, directory_of
from tests.examples.catalogue import EXAMPLES, PROCESSES
from tests.examples.conftest import Adopted
from tests.examples.test_walks import closed_request, stages

ONLY_IF_MAJOR = {"major-launch-approved"}
"""It asks for nobody where the launch is not major, and then passes by what it validates."""


def asked(process: str, adopted: Adopted) -> tuple[LaunchRepository, Any]:
    """The process's request as it was asked for, in a change of its own; and when."""
    path, closed = closed_request(process)
    repository = adopted(process)
    (repository.folder / path).unlink()
    repository.commit("before the request")
    requested = json.dumps(stages(closed)["requested"], ensure_ascii=False)
    (repository.folder / path).write_text(requested, "utf-8")
    repository.commit("requested")
    return repository, instant(closed["spec"]["window"]["start"]) - timedelta(hours=1)


def results(repository: LaunchRepository, persons: list[str], now: Any) -> dict[str, Any]:
    record = approved_by(repository, persons, now)
    finished = repository.check(
        *("--base", "HEAD~1", "--approvals", str(record), "--format", "json"),
        now=now.isoformat(),
    )
    (request,) = json.loads(finished.output)["requests"]
    return {result["policy"]: result for result in request["results"]}


def quorums(process: str) -> set[str]:
    _, configuration = load_configuration(WorkTreeSnapshot(EXAMPLES / process))
    return {
        policy.id
        for name in configuration.pack_names
        for policy in shipped_files.pack(name).policies
        if policy.quorum is not None
    }


@pytest.mark.parametrize("process", PROCESSES)
def test_every_approval_that_a_process_asks_for_is_missed(process: str, adopted: Adopted) -> None:
    repository, now = asked(process, adopted)
    everybody = [person.name for person in directory_of(repository).people]

    nobody = results(repository, [], now)
    pending = {policy for policy, result in nobody.items() if result["outcome"] == "pending"}
    asking = {p for p in quorums(process) if nobody[p]["outcome"] != "not-applicable"}
    asking -= set() if closed_request(process)[1]["spec"]["risk"] == "major" else ONLY_IF_MAJOR
    assert pending == asking != set()

    whole = results(repository, everybody, now)
    for policy in asking:
        assert whole[policy]["outcome"] == "passed"
        counted = [story["by"] for story in whole[policy]["stories"] if story["counted"]]
        for person in counted:
            holders = set(everybody) - {person}
            without = results(repository, sorted(holders), now)[policy]
            if without["outcome"] == "pending":
                candidates = {each for m in without["missing"] for each in m["candidates"]}
                assert person in candidates
            else:  # somebody else who holds the role took the place
                assert person not in {s["by"] for s in without["stories"]}


def test_every_quorum_is_asked_for_in_some_example() -> None:
    seen: set[str] = set()
    for process in PROCESSES:
        _, closed = closed_request(process)
        emergency = closed["spec"].get("risk") == "emergency"
        skipped = "both-leads-approve" if emergency else "emergency-approved"
        seen |= quorums(process) - {skipped}
    every = {
        policy.id
        for name in shipped_files.pack_names()
        for policy in shipped_files.pack(name).policies
        if policy.quorum is not None and "LaunchRequest" in policy.match.kinds
    }
    assert seen == every

"""A waiver may name documents of a kind of one's own, by their ids."""

from __future__ import annotations

import json

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.waived_requests import ids_of_own_kinds
from launchpolicy.policy.edition import SEVENTH_EDITION
from tests.cli.kinds.proposals import APPROVED, Proposals, policy

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: approved, action: deny, waivableBy: [lead]}]}
"""
DIRECTORY = """\
apiVersion: launchpolicy/v1
kind: Directory
people:
  - {name: sun.yu, display: Sun Yu, department: it}
  - {name: li.wei, display: Li Wei, department: it}
roles: {lead: [sun.yu]}
"""


def waiver(name: str) -> str:
    return (
        "apiVersion: launchpolicy/v1\nkind: Waiver\nmetadata: {name: late}\nspec:\n"
        f"  policy: approved\n  requests: [{json.dumps(name)}]\n  owner: li.wei\n"
        "  reason: The approvers are away\n  expires: 2026-12-05T00:00:00+08:00\n"
    )


@pytest.fixture
def waived(proposals: Proposals) -> Proposals:
    proposals.rules(policy("approved", APPROVED), documents="many")
    proposals.write("policies/own/pack.yaml", PACK)
    proposals.write("people.yaml", DIRECTORY)
    proposals.write("old/all.yaml", "number: '1'\n---\nnumber: a/2\n")
    proposals.begin()
    return proposals


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("1", "passed"), ("a/2", "passed"), ("3", "failed"), ("old/all.yaml", "failed")],
)
def test_a_waiver_is_possible_for_a_document_that_is_there(
    waived: Proposals, name: str, outcome: str
) -> None:
    waived.write("waivers/late.yaml", waiver(name))
    done = waived.propose("--format", "json")
    (request,) = json.loads(done.output)["requests"]
    outcomes = {one["policy"]: one["outcome"] for one in request["results"]}
    assert outcomes["waiver-is-possible"] == outcome


def test_a_merged_waiver_counts_for_the_document_that_it_names_alone(waived: Proposals) -> None:
    waived.write("waivers/late.yaml", waiver("a/2"))
    waived.repository.commit("waiver")
    waived.repository.git("switch", "--quiet", "main")
    waived.repository.git("merge", "--quiet", "--no-ff", "change")
    waived.repository.git("switch", "--quiet", "--create", "next")
    waived.write("old/all.yaml", "number: '1'\ntitle: x\n---\nnumber: a/2\ntitle: x\n")
    done = waived.propose("--format", "json")
    verdicts = {one["name"]: one["verdict"] for one in json.loads(done.output)["requests"]}
    assert verdicts == {"1": "blocked", "a/2": "pass"}


def test_up_to_the_seventh_edition_no_such_document_was_known(waived: Proposals) -> None:
    snapshot = WorkTreeSnapshot(waived.folder)
    assert ids_of_own_kinds(snapshot, load_rules(snapshot)) == {"1", "a/2"}
    then = shipped_files.current()._replace(edition=SEVENTH_EDITION)
    assert ids_of_own_kinds(snapshot, load_rules(snapshot, then=then)) == frozenset()

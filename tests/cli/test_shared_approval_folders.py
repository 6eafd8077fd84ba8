"""Documents of two kinds in one folder: an approval of one leaves that of the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.operations.approvals.signed_files import ApprovalPlace
from launchpolicy.policy.edition import SEVENTH_EDITION
from tests.cli.company import Company
from tests.cli.kinds.proposals import Proposals
from tests.cli.launch_repository import LaunchRepository

CONFIGURATION = """\
apiVersion: launchpolicy/v1
kind: Configuration
approvals: {source: signed, rules: anybody}
kinds:
  - {name: Grant, files: access/*/grant.yaml, schema: any.json, id: path.text, packs: [own]}
  - {name: Request, files: access/*/request.yaml, schema: any.json, id: path.text, packs: [own]}
"""
PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: lead-approves, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: lead-approves, title: A lead approves}
spec:
  match: {kinds: [Grant, Request]}
  quorum: {role: lead}
  fix: Ask one.
"""
NOW = ("--now", "2026-11-25T09:00:00+08:00")
FOLDER = "access/one"


@pytest.fixture
def company(bare_folder: LaunchRepository, tmp_path: Path) -> Company:
    folder = LaunchRepository(tmp_path / "access-requests", bare_folder.environment)
    folder.folder.mkdir()
    (tmp_path / "own-keys").mkdir()
    made = Company(folder, tmp_path / "own-keys")
    write = Proposals(folder).write
    write(".launchpolicy.yaml", CONFIGURATION)
    write("policies/own/pack.yaml", PACK)
    write("policies/own/lead-approves.yaml", POLICY)
    write("any.json", '{"type": "object", "properties": {"a": {"type": "integer"}}}')
    person = {
        "name": "sun.yu",
        "display": "Sun Yu",
        "department": "it",
        "emails": ["sun.yu@example.com"],
        "keys": [made.public("sun.yu")],
    }
    head = {"apiVersion": "launchpolicy/v1", "kind": "Directory"}
    write("people.yaml", {**head, "people": [person], "roles": {"lead": ["sun.yu"]}})
    folder.git("init", "--quiet", "--initial-branch=main")
    folder.commit("begin")
    folder.git("switch", "--quiet", "--create", "change")
    for name in ("grant", "request"):
        write(f"{FOLDER}/{name}.yaml", "a: 1\n")
    folder.commit("ask")
    return made


def approve(company: Company, name: str, *arguments: str) -> None:
    key = ("--yes", "--key", str(company.key("sun.yu")))
    path = f"{FOLDER}/{name}.yaml"
    done = company.repository.run("approve", path, *key, *NOW, *arguments)
    assert done.code == 0, done.complaint
    company.repository.commit("approval")


def verdicts(company: Company) -> dict[str, str]:
    done = company.repository.check("--base", "main", "--format", "json", *NOW)
    return {one["kind"]: one["verdict"] for one in json.loads(done.output)["requests"]}


def test_an_approval_of_one_document_does_not_overwrite_that_of_another(company: Company) -> None:
    approve(company, "request")
    approve(company, "grant")
    assert verdicts(company) == {"Grant": "pass", "Request": "pass"}
    folder = company.repository.folder / FOLDER / "approvals"
    assert sorted(file.name for file in folder.iterdir()) == [
        "grant.sun.yu.yaml",
        "sun.yu.yaml",
    ]


def test_an_objection_to_the_second_document_takes_the_place_of_its_approval(
    company: Company,
) -> None:
    approve(company, "request")
    approve(company, "grant")
    approve(company, "grant", "--object")
    assert verdicts(company) == {"Grant": "blocked", "Request": "pass"}
    folder = company.repository.folder / FOLDER / "approvals"
    assert len(list(folder.iterdir())) == 2


def test_a_copy_of_an_approval_under_the_further_name_counts_for_no_other_document(
    company: Company,
) -> None:
    approve(company, "request")
    folder = company.repository.folder / FOLDER / "approvals"
    (folder / "grant.sun.yu.yaml").write_bytes((folder / "sun.yu.yaml").read_bytes())
    company.repository.commit("a copy")
    assert verdicts(company) == {"Grant": "blocked", "Request": "pass"}


def test_up_to_the_seventh_edition_there_was_one_name() -> None:
    place = ApprovalPlace("Request", "access/*/request.yaml", "access/one/request.yaml")
    assert place.stems_of_person("sun.yu") == ("sun.yu", "request.sun.yu")
    assert place._replace(edition=SEVENTH_EDITION).stems_of_person("sun.yu") == ("sun.yu",)

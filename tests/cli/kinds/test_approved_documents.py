"""Approvals and the ledger of files that hold several documents: each document has its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.company import Company
from tests.cli.kinds.proposals import Proposals, policy
from tests.cli.launch_repository import Finished

PATH = "old/all.yaml"
ASKING = policy(
    "lead-approves",
    quorum={"role": "lead"},
    match={"operations": ["create", "update"]},
    matchConditions=[
        {
            "name": "changed",
            "expression": "change.operation == 'create' || change.paths.size() > 0",
        }
    ],
)
ANY = policy("any", {"expression": "true"})
DELETED = policy(
    "deleted", {"expression": "has(oldObject.title)"}, match={"operations": ["delete"]}
)
NOW = ("--now", "2026-11-25T09:00:00+08:00")


def text(*documents: tuple[str, str]) -> str:
    return "---\n".join(f"number: '{number}'\ntitle: {title}\n" for number, title in documents)


class Approved:
    """A repository whose documents a lead approves, one by one."""

    def __init__(self, proposals: Proposals, keys: Path) -> None:
        self.proposals = proposals
        self.company = Company(proposals.repository, keys)
        people = [
            {
                "name": name,
                "display": name,
                "department": "it",
                "emails": [f"{name}@example.com"],
                "keys": [self.company.public(name)],
            }
            for name in ("wang.fang", "zhou.kai")
        ]
        head = {"apiVersion": "launchpolicy/v1", "kind": "Directory"}
        proposals.write(
            "people.yaml", {**head, "people": people, "roles": {"lead": ["wang.fang", "zhou.kai"]}}
        )
        configuration = {"approvals": {"source": "signed", "rules": "anybody"}}
        proposals.rules(ASKING, ANY, DELETED, documents="many", configuration=configuration)
        spec = {key: value for key, value in ASKING["spec"].items() if key != "validations"}
        proposals.write("policies/own/lead-approves.yaml", {**ASKING, "spec": spec})
        proposals.write(PATH, text(("1", "one"), ("a/2", "two")))
        proposals.begin()

    def approve(self, document: str, *arguments: str, by: str = "wang.fang") -> Finished:
        """Sign, and commit the signature."""
        key = ("--yes", "--key", str(self.company.key(by)))
        done = self.proposals.repository.run(
            "approve", PATH, "--document", document, *key, *NOW, *arguments
        )
        assert done.code == 0, done.complaint
        self.proposals.repository.commit("approval")
        return done

    def verdicts(self) -> dict[str, str]:
        done = self.proposals.repository.check("--base", "main", "--format", "json", *NOW)
        return {one["name"]: one["verdict"] for one in json.loads(done.output)["requests"]}

    def merge(self) -> None:
        git = self.proposals.repository.git
        git("switch", "--quiet", "main")
        git("merge", "--quiet", "--no-ff", "change")
        git("branch", "--quiet", "--delete", "change")

    def ledger(self, *arguments: str) -> Finished:
        return self.proposals.repository.run("ledger", *arguments)


@pytest.fixture
def approved(proposals: Proposals, tmp_path: Path) -> Approved:
    keys = tmp_path / "keys"
    keys.mkdir()
    return Approved(proposals, keys)


def test_an_approval_of_one_document_is_none_of_another_in_its_file(approved: Approved) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    assert approved.verdicts() == {"1": "pass", "a/2": "blocked"}
    approved.approve("a/2")
    assert approved.verdicts() == {"1": "pass", "a/2": "pass"}


def test_a_copy_of_an_approval_under_the_name_of_another_document_counts_for_none(
    approved: Approved,
) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    folder = approved.proposals.folder / "old" / "approvals"
    (first,) = folder.iterdir()
    approved.approve("a/2")
    second = next(file for file in folder.iterdir() if file != first)
    second.write_bytes(first.read_bytes())
    approved.proposals.repository.commit("a copy")
    assert approved.verdicts() == {"1": "pass", "a/2": "blocked"}
    folder.joinpath("all.wang.fang.yaml").write_bytes(first.read_bytes())
    second.unlink()
    approved.proposals.repository.commit("another name")
    assert approved.verdicts() == {"1": "pass", "a/2": "blocked"}


def test_an_approved_document_that_changes_needs_another_approval(approved: Approved) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "two")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    approved.proposals.write(PATH, text(("1", "newer"), ("a/2", "two")))
    approved.proposals.repository.commit("change")
    assert approved.verdicts() == {"1": "blocked", "a/2": "pass"}


def test_what_stands_beside_an_approved_document_leaves_its_approval(approved: Approved) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "two")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    approved.proposals.write(PATH, f"# all\n---\n{text(('0', 'zero'), ('a/2', 'x'), ('1', 'new'))}")
    approved.proposals.repository.commit("others")
    assert approved.verdicts() == {"0": "blocked", "a/2": "blocked", "1": "pass"}


def test_an_approved_document_that_moves_to_another_file_needs_another_approval(
    approved: Approved,
) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "two")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    approved.proposals.write(PATH, text(("a/2", "two")))
    approved.proposals.write("old/other.yaml", text(("1", "new")))
    approved.proposals.repository.commit("move")
    done = approved.proposals.repository.check("--base", "main", *NOW)
    assert (done.code, "old/other.yaml:1:1" in done.output) == (1, True)


def test_an_objection_to_one_document_stops_that_one_alone(approved: Approved) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    for document in ("1", "a/2"):
        approved.approve(document)
    approved.approve("1", "--object", by="zhou.kai")
    assert approved.verdicts() == {"1": "blocked", "a/2": "pass"}


def test_a_change_that_only_objects_to_a_document_passes(approved: Approved) -> None:
    approved.approve("1", "--object", by="zhou.kai")
    assert approved.proposals.repository.check("--base", "main", *NOW).code == 0
    approved.merge()
    approved.proposals.repository.git("switch", "--quiet", "--create", "change")
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    for document in ("1", "a/2"):
        approved.approve(document)
    assert approved.verdicts() == {"1": "blocked", "a/2": "pass"}


def test_an_approval_once_given_does_not_come_back_after_a_revert(approved: Approved) -> None:
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "two")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    approved.merge()
    git = approved.proposals.repository.git
    approved.proposals.write(PATH, text(("1", "one"), ("a/2", "two")))
    approved.proposals.repository.commit("back")
    git("switch", "--quiet", "--create", "change")
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "two")))
    approved.proposals.repository.commit("again")
    assert approved.verdicts() == {"1": "blocked", "a/2": "pass"}


def test_approve_asks_which_document_is_meant(approved: Approved) -> None:
    run = approved.proposals.repository.run
    key = ("--yes", "--key", str(approved.company.key("wang.fang")))
    several = run("approve", PATH, *key)
    assert (several.code, "holds several documents: 1, a/2" in several.complaint) == (2, True)
    unknown = run("approve", PATH, "--document", "3", *key)
    assert (unknown.code, "no document `3`, but: 1, a/2" in unknown.complaint) == (2, True)


def test_the_ledger_has_entries_of_each_document(approved: Approved) -> None:
    assert approved.ledger("append").code == 0
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    approved.approve("1")
    approved.merge()
    appended = approved.ledger("append")
    assert (appended.code, "  a/2\n" in appended.output) == (0, True), appended.output
    for document, word in (("1", "amended  pass"), ("a/2", "bypassed (amended)  blocked")):
        shown = approved.ledger("show", document)
        assert (shown.code, word in shown.output) == (0, True), shown.output
    verified = approved.ledger("verify")
    assert verified.code == 0, verified.output
    assert approved.ledger("verify", "--quick").code == 0
    assert approved.ledger("build", "rebuilt").code == 0
    replayed = approved.proposals.repository.run("policy", "replay")
    assert (replayed.code, "The ledger records" in replayed.output) == (0, False), replayed.output
    queried = approved.ledger("query", "--standing", "unapproved")
    assert "a/2" in queried.output
    assert approved.ledger("render", "site", "--view", "html").code == 0


def test_a_document_that_moves_between_files_is_one_launch_in_the_ledger(
    approved: Approved,
) -> None:
    approved.ledger("append")
    approved.proposals.write(PATH, text(("1", "one")))
    approved.proposals.write("old/other.yaml", text(("a/2", "two")))
    approved.proposals.repository.commit("move")
    approved.merge()
    assert approved.ledger("append").code == 0
    shown = approved.ledger("show", "a/2")
    assert "renamed" in shown.output
    assert approved.ledger("verify").code == 0


def test_a_file_whose_documents_cannot_be_told_apart_is_entered_and_verified(
    approved: Approved,
) -> None:
    approved.ledger("append")
    two_of_one = f"{text(('1', 'a'), ('1', 'b'), ('line 7', 'c'))}---\ntitle: x\n---\ntitle: y\n"
    for content in (two_of_one, "number: [\n", text(("1", "one"), ("a/2", "two"))):
        approved.proposals.write(PATH, content)
        approved.proposals.repository.commit("change")
    approved.merge()
    assert approved.ledger("append").code == 0
    verified = approved.ledger("verify")
    assert verified.code == 0, verified.output


def test_an_id_leads_to_the_file_that_holds_its_document(approved: Approved) -> None:
    run = approved.proposals.repository.run
    done = run("status", "a/2")
    assert "a/2" in done.output, done.complaint
    key = ("--yes", "--key", str(approved.company.key("wang.fang")))
    several = run("approve", "a/2", *key)
    assert (several.code, f"{PATH} holds several documents" in several.complaint) == (2, True)
    assert run("policy", "explain", "any", "a/2", "--document", "a/2").code == 0


def test_a_replay_tells_the_documents_of_a_file_apart(approved: Approved) -> None:
    """Otherwise one of them hides what is decided otherwise about another."""
    approved.ledger("append")
    approved.proposals.write(PATH, text(("1", "new"), ("a/2", "new")))
    approved.proposals.repository.commit("change")
    approved.merge()
    strict = policy("any", {"expression": "object.number != '1'"})
    approved.proposals.write("policies/own/any.yaml", strict)
    replayed = approved.proposals.repository.run("policy", "replay", "--verbose")
    assert f"{PATH}#1" in replayed.output, replayed.output

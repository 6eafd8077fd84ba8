"""Files that hold several documents: each is judged by itself, and none gets lost."""

from __future__ import annotations

import json

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.edition import SEVENTH_EDITION
from launchpolicy.vocabulary.errors import MalformedRulesError
from tests.cli.kinds.proposals import APPROVED, Proposals, policy

ONE = "number: '1'\napprovers: [li.wei]\n"
TWO = "number: '2'\napprovers: [wang.fang]\n"
PATH = "old/all.yaml"
KEPT = policy(
    "kept",
    {"expression": "!has(oldObject.approvers) || has(object.approvers)", "at": "approvers"},
    match={"operations": ["update"]},
)


def verdicts(output: str) -> list[tuple[str, str, str]]:
    report = json.loads(output)
    return [(one["name"], one["operation"], one["verdict"]) for one in report["requests"]]


@pytest.fixture
def many(proposals: Proposals) -> Proposals:
    proposals.rules(policy("approved", APPROVED), KEPT, documents="many")
    proposals.write(PATH, f"{ONE}---\n{TWO}")
    proposals.begin()
    return proposals


def test_each_document_is_judged_by_its_id_with_the_lines_of_the_file(many: Proposals) -> None:
    many.write(PATH, f"# all of them\n---\n{ONE}---\nnumber: '2'\ntitle: x\n---\nnumber: '3'\n")
    done = many.propose()
    assert done.code == 1
    assert f"{PATH}:6:1" in done.output
    assert f"{PATH}:9:1" in done.output
    done = many.repository.check("--base", "main", "--format", "json")
    assert verdicts(done.output) == [
        ("1", "update", "pass"),
        ("2", "update", "blocked"),
        ("3", "create", "blocked"),
    ]


def test_a_document_that_moves_within_its_file_is_the_same_one(many: Proposals) -> None:
    many.write(PATH, f"{TWO}---\n{ONE}")
    assert many.propose().code == 0
    done = many.repository.check("--base", "main", "--format", "json")
    assert verdicts(done.output) == [("2", "update", "pass"), ("1", "update", "pass")]


def test_a_document_that_is_gone_from_its_file_is_deleted(many: Proposals) -> None:
    many.write(PATH, ONE)
    assert many.propose().code == 3
    done = many.repository.check("--base", "main", "--format", "json")
    assert verdicts(done.output) == [("1", "update", "pass"), ("2", "delete", "undecided")]


def test_a_file_that_is_gone_deletes_each_of_its_documents(many: Proposals) -> None:
    many.remove(PATH)
    assert many.propose().code == 3
    done = many.repository.check("--base", "main", "--format", "json")
    assert [operation for _, operation, _ in verdicts(done.output)] == ["delete", "delete"]


def test_a_document_that_moves_to_another_file_is_judged_as_an_update_too(
    proposals: Proposals,
) -> None:
    anything = policy("any", {"expression": "true"})
    proposals.rules(KEPT, anything, documents="many", deletions="allow")
    proposals.write(PATH, f"{ONE}---\n{TWO}")
    proposals.begin()
    proposals.write(PATH, ONE)
    proposals.write("old/other.yaml", "number: '2'\n")
    done = proposals.propose()
    assert (done.code, "old/other.yaml:1" in done.output) == (1, True)


REFUSED = {
    "the id of another document": (f"{ONE}---\n{ONE}", "request/id-twice", 4),
    "no id": (f"{ONE}---\nnumber: ''\n", "request/no-id", 4),
    "no id by its shape": (f"{ONE}---\ntitle: x\n", "schema/missing-key", 4),
    "another kind": (f"{ONE}---\nkind: Note\n", "schema/unknown-key", 4),
    "an empty document": (f"{ONE}---\n---\n{TWO}", "yaml/empty-document", 3),
    "an end that is none": (f"{ONE}---\n{TWO}---\n", "yaml/empty-document", 6),
    "bad syntax": (f"{ONE}---\nnumber: [\n", "yaml/syntax", 5),
    "a key twice": (f"{ONE}---\n{TWO}number: '3'\n", "yaml/duplicate-key", 6),
    "an alias of another document": ("number: &a '1'\n---\nnumber: *a\n", "yaml/anchor", 1),
}  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "line"), REFUSED.values(), ids=REFUSED)
def test_a_file_with_a_document_that_cannot_be_told_apart_is_refused_at_its_place(
    many: Proposals, text: str, rule: str, line: int
) -> None:
    many.write(PATH, text)
    assert many.propose().code == 2
    done = many.repository.check("--base", "main", "--format", "json")
    requests = json.loads(done.output)["requests"]
    refusals = [(one["rule"], one["place"]["line"]) for r in requests for one in r["refusals"]]
    assert (rule, line) in refusals


def test_the_anchors_of_one_document_do_not_reach_the_next(proposals: Proposals) -> None:
    proposals.rules(documents="many", anchors="expand")
    proposals.begin()
    proposals.write(PATH, "number: &a '1'\napprovers: [*a]\n---\nnumber: *a\n")
    done = proposals.propose()
    assert (done.code, "No anchor `&a`" in done.output) == (2, True)


def test_a_second_document_is_refused_in_every_other_kind(proposals: Proposals) -> None:
    proposals.rules()
    proposals.begin()
    proposals.write(PATH, f"{ONE}---\n{TWO}")
    assert proposals.propose().code == 2


def test_a_whole_work_tree_with_many_documents_is_judged_document_by_document(
    many: Proposals,
) -> None:
    for number in range(200):
        text = f"number: 'a{number}'\napprovers: [x]\n---\nnumber: 'b{number}'\n"
        many.write(f"old/{number}.yaml", text)
    done = many.repository.check("--jobs", "2")
    assert (done.code, "202 pass" in done.output, "200 blocked" in done.output) == (1, True, True)


def test_the_other_requests_are_kept_by_file_so_asking_for_them_is_refused(
    proposals: Proposals,
) -> None:
    reading = policy("one", {"expression": "size(launches.overlaps) == 0"})
    proposals.rules(reading, documents="many")
    done = proposals.repository.check()
    assert (done.code, "reads `launches`" in done.complaint) == (2, True)


def test_up_to_the_seventh_edition_approvals_and_a_ledger_are_refused(
    proposals: Proposals,
) -> None:
    """So what landed beside such rules stays undecided, as it is in ledgers."""
    then = shipped_files.current()._replace(edition=SEVENTH_EDITION)
    asking = policy("one", {"expression": "true"}, quorum={"role": "lead"})
    proposals.rules(asking, documents="many", configuration={"ledger": {"branch": "ledger"}})
    with pytest.raises(MalformedRulesError) as refusal:
        load_rules(WorkTreeSnapshot(proposals.folder), then=then)
    reasons = " ".join(finding.message.en for finding in refusal.value.findings)
    assert "asks for approvals" in reasons
    assert "the configuration has a ledger" in reasons
    assert "Proposal" in load_rules(WorkTreeSnapshot(proposals.folder)).kinds


def test_the_decision_on_one_document_of_a_file_is_explained_by_its_id(many: Proposals) -> None:
    many.write(PATH, f"{ONE}---\nnumber: '2'\n")
    explain = ("policy", "explain", "approved", PATH)
    refused = many.repository.run(*explain)
    assert (refused.code, f"{PATH} holds: 1, 2" in refused.complaint) == (2, True)
    assert "--document ID" in refused.complaint
    for name, outcome in (("1", "passed"), ("2", "failed")):
        done = many.repository.run(*explain, "--document", name)
        assert (done.code, f"{outcome}  approved" in done.output) == (0, True), done.complaint
    assert many.repository.run(*explain, "--document", "3").code == 2
    many.write(PATH, ONE)
    assert many.repository.run(*explain, "--document", "1").code == 0

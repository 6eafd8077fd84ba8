"""What deleting and moving documents means, and kinds that only their schema judges."""

from __future__ import annotations

import pytest

from tests.cli.kinds.proposals import APPROVED, Proposals, policy

GOOD = {"number": "1", "approvers": ["li.wei"]}
KEEPS_APPROVERS = {
    "expression": "!has(oldObject.approvers) || has(object.approvers)"
    " && oldObject.approvers.all(a, a in object.approvers)",
    "at": "approvers",
}
KEPT = policy("approvers-kept", KEEPS_APPROVERS, match={"operations": ["update"]})
NEW = policy("titled", {"expression": "has(object.title)"}, match={"operations": ["create"]})


def no_deletion(name: str = "never-deleted") -> dict[str, object]:
    return policy(name, {"expression": "false"}, match={"operations": ["delete"]})


def test_a_deletion_that_no_policy_judges_is_undecided_unless_the_kind_allows_it(
    proposals: Proposals,
) -> None:
    proposals.rules()
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    done = proposals.propose()
    assert done.code == 3
    words = " ".join(done.output.split())
    assert "`match: {operations: [delete]}`" in words
    assert "`deletions: allow`" in words


def test_an_allowed_deletion_passes_and_the_report_says_that_nobody_judged_it(
    proposals: Proposals,
) -> None:
    proposals.rules(deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    done = proposals.propose()
    assert done.code == 0
    assert "1 is deleted: its kind Proposal allows that" in " ".join(done.output.split())


def test_an_allowed_deletion_is_still_judged_by_policies_about_deletions(
    proposals: Proposals,
) -> None:
    proposals.rules(policy("approved", APPROVED), no_deletion(), deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    assert proposals.propose().code == 1


def test_deleting_and_adding_again_elsewhere_is_no_way_around_rules_for_updates(
    proposals: Proposals,
) -> None:
    proposals.rules(policy("approved", APPROVED), KEPT, deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", {"number": "1", "approvers": ["mallory"]})
    done = proposals.propose()
    assert (done.code, "approvers-kept" in done.output) == (1, True)


def test_a_move_is_an_update_where_a_policy_judges_deletions_too(proposals: Proposals) -> None:
    gone = policy("gone", {"expression": "object == null"}, match={"operations": ["delete"]})
    proposals.rules(policy("approved", APPROVED), KEPT, gone)
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", {"number": "1", "approvers": ["mallory"]})
    done = proposals.propose()
    assert (done.code, "approvers-kept" in done.output) == (1, True)
    proposals.write("proposals/1/proposal.yaml", GOOD)
    assert proposals.propose().code == 0


@pytest.mark.parametrize(
    "expression",
    [
        "change.operation != 'update' || object.approvers == oldObject.approvers",
        "change.operation == 'create' || object.approvers == oldObject.approvers",
        "!change.paths.exists(p, p.startsWith('approvers')) || change.operation == 'create'",
    ],
)
def test_an_expression_that_asks_for_the_operation_sees_a_move_as_both(
    proposals: Proposals, expression: str
) -> None:
    proposals.rules(policy("same", {"expression": expression}), deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", {"number": "1", "approvers": ["mallory"]})
    assert proposals.propose().code == 1
    proposals.write("proposals/1/proposal.yaml", {**GOOD, "title": "One"})
    assert proposals.propose().code == 0


def test_a_document_that_moves_is_judged_by_rules_for_new_ones_too(proposals: Proposals) -> None:
    proposals.rules(policy("approved", APPROVED), NEW, deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", GOOD)
    assert proposals.propose().code == 1
    proposals.write("proposals/1/proposal.yaml", {**GOOD, "title": "One"})
    assert proposals.propose().code == 0


def test_a_move_with_changes_of_every_rule_kept_passes(proposals: Proposals) -> None:
    proposals.rules(policy("approved", APPROVED), KEPT, deletions="allow")
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", {"number": "1", "approvers": ["li.wei", "b"]})
    assert proposals.propose().code == 0


def test_deletion_and_addition_do_not_pass_where_deletions_are_judged(
    proposals: Proposals,
) -> None:
    proposals.rules(policy("approved", APPROVED), KEPT)
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    proposals.write("proposals/1/proposal.yaml", GOOD)
    assert proposals.propose().code == 3


def test_a_kind_without_packs_is_judged_by_its_schema_and_the_report_says_so(
    proposals: Proposals,
) -> None:
    proposals.rules(packs=None)
    proposals.begin()
    proposals.write("old/1.yaml", GOOD)
    done = proposals.propose()
    assert done.code == 0
    assert "Schema only: no pack judges Proposal" in " ".join(done.output.split())
    assert "仅按结构定义判定" in proposals.repository.check("--base", "main", "--lang", "zh").output
    proposals.write("old/2.yaml", {"number": "2", "aprovers": []})
    assert proposals.propose().code == 2


def test_deletions_of_a_kind_without_packs_pass_only_where_it_says_so(
    proposals: Proposals,
) -> None:
    proposals.rules(packs=None)
    proposals.write("old/1.yaml", GOOD)
    proposals.begin()
    proposals.remove("old/1.yaml")
    assert proposals.propose().code == 3
    proposals.repository.git("switch", "--quiet", "main")
    proposals.rules(packs=None, deletions="allow")
    proposals.repository.commit("allow deletions")
    proposals.repository.git("switch", "--quiet", "--create", "again")
    proposals.remove("old/1.yaml")
    assert proposals.propose().code == 0


@pytest.mark.parametrize("operations", [["delete"], ["update"]])
def test_a_kind_with_packs_never_passes_by_its_schema_alone(
    proposals: Proposals, operations: list[str]
) -> None:
    proposals.rules(policy("approved", APPROVED, match={"operations": operations}))
    proposals.begin()
    proposals.write("old/1.yaml", {"number": "1"})
    assert proposals.propose().code == 3


def test_a_mandatory_pack_judges_a_kind_that_names_no_pack(proposals: Proposals) -> None:
    proposals.rules()
    proposals.rules(packs=None, configuration={"mandatory": ["own"]})
    proposals.begin()
    proposals.write("old/1.yaml", {"number": "1"})
    assert proposals.propose().code == 1

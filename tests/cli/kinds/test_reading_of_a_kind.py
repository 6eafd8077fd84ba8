"""Kinds that allow anchors, keep text as it is written, or have larger files."""

from __future__ import annotations

from tests.cli.kinds.proposals import APPROVED, SCHEMA, Proposals, policy

BIG = (
    "number: '1'\napprovers: [li.wei]\ntitle: >\n"
    + "  a long line of text, and more of it\n" * 1700
)
VERSION = policy("version", {"expression": "object.number == '1.10'"})


def test_a_version_is_a_number_unless_the_kind_keeps_it_as_text(proposals: Proposals) -> None:
    proposals.rules(VERSION)
    proposals.begin()
    proposals.write("old/1.yaml", "number: 1.10\n")
    assert proposals.propose().code == 2
    proposals.repository.git("switch", "--quiet", "main")
    proposals.rules(VERSION, keepText=["number"])
    proposals.repository.commit("keep the text of versions")
    proposals.repository.git("switch", "--quiet", "--create", "again")
    proposals.write("old/1.yaml", "number: 1.10\n")
    assert proposals.propose().code == 0
    proposals.write("old/1.yaml", "number: 1.1\n")
    assert proposals.propose().code == 1


def test_text_that_is_kept_by_a_misspelt_route_is_refused_when_the_rules_load(
    proposals: Proposals,
) -> None:
    proposals.rules(keepText=["nubmer"])
    done = proposals.repository.check()
    assert (done.code, "has no `nubmer`" in done.complaint) == (2, True)
    counted = {**SCHEMA["properties"], "count": {"type": "integer"}}
    proposals.rules(keepText=["number", "count"], schema={**SCHEMA, "properties": counted})
    done = proposals.repository.check()
    assert (done.code, "allows no text" in done.complaint) == (2, True)


def test_a_merge_key_cannot_bring_approvers_that_the_document_takes_away(
    proposals: Proposals,
) -> None:
    approved = policy("approved", {"expression": "object.approvers.size() > 0", "at": "approvers"})
    listed = {**SCHEMA["properties"], "base": {"type": "object"}}
    schema = {**SCHEMA, "required": [], "properties": listed}
    proposals.rules(approved, schema=schema, id="path.stem", anchors="expand")
    proposals.begin()
    base = "base: &base\n  number: '1'\n  approvers: [li.wei]\n"
    proposals.write("old/1.yaml", f"{base}<<: *base\n")
    assert proposals.propose().code == 0
    proposals.write("old/1.yaml", f"{base}<<: *base\napprovers: []\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:5:1" in done.output) == (1, True)


def test_a_finding_about_what_an_alias_brought_points_to_the_anchor(proposals: Proposals) -> None:
    named = policy("named", {"forEach": "approvers", "expression": "each != 'mallory'"})
    proposals.rules(named, anchors="expand")
    proposals.begin()
    proposals.write("old/1.yaml", "number: &m mallory\napprovers: [li.wei, *m]\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:1:9" in done.output) == (1, True)


def test_anchors_are_refused_in_every_other_kind(proposals: Proposals) -> None:
    proposals.rules()
    proposals.begin()
    proposals.write("old/1.yaml", "number: &m '1'\napprovers: [*m]\n")
    assert proposals.propose().code == 2


def test_a_larger_file_is_read_where_the_kind_says_so_and_up_to_there(
    proposals: Proposals,
) -> None:
    proposals.rules(policy("approved", APPROVED), maxSize="512KiB")
    proposals.write("old/1.yaml", "number: '1'\napprovers: [li.wei]\n")
    proposals.begin()
    proposals.write("old/1.yaml", BIG + "# " + "x" * 300_000)
    assert proposals.propose().code == 0
    proposals.write("old/1.yaml", BIG + "# " + "x" * 500_000)
    done = proposals.propose()
    assert (done.code, "at most 524288 are read" in done.output) == (2, True)


def test_a_smaller_cap_is_kept_as_well(proposals: Proposals) -> None:
    proposals.rules(policy("approved", APPROVED), maxSize="1KiB")
    proposals.begin()
    proposals.write("old/1.yaml", BIG)
    assert proposals.propose().code == 2

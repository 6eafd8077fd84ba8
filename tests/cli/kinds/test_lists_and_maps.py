"""Documents that are a list or a map as a whole, and `forEach` over the entries of maps."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.kinds.proposals import Proposals, policy

MEMBER = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "roles": {"type": "array", "items": {"type": "string"}},
    },
}
LIST = {"type": "array", "items": MEMBER}
MAP = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
GROUPS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "groups": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "lead": {"type": "string"},
                    "members": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    },
}
LED = {
    "forEach": "groups.*",
    "expression": "has(each.lead) && each.lead in each.members",
    "messageExpression": {"en": "'The lead of ' + key + ' is no member.'"},
}
SPELT = {"forEach": "groups.*.members", "expression": "each.startsWith(key)", "at": "each"}


def rules(proposals: Proposals, schema: dict[str, Any], *validations: dict[str, Any]) -> None:
    proposals.rules(
        policy("checked", *validations), schema=schema, id="path.stem", files=["old/*.yaml"]
    )


def test_each_entry_of_a_document_that_is_a_list_is_judged_at_its_place(
    proposals: Proposals,
) -> None:
    rules(proposals, LIST, {"forEach": "*", "expression": "size(each.roles) > 0"})
    proposals.begin()
    proposals.write("old/1.yaml", "- name: a\n  roles: [x]\n- name: b\n  roles: []\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:3:" in done.output) == (1, True)
    proposals.write("old/1.yaml", "- name: a\n  roles: [x]\n")
    assert proposals.propose().code == 0


def test_lists_in_a_document_that_is_a_list_are_entered(proposals: Proposals) -> None:
    rules(proposals, LIST, {"forEach": "roles", "expression": "each != 'root'"})
    proposals.begin()
    proposals.write("old/1.yaml", "- name: a\n  roles: [x]\n- name: b\n  roles: [y, root]\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:4:14" in done.output) == (1, True)


def test_a_document_that_is_a_list_is_named_compared_and_read_by_index(
    proposals: Proposals,
) -> None:
    proposals.rules(
        policy("first", {"expression": "object[0].name == 'a' && oldObject.size() == 1"}),
        policy("edited", {"forEach": "change.edits", "expression": "each.path.startsWith('[')"}),
        schema=LIST,
        id="object[0].name",
        files=["old/*.yaml"],
    )
    proposals.write("old/1.yaml", "- name: a\n")
    proposals.begin()
    proposals.write("old/1.yaml", "- name: a\n- name: b\n")
    done = proposals.propose()
    assert (done.code, " a " in done.output) == (0, True)


def test_each_entry_of_a_document_that_is_a_map_is_judged_with_its_key(
    proposals: Proposals,
) -> None:
    rules(proposals, MAP, {"forEach": "*", "expression": "size(each) > 0 && key != 'root'"})
    proposals.begin()
    proposals.write("old/1.yaml", "leads: [a]\nroot: [b]\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:2:1" in done.output) == (1, True)


def test_entries_of_maps_and_lists_in_them_have_key_and_place(proposals: Proposals) -> None:
    rules(proposals, GROUPS, LED, SPELT)
    proposals.begin()
    proposals.write(
        "old/1.yaml",
        "groups:\n  qa: {lead: qa1, members: [qa1]}\n"
        "  dev:\n    lead: x\n    members: [dev1, qa2]\n",
    )
    done = proposals.propose()
    assert done.code == 1
    assert "The lead of dev is no member." in done.output
    assert "old/1.yaml:3:3" in done.output
    assert "old/1.yaml:5:21" in done.output


def test_a_key_that_is_called_like_the_step_hides_no_other_entry(proposals: Proposals) -> None:
    """What CEL would say of all entries below that key alone is true: there are none."""
    led = "!has(each.lead) || each.lead in each.members"
    rules(proposals, GROUPS, {"forEach": "groups.*", "expression": led})
    proposals.begin()
    proposals.write("old/1.yaml", 'groups:\n  "*": {}\n  dev: {lead: x, members: []}\n')
    assert proposals.propose().code == 1


def test_an_entry_without_what_is_asked_for_is_undecided_and_never_passed(
    proposals: Proposals,
) -> None:
    rules(proposals, GROUPS, {"forEach": "groups.*", "expression": "size(each.members) > 0"})
    proposals.begin()
    proposals.write("old/1.yaml", "groups:\n  dev: {lead: x}\n")
    assert proposals.propose().code == 3


@pytest.mark.parametrize(
    ("schema", "validation", "complaint"),
    [
        (LIST, {"forEach": "*", "expression": "each.nmae != ''"}, "Did you mean `name`?"),
        (LIST, {"expression": "object[0].nmae != ''"}, "Did you mean `name`?"),
        (LIST, {"forEach": "rolls", "expression": "true"}, "Did you mean `roles`?"),
        (GROUPS, {"forEach": "group.*", "expression": "true"}, "Did you mean `groups.*`?"),
        (GROUPS, {"forEach": "groups.*", "expression": "each.leed != ''"}, "Did you mean `lead`?"),
        (GROUPS, {"forEach": "groups.*.lead", "expression": "true"}, "is not a list"),
        (GROUPS, {"forEach": "groups", "expression": "true"}, "Did you mean `groups.*`?"),
        (LIST, {"forEach": "roles", "expression": "key == ''"}, "key"),
        (
            GROUPS,
            {"forEach": "groups.*", "expression": "has(each.lead)", "template": {"lead": "TODO"}},
            "a template cannot be written",
        ),
    ],
)
def test_paths_into_lists_and_maps_are_checked_when_the_pack_loads(
    proposals: Proposals, schema: dict[str, Any], validation: dict[str, Any], complaint: str
) -> None:
    rules(proposals, schema, validation)
    proposals.write("old/1.yaml", "[]" if schema is LIST else "{}")
    done = proposals.repository.check()
    assert (done.code, complaint in " ".join(done.complaint.split())) == (2, True)


def test_lists_in_a_document_that_is_a_map_are_entered_by_a_second_step(
    proposals: Proposals,
) -> None:
    rules(proposals, MAP, {"forEach": "*.*", "expression": "each.startsWith(key)"})
    proposals.begin()
    proposals.write("old/1.yaml", "a: [a1, a2]\nb: [b1, c2]\n")
    done = proposals.propose()
    assert (done.code, "old/1.yaml:2:9" in done.output) == (1, True)


def test_a_key_that_the_document_computes_is_looked_up_in_a_map(proposals: Proposals) -> None:
    fields = {**GROUPS["properties"], "main": {"type": "string"}}
    known = "object.main in object.groups && has(object.groups[object.main].lead)"
    rules(proposals, {**GROUPS, "properties": fields}, {"expression": known, "at": "main"})
    proposals.begin()
    proposals.write("old/1.yaml", "main: dev\ngroups: {dev: {lead: x}}\n")
    assert proposals.propose().code == 0
    proposals.write("old/1.yaml", "main: qa\ngroups: {dev: {lead: x}}\n")
    assert proposals.propose().code == 1


def test_cases_of_policies_name_entries_of_lists_and_maps(proposals: Proposals) -> None:
    rules(proposals, LIST, {"forEach": "*", "expression": "size(each.roles) > 0"})
    cases = [
        {"name": "passes", "expect": "passed"},
        {"name": "no role", "set": {"[0].roles": []}, "expect": "failed", "at": "[0]"},
    ]
    test = {"apiVersion": "launchpolicy/v1", "kind": "PolicyTest", "metadata": {"name": "checked"}}
    spec = {"now": "2026-11-25T10:00:00+08:00", "object": "cases/one.yaml", "cases": cases}
    proposals.write("policies/own/checked.test.yaml", {**test, "spec": spec})
    proposals.write("policies/own/cases/one.yaml", [{"name": "a", "roles": ["x"]}])
    done = proposals.repository.run("policy", "test", "policies/own")
    assert (done.code, "2 as expected" in done.output) == (0, True)


@pytest.mark.parametrize("schema", [LIST, MAP, GROUPS], ids=["list", "map", "groups"])
def test_the_schema_of_a_kind_of_lists_or_maps_is_printed(
    proposals: Proposals, schema: dict[str, Any]
) -> None:
    rules(proposals, schema, {"expression": "true"})
    assert proposals.repository.run("schema", "Proposal").code == 0


def test_a_first_policy_about_lists_goes_through_their_items(proposals: Proposals) -> None:
    rules(proposals, LIST, {"expression": "true"})
    done = proposals.repository.run("policy", "new", "drafted", "--kind", "Proposal")
    assert done.code == 0, done.complaint
    assert proposals.repository.run("policy", "show", "drafted").code == 0


@pytest.mark.parametrize("schema", [MAP, GROUPS], ids=["map", "groups"])
def test_where_no_first_policy_can_be_drafted_the_remedy_is_named(
    proposals: Proposals, schema: dict[str, Any]
) -> None:
    rules(proposals, schema, {"expression": "true"})
    done = proposals.repository.run("policy", "new", "drafted", "--kind", "Proposal")
    assert (done.code, done.output, done.complaint.count("→")) == (2, "", 1)

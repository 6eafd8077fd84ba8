"""Which roles policies ask for: every role of every shipped process, and each way to ask."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from launchpolicy.hosts import shipped_files
from launchpolicy.policy.policy import Policy, policy_of
from launchpolicy.policy.processes import PROCESSES
from launchpolicy.policy.role_demands import RoleDemand, conditional_roles, role_demands
from launchpolicy.vocabulary.role_titles import TITLES

PROJECT = Path(__file__).parents[2]
BASE = {"product-lead", "rd-lead", "operations-lead", "company-leadership"}
ROLES = {
    "product-launch": BASE,
    "emergency-launch": BASE,
    "system-cutover": BASE
    | {
        "application-maintainer",
        "dba",
        "department-head",
        "leader-in-charge",
        "system-administrator",
        "technology-department",
    },
    "governed-launch": BASE
    | {
        "product-office-manager",
        "project-manager",
        "quality-assurance",
        "regional-manager",
        "test-lead",
    },
    "new-internet-product": BASE | {"project-manager"},
    "hardware-software-integration": BASE | {"development-management-centre", "integration-line"},
}


def policies_of(process: str) -> list[Policy]:
    packs = (*PROCESSES[process].packs, "waivers")
    return [policy for pack in packs for policy in shipped_files.pack(pack).policies]


@pytest.mark.parametrize("process", list(PROCESSES))
def test_every_role_of_a_process_is_found(process: str) -> None:
    assert {demand.role for demand in role_demands(policies_of(process))} == ROLES[process]


FIT_FOR_DUTIES = {
    "application-maintainer",
    "dba",
    "development-management-centre",
    "system-administrator",
    "technology-department",
}


@pytest.mark.parametrize("process", list(PROCESSES))
def test_roles_that_only_a_parameter_names_are_found_apart(process: str) -> None:
    found = {demand.role: demand for demand in conditional_roles(policies_of(process))}
    assert set(found) == FIT_FOR_DUTIES - ROLES[process]
    assert all("people-hold-their-roles" in demand.policies for demand in found.values())


@pytest.mark.parametrize("process", list(PROCESSES))
def test_the_example_of_a_process_fills_every_role_that_is_asked_for(process: str) -> None:
    people = (PROJECT / "examples" / process / "people.yaml").read_text("utf-8")
    assert ROLES[process] <= set(yaml.safe_load(people)["roles"])


@pytest.mark.parametrize("process", list(PROCESSES))
def test_the_leads_of_a_process_are_roles_that_it_asks_for(process: str) -> None:
    assert len(PROCESSES[process].leads) == 2
    assert set(PROCESSES[process].leads) <= ROLES[process]


@pytest.mark.parametrize("process", list(PROCESSES))
def test_a_process_has_the_packs_of_its_example(process: str) -> None:
    text = (PROJECT / "examples" / process / ".launchpolicy.yaml").read_text("utf-8")
    assert yaml.safe_load(text)["processes"] == {process: list(PROCESSES[process].packs)}


def test_every_shipped_process_of_the_page_is_there() -> None:
    page = (PROJECT / "policies/README.md").read_text("utf-8")
    table = page.partition("| process | packs |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE) == list(PROCESSES)


@pytest.mark.parametrize("role", sorted(set().union(*ROLES.values())))
def test_every_role_has_a_title_in_both_languages(role: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", TITLES[role].zh)
    assert TITLES[role].en != role


def test_a_role_per_department_is_known_as_such() -> None:
    found = {each.role: each for each in role_demands(policies_of("system-cutover"))}
    assert found["department-head"].is_per_department
    assert not found["dba"].is_per_department
    assert "affected-departments-countersign" in found["department-head"].policies


def policy(spec: dict[str, Any], waivable_by: tuple[str, ...] = ()) -> Policy:
    text = {"en": "x", "zh": "x"}
    data = {
        "metadata": {"name": "p", "title": text},
        "spec": {"match": {"kinds": ["LaunchRequest"]}, "fix": text, **spec},
    }
    return policy_of(data, "own", {"action": "deny", "waivableBy": list(waivable_by)})


def expression(
    text: str, params: dict[str, Any] | None = None, variables: dict[str, str] | None = None
) -> Policy:
    return policy(
        {
            "params": params or {},
            "variables": [
                {"name": name, "expression": each} for name, each in (variables or {}).items()
            ],
            "validations": [{"expression": text, "message": {"en": "x", "zh": "x"}}],
        }
    )


@pytest.mark.parametrize(
    ("found", "roles"),
    [
        (expression('a in people.roles["dba"]'), ["dba"]),
        (expression("a in people.roles[?'dba'].orValue([])"), ["dba"]),
        (expression("a in people . ?roles[ ?params.r ]", {"r": "qa"}), ["qa"]),
        (expression("params.rs.exists(r, a in people.roles[?r])", {"rs": ["x", "y"]}), ["x", "y"]),
        (
            expression(
                "a in people.roles[variables.by[k]]",
                {"r": "qa"},
                {"by": '{"database": params.r, "files": "dba"}'},
            ),
            ["dba", "qa"],
        ),
        (
            expression(
                "a in people.roles[variables.b]", {"r": "qa"}, {"a": "params.r", "b": "variables.a"}
            ),
            ["qa"],
        ),
        (
            expression("a in people.roles[variables.r]", {}, {"r": 'b ? "dba" : "qa"'}),
            ["dba", "qa"],
        ),
        (expression("people.heads[?d].size() > 0"), ["department-head"]),
        (expression("each.by in people.roles[?each.role].orValue([])"), []),
        (expression("people.names.size() > 0"), []),
        (policy({"quorum": {"role": ["a", "b"]}}), ["a", "b"]),
        (policy({"quorum": {"any": [{"role": "a"}, {"all": [{"role": "b"}]}]}}), ["a", "b"]),
        (policy({"quorum": {"rolesFrom": "params.rs"}, "params": {"rs": ["a"]}}), ["a"]),
        (policy({"quorum": {"rolesFrom": "waiver.waivableBy"}}, ("x", "y")), ["x", "y"]),
        (policy({"quorum": {"people": 'people.roles["a"]'}}), ["a"]),
    ],
)
def test_each_way_to_ask_for_a_role_is_seen(found: Policy, roles: list[str]) -> None:
    assert sorted(each.role for each in role_demands([found])) == roles


def test_the_policies_that_ask_are_named_once_each() -> None:
    twice = expression('a in people.roles["dba"] || b in people.roles["dba"]')
    assert role_demands([twice, twice]) == (RoleDemand("dba", ("p",), is_per_department=False),)


def test_no_shipped_policy_looks_up_a_role_that_cannot_be_derived() -> None:
    for pack in shipped_files.pack_names():
        for each in shipped_files.pack(pack).policies:
            texts = [validation.expression for validation in each.validations]
            # Which role two persons share is asked of all roles, and demands none of them; nor does
            # a role that the request itself names.
            of_all = ("people.roles.exists(", "people.roles[?p.role]")
            asks_for_one = [text for text in texts if not any(part in text for part in of_all)]
            if any("people.roles[" in text for text in asks_for_one):
                assert role_demands([each]), each.id

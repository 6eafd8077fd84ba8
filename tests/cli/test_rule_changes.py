"""A pull request that changes the rules: judged by the old ones, shown what the new would do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository

OWN_PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own rules}
spec:
  version: %d
  bindings:
    - {policy: has-owner, action: deny}
"""
OWN_POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: has-owner, title: A launch has a rollback owner}
spec:
  match: {kinds: [LaunchRequest]}
  validations:
    - {expression: %s, message: Nobody owns the rollback.}
  fix: Name somebody.
"""
STRICT = "\"object.spec.people.requester == 'somebody.else'\""
LAX = '"true"'


def write_pack(repository: LaunchRepository, version: int, expression: str) -> None:
    folder = repository.folder / "policies" / "own"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(OWN_PACK % version, "utf-8")
    (folder / "has-owner.yaml").write_text(OWN_POLICY % expression, "utf-8")


@pytest.fixture
def owned(bare_folder: LaunchRepository) -> LaunchRepository:
    """On a branch off main, where a pack of the repository's own stands at version 5."""
    bare_folder.edit(
        ("[launch]        #", "[launch, own]   #"),
        ("rules: [company-leadership, technology-department]", "rules: anybody"),
        path=".launchpolicy.yaml",
    )
    write_pack(bare_folder, 5, STRICT)
    bare_folder.git("init", "--quiet", "--initial-branch=main")
    bare_folder.commit("adopt launchpolicy")
    bare_folder.git("switch", "--quiet", "--create", "change")
    return bare_folder


def judged(repository: LaunchRepository) -> tuple[dict[str, Any], dict[str, Any]]:
    """The report, and the judgement of the rules in it."""
    finished = repository.check("--base", "main", "--format", "json")
    report = json.loads(finished.output)
    assert report["exitCode"] == finished.code
    (rules,) = [each for each in report["requests"] if each["kind"] == "Rules"]
    return report, rules


def test_a_policy_rolled_back_to_an_older_version_is_blocked(owned: LaunchRepository) -> None:
    write_pack(owned, 4, LAX)
    owned.commit("the old, properly approved, weaker pack")
    report, rules = judged(owned)
    assert report["exitCode"] == 1
    (result,) = rules["results"]
    assert result["policy"] == "rules-version-rises"
    assert "from 5 to 4" in result["findings"][0]["message"]["en"]
    assert result["findings"][0]["place"]["path"] == "policies/own/pack.yaml"


def test_a_pack_changed_under_the_same_version_is_blocked(owned: LaunchRepository) -> None:
    write_pack(owned, 5, LAX)
    owned.commit("weaker, and nobody notices")
    assert judged(owned)[1]["verdict"] == "blocked"


def test_what_the_new_rules_would_change_is_shown(owned: LaunchRepository) -> None:
    write_pack(owned, 6, LAX)
    owned.commit("a new version")
    report, rules = judged(owned)
    assert rules["verdict"] == "pass"
    assert report["effects"] == [
        {
            "request": "LR-2026-0042",
            "path": "launches/LR-2026-0042/request.yaml",
            "policy": "has-owner",
            "before": "failed",
            "after": "passed",
        }
    ]
    assert any("judged by those of the base" in note["en"] for note in report["notes"])


def test_rules_that_do_not_load_cannot_be_merged(owned: LaunchRepository) -> None:
    write_pack(owned, 6, '"object.spec.ownr == 1"')
    owned.commit("a misspelt field")
    report, rules = judged(owned)
    assert report["exitCode"] == 2
    assert rules["refusals"][0]["place"]["path"] == "policies/own/has-owner.yaml"


@pytest.mark.parametrize("file", ["people.yaml", "calendar.yaml"])
def test_a_directory_or_calendar_that_does_not_load_cannot_be_merged(
    file: str, owned: LaunchRepository
) -> None:
    (owned.folder / file).write_text("kind: [", "utf-8")
    owned.commit("broken")
    assert judged(owned)[1]["refusals"][0]["place"]["path"] == file


def test_the_configuration_cannot_be_removed(owned: LaunchRepository) -> None:
    (owned.folder / ".launchpolicy.yaml").unlink()
    owned.commit("no rules")
    assert judged(owned)[0]["exitCode"] == 2


def test_a_change_that_touches_no_rule_has_no_such_judgement(owned: LaunchRepository) -> None:
    (owned.folder / "README.md").write_text("changed", "utf-8")
    owned.commit("docs")
    finished = owned.check("--base", "main", "--format", "json")
    assert json.loads(finished.output)["requests"] == []
    assert finished.code == 0


def owners(company: Company) -> LaunchRepository:
    """Changes of the rules are approved by company leadership (xu.bo)."""
    repository = company.repository
    company.leadership_owns_the_rules()
    repository.edit(("dba: [he.lin]", "dba: [he.lin, gao.peng]"), path="people.yaml")
    repository.commit("one more dba")
    return repository


def approve_rules(company: Company, name: str) -> None:
    finished = company.repository.run(
        *("approve", ".launchpolicy.yaml", "--yes", "--key", str(company.key(name))),
        *("--now", "2026-11-25T09:00:00+08:00"),
    )
    assert finished.code == 0, finished.complaint
    company.repository.commit("approval")


def test_a_change_of_the_rules_waits_for_their_owner(company: Company) -> None:
    repository = owners(company)
    report, rules = judged(repository)
    assert report["exitCode"] == 1
    (approved,) = [r for r in rules["results"] if r["policy"] == "rules-approved"]
    assert approved["outcome"] == "pending"
    assert approved["missing"][0]["candidates"] == ["xu.bo"]

    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] == 0


@pytest.mark.parametrize("file", ["people.yaml", ".launchpolicy.yaml"])
def test_the_status_of_a_rule_says_who_can_approve_the_rules(company: Company, file: str) -> None:
    repository = owners(company)
    shown = repository.run("status", file, "--base", "main")
    assert (shown.code, "xu.bo" in shown.output) == (1, True), shown.output + shown.complaint
    plain = repository.run("status", file)
    assert (plain.code, "--base main" in plain.complaint) == (2, True), plain.complaint
    approve_rules(company, "xu.bo")
    assert repository.run("status", file, "--base", "main").code == 0
    repository.git("switch", "--quiet", "main")
    assert "nothing to approve" in repository.run("status", file, "--base", "main").complaint


def test_the_remedy_names_the_command_that_approves_rules(company: Company) -> None:
    repository = owners(company)
    said = " ".join(repository.check("--base", "main").output.split())
    assert "launchpolicy approve .launchpolicy.yaml --commit" in said
    key = ("--key", str(company.key("xu.bo")))
    refused = repository.run("approve", "people.yaml", "--yes", *key)
    assert (refused.code, "launchpolicy approve .launchpolicy.yaml" in refused.complaint) == (
        2,
        True,
    )


def test_rules_changed_after_the_approval_are_approved_anew(company: Company) -> None:
    repository = owners(company)
    approve_rules(company, "xu.bo")
    repository.edit(("rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, he.lin]"), path="people.yaml")
    repository.commit("and one more thing")
    assert judged(repository)[0]["exitCode"] == 1


def test_naming_oneself_owner_in_the_same_change_does_not_help(company: Company) -> None:
    repository = owners(company)
    repository.edit(
        ("company-leadership: [xu.bo]", "company-leadership: [wang.fang]"), path="people.yaml"
    )
    repository.commit("I am the leadership")
    approve_rules(company, "wang.fang")
    assert judged(repository)[0]["exitCode"] == 1


def without_owners(company: Company, line: str = "") -> LaunchRepository:
    """A base whose configuration does not say who owns the rules, or says `line`; on a branch."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    path = repository.folder / ".launchpolicy.yaml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line if row.startswith("  rules:") else row for row in lines]
    path.write_text("".join(kept), "utf-8")
    repository.commit("who owns the rules")
    repository.git("switch", "--quiet", "--create", "rules")
    repository.edit(
        ("product-lead: [wang.fang]", "product-lead: [li.wei]"),
        ("rd-lead: [zhou.kai]", "rd-lead: [li.wei]"),
        path="people.yaml",
    )
    repository.commit("I am both leads")
    return repository


def test_a_requester_who_makes_himself_both_leads_waits_where_nobody_owns_the_rules(
    company: Company,
) -> None:
    report, rules = judged(without_owners(company))
    assert report["exitCode"] == 1
    (approved,) = [r for r in rules["results"] if r["policy"] == "rules-approved"]
    assert approved["outcome"] == "pending"
    assert "names no owners" in approved["findings"][0]["message"]["en"]
    assert "an administrator merges" in approved["findings"][0]["fix"]["en"]


def test_anybody_changes_the_rules_where_that_is_written(company: Company) -> None:
    report, _ = judged(without_owners(company, "  rules: anybody\n"))
    assert report["exitCode"] == 0
    assert any("rules: anybody" in note["en"] for note in report["notes"])


@pytest.mark.parametrize("value", ["nobody", "[]", "company-leadership"])
def test_another_word_in_place_of_the_owners_is_refused(value: str, company: Company) -> None:
    repository = without_owners(company, f"  rules: {value}\n")
    assert repository.check("--base", "main").code == 2

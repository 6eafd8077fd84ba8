"""Files that decide which rules judge: their change is a change of the rules (threat N4)."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_rule_changes import approve_rules
from tests.cli.test_strays import JSON, put, refusals

LAX = b"apiVersion: launchpolicy/v1\nkind: Configuration\nprocesses: {emergency-launch: []}\n"
JUDGE = b"jobs: {judge: {steps: [{uses: example/LaunchPolicy@main}]}}\n"
TESTS = b"permissions: {contents: read}\njobs: {tests: {steps: [{run: make test}]}}\n"


@pytest.fixture
def owned(company: Company) -> LaunchRepository:
    """Company leadership (xu.bo) owns the rules; a workflow on main judges, another does not."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    put(repository, ".github/workflows/launch.yml", JUDGE)
    put(repository, ".github/workflows/tests.yml", TESTS)
    put(repository, "CODEOWNERS", b"* @example/leads\n")
    put(repository, "teams/b/.launchpolicy.yaml", LAX)
    repository.commit("workflows")
    company.leadership_owns_the_rules()
    return repository


def rules_of(repository: LaunchRepository) -> list[dict[str, Any]]:
    """The judgement of the rules in a check of the branch, if there is one."""
    report = json.loads(repository.check("--base", "main", "--format", "json").output)
    return [request for request in report["requests"] if request["kind"] == "Rules"]


CHANGES = {
    "a lax configuration further down": ("teams/a/.launchpolicy.yaml", LAX),
    "a configuration further down that is changed": ("teams/b/.launchpolicy.yaml", LAX + b"#\n"),
    "a configuration further down that is removed": ("teams/b/.launchpolicy.yaml", None),
    "the workflow that judges": (".github/workflows/launch.yml", TESTS),
    "the workflow that judges, removed": (".github/workflows/launch.yml", None),
    "a second workflow that judges": (".github/workflows/second.yaml", JUDGE),
    "another workflow that shall judge": (".github/workflows/tests.yml", JUDGE),
    "the owners of files": ("CODEOWNERS", b"* @somebody\n"),
    "the owners of files, where they come first": (".github/CODEOWNERS", b"* @somebody\n"),
}


@pytest.mark.parametrize(("path", "content"), CHANGES.values(), ids=CHANGES)
def test_what_decides_which_rules_judge_waits_for_the_owners_of_the_rules(
    company: Company, owned: LaunchRepository, path: str, content: bytes | None
) -> None:
    if content is None:
        (owned.folder / path).unlink()
    else:
        put(owned, path, content)
    owned.commit("who judges")
    (rules,) = rules_of(owned)
    assert rules["verdict"] == "blocked"
    assert [r["outcome"] for r in rules["results"] if r["policy"] == "rules-approved"] == [
        "pending"
    ]
    approve_rules(company, "xu.bo")
    (rules,) = rules_of(owned)
    assert rules["verdict"] == "pass"


def test_a_workflow_changed_after_the_approval_is_approved_anew(
    company: Company, owned: LaunchRepository
) -> None:
    put(owned, ".github/workflows/launch.yml", JUDGE + b"# faster\n")
    owned.commit("faster")
    approve_rules(company, "xu.bo")
    put(owned, ".github/workflows/launch.yml", TESTS)
    owned.commit("much faster")
    assert rules_of(owned)[0]["verdict"] == "blocked"


@pytest.mark.parametrize("path", [".github/workflows/tests.yml", ".github/workflows/new.yml"])
def test_a_workflow_that_does_not_judge_is_no_rule(owned: LaunchRepository, path: str) -> None:
    put(owned, path, TESTS + b"# more\n")
    owned.commit("test more")
    assert rules_of(owned) == []


def test_the_configuration_of_the_base_names_further_rules(owned: LaunchRepository) -> None:
    owned.git("switch", "--quiet", "main")
    owned.edit(
        (
            "rules: [company-leadership]",
            "rules: [company-leadership]\n  alsoRules: [ci/**]",
        ),
        path=".launchpolicy.yaml",
    )
    owned.commit("further rules")
    owned.git("switch", "--quiet", "--create", "further")
    put(owned, "CODEOWNERS", b"* @somebody\n")
    owned.commit("no rule any more")
    assert rules_of(owned) == []
    put(owned, "ci/deep/judge.sh", b"exit 0\n")
    owned.commit("a script")
    assert rules_of(owned)[0]["verdict"] == "blocked"


def test_a_request_below_a_configuration_of_the_base_is_not_stray(owned: LaunchRepository) -> None:
    put(owned, "teams/b/launches/LR-1/request.yaml", JSON)
    put(owned, "teams/c/launches/LR-1/request.yaml", JSON)
    assert refusals(owned) == [("teams/c/launches/LR-1/request.yaml", "request/stray")]
    put(owned, "teams/c/.launchpolicy.yaml", LAX)
    owned.commit("judge it ourselves")
    assert ("teams/c/launches/LR-1/request.yaml", "request/stray") in refusals(
        owned, "--base", "main"
    )


def test_the_workflow_that_judges_a_folder_of_a_larger_repository_is_a_rule_of_it(
    company: Company, owned: LaunchRepository
) -> None:
    outer = LaunchRepository(owned.folder.parent / "outer", owned.environment)
    outer.folder.mkdir()
    outer.git("init", "--quiet", "--initial-branch=main")
    inside = outer.folder / "go-live"
    shutil.copytree(owned.folder, inside, ignore=shutil.ignore_patterns(".git", ".github"))
    put(outer, ".github/workflows/launch.yml", JUDGE)
    put(outer, "src/README.md", b"hello")
    outer.commit("all")
    outer.git("switch", "--quiet", "--create", "change")
    put(outer, "src/README.md", b"hello again")
    outer.commit("not ours")
    inner = LaunchRepository(inside, owned.environment)
    assert rules_of(inner) == []
    put(outer, ".github/workflows/launch.yml", TESTS)
    outer.commit("judge no more")
    assert rules_of(inner)[0]["verdict"] == "blocked"
    approve_rules(Company(inner, company.keys), "xu.bo")
    assert rules_of(inner)[0]["verdict"] == "pass"

"""Entries of `approvals.alsoRules` that name no file and so protect nothing (threat R4)."""

from __future__ import annotations

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository

RULES = "  rules: [company-leadership, technology-department]"


@pytest.fixture
def repository(company: Company) -> LaunchRepository:
    company.register("chen.jie")
    workflow = company.repository.folder / ".github" / "workflows" / "launch.yml"
    workflow.parent.mkdir(parents=True, exist_ok=True)
    workflow.write_text("on: pull_request\n", "utf-8")
    company.repository.commit("a workflow")
    return company.repository


def protect(repository: LaunchRepository, *globs: str) -> None:
    also = ", ".join(f'"{glob}"' for glob in globs)
    repository.edit((RULES, f"{RULES}\n  alsoRules: [{also}]"), path=".launchpolicy.yaml")


@pytest.mark.parametrize(
    ("glob", "near"),
    [
        (".github/workflow/launch.yml", ".github/workflows/launch.yml"),
        (".github/workflow/*", ".github/workflows"),
        (".github/Workflows/launch.yml", ".github/workflows/launch.yml"),
        ("launchs/**", "launches"),
        ("Launches/**", "launches"),
    ],
)
def test_a_misspelt_file_among_further_rules_is_found(
    repository: LaunchRepository, glob: str, near: str
) -> None:
    protect(repository, glob, "people.yaml")

    done = repository.run("people", "check")

    assert done.code == 1
    (line,) = [line for line in done.output.splitlines() if "alsoRules" in line]
    assert line.startswith("✗ ")
    assert f"names {glob}" in line
    assert f"did you mean {near}?" in line


def test_a_further_rule_for_a_file_that_comes_later_is_only_a_note(
    repository: LaunchRepository,
) -> None:
    protect(repository, "Jenkinsfile", ".github/workflows/*", "ops/**")

    done = repository.run("people", "check", "--lang", "zh")

    assert done.code == 0
    lines = [line for line in done.output.splitlines() if "alsoRules" in line]
    assert [line[0] for line in lines] == ["!", "!"]
    assert "Jenkinsfile 目前没有对应的文件" in lines[0]


def test_further_rules_that_all_name_files_say_nothing(repository: LaunchRepository) -> None:
    protect(repository, ".github/**", "**/people.yaml", "launches")

    done = repository.run("people", "check")

    assert done.code == 0
    assert "alsoRules" not in done.output


def test_a_near_file_that_another_entry_protects_is_not_meant(
    repository: LaunchRepository,
) -> None:
    protect(repository, ".github/workflows/launch.yml", ".github/workflows/launch.yaml")

    done = repository.run("people", "check")

    assert done.code == 0
    assert "! `approvals.alsoRules`" in done.output


def test_who_approves_a_change_of_the_rules_is_shown_entries_that_protect_nothing(
    repository: LaunchRepository,
) -> None:
    repository.git("switch", "--quiet", "--create", "protect")
    protect(repository, ".github/workflow/launch.yml")
    repository.commit("protect the workflow")

    done = repository.run("check", "--base", "main")

    assert "did you mean .github/workflows/launch.yml?" in done.output

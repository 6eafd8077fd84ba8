"""A role that may object to every request, and that nobody holds (threat R4)."""

from __future__ import annotations

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import LaunchRepository


@pytest.fixture
def repository(company: Company) -> LaunchRepository:
    company.register("chen.jie")
    return company.repository


def name_vetoes(repository: LaunchRepository, role: str) -> None:
    repository.edit(
        ("  source: signed", f"  source: signed\n  vetoes: [{role}]"), path=".launchpolicy.yaml"
    )


def test_a_veto_of_a_role_that_nobody_holds_is_found(repository: LaunchRepository) -> None:
    """Otherwise a misspelt role would silently stop nothing."""
    before = repository.run("people", "check")
    name_vetoes(repository, "company-leadershp")
    done = repository.run("people", "check")
    assert (before.code, done.code) == (0, 1)
    (line,) = set(done.output.splitlines()) - set(before.output.splitlines())
    assert line.startswith("✗ `approvals.vetoes`")
    assert "company-leadershp, which nobody holds" in line
    assert "Did you mean company-leadership?" in line


def test_a_veto_of_another_role_that_nobody_holds_says_so_in_chinese(
    repository: LaunchRepository,
) -> None:
    name_vetoes(repository, "works-council")
    done = repository.run("people", "check", "--lang", "zh")
    assert done.code == 1
    assert "works-council 无人担任" in done.output


@pytest.mark.parametrize("role", ["company-leadership", "department-head"])
def test_a_veto_of_a_role_that_a_person_has_is_fine(
    repository: LaunchRepository, role: str
) -> None:
    name_vetoes(repository, role)
    assert repository.run("people", "check").code == 0

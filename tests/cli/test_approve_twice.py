"""A second approval of the same version by the same key: nothing is signed, and that is said."""

from __future__ import annotations

import pytest

from tests.cli.company import FOLDER, Company
from tests.cli.launch_repository import Finished

LATER = "2026-11-25T10:00:00+08:00"


def approve(company: Company, *arguments: str, name: str = "wang.fang") -> Finished:
    key = ("--key", str(company.key(name)))
    given = ("approve", FOLDER, "--yes", *key, "--now", LATER, *arguments)
    return company.repository.run(*given)


@pytest.mark.parametrize("commits", [(), ("--commit",)])
def test_an_approval_that_is_committed_is_not_given_again(
    company: Company, commits: tuple[str, ...]
) -> None:
    path = company.approve("wang.fang")
    before = company.repository.git("rev-parse", "HEAD")
    done = approve(company, *commits)
    assert done.code == 0, done.complaint
    assert f"This version is approved already: {path}" in done.output
    assert "Nothing was written." in done.output
    assert company.repository.git("rev-parse", "HEAD") == before
    assert company.repository.git("status", "--porcelain") == ""


def test_one_that_is_only_written_is_not_written_again_but_committed(company: Company) -> None:
    git = company.repository.git
    git("config", "user.name", "Wang Fang")
    git("config", "user.email", "wang.fang@example.com")
    assert "Written:" in approve(company).output
    assert "approved already" in approve(company).output
    done = approve(company, "--commit")
    assert done.code == 0, done.complaint
    assert "approved already" not in done.output
    assert "Approve LR-2026-0042" in git("log", "-1", "--format=%s")


def test_another_version_person_time_or_decision_is_signed(company: Company) -> None:
    company.approve("wang.fang")
    assert "Written:" in approve(company, "--expires", "48h").output
    assert "Written:" in approve(company, name="zhou.kai").output
    assert "Written:" in approve(company, "--withdraw").output
    company.repository.commit("withdraw")
    assert "Written:" in approve(company).output
    company.repository.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    company.repository.commit("later")
    assert "Written:" in approve(company).output

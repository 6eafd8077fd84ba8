"""`status REQUEST` alone counts signed approvals as the merge will (threats P1, P2)."""

from __future__ import annotations

from tests.cli.company import FOLDER, LEADS, Company


def test_status_alone_counts_signed_approvals_against_the_usual_base(company: Company) -> None:
    now = ("--now", "2026-11-25T10:00:00+08:00")
    before = company.repository.run("status", FOLDER, *now)
    company.approve(LEADS[0])
    after = company.repository.run("status", FOLDER, *now)
    assert "✓ Wang Fang" not in before.output
    assert "✓ Wang Fang" in after.output
    assert "… Zhou Kai" in after.output
    assert after.complaint == ""


def test_status_of_a_merged_request_goes_on_counting_its_approvals(company: Company) -> None:
    now = ("--now", "2026-11-25T10:00:00+08:00")
    for lead in LEADS:
        company.approve(lead)
    branch = company.repository.git("branch", "--show-current").strip()
    company.repository.git("switch", "--quiet", "main")
    company.repository.git("merge", "--quiet", "--no-ff", "--no-edit", branch)
    merged = company.repository.run("status", FOLDER, *now)
    assert "✓ Wang Fang" in merged.output
    assert "✓ Zhou Kai" in merged.output


def test_status_counts_no_signature_for_what_was_changed_since(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)
    company.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    after = company.repository.run("status", FOLDER, "--now", "2026-11-25T10:00:00+08:00")
    assert after.code == 1
    assert "✓ Wang Fang" not in after.output


def test_status_counts_no_key_that_the_branch_itself_brings(company: Company) -> None:
    keys = company.public("wang.fang"), company.public("impostor")
    company.repository.edit(keys, path="people.yaml")
    company.repository.commit("a key of my own")
    company.approve("wang.fang", "--base", "request", key="impostor")
    after = company.repository.run("status", FOLDER, "--now", "2026-11-25T10:00:00+08:00")
    assert after.code == 1
    assert "✓ Wang Fang" not in after.output

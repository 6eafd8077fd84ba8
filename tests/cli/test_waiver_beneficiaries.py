"""Waivers whose approver becomes the one who profits from them, afterwards (threat N10)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.company import Company
from tests.cli.test_approval_floods import approve_waiver
from tests.cli.test_signature_replays import approved_and_merged, leave, merge
from tests.cli.test_waivers import outcome, write


def with_a_merged_waiver(company: Company) -> None:
    """xu.bo approves a waiver of the backup of files; then the launch is amended."""
    repository = company.repository
    approved_and_merged(company)
    leave(repository, "waiver")
    write(repository)
    repository.commit("a waiver")
    approve_waiver(company)
    merge(repository, "waiver")


def amended(company: Company, *edits: tuple[str, str]) -> dict[str, Any]:
    repository = company.repository
    leave(repository, "amend")
    text = repository.request.read_text("utf-8").replace("kind: files", "kind: configuration", 1)
    repository.request.write_text(text, "utf-8")
    repository.edit(*edits) if edits else None
    repository.commit("amend")
    report: dict[str, Any] = json.loads(
        repository.check("--base", "main", "--format", "json").output
    )
    return report


@pytest.mark.parametrize(
    "edit",
    [("executor: zhao.min", "executor: xu.bo"), ("requester: li.wei", "requester: xu.bo")],
    ids=["executor", "requester"],
)
def test_who_approved_a_waiver_does_not_take_over_the_launch_with_it(
    edit: tuple[str, str], company: Company
) -> None:
    with_a_merged_waiver(company)
    report = amended(company, edit)
    assert outcome(report)["outcome"] == "failed"
    (note,) = [one for one in report["notes"] if "does not count" in one["en"]]
    assert "xu.bo approved it" in note["en"]
    assert "xu.bo 批准了该豁免" in note["zh"]
    assert not any("withdraw it" in one["en"] for one in report["notes"])


@pytest.mark.parametrize("way", ["deletes", "withdraws"])
def test_who_removes_their_approval_of_a_waiver_does_not_take_over_the_launch(
    way: str, company: Company
) -> None:
    repository = company.repository
    with_a_merged_waiver(company)
    if way == "deletes":
        repository.git("rm", "--quiet", "-r", "waivers/approvals")
    else:
        key = str(company.key("xu.bo"))
        finished = repository.run(
            *("approve", "waivers/vault.yaml", "--yes", "--withdraw", "--key", key),
            *("--now", "2026-11-25T09:10:00+08:00"),
        )
        assert finished.code == 0, finished.complaint
    repository.commit("no approval any more")
    report = amended(company, ("executor: zhao.min", "executor: xu.bo"))
    assert outcome(report)["outcome"] == "failed"


def test_a_waiver_counts_for_a_launch_of_people_who_did_not_approve_it(company: Company) -> None:
    with_a_merged_waiver(company)
    report = amended(company, ("executor: zhao.min", "executor: qian.na"))
    assert outcome(report)["outcome"] == "waived"

"""Approving on a branch whose people are not those of the base, which the check asks."""

from __future__ import annotations

import json

from tests.cli.company import FOLDER, Company
from tests.cli.launch_repository import Finished

APPROVAL = f"{FOLDER}/approvals/wang.fang.yaml"


def new_key(company: Company) -> None:
    """Give Wang Fang another key in the directory of the branch that is checked out."""
    former = json.dumps(company.public("wang.fang"))
    for suffix in ("", ".pub"):
        (company.keys / f"wang.fang{suffix}").rename(company.keys / f"former{suffix}")
    company.repository.edit((former, json.dumps(company.public("wang.fang"))), path="people.yaml")
    company.repository.commit("another key")


def on_main(company: Company) -> None:
    """Merge that key into main, which the branch of the request does not have yet."""
    company.repository.git("switch", "--quiet", "main")
    new_key(company)
    company.repository.git("switch", "--quiet", "request")


def approve(company: Company, key: str, *arguments: str) -> Finished:
    return company.repository.run(
        *("approve", FOLDER, "--yes", "--key", str(company.keys / key)),
        *("--now", "2026-11-25T09:00:00+08:00", *arguments),
    )


def test_a_key_that_the_base_has_got_meanwhile_signs_on_a_branch_behind_it(
    company: Company,
) -> None:
    on_main(company)
    assert approve(company, "wang.fang").code == 0
    company.repository.commit("approval")
    company.approve("zhou.kai")
    assert company.leads()["outcome"] == "passed"


def test_a_key_that_the_base_has_no_more_signs_nothing_on_a_branch_behind_it(
    company: Company,
) -> None:
    on_main(company)
    finished = approve(company, "former")
    assert finished.code == 2
    assert "belongs to nobody in the directory of main" in finished.complaint
    assert not (company.repository.folder / APPROVAL).exists()


def test_a_key_that_only_the_proposal_brings_neither_signs_nor_verifies(company: Company) -> None:
    approve(company, "wang.fang")
    approval = (company.repository.folder / APPROVAL).read_text("utf-8")
    new_key(company)
    finished = approve(company, "wang.fang")
    assert finished.code == 2
    assert "belongs to nobody in the directory of main" in finished.complaint
    assert (company.repository.folder / APPROVAL).read_text("utf-8") == approval
    assert approve(company, "former", "--verify").code == 0


def test_a_role_that_the_base_has_given_meanwhile_approves(company: Company) -> None:
    company.repository.git("switch", "--quiet", "main")
    company.repository.edit(
        ("product-lead: [wang.fang]", "product-lead: [wang.fang, qian.na]"), path="people.yaml"
    )
    company.register("qian.na")
    company.repository.commit("another lead")
    company.repository.git("switch", "--quiet", "request")
    assert approve(company, "qian.na").code == 0


def test_a_role_that_only_the_proposal_gives_is_not_signed_for(company: Company) -> None:
    company.repository.edit(
        ("rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, wang.fang]"), path="people.yaml"
    )
    company.repository.commit("mine")
    finished = approve(company, "wang.fang", "--as", "rd-lead")
    assert finished.code == 2
    assert "does not hold the role rd-lead" in finished.complaint

"""Objections and withdrawals that land by themselves, and what does not land with them."""

from __future__ import annotations

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_rule_changes import approve_rules
from tests.cli.test_signature_replays import approved_and_merged, decided, leave, merge

LATER = "2026-11-25T09:30:00+08:00"
OBJECTION = f"{FOLDER}/approvals/zhou.kai.yaml"


def objection_alone(company: Company) -> None:
    """A branch off main with nothing but the objection of zhou.kai to a launch of another."""
    repository = company.repository
    decided(company, "zhou.kai", "--object", LATER)
    repository.git("switch", "--quiet", "--create", "objection", "main")
    repository.git("checkout", "--quiet", "request", "--", OBJECTION)
    repository.commit("an objection that lasts")


def test_an_objection_to_a_new_launch_is_merged_before_it_and_lasts(company: Company) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    approved = repository.git("rev-parse", "HEAD")
    objection_alone(company)
    assert repository.check("--base", "main").code == 0
    merge(repository, "objection")
    repository.git("switch", "--quiet", "--force-create", "request", approved)
    assert company.leads()["outcome"] == "pending"


def test_a_merged_objection_that_is_deleted_from_the_base_still_stops(company: Company) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    approved = repository.git("rev-parse", "HEAD")
    objection_alone(company)
    merge(repository, "objection")
    repository.git("rm", "--quiet", OBJECTION)
    repository.commit("tidy up")
    repository.git("switch", "--quiet", "--force-create", "request", approved)
    assert company.leads()["outcome"] == "pending"
    repository.git("rm", "--quiet", "-r", f"{FOLDER}/approvals")
    repository.commit("sign again")
    for lead in LEADS:
        finished = repository.run(
            *("approve", FOLDER, "--yes", "--key", str(company.key(lead))),
            *("--now", "2026-11-25T09:40:00+08:00"),
        )
        assert finished.code == 0
        repository.commit("sign again")
    assert company.leads()["outcome"] == "passed"


@pytest.mark.parametrize("fault", ["approval", "forged", "renamed", "link"])
def test_what_is_no_objection_of_its_owner_is_still_of_nothing(
    fault: str, company: Company
) -> None:
    repository = company.repository
    if fault == "approval":
        company.approve("zhou.kai")
        repository.git("switch", "--quiet", "--create", "objection", "main")
        repository.git("checkout", "--quiet", "request", "--", OBJECTION)
    else:
        objection_alone(company)
        file = repository.folder / OBJECTION
        if fault == "forged":
            file.write_text(file.read_text("utf-8").replace("object", "withdraw"), "utf-8")
        elif fault == "renamed":
            file.rename(file.with_name("wang.fang.yaml"))
        else:
            file.rename(file.with_name("elsewhere"))
            file.symlink_to("elsewhere")
    repository.commit("a fault")
    assert repository.check("--base", "main").code == 2


def withdraw_merged(company: Company) -> LaunchRepository:
    repository = company.repository
    approved_and_merged(company)
    leave(repository, "withdrawal")
    decided(company, "zhou.kai", "--withdraw", LATER)
    return repository


def entries(repository: LaunchRepository, commit: str) -> str:
    """The files of the ledger of what landed up to a commit."""
    built = repository.run(
        *("ledger", "build", f"ledger-{commit[-1]}", "--of", commit),
        *("--now", "2031-01-01T00:00:00Z"),
    )
    assert built.code == 0, built.complaint
    names = repository.git("ls-tree", "-r", "--name-only", f"ledger-{commit[-1]}")
    return "\n".join(name for name in names.splitlines() if "checkpoint" not in name)


def test_a_withdrawal_of_a_merged_approval_lands_by_itself(company: Company) -> None:
    repository = withdraw_merged(company)
    finished = repository.check("--base", "main")
    assert finished.code == 0
    assert "Nothing was judged" in finished.output
    merge(repository, "withdrawal")
    assert entries(repository, "main") == entries(repository, "main^1")


@pytest.mark.parametrize("other", ["request", "evidence", "approval"])
def test_nothing_else_lands_with_a_withdrawal(other: str, company: Company) -> None:
    repository = withdraw_merged(company)
    if other == "request":
        repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    elif other == "evidence":
        (repository.folder / FOLDER / "acceptance/acceptance.pdf").write_bytes(b"other")
    else:
        file = repository.folder / FOLDER / "approvals/wang.fang.yaml"
        file.write_text(file.read_text("utf-8").replace("approve", "object", 1), "utf-8")
    repository.commit("something else")
    assert repository.check("--base", "main").code != 0


def test_a_withdrawal_of_merged_rules_lands_by_itself(company: Company) -> None:
    company.leadership_owns_the_rules()
    repository = company.repository
    repository.edit(("from: 2026-12-25", "from: 2026-12-26"), path="calendar.yaml")
    repository.commit("the rules")
    approve_rules(company, "xu.bo")
    merge(repository, "rules")
    leave(repository, "withdrawal")
    finished = repository.run(
        *("approve", ".launchpolicy.yaml", "--yes", "--withdraw"),
        *("--key", str(company.key("xu.bo")), "--now", LATER),
    )
    assert finished.code == 0, finished.complaint
    repository.commit("withdraw")
    assert repository.check("--base", "main").code == 0
    repository.edit(("from: 2026-12-26", "from: 2026-12-27"), path="calendar.yaml")
    repository.commit("and other rules")
    assert repository.check("--base", "main").code == 1

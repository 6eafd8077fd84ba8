"""Signatures brought back from the history of git, from elsewhere, or for ever (threat N7)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.facts.approvals.signed_approval import NAMESPACE, signed_bytes
from launchpolicy.hosts.ssh import signature_of
from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_approval_floods import approve_waiver, waivers
from tests.cli.test_rule_changes import approve_rules, judged
from tests.cli.test_waivers import write

WINDOW = ("22:00:00+08:00, end", "22:15:00+08:00, end")


def merge(repository: LaunchRepository, branch: str = "request") -> None:
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--no-ff", "--message", f"merge {branch}", branch)


def leave(repository: LaunchRepository, branch: str) -> None:
    repository.git("switch", "--quiet", "--create", branch)


def approved_and_merged(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)
    merge(company.repository)


def test_a_removed_lead_does_not_restore_the_old_directory_with_its_old_signature(
    company: Company,
) -> None:
    repository = company.repository
    company.leadership_owns_the_rules()
    repository.edit(("rd-lead: [zhou.kai]", "rd-lead: [zhou.kai, he.lin]"), path="people.yaml")
    repository.commit("he.lin is a lead")
    approve_rules(company, "xu.bo")
    assert judged(repository)[0]["exitCode"] == 0
    merge(repository, "rules")
    old = repository.git("rev-parse", "HEAD")
    repository.edit(("rd-lead: [zhou.kai, he.lin]", "rd-lead: [zhou.kai]"), path="people.yaml")
    repository.commit("no more")
    leave(repository, "again")
    repository.git("checkout", "--quiet", old, "--", "people.yaml", "approvals")
    repository.commit("a lead again")
    assert judged(repository)[0]["exitCode"] == 1


def test_a_withdrawn_waiver_does_not_come_back_with_its_old_approval(company: Company) -> None:
    repository = company.repository
    repository.git("reset", "--quiet", "--hard", "main")
    launch = repository.folder / FOLDER
    launch.mkdir(parents=True, exist_ok=True)
    repository.git("checkout", "--quiet", "ORIG_HEAD", "--", FOLDER)
    write(repository)
    repository.commit("a launch and a waiver")
    approve_waiver(company)
    merge(repository)
    old = repository.git("rev-parse", "HEAD")
    repository.git("rm", "--quiet", "-r", "waivers")
    repository.commit("withdraw it")
    leave(repository, "again")
    repository.git("checkout", "--quiet", old, "--", "waivers")
    repository.commit("restore it")
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "blocked"
    assert "does not come back" in str(waiver)
    spelling = repository.folder / "waivers/approvals/vault.xu.bo.yaml"
    spelling.rename(spelling.with_suffix(".yml"))
    repository.commit("under another suffix")
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "blocked"
    repository.git("mv", "waivers/approvals/vault.xu.bo.yml", "waivers/approvals/vault.li.wei.yaml")
    repository.commit("under another name")
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "blocked"


def test_a_waiver_that_is_restored_and_signed_again_counts(company: Company) -> None:
    repository = company.repository
    write(repository)
    repository.commit("a waiver")
    approve_waiver(company)
    merge(repository)
    repository.git("rm", "--quiet", "-r", "waivers")
    repository.commit("withdraw it")
    leave(repository, "again")
    write(repository)
    repository.commit("ask again")
    finished = repository.run(
        *("approve", "waivers/vault.yaml", "--yes", "--key", str(company.key("xu.bo"))),
        *("--now", "2026-11-25T09:30:00+08:00"),
    )
    assert finished.code == 0, finished.complaint
    repository.commit("approve again")
    (waiver,) = waivers(repository)
    assert waiver["verdict"] == "pass"


def test_a_revert_to_the_first_version_does_not_count_its_approvals(company: Company) -> None:
    repository = company.repository
    approved_and_merged(company)
    first = repository.git("rev-parse", "HEAD")
    repository.edit(WINDOW)
    repository.commit("another window, merged past the gate")
    leave(repository, "revert")
    repository.git("checkout", "--quiet", first, "--", FOLDER)
    repository.commit("back to the first version")
    assert company.leads()["outcome"] == "pending"
    assert all("that the base has left behind" in reason for reason in company.reasons())


def test_a_title_that_is_corrected_after_the_merge_keeps_approvals(company: Company) -> None:
    repository = company.repository
    approved_and_merged(company)
    leave(repository, "title")
    repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    repository.commit("mend the title")
    assert company.leads()["outcome"] == "passed"


def test_an_amended_launch_is_approved_anew(company: Company) -> None:
    repository = company.repository
    approved_and_merged(company)
    leave(repository, "amend")
    repository.edit(WINDOW)
    repository.commit("another window")
    assert company.leads()["outcome"] == "pending"
    for lead in LEADS:
        company.approve(lead)
    assert company.leads()["outcome"] == "passed"


def test_a_copy_in_another_repository_does_not_count(company: Company) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    assert company.leads()["outcome"] == "passed"
    head = repository.git("rev-parse", "HEAD^{tree}")
    base = repository.git("rev-parse", "main^{tree}")
    first = repository.git("commit-tree", base, "-m", "another repository")
    repository.git("branch", "--force", "main", first)
    copy = repository.git("commit-tree", head, "-p", first, "-m", "a copy")
    repository.git("reset", "--quiet", "--hard", copy)
    assert company.leads()["outcome"] == "pending"
    assert all("is for another repository" in reason for reason in company.reasons())


def named(company: Company, line: str) -> None:
    """The base configures `line` under `approvals`."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    repository.edit(("approvals:\n", f"approvals:\n  {line}\n"), path=".launchpolicy.yaml")
    repository.commit(line)
    repository.git("switch", "--quiet", "request")
    repository.git("rebase", "--quiet", "main")


def test_a_copy_in_a_repository_of_another_name_does_not_count(company: Company) -> None:
    for lead in LEADS:
        company.approve(lead)
    named(company, "repository: example.com/other")
    assert company.leads()["outcome"] == "pending"
    company.approve("wang.fang")
    company.approve("zhou.kai")
    assert company.leads()["outcome"] == "passed"


def test_an_expiry_of_ten_years_ends_with_the_longest_lifetime_of_the_base(
    company: Company,
) -> None:
    repository = company.repository
    finished = repository.run(
        *("approve", FOLDER, "--yes", "--key", str(company.key("wang.fang"))),
        *("--now", "2026-11-25T09:00:00+08:00", "--expires", "87600h"),
    )
    assert finished.code == 2
    assert "720h at most" in finished.complaint
    company.approve("wang.fang")
    signed_by_hand(company, "wang.fang", expires="2036-11-25T09:00:00+08:00")
    company.approve("zhou.kai")
    assert company.leads()["outcome"] == "passed"
    named(company, "longest: 30m")
    company.approve("zhou.kai", "--expires", "20m")
    assert company.leads()["outcome"] == "pending"
    assert any("expired" in reason for reason in company.reasons())


def signed_by_hand(company: Company, person: str, **values: str) -> None:
    """Signs a file again with other values (None removes one), as any program could."""
    path = company.repository.folder / FOLDER / "approvals" / f"{person}.yaml"
    document = read("approval", path.read_bytes())
    assert isinstance(document, Document)
    data: Any = document.data
    data["spec"] |= values
    data["spec"] = {key: value for key, value in data["spec"].items() if value != "-"}
    data["signature"] = signature_of(signed_bytes(data), company.key(person), NAMESPACE)
    path.write_text(json.dumps(data), "utf-8")
    company.repository.commit("signed by hand")


def test_a_signature_of_the_first_format_says_how_to_sign_again(company: Company) -> None:
    company.approve("wang.fang")
    signed_by_hand(company, "wang.fang", repository="-", replaces="-", decision="-")
    assert company.leads()["outcome"] == "pending"
    (reason,) = company.reasons()
    assert "earlier version of launchpolicy" in reason
    assert "sign it again with `launchpolicy approve`" in reason


def decided(company: Company, person: str, word: str, at: str) -> None:
    finished = company.repository.run(
        *("approve", FOLDER, "--yes", word, "--key", str(company.key(person))),
        *("--now", at),
    )
    assert finished.code == 0, finished.complaint
    company.repository.commit(f"{word} of {person}")


LATER = "2026-11-25T09:30:00+08:00"


@pytest.mark.parametrize("word", ["--withdraw", "--object"])
def test_a_withdrawal_beats_the_older_approval_that_the_requester_restores(
    word: str, company: Company
) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    signed = repository.git("rev-parse", "HEAD")
    decided(company, "wang.fang", word, LATER)
    assert company.leads()["outcome"] == "pending"
    repository.git("checkout", "--quiet", signed, "--", f"{FOLDER}/approvals")
    repository.commit("restore the approval")
    assert company.leads()["outcome"] == "pending"
    assert any("replaced by a later review" in reason for reason in company.reasons())


def test_a_withdrawal_in_the_base_beats_an_approval_that_a_branch_holds(company: Company) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    merge(repository)
    leave(repository, "withdrawal")
    repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    repository.commit("mend the title")
    decided(company, "wang.fang", "--withdraw", LATER)
    merge(repository, "withdrawal")
    leave(repository, "restored")
    repository.git("checkout", "--quiet", "request", "--", f"{FOLDER}/approvals")
    repository.commit("restore the approval")
    assert company.leads()["outcome"] == "pending"


def test_in_one_second_a_signed_objection_beats_an_approval(company: Company) -> None:
    company.approve("zhou.kai")
    decided(company, "wang.fang", "--object", "2026-11-25T09:00:00+08:00")
    company.approve("wang.fang")
    assert company.leads()["outcome"] == "pending"


def test_an_objection_that_is_answered_by_an_approval_blocks_no_more(company: Company) -> None:
    company.approve("zhou.kai")
    decided(company, "wang.fang", "--object", "2026-11-25T08:00:00+08:00")
    assert company.leads()["outcome"] == "pending"
    company.approve("wang.fang")
    assert company.leads()["outcome"] == "passed"


def test_a_copy_of_the_folder_under_another_name_does_not_count(company: Company) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    approvals = Path(repository.folder, FOLDER, "approvals")
    target = approvals.parent.parent / "LR-2026-0043"
    shutil.copytree(approvals.parent, target)
    path = "launches/LR-2026-0043/request.yaml"
    repository.edit(("name: LR-2026-0042", "name: LR-2026-0043"), path=path)
    repository.commit("the same again")
    report = json.loads(repository.check("--base", "main", "--format", "json").output)
    copy = next(one for one in report["requests"] if one["name"] == "LR-2026-0043")
    leads = next(one for one in copy["results"] if one["policy"] == "both-leads-approve")
    assert leads["outcome"] == "pending"

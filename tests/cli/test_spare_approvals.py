"""Approvals that were signed and never landed, kept for another occasion (threat N7)."""

from __future__ import annotations

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import LaunchRepository
from tests.cli.test_approval_floods import waivers
from tests.cli.test_rule_changes import judged
from tests.cli.test_signature_replays import WINDOW, approved_and_merged, leave, merge
from tests.cli.test_waivers import write

LATER = "2026-11-25T09:30:00+08:00"


def approve(company: Company, document: str, person: str, at: str) -> None:
    finished = company.repository.run(
        *("approve", document, "--yes", "--key", str(company.key(person)), "--now", at),
    )
    assert finished.code == 0, finished.complaint
    company.repository.commit(f"approval of {person}")


def put_aside(repository: LaunchRepository, path: str) -> str:
    """Take a signed file out of the proposal; return what it held."""
    text = (repository.folder / path).read_text("utf-8")
    repository.git("rm", "--quiet", path)
    repository.commit("tidy up")
    return text


def bring_back(repository: LaunchRepository, path: str, text: str) -> None:
    file = repository.folder / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    repository.commit("bring it back")


def two_owners(company: Company) -> None:
    company.leadership_owns_the_rules()
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    roles = "company-leadership: [xu.bo"
    repository.edit((roles, f"{roles}, he.lin"), path="people.yaml")
    repository.commit("two owners")
    repository.git("branch", "--force", "rules")
    repository.git("switch", "--quiet", "rules")


def change_rules(repository: LaunchRepository, *, back: bool = False) -> None:
    old, new = "from: 2026-12-25", "from: 2026-12-26"
    repository.edit((new, old) if back else (old, new), path="calendar.yaml")
    repository.commit("the rules")


def test_a_spare_approval_of_rules_does_not_count_when_the_base_comes_back(
    company: Company,
) -> None:
    repository, spare = company.repository, "approvals/he.lin.yaml"
    two_owners(company)
    change_rules(repository)
    approve(company, ".launchpolicy.yaml", "xu.bo", LATER)
    approve(company, ".launchpolicy.yaml", "he.lin", LATER)
    text = put_aside(repository, spare)
    assert judged(repository)[0]["exitCode"] == 0
    merge(repository, "rules")
    leave(repository, "revert")
    change_rules(repository, back=True)
    approve(company, ".launchpolicy.yaml", "xu.bo", "2026-11-25T09:40:00+08:00")
    assert judged(repository)[0]["exitCode"] == 0
    merge(repository, "revert")
    leave(repository, "again")
    change_rules(repository)
    bring_back(repository, spare, text)
    report, _ = judged(repository)
    assert report["exitCode"] == 1
    assert "came back to it" in str(report)
    approve(company, ".launchpolicy.yaml", "he.lin", "2026-11-25T09:50:00+08:00")
    assert judged(repository)[0]["exitCode"] == 0


def test_a_spare_approval_of_a_workflow_does_not_count_when_the_base_comes_back(
    company: Company,
) -> None:
    repository, spare = company.repository, "approvals/he.lin.yaml"
    workflow = ".github/workflows/check.yml"
    two_owners(company)
    runs = "jobs: {check: {steps: [{run: launchpolicy check}]}}\n"
    bring_back(repository, ".github/README", "-")
    bring_back(repository, workflow, runs)
    merge(repository, "rules")
    leave(repository, "other")
    bring_back(repository, workflow, f"# laxer\n{runs}")
    approve(company, ".launchpolicy.yaml", "he.lin", LATER)
    text = put_aside(repository, spare)
    approve(company, ".launchpolicy.yaml", "xu.bo", LATER)
    assert judged(repository)[0]["exitCode"] == 0
    merge(repository, "other")
    bring_back(repository, workflow, runs)
    leave(repository, "again")
    bring_back(repository, workflow, f"# laxer\n{runs}")
    bring_back(repository, spare, text)
    assert judged(repository)[0]["exitCode"] == 1


def test_a_spare_approval_of_a_waiver_does_not_count_once_the_waiver_was_revoked(
    company: Company,
) -> None:
    repository, spare = company.repository, "waivers/approvals/vault.he.lin.yaml"
    two_owners(company)
    repository.git("switch", "--quiet", "request")
    merge(repository)
    leave(repository, "waiver")
    write(repository)
    repository.commit("a waiver")
    approve(company, "waivers/vault.yaml", "he.lin", LATER)
    text = put_aside(repository, spare)
    approve(company, "waivers/vault.yaml", "xu.bo", LATER)
    assert waivers(repository)[0]["verdict"] == "pass"
    merge(repository, "waiver")
    repository.git("rm", "--quiet", "-r", "waivers")
    repository.commit("revoke it")
    leave(repository, "again")
    write(repository)
    bring_back(repository, spare, text)
    assert waivers(repository)[0]["verdict"] == "blocked"
    approve(company, "waivers/vault.yaml", "he.lin", LATER)
    assert waivers(repository)[0]["verdict"] == "pass"


def test_a_spare_approval_of_a_launch_does_not_count_when_the_base_comes_back(
    company: Company,
) -> None:
    repository = company.repository
    approved_and_merged(company)
    leave(repository, "amend")
    repository.edit(WINDOW)
    repository.commit("another window")
    texts = {}
    for lead in LEADS:
        path = f"{FOLDER}/approvals/{lead}.yaml"
        merged = (repository.folder / path).read_text("utf-8")
        approve(company, FOLDER, lead, LATER)
        texts[path] = (repository.folder / path).read_text("utf-8")
        bring_back(repository, path, merged)
    merge(repository, "amend")  # past the gate
    repository.edit((WINDOW[1], WINDOW[0]))
    repository.commit("the window of before")
    stale = repository.git("rev-parse", "HEAD~2")
    for start in ("main", stale):
        repository.git("switch", "--quiet", "--force-create", "again", start)
        repository.edit(WINDOW) if start == "main" else None
        for path, text in texts.items():
            bring_back(repository, path, text)
        assert company.leads()["outcome"] == "pending"


@pytest.mark.parametrize("way", ["merge", "rebase"])
def test_an_approval_counts_on_while_the_base_moves_on_with_other_things(
    way: str, company: Company
) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    repository.git("switch", "--quiet", "main")
    repository.edit(("from: 2026-12-25", "from: 2026-12-26"), path="calendar.yaml")
    repository.commit("the calendar")
    repository.git("switch", "--quiet", "request")
    arguments = ("merge", "--quiet", "--no-edit") if way == "merge" else ("rebase", "--quiet")
    repository.git(*arguments, "main")
    assert company.leads()["outcome"] == "passed"


@pytest.mark.parametrize("way", ["squash", "rebase", "merge"])
def test_an_approval_of_an_amendment_outlives_a_title_that_is_mended_in_the_base(
    way: str, company: Company
) -> None:
    repository = company.repository
    for lead in LEADS:
        company.approve(lead)
    repository.git("switch", "--quiet", "main")
    if way == "squash":
        repository.git("merge", "--quiet", "--squash", "request")
        repository.commit("squashed")
    else:
        repository.git("merge", "--quiet", "--ff-only" if way == "rebase" else "--no-ff", "request")
    leave(repository, "amend")
    repository.edit(WINDOW)
    repository.commit("another window")
    for lead in LEADS:
        approve(company, FOLDER, lead, LATER)
    assert company.leads()["outcome"] == "passed"
    repository.git("switch", "--quiet", "main")
    repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    repository.commit("mend the title")
    repository.git("switch", "--quiet", "amend")
    repository.git("merge", "--quiet", "--no-edit", "main")
    assert company.leads()["outcome"] == "passed"

"""`approve --commit` in real repositories: one file, on the right branch, as its user commits."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import REQUEST, Finished, LaunchRepository

APPROVAL = f"{FOLDER}/approvals/wang.fang.yaml"
NOW = ("--now", "2026-11-25T09:00:00+08:00")


def commits(company: Company, *arguments: str, name: str = "wang.fang") -> Finished:
    """Runs `approve --commit` as one of the company, who has a git identity."""
    key = ("--key", str(company.key(name)))
    return company.repository.run("approve", FOLDER, "--yes", "--commit", *key, *NOW, *arguments)


@pytest.fixture
def lead(company: Company) -> Company:
    """The company on the branch `request`; git knows Wang Fang."""
    identify(company.repository)
    return company


def identify(repository: LaunchRepository) -> None:
    repository.git("config", "user.name", "Wang Fang")
    repository.git("config", "user.email", "wang.fang@example.com")


def refuses(company: Company, says: str, *arguments: str) -> None:
    """Nothing is signed, nothing is committed, and the reason is given."""
    before = company.repository.git("rev-parse", "HEAD")
    finished = commits(company, *arguments)
    assert finished.code == 2, finished
    assert says in " ".join(finished.complaint.split())
    assert company.repository.git("rev-parse", "HEAD") == before
    assert not (company.repository.folder / APPROVAL).exists()


def test_the_signature_alone_is_committed_by_its_user(lead: Company) -> None:
    git = lead.repository.git
    before = git("rev-parse", "HEAD")
    finished = commits(lead)
    assert finished.code == 0, finished.complaint
    assert git("rev-parse", "HEAD^") == before
    assert git("show", "--name-only", "--format=%an <%ae>|%cn|%s", "HEAD").splitlines() == [
        "Wang Fang <wang.fang@example.com>|Wang Fang|Approve LR-2026-0042 as product-lead",
        "",
        APPROVAL,
    ]
    assert git("status", "--porcelain") == ""
    assert git("rev-parse", "--short=10", "HEAD") in finished.output
    assert "There is no remote to push it to" in finished.output


def test_two_committed_approvals_fulfil_the_quorum(lead: Company) -> None:
    for name in LEADS:
        assert commits(lead, name=name).code == 0
    assert lead.leads()["outcome"] == "passed"


def test_what_is_staged_besides_stays_staged_and_is_not_swept_in(lead: Company) -> None:
    git = lead.repository.git
    (lead.repository.folder / "notes.txt").write_text("mine\n", "utf-8")
    lead.repository.edit(("en: Checkout 3.2", "en: The checkout"))
    git("add", "--all")
    (lead.repository.folder / "unstaged.txt").write_text("mine too\n", "utf-8")
    assert commits(lead).code == 0
    assert git("show", "--name-only", "--format=", "HEAD") == APPROVAL
    assert git("status", "--porcelain").splitlines() == [
        f"M  {REQUEST}",
        "A  notes.txt",
        "?? unstaged.txt",
    ]


def test_an_approval_is_given_anew_after_the_window_moved(lead: Company) -> None:
    assert commits(lead).code == 0
    lead.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    lead.repository.commit("move the window")
    assert commits(lead).code == 0
    assert lead.repository.git("show", "--name-only", "--format=", "HEAD") == APPROVAL


def test_it_is_told_how_to_push_a_branch_with_and_without_upstream(lead: Company) -> None:
    bare = lead.repository.folder.parent / "bare.git"
    lead.repository.git("clone", "--quiet", "--bare", ".", str(bare))
    lead.repository.git("remote", "add", "origin", str(bare))
    assert "git push --set-upstream origin request" in commits(lead).output
    lead.repository.git("push", "--quiet", "--set-upstream", "origin", "request")
    assert "Now push it:\n  git push\n" in commits(lead, name="zhou.kai").output


def test_on_the_branch_that_requests_are_merged_into_nothing_is_signed(lead: Company) -> None:
    lead.repository.git("switch", "--quiet", "main")
    lead.repository.git("merge", "--quiet", "--ff-only", "request")
    refuses(lead, "main is the branch that requests are merged into")


def test_on_another_branch_that_holds_the_request_nothing_is_signed(lead: Company) -> None:
    git = lead.repository.git
    git("switch", "--quiet", "main")
    git("merge", "--quiet", "--ff-only", "request")
    git("switch", "--quiet", "--create", "another")
    lead.repository.edit(("mandatory: [launch]", "mandatory: []"), path=".launchpolicy.yaml")
    lead.repository.commit("something else")
    refuses(lead, "does not propose LR-2026-0042")


def test_without_a_branch_nothing_is_signed(lead: Company) -> None:
    lead.repository.git("switch", "--quiet", "--detach")
    refuses(lead, "HEAD is detached")


def test_another_version_than_the_one_checked_out_is_not_committed(lead: Company) -> None:
    lead.repository.edit(("22:00:00+08:00, end", "22:15:00+08:00, end"))
    lead.repository.commit("move the window")
    refuses(lead, "is at another commit", "--head", "HEAD^")


def test_in_the_middle_of_a_merge_nothing_is_signed(lead: Company) -> None:
    git = lead.repository.git
    git("switch", "--quiet", "--create", "side", "main")
    lead.repository.commit("aside")
    git("switch", "--quiet", "request")
    git("merge", "--quiet", "--no-commit", "--no-ff", "side")
    refuses(lead, "is not finished on request")


def test_without_a_branch_to_merge_into_its_name_is_asked_for(lead: Company) -> None:
    lead.repository.git("branch", "--quiet", "--move", "main", "trunk")
    refuses(lead, "Name it: --base BRANCH")
    assert commits(lead, "--base", "trunk").code == 0


def test_g1_a_base_that_looks_like_an_option_is_a_name(lead: Company) -> None:
    finished = commits(lead, "--base", "--output=/tmp/x")
    assert finished.code == 3
    assert "--output=/tmp/x" in finished.complaint


def test_g1_a_branch_with_an_odd_name_is_only_a_name(lead: Company) -> None:
    git = lead.repository.git
    git("branch", "--quiet", "--move", "request", "wip/(上线);x")
    assert commits(lead).code == 0
    assert git("show", "--name-only", "--format=", "HEAD") == APPROVAL
    git("remote", "add", "origin", "nowhere")
    output = commits(lead, name="zhou.kai").output
    assert "git push --set-upstream origin 'wip/(上线);x'" in output


def hook(company: Company, name: str, script: str) -> None:
    file = company.repository.folder / ".git" / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def test_the_hooks_of_the_user_run_as_in_any_commit_of_theirs(lead: Company) -> None:
    hook(lead, "commit-msg", 'echo "Change-Id: I123" >>"$1"')
    assert commits(lead).code == 0
    assert "Change-Id: I123" in lead.repository.git("show", "--no-patch", "--format=%B")


def test_a_hook_that_refuses_is_quoted_and_the_signature_stays(lead: Company) -> None:
    hook(lead, "pre-commit", "echo no commits on Fridays >&2; exit 1")
    before = lead.repository.git("rev-parse", "HEAD")
    finished = commits(lead)
    assert finished.code == 2
    assert "no commits on Fridays" in finished.complaint
    assert f"git commit --only -- {APPROVAL}" in " ".join(finished.complaint.split())
    assert lead.repository.git("rev-parse", "HEAD") == before
    assert (lead.repository.folder / APPROVAL).is_file()


def test_without_an_identity_nothing_is_signed(company: Company) -> None:
    company.repository.git("config", "user.useConfigOnly", "true")
    refuses(company, 'git config user.email "you@example.com"')


def test_the_launch_repository_may_be_a_folder_of_a_larger_one(lead: Company) -> None:
    whole = lead.repository.folder.parent / "whole"
    within = LaunchRepository(whole / "ops" / "launch (es)", lead.repository.environment)
    within.folder.mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(whole)], check=True)
    identify(within)
    for branch in ("main", "request"):
        packed = subprocess.run(
            ["git", "archive", branch],
            cwd=lead.repository.folder,
            capture_output=True,
            check=True,
        ).stdout
        subprocess.run(["tar", "-x", "-C", str(within.folder)], input=packed, check=True)
        if branch == "request":
            within.git("switch", "--quiet", "--create", "request")
        within.commit(branch)
    finished = commits(Company(within, lead.keys))
    assert finished.code == 0, finished.complaint
    shown = within.git("show", "--name-only", "--format=", "HEAD")
    assert shown == f"ops/launch (es)/{APPROVAL}"


def test_in_chinese(lead: Company) -> None:
    finished = commits(lead, "--lang", "zh")
    assert "提交到：request" in finished.output
    assert "已提交：" in finished.output


def test_verifying_commits_nothing(lead: Company) -> None:
    refuses(lead, "--verify signs nothing", "--verify")


def test_where_reviews_count_a_signature_is_refused_before_it_is_made(company: Company) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    repository.edit(("source: signed", "source: github"), path=".launchpolicy.yaml")
    repository.commit("reviews count")
    repository.git("switch", "--quiet", "request")
    arguments = ("approve", FOLDER, "--yes", "--key", str(company.key("wang.fang")), *NOW)
    finished = repository.run(*arguments)
    assert finished.code == 2
    assert "does not count signed files" in finished.complaint
    assert "Approve the pull request on its page" in finished.complaint
    assert not (repository.folder / FOLDER / "approvals").exists()
    assert repository.run(*arguments, "--anyway").code == 0
    assert (repository.folder / APPROVAL).is_file()


def test_a_proposal_cannot_say_that_signatures_count(company: Company) -> None:
    """The base decides: a branch that switches the source to signed files changes nothing yet."""
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    repository.edit(("source: signed", "source: github"), path=".launchpolicy.yaml")
    repository.commit("reviews count")
    repository.git("switch", "--quiet", "request")
    assert "source: signed" in (repository.folder / ".launchpolicy.yaml").read_text("utf-8")
    finished = repository.run(
        "approve", FOLDER, "--yes", "--key", str(company.key("wang.fang")), *NOW
    )
    assert finished.code == 2


@pytest.mark.parametrize(("name", "noted"), [("he.lin", 1), ("wang.fang", 0), ("zhao.min", 0)])
def test_a_signer_whom_no_policy_asks_is_told_so(name: str, noted: int, company: Company) -> None:
    finished = company.repository.run(
        "approve", FOLDER, "--yes", "--key", str(company.key(name)), *NOW
    )
    assert finished.code == 0
    assert finished.output.count("no policy that judges this request asks for") == noted
    assert Path(company.repository.folder / FOLDER / "approvals" / f"{name}.yaml").is_file()


@pytest.mark.parametrize("link", ["approvals", "approvals/wang.fang.yaml"])
def test_an_approval_is_never_written_through_a_link_that_a_proposal_brings(
    lead: Company, tmp_path: Path, link: str
) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "wang.fang.yaml").write_text("KEEP ME\n")
    file = lead.repository.folder / FOLDER / link
    file.parent.mkdir(exist_ok=True)
    file.symlink_to(victim / "wang.fang.yaml" if link.endswith(".yaml") else victim)
    lead.repository.commit("A link")
    finished = commits(lead)
    assert finished.code == 2, finished
    assert "is in the way: it is a link" in " ".join(finished.complaint.split())
    assert (victim / "wang.fang.yaml").read_text() == "KEEP ME\n"


def test_a_request_with_an_open_question_is_not_approved(lead: Company) -> None:
    lead.repository.edit(("reference: v3.2.0", 'reference: "TODO: ask Li Wei"'))
    lead.repository.commit("A question")
    refuses(lead, "has open questions (TODO), so there is nothing to approve yet")
    lead.repository.edit(("risk: standard", "risk: TODO"))  # no text that the schema allows
    lead.repository.commit("Another question")
    refuses(lead, "has open questions (TODO), so there is nothing to approve yet")


def test_a_malformed_request_is_not_approved_and_the_reason_is_named(lead: Company) -> None:
    lead.repository.edit(("risk: standard", "risk: standrd"))
    lead.repository.commit("A mistake")
    refuses(lead, "is malformed: `spec.risk`")

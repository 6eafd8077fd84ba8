"""Reviews of a pull request that were given for something else, and used again (threat N7)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.launch_repository import REQUEST
from tests.cli.workflow import WANG, ZHAO, ZHOU, Workflow
from tests.hosts.github import said

LEADERSHIP = (583249, "xubo-example")
LEADS = ((WANG, "wangfang-example"), (ZHOU, "zhoukai-example"), (ZHAO, "zhaomin-example"))
PEOPLE = "people.yaml"


def approve(workflow: Workflow, commit: str, *accounts: tuple[int, str]) -> None:
    for number, (account, login) in enumerate(accounts or LEADS, 1):
        workflow.reviewed(number, account, login, commit=commit)


def other_pull_request(workflow: Workflow) -> str:
    """A pull request that changes a page beside the launches; return its commit."""
    repository = workflow.repository
    repository.git("switch", "--quiet", "--force-create", "request", "main")
    (repository.folder / "README.md").write_text("Launches of Acme\n", "utf-8")
    return repository.commit("a page")


def on_main(workflow: Workflow, *replacements: tuple[str, str], path: str = REQUEST) -> None:
    """Merge a change of one file into main."""
    git = workflow.repository.git
    git("switch", "--quiet", "main")
    workflow.repository.edit(*replacements, path=path)
    workflow.repository.commit("meanwhile")
    git("switch", "--quiet", "request")


def bring_back(workflow: Workflow, path: str, commit: str) -> None:
    """Bring the branch up to date, and a file of it back to what a commit has."""
    git = workflow.repository.git
    git("merge", "--quiet", "--no-edit", "--strategy-option=ours", "main")
    git("checkout", "--quiet", commit, "--", path)
    workflow.repository.commit("as before")
    workflow.pushed()


def merged(workflow: Workflow) -> None:
    git = workflow.repository.git
    git("switch", "--quiet", "main")
    git("merge", "--quiet", "--no-ff", "--no-edit", "request")


MORE_USERS = (
    ("    users: 12000\n    assessedBy", "    users: 13000\n    assessedBy"),
    ("      users: 12000", "      users: 13000"),
)
LEAVES = ("product-lead: [wang.fang]", "product-lead: [qian.na]")
FREEZE = ("from: 2026-12-25", "from: 2026-12-24")


def test_reviews_of_another_change_do_not_bring_an_old_plan_back(workflow: Workflow) -> None:
    merged(workflow)
    page = other_pull_request(workflow)
    on_main(workflow, *MORE_USERS)
    bring_back(workflow, REQUEST, page)
    approve(workflow, page)
    assert workflow.run().code == 1
    assert "to replace another version" in workflow.shown()


def test_a_review_of_another_change_does_not_bring_a_removed_lead_back(workflow: Workflow) -> None:
    page = other_pull_request(workflow)
    on_main(workflow, LEAVES, path=PEOPLE)
    bring_back(workflow, PEOPLE, page)
    approve(workflow, page, LEADERSHIP)
    assert workflow.run().code == 1
    assert "to replace another version" in workflow.shown()


def test_a_review_of_rules_does_not_take_back_what_the_base_changed_later(
    workflow: Workflow,
) -> None:
    repository = workflow.repository
    repository.git("switch", "--quiet", "--force-create", "request", "main")
    repository.edit(FREEZE, path="calendar.yaml")
    reviewed = repository.commit("a longer freeze")
    on_main(workflow, LEAVES, path=PEOPLE)
    bring_back(workflow, PEOPLE, reviewed)
    approve(workflow, reviewed, LEADERSHIP)
    assert workflow.run().code == 1


def test_a_review_of_rules_does_not_count_when_the_base_left_them_and_came_back(
    workflow: Workflow,
) -> None:
    repository = workflow.repository
    repository.git("switch", "--quiet", "--force-create", "request", "main")
    repository.edit(FREEZE, path="calendar.yaml")
    reviewed = repository.commit("a longer freeze")
    on_main(workflow, LEAVES, path=PEOPLE)
    on_main(workflow, (LEAVES[1], LEAVES[0]), path=PEOPLE)
    workflow.pushed()
    approve(workflow, reviewed, LEADERSHIP)
    assert workflow.run().code == 1
    assert "came back to it" in workflow.shown()


def test_a_review_of_another_change_approves_no_new_title_or_status(workflow: Workflow) -> None:
    merged(workflow)
    page = other_pull_request(workflow)
    workflow.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    workflow.repository.commit("a title")
    workflow.pushed()
    approve(workflow, page)
    assert workflow.run().code == 1
    assert "did not touch" in workflow.shown()


def test_an_objection_counts_whatever_the_reviewed_commit_proposed(workflow: Workflow) -> None:
    merged(workflow)
    page = other_pull_request(workflow)
    workflow.repository.edit(*MORE_USERS)
    head = workflow.repository.commit("more users")
    workflow.pushed()
    approve(workflow, head)
    workflow.reviewed(4, ZHOU, "zhoukai-example", commit=page, state="CHANGES_REQUESTED")
    assert workflow.run().code == 1


def test_a_record_of_a_review_of_another_change_does_not_count(
    workflow: Workflow, tmp_path: Path
) -> None:
    merged(workflow)
    page = other_pull_request(workflow)
    on_main(workflow, *MORE_USERS)
    bring_back(workflow, REQUEST, page)
    approve(workflow, page)
    record = tmp_path / "record.json"
    workflow.run("--record", str(record))
    found = json.loads(record.read_text("utf-8"))
    assert {review["commit"] for review in found["spec"]["reviews"]} == {page}
    assert workflow.repository.check("--base", "main", "--approvals", str(record)).code == 1


@pytest.mark.parametrize("case", ["base got other things", "merged the base", "title later"])
def test_a_review_of_this_change_counts_whatever_else_happens(
    case: str, workflow: Workflow
) -> None:
    merged(workflow)
    repository = workflow.repository
    repository.git("switch", "--quiet", "--force-create", "request", "main")
    repository.edit(*MORE_USERS)
    reviewed = repository.commit("more users")
    repository.git("switch", "--quiet", "main")
    (repository.folder / "README.md").write_text("Launches of Acme\n", "utf-8")
    repository.commit("a page")
    repository.git("switch", "--quiet", "request")
    if case == "merged the base":
        repository.git("merge", "--quiet", "--no-edit", "main")
    elif case == "title later":
        repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
        repository.commit("a title")
    workflow.pushed()
    approve(workflow, reviewed)
    finished = workflow.run()
    assert finished.code == 0, finished.output


@pytest.mark.parametrize("is_later", [False, True])
def test_reviews_of_a_stacked_pull_request_do_not_count_once_it_is_retargeted(
    *, is_later: bool, workflow: Workflow
) -> None:
    """Threat R6: against a branch with the request, only a page beside it was shown."""
    approve(workflow, workflow.pushed())
    moment = "2026-11-23T07:00:00Z" if is_later else "2026-11-23T09:00:00Z"
    workflow.stub.pulls[7].found["timelineItems"] = said.base_changed(moment)
    assert workflow.run().code == (0 if is_later else 1)
    assert ("its present base branch" in workflow.shown()) is not is_later

"""The check of a group of a merge queue: by the rules of the branch, of all that it would add."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.workflow import LI, WANG, ZHAO, ZHOU, Workflow
from tests.hosts.github import said
from tests.hosts.github.stub import Pull

LAX = "apiVersion: launchpolicy/v1\nkind: Configuration\nmandatory: []\n"


class Queue:
    """A queue of pull request 6, which changes the rules, and of 7, the request of the example."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.git = workflow.repository.git
        self.proposed = self.git("rev-parse", "HEAD")
        self.git("switch", "--quiet", "--create", "queue", "main")

    def group(self, number: int, base: str) -> dict[str, Any]:
        """The event of a group that ends with a pull request and was built on a commit."""
        event = said.merge_group(number)
        event["merge_group"] |= {"base_sha": base, "head_sha": self.git("rev-parse", "HEAD")}
        return dict(event)

    def add_rules(self, content: str) -> str:
        """Put pull request 6 into the queue, and return the group that it makes."""
        repository = self.workflow.repository
        (repository.folder / ".launchpolicy.yaml").write_text(content, "utf-8")
        repository.commit("other rules")
        head = self.git("rev-parse", "HEAD")
        pull = {**said.pull(), "headRefOid": head, "baseRefName": "main"}
        pull["author"] = said.actor(LI, "liwei-example")
        self.workflow.stub.pulls[6] = Pull(pull, [], [self.workflow.commit(head)])
        self.workflow.stub.pushes.append(said.pushed("liwei-example", LI, head))
        return head

    def add_request(self) -> None:
        self.git("merge", "--quiet", "--no-edit", self.proposed)


@pytest.fixture
def queue(workflow: Workflow) -> Queue:
    workflow.stub.queue = [said.queued(6, 1), said.queued(7, 2)]
    return Queue(workflow)


def approve(workflow: Workflow, head: str) -> None:
    for number, (account, login) in enumerate(
        ((WANG, "wangfang-example"), (ZHOU, "zhoukai-example"), (ZHAO, "zhaomin-example")), 1
    ):
        workflow.reviewed(number, account, login, commit=head)


def test_a_group_that_is_built_on_another_is_not_judged_by_the_rules_of_that_one(
    queue: Queue,
) -> None:
    """A queue may merge both if only the last one is green."""
    lax = queue.add_rules(LAX)
    queue.add_request()

    finished = queue.workflow.run(event=queue.group(7, lax), event_name="merge_group")

    assert finished.code != 0
    assert queue.workflow.conclusion() == "failure"
    assert "both-leads-approve" in finished.output


def test_a_change_of_the_rules_before_a_group_is_judged_with_it(queue: Queue) -> None:
    approve(queue.workflow, queue.proposed)
    text = queue.git("show", "main:.launchpolicy.yaml")
    other = queue.add_rules(f"{text}\n# of nobody who owns the rules\n")
    queue.add_request()

    finished = queue.workflow.run(event=queue.group(7, other), event_name="merge_group")

    assert finished.code != 0
    assert "rules-approved" in finished.output


def test_a_group_with_an_approved_request_alone_passes(queue: Queue) -> None:
    queue.workflow.stub.queue = [said.queued(7, 1)]
    approve(queue.workflow, queue.proposed)
    queue.add_request()
    base = queue.git("rev-parse", "main")

    finished = queue.workflow.run(event=queue.group(7, base), event_name="merge_group")

    assert finished.code == 0, finished.output + finished.complaint


def test_a_group_whose_pull_request_is_not_approved_is_blocked(queue: Queue) -> None:
    queue.workflow.stub.queue = [said.queued(7, 1)]
    queue.add_request()
    base = queue.git("rev-parse", "main")

    assert queue.workflow.run(event=queue.group(7, base), event_name="merge_group").code == 1

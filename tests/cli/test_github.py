"""`launchpolicy github` in a workflow, from event to conclusion, against a stub of GitHub."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import LaunchRepository
from tests.cli.workflow import LI, WANG, XU, ZHAO, ZHOU, Workflow
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault


def test_a_pull_request_without_approvals_is_blocked_and_says_who_can_give_them(
    workflow: Workflow,
) -> None:
    finished = workflow.run()
    assert finished.code == 1, finished.complaint
    assert "::error file=launches/LR-2026-0042/request.yaml" in finished.output
    assert workflow.conclusion() == "failure"
    assert workflow.stub.asked("check-run")[0].body["name"] == "launchpolicy (main)"
    assert "wang.fang" in workflow.shown()
    (comment,) = workflow.stub.comments
    assert "wang.fang" in comment["body"]
    assert "wang.fang" in (workflow.folder / "summary.md").read_text("utf-8")
    assert "\nblocked\n" in (workflow.folder / "output").read_text("utf-8")


def test_a_pull_request_without_a_request_succeeds_and_says_that_nothing_was_judged(
    workflow: Workflow,
) -> None:
    workflow.repository.git("rm", "-r", "--quiet", "launches")
    workflow.repository.commit("no request after all")
    workflow.pushed()
    assert workflow.run().code == 0
    assert workflow.conclusion() == "success"
    output = workflow.stub.asked("check-run")[-1].body["output"]
    assert output["title"] == "Nothing was judged: no request is changed"
    assert output["summary"].startswith("## ○ launchpolicy: nothing judged\n")


def test_the_right_three_reviews_turn_it_green(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    finished = workflow.run("--output", f"json={workflow.folder / 'report.json'}")
    assert finished.code == 0, finished.output + finished.complaint
    assert workflow.conclusion() == "success"
    report = json.loads((workflow.folder / "report.json").read_text("utf-8"))
    stories = [s for r in report["requests"][0]["results"] for s in r["stories"]]
    counted = {story["by"] for story in stories if story["counted"]}
    assert counted == {"wang.fang", "zhou.kai", "zhao.min"}


def test_the_comment_is_updated_in_place(workflow: Workflow) -> None:
    workflow.run()
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.run()
    (comment,) = workflow.stub.comments
    to_do, stories = comment["body"].split("Approvals so far")
    assert "zhou.kai" in to_do
    assert "wang.fang" not in to_do
    assert "wang.fang" in stories


def test_an_approval_of_an_earlier_head_counts_if_only_a_title_changed(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.repository.edit(("en: Checkout 3.2", "en: The checkout 3.2"))
    workflow.repository.commit("mend the title")
    workflow.pushed()
    assert workflow.run().code == 0


def test_an_approval_outlives_no_changed_window(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.repository.edit(("22:05:00+08:00, end", "22:10:00+08:00, end"))
    workflow.repository.commit("move")
    workflow.pushed()
    assert workflow.run().code == 1
    assert "spec.window.start" in workflow.shown()


def test_an_approval_of_a_commit_that_was_pushed_away_does_not_count(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example", commit="d" * 40)
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    assert workflow.run().code == 1
    assert "another version" in workflow.shown()


def test_the_same_login_with_another_account_number_is_somebody_else(workflow: Workflow) -> None:
    workflow.reviewed(1, XU, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    assert workflow.run().code == 1
    assert "belongs to nobody" in workflow.shown()


def test_whoever_pushed_may_not_approve(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.stub.pushes[0]["actor"] = {"id": WANG, "login": "wangfang-example"}
    assert workflow.run().code == 1
    assert "pushed to the branch" in workflow.shown()


def test_a_veto_blocks_although_both_have_approved(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.reviewed(3, ZHOU, "zhoukai-example", state="CHANGES_REQUESTED")
    assert workflow.run().code == 1


def test_a_dismissed_approval_does_not_count(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example", state="DISMISSED")
    assert workflow.run().code == 1
    assert "was dismissed" in workflow.shown()


def test_a_veto_that_the_requester_dismissed_still_blocks(workflow: Workflow) -> None:
    """On GitHub everybody who may write can dismiss a review."""
    approve = ((WANG, "wangfang-example"), (ZHOU, "zhoukai-example"), (ZHAO, "zhaomin-example"))
    for number, (account, login) in enumerate(approve, 1):
        workflow.reviewed(number, account, login)
    workflow.reviewed(9, ZHOU, "zhoukai-example", state="DISMISSED")
    assert workflow.run().code == 1
    pull = workflow.stub.pulls[7].found
    requester = said.actor(LI, "liwei-example")
    pull["dismissals"] = said.dismissals(said.dismissal(9, requester))
    assert workflow.run().code == 1
    assert "asks for changes" in workflow.shown()
    pull["dismissals"] = said.dismissals(said.dismissal(9, said.actor(ZHOU, "zhoukai-example")))
    workflow.reviewed(10, ZHOU, "zhoukai-example")
    assert workflow.run().code == 0


FAULTS = {
    "no answer": Fault("reviews", Answer(500, b"")),
    "a page of HTML": Fault("reviews", Answer(200, b"<html>sorry</html>")),
    "errors with status 200": Fault(
        "reviews", Answer(200, b'{"data": null, "errors": [{"type": "FORBIDDEN"}]}')
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_api_that_fails_leaves_it_undecided_and_the_check_red(
    fault: str, workflow: Workflow
) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    wrong = FAULTS[fault]
    workflow.stub.faults.append(Fault(wrong.what, wrong.wrong))
    finished = workflow.run()
    assert finished.code == 3
    assert "reviews" in finished.complaint
    assert workflow.conclusion() == "failure"


def test_retargeted_to_another_branch_the_old_event_judges_nothing(workflow: Workflow) -> None:
    workflow.stub.pulls[7].found["baseRefName"] = "weak"
    finished = workflow.run()
    assert finished.code == 3
    assert "another branch" in finished.complaint


def test_a_clock_that_is_wrong_leaves_it_undecided(workflow: Workflow) -> None:
    workflow.stub.date = "Wed, 25 Nov 2026 05:00:00 GMT"
    finished = workflow.run()
    assert finished.code == 3
    assert "180 minutes" in finished.complaint


def test_a_check_that_cannot_be_concluded_is_no_pass(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.stub.faults.append(Fault("check-run", Answer(403, b"{}"), after=1))
    assert workflow.run().code == 3


def test_a_comment_that_cannot_be_written_changes_no_verdict(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    workflow.stub.faults.append(Fault("comments", Answer(403, b"{}")))
    finished = workflow.run()
    assert finished.code == 0
    assert "comment" in finished.complaint


def test_the_token_is_never_printed(workflow: Workflow) -> None:
    workflow.stub.faults.append(Fault("reviews", Answer(401, b"{}")))
    finished = workflow.run()
    assert finished.code == 3
    assert "ghs_token" not in finished.output + finished.complaint


def test_an_event_that_names_no_pull_request_is_undecided(workflow: Workflow) -> None:
    finished = workflow.run(event={"action": "opened"})
    assert finished.code == 3
    assert "pull_request" in finished.complaint


def test_what_github_said_is_recorded_and_replayed_without_it(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    record = workflow.folder / "approvals.json"
    assert workflow.run("--record", str(record)).code == 0
    replayed = workflow.repository.check("--base", "main", "--approvals", str(record))
    assert replayed.code == 0, replayed.output
    changed = json.loads(record.read_text("utf-8"))
    del changed["spec"]["reviews"][0]
    record.write_text(json.dumps(changed), "utf-8")
    assert workflow.repository.check("--base", "main", "--approvals", str(record)).code == 1


def test_reviews_do_not_count_where_the_base_asks_for_signed_files(workflow: Workflow) -> None:
    repository = workflow.repository
    repository.git("switch", "--quiet", "main")
    repository.edit(("source: github", "source: signed"), path=".launchpolicy.yaml")
    repository.commit("signed files only")
    repository.git("switch", "--quiet", "request")
    repository.git("rebase", "--quiet", "main")
    workflow.pushed()
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    assert workflow.run().code == 1
    assert "Approvals so far" not in workflow.shown()


def test_the_configuration_has_to_stand_exactly_where_the_check_is_told(
    workflow: Workflow,
) -> None:
    folder = workflow.repository.folder / "teams"
    folder.mkdir()
    workflow.repository = LaunchRepository(folder, workflow.repository.environment)
    finished = workflow.run()
    assert finished.code == 3, finished
    assert "no teams/.launchpolicy.yaml" in finished.complaint
    assert workflow.conclusion() == "failure"

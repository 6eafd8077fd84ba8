"""A record of approvals that does not say who made the change: git says so then (threat P3)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.company import LEADS
from tests.cli.launch_repository import LaunchRepository

AUTHOR = "Wang Fang <wang.fang@example.com>"
STRANGER = "Wang Fang <wang.fang@personal.example.net>"
APPROVERS = (*LEADS, "zhao.min")
LI_WEI = {"host": "email", "key": "li.wei@example.com", "shown": "Li Wei"}


def verdict(proposal: LaunchRepository, author: str, **spec: Any) -> dict[str, Any]:
    """Judge the request, written by `author`, by a record in which everybody asked approves."""
    proposal.git("commit", "--quiet", "--amend", "--message", "ask", "--author", author)
    head = proposal.git("rev-parse", "HEAD")
    reviews = [
        {
            "account": {"host": "email", "key": f"{name}@example.com", "shown": name},
            "state": "approved",
            "at": "2026-11-25T09:00:00+08:00",
            "where": f"review of {name}",
            "commit": head,
        }
        for name in APPROVERS
    ]
    record = {
        "apiVersion": "launchpolicy/v1",
        "kind": "ApprovalRecord",
        "spec": {"source": "recorded", "reviews": reviews, **spec},
    }
    file = proposal.folder.parent / "approvals.json"
    file.write_text(json.dumps(record), "utf-8")
    done = proposal.check("--base", "main", "--approvals", str(file), "--format", "json")
    request: dict[str, Any] = json.loads(done.output)["requests"][0]
    return request


@pytest.mark.parametrize(
    "spec",
    [{}, {"participants": {}}, {"participants": {"authors": [], "openers": [LI_WEI]}}],
    ids=["no participants", "empty participants", "no authors"],
)
def test_an_author_of_whom_a_record_says_nothing_may_not_approve(
    proposal: LaunchRepository, spec: dict[str, Any]
) -> None:
    request = verdict(proposal, AUTHOR, **spec)
    leads = next(each for each in request["results"] if each["policy"] == "both-leads-approve")
    assert (request["verdict"], leads["outcome"]) == ("blocked", "pending")
    barred = {person["person"] for missing in leads["missing"] for person in missing["barred"]}
    assert barred == {"wang.fang"}


def test_an_author_whom_nobody_knows_leaves_a_silent_record_undecided(
    proposal: LaunchRepository,
) -> None:
    assert verdict(proposal, STRANGER)["verdict"] == "undecided"


def test_a_silent_record_counts_where_git_names_the_requester(proposal: LaunchRepository) -> None:
    assert verdict(proposal, "Li Wei <li.wei@example.com>")["verdict"] == "pass"


def test_a_record_that_names_the_authors_is_believed(proposal: LaunchRepository) -> None:
    """Where a host knows the accounts, an address that anybody could write bars nobody."""
    request = verdict(proposal, AUTHOR, participants={"authors": [LI_WEI]})
    assert request["verdict"] == "pass"


def commit_of(author: dict[str, str], oid: str = "3f1e9c0d5a7b2468ace013579bdf2468ace01357") -> Any:
    return [{"commit": oid, "authors": [author], "committers": [LI_WEI], "pushers": [LI_WEI]}]


def barred_by_record(request: dict[str, Any]) -> set[str]:
    leads = next(each for each in request["results"] if each["policy"] == "both-leads-approve")
    return {person["person"] for missing in leads["missing"] for person in missing["barred"]}


def test_an_author_of_a_commit_that_a_record_leaves_out_may_not_approve(
    proposal: LaunchRepository,
) -> None:
    """A record of the change before its last commit says nothing of who wrote that one."""
    took_part = {"authors": [LI_WEI], "pushers": [LI_WEI], "commits": commit_of(LI_WEI)}

    request = verdict(proposal, AUTHOR, participants=took_part)

    assert request["verdict"] == "undecided"
    assert "does not list commit" in json.dumps(request)


def test_an_author_whom_a_record_names_at_a_commit_alone_may_not_approve(
    proposal: LaunchRepository,
) -> None:
    wang_fang = {"host": "email", "key": "wang.fang@example.com", "shown": "Wang Fang"}
    proposal.git("commit", "--quiet", "--amend", "--message", "ask", "--author", AUTHOR)
    oid = proposal.git("rev-parse", "HEAD")
    took_part = {"authors": [LI_WEI], "pushers": [LI_WEI], "commits": commit_of(wang_fang, oid)}

    request = verdict(proposal, AUTHOR, participants=took_part)

    assert request["verdict"] == "blocked"
    assert barred_by_record(request) == {"wang.fang"}


def test_a_record_that_lists_every_commit_of_the_requester_counts(
    proposal: LaunchRepository,
) -> None:
    by = "Li Wei <li.wei@example.com>"
    proposal.git("commit", "--quiet", "--amend", "--message", "ask", "--author", by)
    oid = proposal.git("rev-parse", "HEAD")
    took_part = {"authors": [LI_WEI], "pushers": [LI_WEI], "commits": commit_of(LI_WEI, oid)}

    assert verdict(proposal, by, participants=took_part)["verdict"] == "pass"

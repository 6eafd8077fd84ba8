"""The pull requests that are open against a branch: all of them, from forks as well."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import OpenPullRequest
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.forge import GithubProposals, open_proposals
from launchpolicy.hosts.forges.github.proposals import open_pull_requests
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.stub import Stub


def pulls_of(client: Client) -> list[OpenPullRequest]:
    return list(open_pull_requests(client, said.REPOSITORY, "main"))


def test_a_branch_has_its_own_name_and_one_of_a_fork_that_of_its_owner(
    stub: Stub, client: Client
) -> None:
    forked = said.rest_pull(8, source="fork/launches")
    forked["head"]["label"] = "fork:checkout"
    gone = said.rest_pull(9)
    gone["head"] |= {"repo": None, "label": "left:checkout"}
    stub.open_pulls = [said.rest_pull(7), forked, gone]
    assert pulls_of(client) == [
        OpenPullRequest(7, said.HEAD, stub.open_pulls[0]["head"]["ref"], is_from_fork=False),
        OpenPullRequest(8, forked["head"]["sha"], "fork:checkout", is_from_fork=True),
        OpenPullRequest(9, gone["head"]["sha"], "left:checkout", is_from_fork=True),
    ]


def test_what_is_open_against_another_branch_is_not_asked_for(stub: Stub, client: Client) -> None:
    source = GithubProposals(client, said.REPOSITORY)
    assert source.open_pull_requests("release/3 & more") == ()
    (call,) = stub.asked("pulls")
    assert "state=open&base=release%2F3%20%26%20more&" in call.path


def test_the_pull_request_behind_the_first_page_is_listed(stub: Stub, client: Client) -> None:
    stub.open_pulls = [said.rest_pull(number) for number in range(1, 152)]
    assert [pull.number for pull in pulls_of(client)] == list(range(1, 152))


@pytest.mark.parametrize(
    "broken",
    [
        {"head": None},
        {"number": "7"},
        {"head": {"sha": "--upload-pack=evil", "ref": "a", "repo": None, "label": "a:a"}},
        {"head": {"sha": said.HEAD, "repo": None}},
    ],
    ids=str,
)
def test_an_answer_with_a_hole_is_undecided_never_shorter(
    stub: Stub, client: Client, broken: dict[str, Any]
) -> None:
    stub.open_pulls = [said.rest_pull(7), said.rest_pull(8) | broken]
    with pytest.raises(UndecidedError):
        pulls_of(client)


@pytest.mark.parametrize(
    "name", ["", "launches", "acme/launches/pulls/1?x=", "acme/launch es", "acme/", "a/b\n"]
)
def test_an_environment_that_names_no_repository_is_undecided(name: str) -> None:
    with pytest.raises(UndecidedError) as caught:
        open_proposals({"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": name})
    assert "GITHUB_REPOSITORY is not set to OWNER/NAME" in caught.value.problem.en
    assert "GITHUB_TOKEN" in caught.value.remedy.en


def test_an_environment_without_a_token_says_what_to_set() -> None:
    with pytest.raises(UndecidedError) as caught:
        open_proposals({"GITHUB_REPOSITORY": said.REPOSITORY})
    assert caught.value.problem.en == "GitHub cannot be asked: GITHUB_TOKEN is not set."

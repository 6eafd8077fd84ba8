"""GitHub as a forge: a workflow run with its pull requests, and a branch with what landed on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.forges.forge import (
    CheckContent,
    MergedPullRequest,
    OpenPullRequest,
    PullRequestEvent,
    SuccessfulDeployment,
)
from launchpolicy.hosts.forges.github import (
    deployments,
    landings,
    problems,
    proposals,
    publishing,
    pull_request,
)
from launchpolicy.hosts.forges.github.accounts import ID, WEB_COMMITTERS
from launchpolicy.hosts.forges.github.addresses import web_addresses
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.hosts.forges.github.event import default_branch, read_events
from launchpolicy.vocabulary.text import Text

__all__ = [
    "ID",
    "TITLE",
    "WEB_COMMITTERS",
    "default_branch",
    "open_deployments",
    "open_landings",
    "open_proposals",
    "open_run",
    "web_addresses",
]

TITLE = "GitHub"

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class GithubRun:
    """A workflow run, as `PullRequestRun` describes it."""

    client: Client
    environ: Mapping[str, str]

    @property
    def server_time(self) -> datetime | None:
        return self.client.server_time

    def read_events(self) -> tuple[PullRequestEvent, ...]:
        return read_events(self.environ, self.client)

    def refspecs(self) -> tuple[str, ...]:
        """Return what git has to fetch so that every open pull request can be judged."""
        pulls = (number for event in self.read_events() for number in event.numbers)
        heads = (f"+refs/pull/{number}/head:refs/launchpolicy/pull/{number}" for number in pulls)
        return ("+refs/heads/*:refs/remotes/origin/*", *heads)

    def collect_approvals(self, event: PullRequestEvent) -> ApprovalRecord:
        return pull_request.collect(self.client, event)

    def start_check(self, event: PullRequestEvent) -> int:
        return publishing.start(self.client, event)

    def withdraw_checks(self, event: PullRequestEvent) -> None:
        publishing.withdraw(self.client, event)

    def finish_check(self, event: PullRequestEvent, check: int, content: CheckContent) -> None:
        publishing.finish(self.client, event, check, content)

    def write_comment(self, event: PullRequestEvent, number: int, markdown: str) -> Text | None:
        return publishing.comment(self.client, event, number, markdown)


@dataclass(frozen=True, slots=True)
class GithubLandings:
    """A branch of a repository, as `LandingSource` describes it."""

    client: Client
    repository: str
    branch: str

    def merged_pull_request(self, commit: str) -> MergedPullRequest | None:
        return landings.merged_pull_request(self.client, self.repository, self.branch, commit)

    def collect_approvals(self, merged: MergedPullRequest) -> ApprovalRecord:
        return pull_request.collect_merged(
            self.client, self.repository, merged.number, merged.merged_at
        )


def open_run(environ: Mapping[str, str]) -> GithubRun:
    """Connect with the token of a workflow run.

    Raises:
        UndecidedError: there is no token, or httpx is not installed.
    """
    return GithubRun(connect(environ), environ)


def open_landings(environ: Mapping[str, str]) -> GithubLandings:
    """Connect for the repository and branch of a workflow run.

    Raises:
        UndecidedError: the environment does not name them, or the token is missing.
    """
    repository, branch = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_REF_NAME", "")
    if not repository or not branch:
        raise problems.no_event("GITHUB_REPOSITORY or GITHUB_REF_NAME is not set")
    return GithubLandings(connect(environ), repository, branch)


@dataclass(frozen=True, slots=True)
class GithubDeployments:
    """A repository, as `DeploymentSource` describes it."""

    client: Client
    repository: str

    def successful_deployments(self, since: datetime | None) -> tuple[SuccessfulDeployment, ...]:
        return tuple(deployments.successful_deployments(self.client, self.repository, since))


def open_deployments(environ: Mapping[str, str]) -> GithubDeployments:
    """Connect for the repository of a workflow run.

    Raises:
        UndecidedError: the environment does not name it, or the token is missing.
    """
    return GithubDeployments(connect(environ), _repository(environ))


@dataclass(frozen=True, slots=True)
class GithubProposals:
    """A repository, as `ProposalSource` describes it."""

    client: Client
    repository: str

    def open_pull_requests(self, base_ref: str) -> tuple[OpenPullRequest, ...]:
        return tuple(proposals.open_pull_requests(self.client, self.repository, base_ref))


def open_proposals(environ: Mapping[str, str]) -> GithubProposals:
    """Connect for the repository that the environment names.

    Raises:
        UndecidedError: the environment does not name it, or the token is missing.
    """
    return GithubProposals(connect(environ), _repository(environ))


def _repository(environ: Mapping[str, str]) -> str:
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise problems.no_access("GITHUB_REPOSITORY is not set to OWNER/NAME")
    return repository

"""What the program asks of a forge, in plain data; each forge is a module that satisfies `Forge`.

A pull request is what one forge calls so and another a merge request; a run is one run of its
workflow or pipeline.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from launchpolicy.facts.approvals.records import Account, ApprovalRecord
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.place import Span
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class PullRequestEvent:
    """What one run is about: what is merged into what.

    `numbers` are the pull requests whose approvals count, `base_ref` the branch that they are
    merged into, `base` and `head` commits; `base` is "" where only the branch as it is now can be
    meant. `head` is where the check is shown. `pusher` is the account that pushed `head` on top of
    the commit `pushed_from`, if the event names them. `is_queued` says that a merge queue (or
    train) built `head` for this run.
    """

    repository: str
    numbers: tuple[int, ...]
    base_ref: str
    base: str
    head: str
    pusher: Account | None = None
    pushed_from: str = ""
    is_queued: bool = False


class AnnotationLevel(enum.Enum):
    """How grave an annotation is."""

    ERROR = enum.auto()
    WARNING = enum.auto()
    NOTE = enum.auto()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on lines of a file; `path` is relative to the top of the git repository."""

    path: str
    span: Span
    level: AnnotationLevel
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckContent:
    """What a check shows: a headline, a summary in Markdown, and annotations.

    A forge that cannot show something leaves it out; the summary has everything.
    """

    verdict: Verdict
    title: str
    summary: str
    annotations: Sequence[Annotation] = ()


@dataclass(frozen=True, slots=True)
class MergedPullRequest:
    """A pull request that brought a commit to a branch; `merged_by` is a login or ""."""

    number: int
    opened_at: datetime
    merged_at: datetime
    merged_by: str
    base_ref: str


@dataclass(frozen=True, slots=True)
class SuccessfulDeployment:
    """A deployment that succeeded: when, of which commit and reference, into which environment.

    `reference` is the tag or branch that was asked for, "" where it is the commit. `address` is
    where the forge shows the deployment.
    """

    at: datetime
    commit: str
    reference: str
    environment: str
    address: str


class OpenPullRequest(NamedTuple):
    """A pull request that is not merged: its head commit, and the branch that it comes from.

    `branch` is that of this repository, or of the fork, whose owner stands before a colon.
    """

    number: int
    head: str
    branch: str
    is_from_fork: bool


class PullRequestRun(Protocol):
    """One run about pull requests, connected to its forge.

    Every method raises UndecidedError where the forge does not answer, or not completely.
    """

    @property
    def server_time(self) -> datetime | None:
        """Return the time of the forge's last answer; None where no answer had one."""

    def read_events(self) -> tuple[PullRequestEvent, ...]:
        """Return what the run is about, an event for each check that it has to show."""

    def refspecs(self) -> tuple[str, ...]:
        """Return what git has to fetch so that everything the run is about can be judged."""

    def collect_approvals(self, event: PullRequestEvent) -> ApprovalRecord:
        """Return the reviews of the pull requests, and who opened, pushed and wrote them."""

    def start_check(self, event: PullRequestEvent) -> int:
        """Show on the head that the judgement is under way; return the id of the check."""

    def withdraw_checks(self, event: PullRequestEvent) -> None:
        """Take back the passes that earlier runs show on the head, as far as the forge lets us."""

    def finish_check(self, event: PullRequestEvent, check: int, content: CheckContent) -> None:
        """Conclude a check: success for a pass, failure for everything else."""

    def write_comment(self, event: PullRequestEvent, number: int, markdown: str) -> Text | None:
        """Keep the one comment of a pull request up to date.

        Return a sentence where that fails, which changes no verdict.
        """


class LandingSource(Protocol):
    """One branch whose merged pull requests a forge knows.

    Every method raises UndecidedError where the forge does not answer, or not completely.
    """

    def merged_pull_request(self, commit: str) -> MergedPullRequest | None:
        """Return the pull request that brought a commit; None for a commit that was pushed."""

    def collect_approvals(self, merged: MergedPullRequest) -> ApprovalRecord:
        """Return the reviews of a pull request until it was merged, and who made it."""


class DeploymentSource(Protocol):
    """One repository whose deployments a forge knows."""

    def successful_deployments(self, since: datetime | None) -> tuple[SuccessfulDeployment, ...]:
        """Return what was deployed since a time, or ever; newest first.

        Raises:
            UndecidedError: the forge does not answer, or not completely.
        """


class ProposalSource(Protocol):
    """One repository whose open pull requests a forge knows."""

    def open_pull_requests(self, base_ref: str) -> tuple[OpenPullRequest, ...]:
        """Return what is open against a branch.

        Raises:
            UndecidedError: the forge does not answer, or not completely.
        """


class WebAddresses(NamedTuple):
    """The pages of one repository, as patterns for `str.format`.

    `commit` holds `{commit}`, `proposal` the `{number}` of a pull request, `review` besides the
    `{review}`, `file` `{commit}` and a quoted `{path}`, `difference` `{commit}` and the `{digest}`
    (SHA-256, hexadecimal) of a path. What the software has no page for is "".
    """

    repository: str
    commit: str
    proposal: str
    review: str
    file: str
    difference: str


class Forge(Protocol):
    """A module for one forge, registered in `registry.py`.

    `ID` is its name in `approvals.source` of the configuration and in `accounts` of people.yaml,
    and the `host` of its accounts. `WEB_COMMITTERS` are the addresses with which the forge itself
    commits what people merge or edit on its pages.
    """

    ID: str
    TITLE: str
    WEB_COMMITTERS: frozenset[str]

    def open_run(self, environ: Mapping[str, str]) -> PullRequestRun:
        """Connect to the forge of the run whose environment this is.

        Raises:
            UndecidedError: the environment names no token, or a library is not installed.
        """

    def open_landings(self, environ: Mapping[str, str]) -> LandingSource:
        """Connect to the forge for the branch that the environment names.

        Raises:
            UndecidedError: the environment names no branch or token, or a library is missing.
        """

    def open_deployments(self, environ: Mapping[str, str]) -> DeploymentSource:
        """Connect to the forge for the repository that the environment names.

        Raises:
            UndecidedError: the environment names no repository or token, or a library is missing.
        """

    def open_proposals(self, environ: Mapping[str, str]) -> ProposalSource:
        """Connect to the forge for the repository that the environment names.

        Raises:
            UndecidedError: the environment names no repository or token, or a library is missing.
        """

    def default_branch(self, environ: Mapping[str, str]) -> str:
        """Return the default branch of the repository whose run this is; "" where that is unknown.

        Nothing is asked over the network.
        """

    def web_addresses(self, remote: str) -> WebAddresses | None:
        """Return the pages of the repository at the address of a remote; None if elsewhere."""

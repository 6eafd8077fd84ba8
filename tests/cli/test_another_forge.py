"""A forge that is not GitHub: the check needs nothing but the protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.records import (
    Account,
    ApprovalRecord,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.hosts.forges.forge import (
    CheckContent,
    DeploymentSource,
    Forge,
    MergedPullRequest,
    ProposalSource,
    PullRequestEvent,
)
from launchpolicy.operations.check.forge_check import ForgeCheckOptions, RunResult, judge
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.text import Text
from tests.cli.launch_repository import NOW, LaunchRepository

TIME = instant(NOW)
AUTHOR, WANG, ZHOU, ZHAO = (
    Account("github", str(number), "") for number in (583231, 583232, 583233, 583234)
)


@dataclass
class _Forgery:
    """A forge, a run of its pipeline and a branch, in memory; it knows no queue."""

    event: PullRequestEvent
    reviewers: tuple[Account, ...] = ()
    server_time: datetime | None = TIME
    checks: list[Verdict | None] = field(default_factory=list)
    content: CheckContent | None = None
    comments: dict[int, str] = field(default_factory=dict)
    ID: str = "village"
    TITLE: str = "Village"
    WEB_COMMITTERS: frozenset[str] = frozenset()

    def open_run(self, environ: Mapping[str, str]) -> _Forgery:
        del environ
        return self

    def open_landings(self, environ: Mapping[str, str]) -> _Landings:
        del environ
        return _Landings()

    def default_branch(self, environ: Mapping[str, str]) -> str:
        raise AssertionError(environ)

    def open_deployments(self, environ: Mapping[str, str]) -> DeploymentSource:
        raise AssertionError(environ)

    def open_proposals(self, environ: Mapping[str, str]) -> ProposalSource:
        raise AssertionError(environ)

    def web_addresses(self, remote: str) -> None:
        del remote

    def read_events(self) -> tuple[PullRequestEvent, ...]:
        return (self.event,)

    def refspecs(self) -> tuple[str, ...]:
        return ()

    def withdraw_checks(self, event: PullRequestEvent) -> None:
        raise AssertionError(event)

    def collect_approvals(self, event: PullRequestEvent) -> ApprovalRecord:
        reviews = tuple(
            SubmittedReview(account, ReviewState.APPROVED, TIME, "a note", commit=event.head)
            for account in self.reviewers
        )
        made_by = Participants(openers=(AUTHOR,), pushers=(AUTHOR,), authors=(AUTHOR,))
        return ApprovalRecord("github", reviews, made_by)

    def start_check(self, event: PullRequestEvent) -> int:
        assert event == self.event
        self.checks.append(None)
        return len(self.checks) - 1

    def finish_check(self, event: PullRequestEvent, check: int, content: CheckContent) -> None:
        assert event == self.event
        self.checks[check], self.content = content.verdict, content

    def write_comment(self, event: PullRequestEvent, number: int, markdown: str) -> Text | None:
        assert number in event.numbers
        self.comments[number] = markdown
        return None


class _Landings:
    def merged_pull_request(self, commit: str) -> MergedPullRequest | None:
        del commit
        return None

    def collect_approvals(self, merged: MergedPullRequest) -> ApprovalRecord:
        raise AssertionError(merged)


@pytest.fixture
def forge(proposal: LaunchRepository, monkeypatch: pytest.MonkeyPatch) -> _Forgery:
    for name, value in proposal.environment.items():
        monkeypatch.setenv(name, value)
    proposal.edit(("22:00:00+08:00, end", "22:05:00+08:00, end"))
    proposal.commit("ask")
    proposal.git("update-ref", "refs/remotes/origin/main", "main")
    head, base = proposal.git("rev-parse", "HEAD"), proposal.git("rev-parse", "main")
    return _Forgery(PullRequestEvent("acme/launches", (7,), "main", base, head))


def _judge(forge: Forge, folder: Path) -> RunResult:
    (judged,) = judge(forge, {}, ForgeCheckOptions(folder, lambda: TIME, lambda _: "en"))
    if isinstance(judged, LaunchpolicyError):
        raise judged
    return judged


def test_a_pull_request_without_approvals_is_blocked_there(
    forge: _Forgery, proposal: LaunchRepository
) -> None:
    assert _judge(forge, proposal.folder).report.verdict is Verdict.BLOCKED
    assert forge.checks == [Verdict.BLOCKED]
    assert forge.content is not None
    assert "wang.fang" in forge.content.summary == forge.comments[7]
    assert {each.path for each in forge.content.annotations} == {
        "launches/LR-2026-0042/request.yaml"
    }


def test_the_right_three_approvals_pass_there(forge: _Forgery, proposal: LaunchRepository) -> None:
    forge.reviewers = (WANG, ZHOU, ZHAO)
    assert _judge(forge, proposal.folder).report.verdict is Verdict.PASS
    assert forge.checks == [Verdict.PASS]


@pytest.mark.parametrize("server_time", [None, TIME - timedelta(minutes=6)])
def test_a_clock_that_cannot_be_believed_is_concluded_as_undecided_and_names_the_forge(
    server_time: datetime | None, forge: _Forgery, proposal: LaunchRepository
) -> None:
    forge.reviewers, forge.server_time = (WANG, ZHOU, ZHAO), server_time
    with pytest.raises(UndecidedError, match="Village's") as raised:
        _judge(forge, proposal.folder)
    assert "Village" in raised.value.problem.zh
    assert forge.checks == [Verdict.UNDECIDED]
    assert forge.comments == {}

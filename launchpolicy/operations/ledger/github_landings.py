"""What GitHub knows of commits that have landed: which pull request, when, and who approved it.

Asked once, when a landing is entered; what it says is kept beside the ledger, so that nobody has to
ask again (design section 10). Reviews are bound to what they are of by approval digests here: the
commits that were reviewed are gone after a squash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.engine.rule_changes import NAME as RULES_NAME
from launchpolicy.facts.approvals.record_file import record_data
from launchpolicy.facts.approvals.records import SubmittedReview
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import Client, connect, number_in, text_in
from launchpolicy.hosts.forges.github.pull_request import SOURCE, collect_merged
from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.remotes import remote_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.landing_record import FORMAT, LandingRecord, MemberRecord
from launchpolicy.ledger.records import PullRequestRecord
from launchpolicy.operations.approvals.versions import version_at, version_at_commit
from launchpolicy.operations.ledger.location import LedgerLocation
from launchpolicy.operations.ledger.push_records import records_of
from launchpolicy.operations.rule_files import rules_digest_at
from launchpolicy.operations.rules import load_rules
from launchpolicy.operations.submissions import requests_beside
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import Snapshot

Json = Any
_PROGRAM = "launchpolicy"


@dataclass(frozen=True, slots=True)
class _MergedPullRequest:
    """A pull request that brought a commit to the branch."""

    number: int
    merged_at: datetime
    proposal: PullRequestRecord


@dataclass(frozen=True, slots=True)
class GithubRecorder:
    """Asks GitHub about every new step; called once for each run that appends."""

    place: LedgerLocation
    client: Client
    repository: str
    branch: str

    def __call__(self, new: Sequence[HistoryStep]) -> Mapping[str, LandingRecord | MemberRecord]:
        """The records of the landings among the steps.

        Raises:
            UndecidedError: GitHub does not answer.
        """
        records: dict[str, LandingRecord | MemberRecord] = {}
        asked = ((self._merged(step.listed.commit), step) for step in new)
        for merged, group in groupby(asked, key=lambda pair: pair[0]):
            steps = [step for _, step in group]
            if merged is None:
                continue
            records |= records_of(self._record(merged, steps))
        return records

    def _merged(self, commit: str) -> _MergedPullRequest | None:
        """The pull request that brought a commit; None for one that someone pushed."""
        asked = f"the pull requests of commit {commit[:12]}"
        path = f"/repos/{self.repository}/commits/{commit}/pulls?per_page=100"
        found = self.client.rest(asked, "GET", path)
        if not isinstance(found, list):
            raise problems.odd_answer(asked, "it is no list")
        for pull in found:
            merged_at = pull.get("merged_at") if isinstance(pull, dict) else None
            if merged_at is None or text_in(asked, pull, "base", "ref") != self.branch:
                continue
            at, opened = _moment(asked, pull, "merged_at"), _moment(asked, pull, "created_at")
            number = number_in(asked, pull, "number")
            merged_by = pull.get("merged_by")
            by = text_in(asked, merged_by, "login") if merged_by is not None else ""
            proposal = PullRequestRecord(
                number=number, opened_at=utc(opened), merged_by=by, base_ref=self.branch
            )
            return _MergedPullRequest(number, at, proposal)
        return None

    def _record(self, merged: _MergedPullRequest, steps: Sequence[HistoryStep]) -> LandingRecord:
        collected = collect_merged(self.client, self.repository, merged.number, merged.merged_at)
        parent, last = steps[0].listed.parent, steps[-1].listed.commit
        reviews = tuple(self._bound(collected.reviews, parent, last))
        data: dict[str, Any] = record_data(replace(collected, reviews=reviews))["spec"]
        return LandingRecord(
            format=FORMAT,
            commit=last,
            members=tuple(step.listed.commit for step in steps[:-1]),
            merged_at=utc(merged.merged_at),
            proposal=merged.proposal,
            approvals=data,
            recorded_by=_PROGRAM,
        )

    def _bound(
        self, reviews: Sequence[SubmittedReview], parent: str | None, last: str
    ) -> Iterator[SubmittedReview]:
        """Each review once for every request that landed, bound to the digest of what it saw."""
        requests = list(self._landed(parent, last))
        remote = self.place.remote or remote_of(self.place.repository, "origin")
        for review in reviews:
            if review.commit:
                remote.bring(review.commit)
            for name, kind, path in requests:
                digest = review.digest
                if review.commit:
                    digest = version_at_commit(self._snapshot, kind, path, review.commit).digest
                yield replace(review, commit="", request=name, digest=digest)
            digest = rules_digest_at(self._snapshot, review.commit) if review.commit else ""
            yield replace(review, commit="", request=RULES_NAME, digest=digest)

    def _landed(self, parent: str | None, last: str) -> Iterator[tuple[str, Kind, str]]:
        """Name, kind and path of every request that differs, or whose folder does."""
        if parent is None:
            return
        before, after = self._snapshot(parent), self._snapshot(last)
        try:
            rules: PackSet = load_rules(before)
        except LaunchpolicyError:
            return  # nothing judges it, so no approval can count
        trees = self.place.repository.trees
        differs = trees.compare(trees.of_commit(parent), trees.of_commit(last))
        prefix = self.place.prefix
        paths = {path.decode("utf-8", "replace").removeprefix(prefix) for path in differs}
        for entry_path in sorted(_requests(paths, rules, after)):
            kind = rules.kind_of(entry_path)
            if kind is not None:
                version = version_at(after, kind, entry_path)
                if version.name:
                    yield version.name, kind, entry_path

    def _snapshot(self, commit: str) -> Snapshot:
        return below(CommitSnapshot(self.place.repository, commit), self.place.prefix)


def github_recorder(place: LedgerLocation, environ: Mapping[str, str]) -> GithubRecorder | None:
    """Return the recorder that asks GitHub, from a workflow's environment; None for other sources.

    Raises:
        UndecidedError: the environment does not say which repository and branch.
    """
    if place.configuration.approvals != SOURCE:
        return None
    repository, branch = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_REF_NAME", "")
    if not repository or not branch:
        raise problems.no_event("GITHUB_REPOSITORY or GITHUB_REF_NAME is not set")
    return GithubRecorder(place, connect(environ), repository, branch)


def _requests(paths: set[str], rules: PackSet, after: Snapshot) -> set[str]:
    """The requests at these paths, and those in whose folders one of them is."""
    found = {path for path in paths if rules.kind_of(path) is not None}
    beside = {request for path in paths for request in requests_beside(path, rules)}
    return found | {request for request in beside if after.entry(request) is not None}


def _moment(asked: str, pull: Json, key: str) -> datetime:
    found = parse_instant(text_in(asked, pull, key))
    if found is None:
        raise problems.odd_answer(asked, f"`{key}` is no time")
    return found.astimezone(UTC)

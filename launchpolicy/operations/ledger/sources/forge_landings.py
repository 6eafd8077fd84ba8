"""What a forge knows of commits that have landed: which pull request, when, and who approved it.

Asked once, when a landing is recorded; the answer is kept beside the ledger, so that nobody has to
ask again (design section 10). Reviews are bound to what they are of by approval digests here: the
commits that were reviewed are gone after a squash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from launchpolicy.engine.rule_changes import NAME as RULES_NAME
from launchpolicy.facts.approvals.record_file import record_data
from launchpolicy.facts.approvals.records import Participants, SubmittedReview
from launchpolicy.hosts.forges.forge import LandingSource, MergedPullRequest
from launchpolicy.hosts.git.commits import commits_of
from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.remotes import remote_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.trees import changes
from launchpolicy.hosts.subfolder import below, changes_seen_from
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.landing_record import FORMAT, LandingRecord, MemberRecord
from launchpolicy.ledger.records import PullRequestRecord
from launchpolicy.operations.approvals.participants import ChangeMakers, without_commits
from launchpolicy.operations.approvals.versions import names_at, version_at_commit
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.sources.push_records import records_of
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.approval_documents import requests_beside
from launchpolicy.operations.submissions.rule_files import further_rules, rules_digest_at
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import Snapshot

_PROGRAM = "launchpolicy"


@dataclass(frozen=True, slots=True)
class ForgeRecorder:
    """Asks a forge about every new step; called once for each run that appends."""

    place: LedgerLocation
    source: LandingSource

    def __call__(self, new: Sequence[HistoryStep]) -> Mapping[str, LandingRecord | MemberRecord]:
        """Return the records of the landings among the steps.

        Raises:
            UndecidedError: the forge does not answer.
        """
        records: dict[str, LandingRecord | MemberRecord] = {}
        asked = ((self.source.merged_pull_request(step.listed.commit), step) for step in new)
        for merged, group in groupby(asked, key=lambda pair: pair[0]):
            steps = [step for _, step in group]
            if merged is not None:
                records |= records_of(self._record(merged, steps))
        return records

    def _record(self, merged: MergedPullRequest, steps: Sequence[HistoryStep]) -> LandingRecord:
        collected = self.source.collect_approvals(merged)
        parent, last = steps[0].listed.parent, steps[-1].listed.commit
        reviews = tuple(self._with_digests(collected.reviews, parent, last))
        made_by = self._without_mere_merges(collected.participants, parent, last)
        kept = replace(collected, reviews=reviews, participants=made_by)
        data: dict[str, Any] = record_data(kept)["spec"]
        return LandingRecord(
            format=FORMAT,
            commit=last,
            members=tuple(step.listed.commit for step in steps[:-1]),
            merged_at=utc(merged.merged_at),
            proposal=PullRequestRecord(
                number=merged.number,
                opened_at=utc(merged.opened_at),
                merged_by=merged.merged_by,
                base_ref=merged.base_ref,
            ),
            approvals=data,
            recorded_by=_PROGRAM,
        )

    def _with_digests(
        self, reviews: Sequence[SubmittedReview], parent: str | None, last: str
    ) -> Iterator[SubmittedReview]:
        """Yield each review for every request that landed, with the digest of what it saw."""
        requests = list(self._landed_requests(parent, last))
        further = tuple(self._further_rules(parent, last))
        remote = self.place.remote or remote_of(self.place.repository, "origin")
        for review in reviews:
            if review.commit:
                remote.bring(review.commit)
            for name, kind, path in requests:
                digest = review.digest
                if review.commit:
                    at = (path, review.commit, name)
                    digest = version_at_commit(self._snapshot, kind, *at).digest
                yield replace(review, commit="", request=name, digest=digest)
            digest = ""
            if review.commit:
                digest = rules_digest_at(self._snapshot, review.commit, further)
            yield replace(review, commit="", request=RULES_NAME, digest=digest)

    def _without_mere_merges(
        self, made_by: Participants, parent: str | None, last: str
    ) -> Participants:
        """Return who made what landed, without who only merged the base into it meanwhile."""
        repository, prefix = self.place.repository, self.place.prefix
        remote = self.place.remote or remote_of(repository, "origin")
        oids = [makers.commit for makers in reversed(made_by.commits)]
        if not all(remote.bring(oid) for oid in oids):
            return made_by
        makers = ChangeMakers(repository, commits_of(repository, oids))
        paths = [path for _, _, path in self._landed_requests(parent, last)] or [""]
        folders = (f"{prefix}{path.rpartition('/')[0]}".rstrip("/") for path in paths)
        merges = [makers.mere_merges(folder) for folder in folders]
        return without_commits(made_by, frozenset.intersection(*merges))

    def _landed_requests(self, parent: str | None, last: str) -> Iterator[tuple[str, Kind, str]]:
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
                for name in names_at(after, kind, entry_path):
                    yield name, kind, entry_path

    def _further_rules(self, parent: str | None, last: str) -> Iterator[str]:
        """Yield what landed and is a rule besides those of the configuration before."""
        if parent is None:
            return
        before, after = self._snapshot(parent), self._snapshot(last)
        try:
            rules = load_rules(before)
        except LaunchpolicyError:
            return  # nothing judges it, so no approval can count
        trees = self.place.repository.trees
        differences = trees.compare(trees.of_commit(parent), trees.of_commit(last))
        landed = changes_seen_from(changes(differences), self.place.prefix)
        yield from further_rules(landed, rules, before, after)

    def _snapshot(self, commit: str) -> Snapshot:
        return below(CommitSnapshot(self.place.repository, commit), self.place.prefix)


def _requests(paths: set[str], rules: PackSet, after: Snapshot) -> set[str]:
    """Return the requests at these paths, and those in whose folders one of them is."""
    requests = {path for path in paths if rules.kind_of(path) is not None}
    beside = {request for path in paths for request in requests_beside(path, rules)}
    return requests | {request for request in beside if after.entry(request) is not None}

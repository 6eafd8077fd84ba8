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
from launchpolicy.ledger.landing import utc
from launchpolicy.ledger.landing_record import FORMAT, LandingRecord, MemberRecord
from launchpolicy.ledger.records import PullRequestRecord
from launchpolicy.operations.approvals.participants import ChangeMakers, without_commits
from launchpolicy.operations.approvals.reviewed_changes import bound_review
from launchpolicy.operations.approvals.versions import version_at_commit
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.sources.merged_change import MergedChange
from launchpolicy.operations.ledger.sources.push_records import records_of
from launchpolicy.operations.submissions.rule_files import rules_digest_at

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
        change = MergedChange(self.place, parent, last)
        reviews = tuple(self._with_digests(collected.reviews, change))
        made_by = self._without_mere_merges(collected.participants, change)
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
        self, reviews: Sequence[SubmittedReview], change: MergedChange
    ) -> Iterator[SubmittedReview]:
        """Yield each review for every request that landed, with the digest of what it saw.

        An approval of what its commit did not propose is void.
        """
        after = change.snapshot(change.last)
        remote = self.place.remote or remote_of(self.place.repository, "origin")
        for review in reviews:
            if review.commit:
                remote.bring(review.commit)
            for name, document in change.documents:
                digest = review.digest
                if review.commit:
                    at = (document.path, review.commit, name)
                    digest = version_at_commit(change.snapshot, document.kind, *at).digest
                bound = bound_review(review, digest, document, after)
                yield replace(bound, commit="", request=name, digest=digest)
            digest = ""
            if review.commit:
                digest = rules_digest_at(change.snapshot, review.commit, change.further_rules)
            rules = change.rules_document
            bound = review if rules is None else bound_review(review, digest, rules, after)
            yield replace(bound, commit="", request=RULES_NAME, digest=digest)

    def _without_mere_merges(self, made_by: Participants, change: MergedChange) -> Participants:
        """Return who made what landed, without who only merged the base into it meanwhile."""
        repository, prefix = self.place.repository, self.place.prefix
        remote = self.place.remote or remote_of(repository, "origin")
        oids = [makers.commit for makers in reversed(made_by.commits)]
        if not all(remote.bring(oid) for oid in oids):
            return made_by
        makers = ChangeMakers(repository, commits_of(repository, oids))
        paths = [path for _, _, path in change.requests] or [""]
        folders = (f"{prefix}{path.rpartition('/')[0]}".rstrip("/") for path in paths)
        merges = [makers.mere_merges(folder) for folder in folders]
        return without_commits(made_by, frozenset.intersection(*merges))

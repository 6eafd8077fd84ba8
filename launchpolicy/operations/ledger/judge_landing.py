"""One landing before the engine: its requests judged as at the moment when it landed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.engine.request import judge, not_judged
from launchpolicy.engine.submission import RequestVersion, Submission, expect_approvals_later
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.git.commits import Commit
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.landing import Landing
from launchpolicy.operations.approvals.electorate import Electorate, add_approvals
from launchpolicy.operations.approvals.participants import participants_of
from launchpolicy.operations.facts import Neighbours, Reused, add_facts
from launchpolicy.operations.ledger.rules_over_time import StepRules
from launchpolicy.vocabulary.finding import Judgement, Outcome, Verdict
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot


class JudgedRequest(NamedTuple):
    """A request of a landing with its judgement."""

    submission: Submission
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class LandingJudge:
    """What a landing is judged with.

    `new` is the branch after it; `snapshot_of` gives that of one of its commits. `neighbours` are
    None where the other requests are to be listed.
    """

    rules: StepRules
    landing: Landing
    new: Snapshot
    commits: Sequence[Commit]
    electorate: Electorate
    snapshot_of: Callable[[str], Snapshot]
    neighbours: Neighbours | None = None

    def judged(self, found: Sequence[Submission]) -> list[JudgedRequest]:
        """Every submission with its judgement; rules that cannot be used give none a verdict.

        Raises:
            UndecidedError: git cannot read something.
        """
        rules = self.rules
        if rules.problem is not None:
            why = (rules.problem,)
            return [JudgedRequest(each, not_judged(each, Verdict.UNDECIDED, why)) for each in found]
        whole = self._with_facts(found, self.new)
        if rules.pack_set.asks_for_approvals:
            whole = add_approvals(whole, self.electorate)
        now = self.landing.at
        return [JudgedRequest(each, judge(each, rules.pack_set, now)) for each in whole]

    def fixed(self, submission: Submission) -> tuple[str, ...]:
        """The policies that an earlier version of the proposal did not fulfil, in their order."""
        failed: dict[str, None] = {}
        for version, snapshot in self._earlier(submission):
            for each in expect_approvals_later(self._with_facts([version], snapshot)):
                judgement = judge(each, self.rules.pack_set, self.landing.at)
                failed |= dict.fromkeys(finding.rule for finding in judgement.refusals)
                failed |= dict.fromkeys(
                    result.policy
                    for result in judgement.results
                    if result.outcome is Outcome.FAILED and result.blocks
                )
        return tuple(failed)

    def _earlier(self, submission: Submission) -> Iterator[tuple[Submission, Snapshot]]:
        """The versions that were proposed before what landed, oldest first, each once."""
        path = submission.path
        last = self.new.entry(path)
        seen = {last.blob if last is not None else ""}
        for commit in reversed(self.commits if self.rules.problem is None else ()):
            snapshot = self.snapshot_of(commit.oid)
            entry = snapshot.entry(path)
            if entry is None or entry.mode not in REGULAR_MODES or entry.blob in seen:
                continue
            seen.add(entry.blob)
            source = next(iter(snapshot.read([entry], MAX_BYTES))).data
            old = submission.old
            if source is not None and (old is None or source != old.source):
                version = RequestVersion(path, source)
                yield Submission(submission.kind, path, version, old), snapshot

    def _with_facts(self, found: Sequence[Submission], snapshot: Snapshot) -> list[Submission]:
        return add_facts(
            found,
            self.rules.pack_set,
            (self.rules.trusted, snapshot),
            self.landing.at,
            Reused(self.rules.surroundings, self.neighbours),
        )


def electorate_of(
    repository: Repository,
    rules: StepRules,
    new: Snapshot,
    landing: Landing,
    commits: Sequence[Commit],
    collected: ApprovalRecord | None,
) -> Electorate:
    """Who could approve a landing: by what was recorded, or by the signed files and commits.

    A record counts only where the rules ask for the source that it is from.
    """
    source = rules.pack_set.configuration.approvals
    return Electorate(
        rules=rules.pack_set,
        trusted=rules.trusted,
        proposed=new,
        now=landing.at,
        collected=collected if collected is not None and collected.source == source else None,
        participants=(
            collected.participants
            if collected is not None
            else participants_of(repository, commits)
        ),
    )

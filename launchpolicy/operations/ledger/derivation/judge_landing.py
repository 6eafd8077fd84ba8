"""Judge the requests of one landing as at the moment when it landed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from launchpolicy.engine.remembered_results import RememberedResults
from launchpolicy.engine.request import judge, not_judged
from launchpolicy.engine.submission import (
    Submission,
    expect_approvals_later,
    without_lines,
)
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.git.commits import Commit
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.landing import Landing
from launchpolicy.operations.approvals.electorate import Electorate, add_approvals
from launchpolicy.operations.approvals.participants import participants_of
from launchpolicy.operations.ledger.derivation.landed_documents import version_then
from launchpolicy.operations.ledger.derivation.rules_over_time import StepRules
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.fact_inputs import FactInputs, Neighbours
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.operations.submissions.facts_read import counts_approvals, needs_approvals
from launchpolicy.operations.submissions.neighbours import RequestTexts, SnapshotNeighbours
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.requests.configuration import SIGNED
from launchpolicy.vocabulary.finding import Judgement, Outcome, Verdict
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one

_DEFECTS: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError),
    ValueError,
)
"""What only a programming error raises; neither git, the disk nor memory, nor errors of rules."""


class JudgedRequest(NamedTuple):
    """A request of a landing with its judgement."""

    submission: Submission
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class LandingJudge:
    """Everything that a landing is judged with.

    `new` is the branch after it; `snapshot_of` gives that of one of its commits. `neighbours` are
    None where the other requests are to be listed. `base` is the branch before it.
    """

    rules: StepRules
    landing: Landing
    new: Snapshot
    commits: Sequence[Commit]
    electorate: Electorate
    snapshot_of: Callable[[str], Snapshot]
    neighbours: Neighbours | None = None
    base: ComparedBase | None = None
    results: RememberedResults = field(default_factory=RememberedResults)
    texts: RequestTexts = field(default_factory=RequestTexts)

    def judge_all(
        self, submissions: Sequence[Submission], *, with_lines: bool = False
    ) -> list[JudgedRequest]:
        """Return every submission with its judgement; unusable rules give no verdict.

        Only `with_lines` do findings have lines and columns: an entry holds none.

        Raises:
            UndecidedError: git cannot read something.
        """
        rules = self.rules
        if rules.problem is not None:
            why = (rules.problem,)
            return [
                JudgedRequest(submission, not_judged(submission, Verdict.UNDECIDED, why))
                for submission in submissions
            ]
        whole = self._with_facts(submissions, self.new, self._neighbours(submissions))
        if needs_approvals(rules.pack_set):
            whole = add_approvals(whole, self.electorate)
        return [
            JudgedRequest(
                submission,
                judge(submission, rules.pack_set, self.landing.at)
                if with_lines
                else self._judge_without_lines(submission),
            )
            for submission in whole
        ]

    def fixed_policies(self, submission: Submission) -> tuple[str, ...]:
        """Return the policies that an earlier version did not fulfil, in order.

        A version that a defect of ours keeps from being judged says nothing.

        Raises:
            UndecidedError: git cannot read something.
        """
        policies: dict[str, None] = {}
        for version, snapshot in self._earlier(submission):
            try:
                policies |= dict.fromkeys(self._not_fulfilled(version, snapshot))
            except _DEFECTS:
                # Anybody may push such a version to a branch: it must not stop the ledger of all.
                continue
        return tuple(policies)

    def _not_fulfilled(self, version: Submission, snapshot: Snapshot) -> list[str]:
        """Return the policies and refusals that stand against an earlier version."""
        # Beside the launches that it landed with, however much of history is walked: the branch
        # on which it was proposed may have lacked some of them.
        neighbours = self._neighbours([version])
        policies: list[str] = []
        for earlier in expect_approvals_later(self._with_facts([version], snapshot, neighbours)):
            judgement = self._judge_without_lines(earlier)
            policies += [finding.rule for finding in judgement.refusals]
            policies += [
                result.policy
                for result in judgement.results
                if result.outcome is Outcome.FAILED and result.blocks
            ]
        return policies

    def _neighbours(self, submissions: Sequence[Submission]) -> Neighbours:
        """Return what knows the requests beside those of the landing, or of an earlier version."""
        pack_set = self.rules.pack_set
        return self.neighbours or SnapshotNeighbours(self.new, pack_set, submissions, self.texts)

    def _judge_without_lines(self, submission: Submission) -> Judgement:
        rules = self.rules.pack_set
        evaluate = self.results.of_rules(rules).evaluation
        return judge(without_lines(submission), rules, self.landing.at, evaluate)

    def _earlier(self, submission: Submission) -> Iterator[tuple[Submission, Snapshot]]:
        """Yield the versions proposed before what landed, oldest first, each once."""
        path = submission.path
        kind = self.rules.pack_set.kinds[submission.kind]
        last = self.new.entry(path)
        blobs = {last.blob if last is not None else ""}
        for commit in reversed(self.commits if self.rules.problem is None else ()):
            snapshot = self.snapshot_of(commit.oid)
            entry = snapshot.entry(path)
            if entry is None or entry.mode not in REGULAR_MODES or entry.blob in blobs:
                continue
            blobs.add(entry.blob)
            source = read_one(snapshot, entry, kind.reading.max_bytes).data
            old = submission.old
            version = None
            if source is not None:
                version = version_then(kind, path, source, submission.document)
            if version is not None and (old is None or version.source != old.source):
                document = submission.document
                yield Submission(kind.name, path, version, old, document=document), snapshot

    def _with_facts(
        self,
        submissions: Sequence[Submission],
        snapshot: Snapshot,
        neighbours: Neighbours,
    ) -> list[Submission]:
        return add_facts(
            submissions,
            self.rules.pack_set,
            (self.rules.trusted, snapshot),
            self.landing.at,
            FactInputs(self.rules.people_and_calendar, neighbours, self.base),
        )


def electorate_of(
    repository: Repository,
    rules: StepRules,
    new: Snapshot,
    landing: Landing,
    commits: Sequence[Commit],
    collected: ApprovalRecord | None,
) -> Electorate:
    """Return who could approve a landing: by the record, or by signed files and commits.

    A record counts only where the rules ask for the source that it is from, and never where they
    ask for signatures: nobody could confirm it, nor who it says made the change.
    """
    source = rules.pack_set.configuration.approvals
    is_asked = collected is not None and collected.source == source != SIGNED
    is_believed = source != SIGNED or rules.pack_set.edition == FIRST_EDITION
    is_first = rules.pack_set.edition == FIRST_EDITION
    return Electorate(
        rules=rules.pack_set,
        trusted=rules.trusted,
        proposed=new,
        now=landing.at,
        collected=collected if is_asked else None,
        participants=(
            replace(
                collected.participants, is_of_earlier_version=not collected.participants.commits
            )
            if collected is not None and is_believed
            else participants_of(repository, commits)
        ),
        counts=lambda submission: is_first or counts_approvals(rules.pack_set, submission),
    )

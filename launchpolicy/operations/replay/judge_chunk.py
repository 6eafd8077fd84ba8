"""Judge a chunk of landings by two sets of rules: what one process of a replay does.

What goes in and out is plain data. A landing that cannot be judged is among the answers with the
reason, and never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy import __version__
from launchpolicy.engine.analysis.decision_changes import (
    ReplayedLanding,
    compare_judgements,
    differs,
)
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.trees import changes as changes_of
from launchpolicy.hosts.subfolder import below, changes_below
from launchpolicy.ledger.comparison import Key
from launchpolicy.ledger.limits import shorten
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime, read_packs
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.derivation.derive_entries import Deriver
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps
from launchpolicy.operations.ledger.derivation.judge_landing import JudgedRequest
from launchpolicy.operations.ledger.derivation.requests_over_time import RequestsOverTime
from launchpolicy.operations.ledger.derivation.rules_over_time import RulesOverTime, StepRules
from launchpolicy.operations.ledger.history.landings import last_rules
from launchpolicy.operations.replay import problems
from launchpolicy.operations.replay.rules_instead import RulesInstead, RulesOrigin, same_rules
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.facts_read import facts_read
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import LedgerSettings, configuration_of
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.finding import Judgement
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text


class PastLanding(NamedTuple):
    """A landing to judge again.

    `packs` is the digest of the shipped packs of its time, `at` when it landed, and `earliest` when
    the landing before it did, None for the first.
    """

    group: LandingSteps
    packs: str
    at: datetime
    earliest: datetime | None

    @property
    def commit(self) -> str:
        """Return the commit that the branch was at after it."""
        return self.group.last.listed.commit


class ReplayInputs(NamedTuple):
    """What every process needs: the launch repository, its ledger, and both sets of rules.

    `root` is the folder of the launch repository, `prefix` its place in the git repository, `head`
    the commit that the branch is at, `ledger` that of the ledger ("" for none), `end` that of its
    last entry.
    """

    root: str
    prefix: str
    head: str
    ledger: str
    end: str
    before: RulesOrigin
    after: RulesOrigin
    program: str = __version__


class ChunkAnswer(NamedTuple):
    """The landings of a chunk, or why the replay must stop: an error as problem and remedy."""

    landings: tuple[ReplayedLanding, ...]
    problem: tuple[Text, Text] | None = None


def judge_chunk(inputs: ReplayInputs, chunk: tuple[PastLanding, ...]) -> ChunkAnswer:
    """Return the landings of a chunk, which follow one another, each judged twice."""
    if inputs.program != __version__:
        return ChunkAnswer((), problems.other_program(inputs.program, __version__))
    root = Path(inputs.root)
    try:
        with open_repository(root) as repository:
            replayer = _Replayer(_place(repository, inputs), inputs)
            return ChunkAnswer(tuple(replayer.landings(chunk)))
    except LaunchpolicyError as error:  # an exception may not survive the way to the other process
        return ChunkAnswer((), (error.problem, error.remedy))


def _place(repository: Repository, inputs: ReplayInputs) -> LedgerLocation:
    """Return where landings are judged; what the branch says of the ledger has been read before."""
    return LedgerLocation(
        repository=repository,
        prefix=inputs.prefix,
        head=inputs.head,
        settings=LedgerSettings(),
        configuration=configuration_of({"processes": {}}),
        remote=None,
        heads_remote=None,
        verifiers=(),
    )


class _Side:
    """One set of rules, and the requests that it reads, followed from landing to landing."""

    def __init__(self, pack_set: PackSet | None) -> None:
        self._instead = RulesInstead(pack_set)
        self._requests = RequestsOverTime()

    def forget(self) -> None:
        """Forget the requests, which are listed again at the next landing."""
        self._requests = RequestsOverTime()

    def judge(
        self,
        deriver: Deriver,
        group: LandingSteps,
        then: StepRules,
        changes: Sequence[FileChange],
    ) -> list[Judgement]:
        """Return the judgements of a landing; `changes` are those since the one before it."""
        rules = self._instead.at(then)
        neighbours = None
        if _asks_for_launches(rules.pack_set):
            _, new = deriver.sides(group)
            self._requests.move(new, changes, rules.pack_set)
            neighbours = self._requests
        else:  # what changes meanwhile is not followed
            self.forget()
        judge = deriver.landing_judge(group, rules, neighbours)
        judged_requests = judge.judge_all(deriver.submissions_of(group, rules), with_lines=True)
        return [_at_its_document(item) for item in judged_requests]


def _at_its_document(item: JudgedRequest) -> Judgement:
    """Return a judgement whose path tells the documents of one file apart, as in the ledger."""
    submission, judgement = item
    if not submission.document:
        return judgement
    key = Key(submission.kind, judgement.path, shorten(submission.document))
    return judgement._replace(path=key.place)


class _Replayer:
    """Judges landings that follow one another; what has not changed is not read again."""

    def __init__(self, place: LedgerLocation, inputs: ReplayInputs) -> None:
        self._place = place
        self._inputs = inputs
        self._files = LedgerFiles(place.repository, inputs.ledger or None)
        self._packs = shipped_files.current()
        self._rules = self._fresh_rules("")
        self._deriver = Deriver(place.repository, place.prefix, self._rules, is_adopted=True)
        self._last: PastLanding | None = None
        where = (inputs.root, place.prefix)
        self._before = _Side(same_rules(*where, inputs.before))
        self._after = _Side(same_rules(*where, inputs.after))

    def landings(self, chunk: Sequence[PastLanding]) -> Iterator[ReplayedLanding]:
        """Yield each landing of a chunk."""
        for landing in chunk:
            try:
                yield self._landing(landing)
            except LaunchpolicyError as error:
                problem = error.problem, error.remedy
                yield ReplayedLanding(landing.commit, landing.at, 0, problem=problem)
                self._forget()

    def _forget(self) -> None:
        """Forget what was kept, which may be of half a landing."""
        self._last = None
        self._rules.forget()
        self._before.forget()
        self._after.forget()

    def _landing(self, landing: PastLanding) -> ReplayedLanding:
        group = landing.group
        rules = self._rules_of(landing)
        self._deriver.rules, self._deriver.latest = self._rules, landing.earliest
        changes = self._changes_since_last(landing.commit)
        before = self._before.judge(self._deriver, group, rules, changes)
        after = self._after.judge(self._deriver, group, rules, changes)
        self._last = landing
        decisions = tuple(compare_judgements(before, after))
        return ReplayedLanding(
            landing.commit,
            landing.at,
            len(decisions),
            tuple(filter(differs, decisions)),
            {decision.path: decision.before for decision in decisions},
        )

    def _rules_of(self, landing: PastLanding) -> StepRules:
        """Return the rules that a landing landed on.

        Rules that changed since the landing before are read as if the walk began here: what landed
        between the two may have changed them, too, and decides which were the last usable ones.
        """
        parent = landing.group.parent
        if parent is None:
            raise problems.no_rules(landing.commit)
        packs = self._packs
        if landing.packs != packs.digest:
            current = shipped_files.current()
            is_current = landing.packs == current.digest
            packs = current if is_current else read_packs(self._files, landing.packs)
        if self._last is not None and self._last.group.parent is not None:
            self._rules.go_past(self._changes(self._last.group.parent, parent))
        if packs is not self._packs or not self._rules.is_current:
            self._packs = packs
            self._rules = self._fresh_rules(parent)
        rules = self._rules.at(self._snapshot(parent))
        if rules is None:
            raise problems.no_rules(landing.commit)
        return rules

    def _fresh_rules(self, parent: str) -> RulesOverTime:
        packs = self._packs

        def load(snapshot: Snapshot) -> PackSet:
            return load_rules(snapshot, packs)

        def rules_before() -> StepRules | None:
            timeline = PacksOverTime(self._files, self._inputs.end or None)
            records = LedgerState(self._files, None, None).files.record
            return last_rules(self._place, parent, records, timeline)

        return RulesOverTime(load, None, rules_before)

    def _changes_since_last(self, commit: str) -> tuple[FileChange, ...]:
        return self._changes(self._last.commit, commit) if self._last is not None else ()

    def _changes(self, old: str, new: str) -> tuple[FileChange, ...]:
        """Return the files that differ between two commits of the branch."""
        repository: Repository = self._place.repository
        trees = repository.trees
        differences = trees.compare(trees.of_commit(old), trees.of_commit(new))
        return tuple(changes_below(changes_of(differences), self._place.prefix))

    def _snapshot(self, commit: str) -> Snapshot:
        return below(CommitSnapshot(self._place.repository, commit), self._place.prefix)


def _asks_for_launches(rules: PackSet) -> bool:
    return any("launches" in facts_read(rules, kind) for kind in rules.kinds)

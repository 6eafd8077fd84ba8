"""Derive entries from history: every landing judged by the rules and at the time it landed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.engine.remembered_results import RememberedResults
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.records import Participants
from launchpolicy.hosts.git.commits import Commit
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below, changes_below, changes_seen_from, outside
from launchpolicy.ledger.comparison import Key
from launchpolicy.ledger.entries_of_landing import request_entry
from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.operations.approvals.approval_changes import (
    ApprovalChanges,
    AskedChanges,
    changes_until,
)
from launchpolicy.operations.approvals.participants import ChangeMakers
from launchpolicy.operations.approvals.signing_history import BranchRoot, SigningHistory
from launchpolicy.operations.approvals.stopping_decisions import without_stopping_decisions
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps
from launchpolicy.operations.ledger.derivation.judge_landing import LandingJudge, electorate_of
from launchpolicy.operations.ledger.derivation.landed_documents import keys_of_documents
from launchpolicy.operations.ledger.derivation.landed_requests import landed_requests
from launchpolicy.operations.ledger.derivation.landed_rule_changes import (
    adoption,
    events_of_rules,
    rules_entries,
)
from launchpolicy.operations.ledger.derivation.landing_facts import (
    collected_at,
    commits_landed,
    landing_of,
)
from launchpolicy.operations.ledger.derivation.landing_makers import with_makers
from launchpolicy.operations.ledger.derivation.requests_over_time import RequestsOverTime
from launchpolicy.operations.ledger.derivation.rules_over_time import RulesOverTime, StepRules
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.fact_inputs import Neighbours
from launchpolicy.operations.submissions.neighbours import RequestTexts
from launchpolicy.operations.submissions.read import requests_among, submissions
from launchpolicy.operations.submissions.strays import stray_submissions
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot

MANY_QUESTIONS = 8
"""After so many, asking git for the approvals before each landing has cost more than walking over
all that was before."""


@dataclass(slots=True)
class Deriver:
    """Turns landings into entries, one after the other, in the order in which they landed.

    `prefix` is the launch repository's place in the git repository. With `follows` the requests
    are kept in memory instead of being listed at every landing: that is for a whole history, which
    starts with none. Any other walk follows them once listing has cost more. `is_adopted` says
    whether there have been rules before. `latest` is the time of the last landing that has entries:
    none lands before it (threat L4).
    """

    repository: Repository
    prefix: str
    rules: RulesOverTime
    follows: bool = False
    is_adopted: bool = False
    latest: datetime | None = None
    _requests: RequestsOverTime = field(default_factory=RequestsOverTime)
    _root: BranchRoot = field(default_factory=BranchRoot)
    _walked: ApprovalChanges = field(default_factory=ApprovalChanges)
    _asked: AskedChanges = field(default_factory=AskedChanges)
    _results: RememberedResults = field(default_factory=RememberedResults)
    _texts: RequestTexts = field(default_factory=RequestTexts)

    def entries(self, group: LandingSteps) -> Iterator[Entry]:
        """Yield the entries of one landing; ask for the next landing when these are taken.

        Raises:
            UndecidedError: git cannot read something.
        """
        for entry in self._entries(group):
            self.latest = instant(entry.at)
            yield entry

    def _entries(self, group: LandingSteps) -> Iterator[Entry]:
        changes = changes_below(group.changes, self.prefix)
        old, new = self.sides(group)
        rules = self.rules.at(old)
        if rules is not None and group.changes:
            self.is_adopted = True
            yield from self._judged_entries(group, changes, rules, (old, new))
        elif changes and not self.is_adopted:
            yield from self._adoption_entry(group, changes, new)
        self.rules.go_past(changes)
        self._walked.go_past(group.steps)

    def go_past(self, group: LandingSteps) -> None:
        """Go past one landing without its entries: only the rules are kept current."""
        self.rules.at(self.sides(group)[0])
        self.rules.go_past(changes_below(group.changes, self.prefix))

    def may_be_request(self, path: str) -> bool:
        """Return whether a file, by its path from the top level, is a request as of now."""
        rules = self.rules.latest
        if rules is None or not path.startswith(self.prefix):
            return False
        return rules.pack_set.kind_of(path[len(self.prefix) :]) is not None

    def approvals_at(self, parent: str | None) -> str:
        """Return the source of approvals that the rules of a step ask for, "" before any."""
        rules = self.rules.at(self._snapshot(parent)) if parent is not None else None
        return rules.pack_set.configuration.approvals if rules is not None else ""

    def outline(self, group: LandingSteps) -> frozenset[Key]:
        """Return the keys of a landing's entries; judges nothing, so it costs little."""
        if not group.changes:
            return frozenset()
        changes = changes_below(group.changes, self.prefix)
        old, new = self.sides(group)
        rules = self.rules.at(old)
        keys: set[Key] = set()
        if rules is not None:
            self.is_adopted = True
            pack_set = rules.pack_set
            judged_changes = self._judged_changes(group, changes, rules, new)
            requests = requests_among(judged_changes, pack_set, new, old)
            is_stream = any(kind.reading.is_stream for _, kind in requests)
            documents = self.submissions_of(group, rules) if is_stream else ()
            keys = {Key(kind.name, change.path) for change, kind in requests}
            keys = set(keys_of_documents(keys, documents, pack_set.kinds))
            seen = changes_seen_from(group.changes, self.prefix)
            suspects = [*judged_changes, *outside(seen)]
            strays = stray_submissions(suspects, pack_set, new, rules.trusted)
            keys |= {Key(stray.kind, stray.path) for stray in strays}
            if self.rules.fixed is None:
                keys |= {Key(RULES, event) for event in events_of_rules(seen, rules, new)}
        elif changes and not self.is_adopted and self._first_rules(new) is not None:
            self.is_adopted = True
            keys = {Key(RULES, "adopted")}
        self.rules.go_past(changes)
        return frozenset(keys)

    def _judged_entries(
        self,
        group: LandingSteps,
        changes: Sequence[FileChange],
        rules: StepRules,
        sides: tuple[Snapshot | None, Snapshot],
    ) -> Iterator[Entry]:
        _, new = sides
        asks_much = self._asked.count >= MANY_QUESTIONS and not self._walked.is_whole
        if asks_much and group.parent is not None:
            self._walked = changes_until(self.repository, group.parent)
        self.follows = self.follows or self._texts.cost_more_than_parsing
        if self.follows:
            self._requests.move(new, changes, rules.pack_set)
        seen = changes_seen_from(group.changes, self.prefix)
        landing_submissions = self.submissions_of(group, rules)
        is_fixed = self.rules.fixed is not None
        if not landing_submissions and (is_fixed or not events_of_rules(seen, rules, new)):
            return
        judge = self.landing_judge(group, rules, self._requests if self.follows else None)
        pack_set = rules.pack_set.digest if rules.problem is None else ""
        for request in landed_requests(judge, judge.judge_all(landing_submissions)):
            yield request_entry(judge.landing, request, pack_set)
        if not is_fixed:
            load = self.rules.load
            yield from rules_entries(judge.landing, seen, rules, judge.electorate, load)

    def submissions_of(self, group: LandingSteps, rules: StepRules) -> list[Submission]:
        """Return the requests that a landing changes, by rules, and what only looks like one.

        Raises:
            UndecidedError: git cannot read something.
        """
        changes = changes_below(group.changes, self.prefix)
        old, new = self.sides(group)
        judged_changes = self._judged_changes(group, changes, rules, new)
        others = outside(changes_seen_from(group.changes, self.prefix))
        return submissions(judged_changes, rules.pack_set, new, old, rules.trusted, others)

    def _judged_changes(
        self,
        group: LandingSteps,
        changes: Sequence[FileChange],
        rules: StepRules,
        new: Snapshot,
    ) -> Sequence[FileChange]:
        """Return the changes of a landing that are judged, as the gate chooses them."""
        known = rules.people_and_calendar
        if rules.problem is not None or known is None:
            return changes
        history = self._signing_history(group)
        return without_stopping_decisions(
            changes, rules.pack_set, new, history, lambda: known.directory
        )

    def landing_judge(
        self, group: LandingSteps, rules: StepRules, neighbours: Neighbours | None = None
    ) -> LandingJudge:
        """Return what judges a landing by rules; without `neighbours` the requests are listed.

        Raises:
            UndecidedError: git cannot read something.
        """
        old, new = self.sides(group)
        paths = [change.path for change in changes_below(group.changes, self.prefix)]
        commits = commits_landed(self.repository, group)
        is_first = rules.pack_set.edition == FIRST_EDITION
        landing = landing_of(group, commits, None if is_first else self.latest)
        landing = with_makers(landing, self.repository, group, commits, rules)
        electorate = electorate_of(
            self.repository, rules, new, landing, commits, collected_at(group)
        )
        electorate = replace(
            electorate,
            history=self._signing_history(group),
            made_in=self._makers(rules, commits) if electorate.collected is None else None,
        )
        return LandingJudge(
            rules=rules,
            landing=landing,
            new=new,
            commits=commits,
            electorate=electorate,
            snapshot_of=self._snapshot,
            neighbours=neighbours,
            base=ComparedBase(old, lambda: paths),
            results=self._results,
            texts=self._texts,
        )

    def _makers(
        self, rules: StepRules, commits: Sequence[Commit]
    ) -> Callable[[str], Participants] | None:
        """Return what says who made a folder, as the gate does; None by the first edition."""
        if rules.pack_set.edition == FIRST_EDITION:
            return None
        makers = ChangeMakers(self.repository, commits)
        return lambda folder: makers.of_folder(f"{self.prefix}{folder}".rstrip("/"))

    def _signing_history(self, group: LandingSteps) -> SigningHistory | None:
        """Return the history that a landing followed; None at the beginning of the branch."""
        if group.parent is None:
            return None
        commits = tuple(reversed(group.commits))
        where = (self.repository, group.parent, self.prefix)
        return SigningHistory(*where, commits, self._root, self._walked, self._asked)

    def _adoption_entry(
        self, group: LandingSteps, changes: Sequence[FileChange], new: Snapshot
    ) -> Iterator[Entry]:
        """Yield the entry of the first rules; nothing before or with them was judged."""
        rules = self._first_rules(new)
        if rules is None:
            return
        self.is_adopted = True
        commits = commits_landed(self.repository, group)
        landing = landing_of(group, commits)
        landing = with_makers(landing, self.repository, group, commits, rules)
        yield adoption(landing, changes, rules, new)

    def _first_rules(self, new: Snapshot) -> StepRules | None:
        """Return the rules that a landing brings, where there were none before."""
        return RulesOverTime(self.rules.load).at(new)

    def sides(self, group: LandingSteps) -> tuple[Snapshot | None, Snapshot]:
        """Return the branch before a landing, None at its beginning, and after it."""
        old = self._snapshot(group.parent) if group.parent is not None else None
        return old, self._snapshot(group.last.listed.commit)

    def _snapshot(self, commit: str) -> Snapshot:
        return below(CommitSnapshot(self.repository, commit), self.prefix)

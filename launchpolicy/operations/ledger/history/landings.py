"""Walk the history of the branch, landing by landing, and have each entered by its own rules.

Appending at once, after each commit, and building again walk different parts of the history. All
have to give the same entries, so a walk that begins in the middle has to know what one from the
beginning would know there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from launchpolicy.hosts.git.first_parent_history import HistoryStep, steps
from launchpolicy.hosts.git.merged_commits import MergedCommits
from launchpolicy.hosts.git.read_ahead import read_ahead
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.comparison import ExpectedEntries, Key, LandingFromHistory, keys_of
from launchpolicy.ledger.entry import FORMAT_3, Entry
from launchpolicy.operations.ledger import problems
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime
from launchpolicy.operations.ledger.derivation.derive_entries import Deriver
from launchpolicy.operations.ledger.derivation.group_landings import (
    LandingSteps,
    Records,
    group_landings,
)
from launchpolicy.operations.ledger.derivation.rules_over_time import RulesOverTime, StepRules
from launchpolicy.operations.ledger.history.pushed_together import PushCheck
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.edition import SECOND_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.snapshot import Snapshot

LastEntered = tuple[str | None, datetime | None]
"""The commit of the ledger's last entry, and when it landed; None twice where there is none."""


def derive_new(
    place: LedgerLocation,
    new: Iterable[HistoryStep],
    last: LastEntered,
    records: Records,
    timeline: PacksOverTime,
) -> Iterator[Entry]:
    """Yield the entries of steps of the history, the first of which follows `last`."""
    for landing in landings(place, new, last, records, timeline):
        yield from landing.entries or ()


def landings(
    place: LedgerLocation,
    new: Iterable[HistoryStep],
    last: LastEntered,
    records: Records,
    timeline: PacksOverTime,
    *,
    replay: bool = True,
) -> Iterator[LandingFromHistory]:
    """Yield the landings among steps of the history that must be recorded.

    `timeline` says by which shipped packs. Without `replay` they are not judged, and so have no
    entries, only outlines. The first entry of all names the branch of the ledger, if it is known.
    """
    after, latest = last
    deriver = Deriver(
        place.repository,
        place.prefix,
        rules_along(place, timeline, after, records),
        follows=after is None and replay,
        is_adopted=after is not None,
        latest=latest,
    )
    is_first = after is None
    for group in walk_landings(place, new, (after, records), timeline, deriver):
        commit = group.last.listed.commit
        entries = tuple(deriver.entries(group)) if replay else None
        if entries is None:
            keys = deriver.outline(group)
        else:
            keys = frozenset[Key]().union(*map(keys_of, entries))
        if entries and is_first and timeline.now.edition > SECOND_EDITION and place.branch:
            entries = (_naming(entries[0], place.branch), *entries[1:])
        if keys:
            is_first = False
            yield LandingFromHistory(ExpectedEntries(commit, keys), entries)


def walk_landings(
    place: LedgerLocation,
    new: Iterable[HistoryStep],
    since_when: tuple[str | None, Records],
    timeline: PacksOverTime,
    deriver: Deriver,
) -> Iterator[LandingSteps]:
    """Yield the landings of steps, each when the packs of its time are those of `timeline`."""
    after, records = since_when
    merged_commits = MergedCommits(place.repository, place.head, after)
    pushes = PushCheck(timeline, deriver.approvals_at)
    ahead = read_ahead(place.repository, new, deriver.may_be_request)
    for group in group_landings(ahead, merged_commits, records, pushes.are_together):
        commit = group.last.listed.commit
        if timeline.reach(commit):
            deriver.rules.forget()
        yield group
        if timeline.go_past(commit):
            deriver.rules.forget()


def rules_along(
    place: LedgerLocation,
    timeline: PacksOverTime,
    after: str | None,
    records: Records,
) -> RulesOverTime:
    """Return the rules along a history, which begins after `after`."""

    def load(snapshot: Snapshot) -> PackSet:
        return load_rules(snapshot, timeline.now)

    def rules_before() -> StepRules | None:
        if after is None:
            return None
        return last_rules(place, after, records, timeline.from_beginning())

    return RulesOverTime(load, place.fixed, rules_before)


def last_rules(
    place: LedgerLocation, after: str, records: Records, timeline: PacksOverTime
) -> StepRules | None:
    """Return the last rules that could be used before a commit; None if there were none.

    Only a walk from the beginning knows them: which commits landed together decides which of them
    were rules of a landing at all. That is done only where the rules at `after` cannot be used.
    """

    def load(snapshot: Snapshot) -> PackSet:
        return load_rules(snapshot, timeline.now)

    rules = RulesOverTime(load, place.fixed)
    deriver = Deriver(place.repository, place.prefix, rules)
    history = steps(place.repository, after)
    for group in walk_landings(place, history, (None, records), timeline, deriver):
        deriver.go_past(group)
    return rules.at(below(CommitSnapshot(place.repository, after), place.prefix))


def _naming(entry: Entry, branch: str) -> Entry:
    """Return the first entry of a ledger, which names the branch that the ledger is of."""
    return entry.model_copy(update={"format": FORMAT_3, "branch": branch})


def since(place: LedgerLocation, after: str | None) -> Iterator[HistoryStep]:
    """Yield the steps after a commit, which must be on the first-parent history of the head."""
    history = steps(place.repository, place.head, after)
    first = next(history, None)
    if first is None:
        if after is not None and not _is_older(place.repository, place.head, after):
            raise problems.rewritten_history(after, place.head)
        return
    if after is not None and first.listed.parent != after:
        raise problems.rewritten_history(after, place.head)
    yield first
    yield from history


def _is_older(repository: Repository, commit: str, than: str) -> bool:
    """Return whether the ledger has passed a commit already: a run that came late."""
    chain = repository.git.demand("rev-list", "--first-parent", than, f"^{commit}^@", "--")
    return commit in chain.decode("ascii", "replace").split()

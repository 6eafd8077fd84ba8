"""Judge every past landing by other rules, and say which would have been decided otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from launchpolicy.engine.analysis.decision_changes import (
    NOT_READ,
    RecordedOtherwise,
    Replay,
    ReplayedLanding,
)
from launchpolicy.hosts.git.first_parent_history import listing
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.ledger.comparison import Key
from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import (
    LedgerLocation,
    LocationOptions,
    location_of,
)
from launchpolicy.operations.ledger.branch.recorded_branch import require_same_history
from launchpolicy.operations.ledger.branch.recorded_voids import numbers_of, voids_in
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.replay.executors import (
    PROCESSES,
    chunks_of,
    executor_named,
    replay_here,
    replay_on,
    require_executor,
)
from launchpolicy.operations.replay.judge_chunk import PastLanding, ReplayInputs
from launchpolicy.operations.replay.past_landings import ReplayPeriod, past_landings
from launchpolicy.operations.replay.rules_instead import RulesOrigin, load_origin
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Verdict, worst
from launchpolicy.vocabulary.text import Text

Progress = Callable[[int, int], None]
"""Called with the number of landings judged so far and the number of all."""

OpenProgress = Callable[[], AbstractContextManager[Progress | None]]
"""Opens what shows the progress."""


def _no_progress() -> AbstractContextManager[Progress | None]:
    return nullcontext()


class ReplayOptions(NamedTuple):
    """What to replay, and where.

    `rules` is the commit whose rules judge, None for the work tree. `against` is the commit whose
    rules they are compared with, None for those that each landing landed on. `branch` names the
    branch whose landings are judged, None for the one that the configuration or the clone says.
    `jobs` is the number of processes, 0 for one on each processor.
    """

    rules: str | None = None
    against: str | None = None
    branch: str | None = None
    period: ReplayPeriod = ReplayPeriod()
    executor: str = PROCESSES
    jobs: int = 0


def replay(
    repository: Repository,
    root: Path,
    options: ReplayOptions,
    open_progress: OpenProgress = _no_progress,
) -> Replay:
    """Return how the past landings of a branch are decided by two sets of rules.

    Raises:
        UsageError: there is no such executor, or no configuration.
        MalformedRulesError: the rules to judge by are not right.
        MalformedLedgerError: the ledger is damaged, or is of another history.
        UndecidedError: there is no such commit, the clone is shallow, or a process ended.
    """
    require_executor(options.executor)
    place = _place(repository, root, options.branch)
    tip = place.tip()
    state = read_state(LedgerFiles(repository, tip), place.verifiers)
    require_same_history(place, state)
    after, new_rules = _origin(place, root, options.rules, is_work_tree=options.rules is None)
    before, old_rules = _origin(place, root, options.against, is_work_tree=False)
    instead = [rules for rules in (old_rules, new_rules) if rules is not None]
    landings = past_landings(place, state, instead, options.period)
    inputs = ReplayInputs(
        str(root), place.prefix, place.head, tip or "", state.last_commit or "", before, after
    )
    with open_progress() as progress:
        judged = tuple(_judge(landings, inputs, options, progress))
    return Replay(
        _words(before),
        _words(after),
        _history_words(place, tip),
        judged,
        tuple(contradictions(state, judged)) if before.is_of_the_time else (),
        is_recorded=tip is not None,
        unrecorded=_count_unrecorded(place, state, judged) if tip is not None else 0,
    )


def _place(repository: Repository, root: Path, branch: str | None) -> LedgerLocation:
    """Return the branch to walk: as named, as configured, or the default one, and its ledger."""
    if branch is None:
        base = base_of(repository)
        branch = base.commit if base is not None else "HEAD"
        configured = location_of(repository, LocationOptions(root, branch), {}).settings.of
        branch = configured or branch
    return location_of(repository, LocationOptions(root, branch), {})


def _origin(
    place: LedgerLocation, root: Path, name: str | None, *, is_work_tree: bool
) -> tuple[RulesOrigin, PackSet | None]:
    """Return where rules come from, and the rules; None for those of each landing's time."""
    if name is None and not is_work_tree:
        return RulesOrigin(), None
    repository = place.repository
    commit = resolve(repository, name) if name is not None else ""
    origin = RulesOrigin(commit, is_work_tree)
    rules = load_origin(repository, root, place.prefix, origin)
    return origin._replace(digest=rules.digest), rules


def _judge(
    landings: Sequence[PastLanding],
    inputs: ReplayInputs,
    options: ReplayOptions,
    progress: Progress | None,
) -> Iterator[ReplayedLanding]:
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done += number
        if progress is not None:
            progress(done, len(landings))

    is_here = options.executor == PROCESSES
    size = min(options.jobs or usable_cores(), len(landings))
    chunks = chunks_of(landings, size)
    if is_here and size <= 1:
        yield from replay_here(inputs, chunks, count)
        return
    with executor_named(options.executor, size) as executor:
        yield from replay_on(executor, inputs, chunks, count)


def contradictions(
    state: LedgerState, landings: Sequence[ReplayedLanding]
) -> Iterator[RecordedOtherwise]:
    """Yield where the ledger records another verdict than the rules of the time come to now."""
    by_commit = {landing.commit: landing for landing in landings if landing.problem is None}
    void = numbers_of(voids_in(state))
    for number, entry in enumerate(entries(state)):
        landing = by_commit.get(entry.commit)
        if landing is None or entry.kind == RULES or number in void:
            continue
        judged = _verdict_of(entry, landing.verdicts)
        if judged != entry.verdict:
            path = _shown_place(entry)
            yield RecordedOtherwise(entry.commit, path, entry.verdict, judged)


def _shown_place(entry: Entry) -> str:
    return Key(entry.kind, entry.path, entry.document).place


def _verdict_of(entry: Entry, verdicts: Mapping[str, str]) -> str:
    """Return the verdict of what an entry is about; a moved request has two paths."""
    paths = [_shown_place(entry)]
    if entry.renamed_from is not None:
        moved = entry.renamed_from
        paths.append(Key(entry.kind, moved.path, moved.document).place)
    known = [verdicts.get(path, NOT_READ) for path in paths]
    if NOT_READ in known:
        return NOT_READ
    return str(worst([Verdict(verdict) for verdict in known]))


def _count_unrecorded(
    place: LedgerLocation, state: LedgerState, landings: Sequence[ReplayedLanding]
) -> int:
    """Return how many of the landings come after the last entry of the ledger."""
    after = state.last_commit
    later = {step.commit for step in listing(place.repository, place.head, after)}
    return sum(landing.commit in later for landing in landings)


def _words(origin: RulesOrigin) -> Text:
    if origin.is_work_tree:
        return Text("the rules of the work tree", "工作区的规则")
    if origin.commit:
        short = origin.commit[:10]
        return Text(f"the rules of commit {short}", f"提交 {short} 的规则")
    return Text("the rules of the time", "当时的规则")


def _history_words(place: LedgerLocation, tip: str | None) -> Text:
    branch = place.settings.branch
    head = place.head[:10]
    if tip is None:
        return Text(
            f"the first-parent history up to {head}; there is no ledger, so reviews on a host are "
            "not known",
            f"截至 {head} 的首父历史；没有上线日志，因此托管平台上的评审未知",
        )
    return Text(
        f"the history up to {head}, with the records of the ledger `{branch}`",
        f"截至 {head} 的历史，以及上线日志 `{branch}` 中的记录",
    )

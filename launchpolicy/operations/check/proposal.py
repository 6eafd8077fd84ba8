"""A proposal: what a head would change of a base, judged by the rules of the base alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from launchpolicy.engine.lighter_choices import lighter_choices
from launchpolicy.hosts.git.changes import Changes, changed_files
from launchpolicy.hosts.git.merged_snapshot import MergedSnapshot
from launchpolicy.hosts.git.repository import (
    Repository,
    open_repository_or_bare,
    prefix_of,
)
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import (
    below,
    changes_below,
    changes_seen_from,
    outside,
    path_seen_from,
)
from launchpolicy.operations.approvals.electorate import (
    Electorate,
    add_approvals,
    electorate_between,
)
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.operations.approvals.stopping_decisions import without_stopping_decisions
from launchpolicy.operations.check.check_input import (
    CheckInput,
    CheckOptions,
)
from launchpolicy.operations.check.notes import judged_again, notes, unseen_requests
from launchpolicy.operations.check.rule_changes import RuleChange, rule_change
from launchpolicy.operations.check.validity import end_of_validity
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_calendar, load_directory
from launchpolicy.operations.submissions.approval_documents import is_approval_of_rules
from launchpolicy.operations.submissions.collect import RequestSnapshots, collect_requests
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.facts_read import needs_approvals
from launchpolicy.operations.submissions.rule_files import changed_rules, is_rule
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text


def compare_commits(options: CheckOptions, base_name: str, now: datetime) -> CheckInput:
    """Return what the head changes of the base `base_name`, to be judged by the rules of the base.

    Raises:
        LaunchpolicyError: a commit or its rules cannot be read; says who must act.
    """
    with open_repository_or_bare(options.start) as repository:
        base, head = resolve(repository, base_name), resolve(repository, options.head)
        prefix = _prefix_at(repository, options, CommitSnapshot(repository, base))
        old = below(CommitSnapshot(repository, base), prefix)
        new = below(CommitSnapshot(repository, head), prefix)
        if old.entry(FILE) is None:
            raise _no_rules_at_base(base_name, prefix)
        rules = load_rules(old)
        changes = changed_files(repository, base, head)
        stale = {path_seen_from(path, prefix) for path in changes.stale}
        below_prefix = changes_below(changes.files, prefix)
        history = SigningHistory(repository, base, prefix)
        own = _judged_changes(below_prefix, rules, (old, new), history)
        seen = changes_seen_from(changes.files, prefix)
        result = _result_of_merge(repository, (base, head), changes, prefix)
        compared = ComparedBase(old, lambda: [change.path for change in below_prefix], stale)
        snapshots = RequestSnapshots(old, result, old, outside(seen), compared)
        # Read here, all of them: an approval is bound to what this process has read.
        requests = collect_requests(own, rules, snapshots, now, jobs=options.jobs)
        asks = bool(submissions := requests.submissions) and needs_approvals(rules)
        altered_rules = changed_rules(seen, rules, old, new)
        alters_rules = bool(altered_rules) or _approves_rules(own, rules)
        change = None
        if asks or alters_rules:
            electorate = _electorate(repository, (base, head), prefix, rules, options, now)
            submissions = add_approvals(submissions, electorate) if asks else submissions
            change = _rule_change(electorate, altered_rules, stale) if alters_rules else None
        is_here = options.head == "HEAD"
        unseen = unseen_requests(repository, prefix, rules, requests, new) if is_here else ()
        calendar = load_calendar(old, rules.configuration.paths) if submissions else None
    input_notes = change.notes if change is not None else notes(requests, rules, old, changed=True)
    further_notes = (*unseen, *judged_again(submissions, own), *lighter_choices(submissions, rules))
    return CheckInput(
        Text(f"{options.head} against {base_name}", f"{options.head} 相对于 {base_name}"),
        rules,
        tuple(submissions),
        now,
        base,
        head,
        (*input_notes, *further_notes),
        prefix,
        change,
        good_until=end_of_validity(rules, submissions, calendar, now),
    )


def _result_of_merge(
    repository: Repository, commits: tuple[str, str], changes: Changes, prefix: str
) -> Snapshot:
    """Return what the launch repository is once the head (second commit) is merged."""
    base, head = (CommitSnapshot(repository, commit) for commit in commits)
    merged = MergedSnapshot(base, head, changes.files) if changes.is_behind else head
    return below(merged, prefix)


def _approves_rules(changes: Sequence[FileChange], rules: PackSet) -> bool:
    """Return whether a change brings an approval of the rules."""
    return any(
        change.new is not None and is_approval_of_rules(change.path, rules) for change in changes
    )


def _judged_changes(
    changes: Sequence[FileChange],
    rules: PackSet,
    sides: tuple[Snapshot, Snapshot],
    history: SigningHistory,
) -> Sequence[FileChange]:
    """Return the changes but for withdrawals and objections of their owners, which may land."""
    old, new = sides
    return without_stopping_decisions(
        changes, rules, new, history, lambda: load_directory(old, rules.configuration.paths)
    )


def _electorate(
    repository: Repository,
    commits: tuple[str, str],
    prefix: str,
    rules: PackSet,
    options: CheckOptions,
    now: datetime,
) -> Electorate:
    """Return the electorate; what was collected counts only where the base asks for that source."""
    collected = options.collected
    source = rules.configuration.approvals
    counts = options.by_hand or (collected is not None and collected.source == source)
    electorate = electorate_between(repository, commits, prefix, rules, collected, now)
    return electorate if counts else replace(electorate, collected=None)


def _rule_change(
    electorate: Electorate, altered: Sequence[FileChange], stale: set[str]
) -> RuleChange:
    for change in altered:
        if change.path in stale:
            raise _stale_rule(change.path)
    configuration = electorate.rules.configuration
    further = tuple(c.path for c in altered if not is_rule(c.path, configuration))
    return rule_change(replace(electorate, further_rules=further))


def _prefix_at(repository: Repository, options: CheckOptions, base: Snapshot) -> str:
    """Return the launch repository's folder: the nearest one upwards from the start in base.

    The work tree is not looked at: it may be of the proposal, or not checked out at all. Where it
    has to be exact, the start is the folder: a configuration further up would judge until a change
    adds one here, and then no more.
    """
    folder = prefix_of(repository.top, options.start)
    while folder and not options.is_exact:
        if base.entry(f"{folder}{FILE}") is not None:
            return folder
        folder = folder.removesuffix("/").rpartition("/")[0]
        folder = f"{folder}/" if folder else ""
    return folder


def _stale_rule(path: str) -> UndecidedError:
    """Return the error of a merge whose result is neither side's, so that nobody approved it."""
    return UndecidedError(
        Text(
            f"The base has changed the rules in {path} too since this branch left it.",
            f"本分支分出之后，基准也修改了规则文件 {path}。",
        ),
        Text(
            "Bring the branch up to date: merge the base into it, or rebase it.",
            "请更新分支：把基准分支合并进来，或变基。",
        ),
    )


def _no_rules_at_base(base: str, folder: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The base {base} has no {folder}{FILE}, and rules are only taken from the base.",
            f"基准 {base} 中没有 {folder}{FILE}，而规则只取自基准。",
        ),
        Text(
            "Merge the configuration first, in a change of its own.",
            "请先单独合并配置文件。",
        ),
    )

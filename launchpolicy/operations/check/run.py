"""The four situations of a check, each to the same kind of report.

| options | requests | old version | rules |
| --- | --- | --- | --- |
| paths, or nothing | work tree | HEAD | work tree |
| staged | index | HEAD | HEAD |
| base and head | head | base | base |

(decision 0003). Everything outside is read here, once; what follows is pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from launchpolicy.engine.submission import Submission, expect_approvals_later
from launchpolicy.hosts.git.repository import (
    Repository,
    find_top,
    open_repository,
    prefix_of,
)
from launchpolicy.hosts.git.revisions import head as head_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot, IndexSnapshot
from launchpolicy.hosts.launch_root import launch_root, require_launch_root
from launchpolicy.hosts.subfolder import below, changes_seen_from, is_outside, outside
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.check.check_input import (
    CheckInput,
    CheckOptions,
)
from launchpolicy.operations.check.notes import judged_again, notes, unknown_holidays
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.collect import (
    FoundRequests,
    RequestSnapshots,
    collect_requests,
)
from launchpolicy.operations.submissions.compared_base import ComparedBase
from launchpolicy.operations.submissions.parallel import Progress, judge_all
from launchpolicy.operations.submissions.read import changed_submissions
from launchpolicy.operations.submissions.request_sources import RequestSources
from launchpolicy.operations.submissions.work_tree_requests import (
    WorkTree,
    base_in_work_tree,
    named_requests,
    whole_work_tree,
)
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.finding import Judgement, Operation, Report, Verdict, worst
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where rules are changed
    from launchpolicy.operations.check.rule_changes import RuleChange


def collect_input(options: CheckOptions, now: datetime) -> CheckInput:
    """Return what is to be judged at the moment `now`, and under which rules.

    Raises:
        LaunchpolicyError: it cannot be found out; says who must act.
    """
    if options.base is not None:
        # Loaded here on purpose: without a base there are no approvals.
        from launchpolicy.operations.check.proposal import compare_commits  # noqa: PLC0415

        return compare_commits(options, options.base, now)
    if options.staged:
        return _staged_input(options, now)
    return _work_tree_input(options, now)


def run_check(
    check_input: CheckInput, jobs: int | None = None, progress: Progress | None = None
) -> Report:
    """Return the report on all submissions, judged by so many processes, for reporters."""
    judgements = judge_all(
        check_input.requests,
        check_input.rules,
        check_input.now,
        jobs,
        progress,
        check_input.sources,
    )
    change = check_input.rule_change
    judgements += [change.judgement] if change is not None else []
    verdict = worst([judgement.verdict for judgement in judgements])
    return Report(
        verdict=verdict,
        judgements=tuple(judgements),
        policies={
            **check_input.rules.policy_texts,
            **(change.policies if change is not None else {}),
        },
        pack_set_digest=check_input.rules.digest,
        now=check_input.now,
        situation=check_input.title,
        base=check_input.base,
        head=check_input.head,
        notes=(
            *check_input.notes,
            *unknown_holidays(check_input.submissions),
            *_unjudged_notes(judgements, check_input.rules),
            *_waiver_remarks(check_input, judgements),
        ),
        effects=change.effects if change is not None else (),
        people=_people(check_input.submissions),
        good_until=check_input.good_until if verdict is Verdict.PASS else None,
    )


def _waiver_remarks(check_input: CheckInput, judgements: Sequence[Judgement]) -> Iterable[Text]:
    """Return what is to be said of merged waivers."""
    rules = check_input.rules
    if not rules.waivers:
        return ()
    from launchpolicy.engine.waivers import remarks  # noqa: PLC0415 (few repositories have any)

    waivable = frozenset(policy.id for policy in rules.policies if policy.waivable_by)
    barred = {one.path: one.barred_waivers for one in check_input.submissions}
    return remarks(judgements, rules.waivers, waivable, check_input.now, barred)


def _unjudged_notes(judgements: Sequence[Judgement], rules: PackSet) -> Iterable[Text]:
    """Return what is to be said of passes that no policy gave."""
    if not any(map(_may_be_unjudged, judgements)):
        return ()
    from launchpolicy.engine.unjudged_remarks import unjudged_remarks  # noqa: PLC0415 (rare)

    return unjudged_remarks(judgements, rules)


def _may_be_unjudged(judgement: Judgement) -> bool:
    is_deletion = judgement.operation is Operation.DELETE
    return judgement.verdict is Verdict.PASS and (is_deletion or not judgement.results)


def _people(submissions: Sequence[Submission]) -> Mapping[str, Text]:
    """Return the display names of the people in the directory, by id; empty without one."""
    rosters = (
        submission.approvals.roster
        for submission in submissions
        if submission.approvals is not None
    )
    return next((roster.display for roster in rosters if roster is not None), {})


def _staged_input(options: CheckOptions, now: datetime) -> CheckInput:
    from launchpolicy.hosts.git.changes import staged_files  # noqa: PLC0415 (only here)

    with open_repository(options.start) as repository:
        prefix = _prefix(repository, options.start)
        index = below(IndexSnapshot(repository), prefix)
        head = head_of(repository)
        old = below(CommitSnapshot(repository, head), prefix) if head is not None else None
        input_notes: list[Text] = []
        rules_from = old
        if old is None or old.entry(FILE) is None:
            rules_from = index
            input_notes.append(_rules_from_index())
        rules = load_rules(rules_from or index)
        seen = changes_seen_from(staged_files(repository), prefix)
        changes = [change for change in seen if not is_outside(change.path)]
        base = ComparedBase(old, lambda: [change.path for change in changes])
        snapshots = RequestSnapshots(rules_from or index, index, old, outside(seen), base)
        requests = collect_requests(
            changes, rules, snapshots, now, in_parts=options.in_parts, jobs=options.jobs
        )
        change = _unusable_change(seen, index, rules_from or index, rules, now)
    title = Text("index against HEAD", "暂存区相对于 HEAD")
    input_notes += (
        change.notes if change else notes(requests, rules, rules_from or index, changed=True)
    )
    input_notes += judged_again(requests.submissions, changes)
    result = CheckInput(title, rules, (), now, head, notes=tuple(input_notes), prefix=prefix)
    result = result._replace(rule_change=change)
    sources = RequestSources(options.start, prefix, is_staged=True, old=head)
    return _before_approvals(result, requests, sources)


def _unusable_change(
    changes: Sequence[FileChange], index: Snapshot, old: Snapshot, rules: PackSet, now: datetime
) -> RuleChange | None:
    """Return what is wrong with rules that are staged; None where nothing is, or none are."""
    # Loaded here on purpose: few changes are of the rules.
    from launchpolicy.operations.submissions.rule_files import touches_rules  # noqa: PLC0415

    if not touches_rules(changes, rules.configuration):
        return None
    from launchpolicy.operations.check.rule_changes import unusable_rules  # noqa: PLC0415

    return unusable_rules(index, old, rules, now)


def _work_tree_input(options: CheckOptions, now: datetime) -> CheckInput:
    first = options.paths[0] if options.paths else options.start
    root = require_launch_root(_folder_of(options.start / first))
    title = Text("work tree, without git", "工作区（不在 git 仓库中）")
    top = find_top(root)
    head, prefix, old, repository = None, "", None, None
    with ExitStack() as stack:
        if top is not None:
            title = Text("work tree against HEAD", "工作区相对于 HEAD")
            repository = stack.enter_context(open_repository(root))
            repository.objects.start()
        files = work_tree(root, repository)
        rules = load_rules(files)
        if repository is not None and top is not None:
            head = head_of(repository)
            prefix = prefix_of(top, root)
            old = below(CommitSnapshot(repository, head), prefix) if head is not None else None
        tree = WorkTree(root, files, rules, repository, prefix)
        paths = [options.start / path for path in options.paths]
        entries, others = named_requests(tree, paths) if paths else whole_work_tree(tree)
        changes = changed_submissions(entries, old)
        base = base_in_work_tree(tree, old)
        snapshots = RequestSnapshots(files, files, old, others, base)
        requests = collect_requests(
            changes, rules, snapshots, now, in_parts=options.in_parts, jobs=options.jobs
        )
        if not options.paths or not any(requests):
            _require_people_and_calendar(files, rules)
    input_notes = notes(requests, rules, files, changed=False)
    result = CheckInput(title, rules, (), now, base=head, notes=input_notes, prefix=prefix)
    return _before_approvals(
        result, requests, RequestSources(root, prefix, is_staged=False, old=head)
    )


def _require_people_and_calendar(files: Snapshot, rules: PackSet) -> None:
    """Require them to be right, as a pull request does where no request looks anybody up.

    Raises:
        MalformedRulesError: one is not.
    """
    # Loaded here on purpose: a check of one request reads what its policies ask for.
    from launchpolicy.operations.rules.people_and_calendar import people_and_calendar_of  # noqa: PLC0415

    people_and_calendar_of(files, rules)


def _before_approvals(
    check_input: CheckInput, requests: FoundRequests, sources: RequestSources
) -> CheckInput:
    """Return the input with its requests, judged before any approval can be given."""
    submissions = tuple(expect_approvals_later(requests.submissions))
    return check_input._replace(submissions=submissions, files=requests.files, sources=sources)


def _folder_of(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _prefix(repository: Repository, start: Path) -> str:
    """Return the launch repository's place in the git repository: "" for its top, else `folder/`.

    Only the place is taken from the work tree; the rules are read from the commit.
    """
    root = launch_root(start)
    return prefix_of(repository.top, root) if root is not None else ""


def _rules_from_index() -> Text:
    return Text(
        f"HEAD has no {FILE} yet, so the rules are read from the index.",
        f"HEAD 中还没有 {FILE}，因此规则取自暂存区。",
    )

"""The four situations of a check, each to the same kind of report.

| question | requests | old version | rules |
| --- | --- | --- | --- |
| paths, or nothing | work tree | HEAD | work tree |
| staged | index | HEAD | HEAD |
| base and head | head | base | base |

(decision 0003). Everything outside is read here, once; what follows is pure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from launchpolicy.engine.judging import Submission, announced
from launchpolicy.engine.waiving import remarks
from launchpolicy.facts.approvals.records import Collected
from launchpolicy.hosts.collecting import compared, request_entries, submissions
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.gathering import with_facts
from launchpolicy.hosts.git.changes import changed_files, staged_files
from launchpolicy.hosts.git.repository import Repository, find_top, open_repository
from launchpolicy.hosts.git.revisions import head as head_of
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot, IndexSnapshot
from launchpolicy.hosts.root import launch_root, relative_to_root, require_launch_root
from launchpolicy.hosts.rules import load_rules
from launchpolicy.hosts.running import Progress, run
from launchpolicy.hosts.subfolder import below, changes_below
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.finding import Report, worst
from launchpolicy.vocabulary.snapshot import Entry, Snapshot
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked on the command line, from the folder `start`.

    `collected` is what a source of approvals other than the signed files said.
    """

    start: Path
    paths: tuple[Path, ...] = ()
    staged: bool = False
    base: str | None = None
    head: str = "HEAD"
    collected: Collected | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """What was found: the rules, and every request to judge under them.

    `folder` is the launch repository's place in the git repository: "" or `folder/`.
    """

    title: Text
    rules: PackSet
    submissions: tuple[Submission, ...]
    now: datetime
    base: str | None = None
    head: str | None = None
    notes: tuple[Text, ...] = ()
    folder: str = ""


def situation(question: Question, now: datetime) -> Situation:
    """What is to be judged at the moment `now`, and under which rules.

    Raises:
        LaunchpolicyError: it cannot be found out; says who must act.
    """
    if question.base is not None:
        return _between_commits(question, question.base, now)
    if question.staged:
        return _staged(question, now)
    return _work_tree(question, now)


def report(found: Situation, jobs: int | None = None, progress: Progress | None = None) -> Report:
    """Every submission judged, as the report that reporters are given."""
    judgements = run(found.submissions, found.rules, found.now, jobs, progress)
    waivable = frozenset(
        policy.id
        for pack in found.rules.packs.values()
        for policy in pack.policies
        if policy.waivable_by
    )
    return Report(
        verdict=worst([judgement.verdict for judgement in judgements]),
        judgements=tuple(judgements),
        policies=found.rules.policy_texts,
        pack_set_digest=found.rules.digest,
        now=found.now,
        situation=found.title,
        base=found.base,
        head=found.head,
        notes=(*found.notes, *remarks(judgements, found.rules.waivers, waivable, found.now)),
    )


def _between_commits(question: Question, base_name: str, now: datetime) -> Situation:
    with open_repository(question.start) as repository:
        base, head = resolve(repository, base_name), resolve(repository, question.head)
        whole = CommitSnapshot(repository, base)
        prefix = _prefix_at(repository, question.start, whole)
        old = below(whole, prefix)
        new = below(CommitSnapshot(repository, head), prefix)
        if old.entry(FILE) is None:
            raise _no_rules_at_base(base_name)
        rules = load_rules(old)
        changes = changed_files(repository, base, head)
        stale = {path.removeprefix(prefix) for path in changes.stale}
        found = submissions(changes_below(changes.files, prefix), rules, new, old, stale)
        found = with_facts(found, rules, (old, new), now)
        found = _with_approvals(found, repository, (base, head), prefix, rules, question, now)
    title = Text(f"{question.head} against {base_name}", f"{question.head} 相对于 {base_name}")
    notes = _notes(found, rules, changed=True)
    return Situation(title, rules, tuple(found), now, base, head, notes, prefix)


def _with_approvals(  # noqa: PLR0913, PLR0917 (what approvals are looked for with)
    found: list[Submission],
    repository: Repository,
    commits: tuple[str, str],
    prefix: str,
    rules: PackSet,
    question: Question,
    now: datetime,
) -> list[Submission]:
    """The submissions with their approvals counted; nothing is looked for where nothing asks."""
    if not found or not rules.asks_for_approvals:
        return found
    # Loaded here on purpose: without a base there are no approvals.
    from launchpolicy.hosts.approvals.gathering import electorate, with_approvals  # noqa: PLC0415

    run = electorate(repository, commits, prefix, rules, question.collected, now)
    return with_approvals(found, run)


def _staged(question: Question, now: datetime) -> Situation:
    with open_repository(question.start) as repository:
        prefix = _prefix(repository, question.start)
        index = below(IndexSnapshot(repository), prefix)
        head = head_of(repository)
        old = below(CommitSnapshot(repository, head), prefix) if head is not None else None
        notes: list[Text] = []
        rules_from = old
        if old is None or old.entry(FILE) is None:
            rules_from = index
            notes.append(_rules_from_index())
        rules = load_rules(rules_from or index)
        found = submissions(changes_below(staged_files(repository), prefix), rules, index, old)
        found = with_facts(found, rules, (rules_from or index, index), now)
    found = announced(found)
    title = Text("index against HEAD", "暂存区相对于 HEAD")
    notes += _notes(found, rules, changed=True)
    return Situation(title, rules, tuple(found), now, head, notes=tuple(notes), folder=prefix)


def _work_tree(question: Question, now: datetime) -> Situation:
    first = question.paths[0] if question.paths else question.start
    root = require_launch_root(_folder_of(question.start / first))
    files = WorkTreeSnapshot(root)
    rules = load_rules(files)
    entries = _asked(files, rules, root, question)
    title = Text("work tree against HEAD", "工作区相对于 HEAD")
    top = find_top(root)
    if top is None:
        found = submissions(compared(entries, None), rules, files, None)
        found = announced(with_facts(found, rules, (files, files), now))
        title = Text("work tree, without git", "工作区（不在 git 仓库中）")
        notes = _notes(found, rules, changed=False)
        return Situation(title, rules, tuple(found), now, notes=notes)
    with open_repository(root) as repository:
        head = head_of(repository)
        prefix = _relative(top, root)
        old = below(CommitSnapshot(repository, head), prefix) if head is not None else None
        found = submissions(compared(entries, old), rules, files, old)
    found = announced(with_facts(found, rules, (files, files), now))
    notes = _notes(found, rules, changed=False)
    return Situation(title, rules, tuple(found), now, base=head, notes=notes, folder=prefix)


def _asked(files: Snapshot, rules: PackSet, root: Path, question: Question) -> list[Entry]:
    """The request files that the paths name; all of them without a path."""
    if not question.paths:
        return list(request_entries(files, rules))
    found: dict[str, Entry] = {}
    for path in question.paths:
        relative = relative_to_root(root, question.start / path)
        entry = files.entry(relative) if relative else None
        if entry is not None and rules.kind_of(relative) is not None:
            found[relative] = entry
            continue
        below_it = [] if entry is not None else list(request_entries(files, rules, relative))
        if not below_it:
            raise _nothing_there(path, rules)
        found |= {each.path: each for each in below_it}
    return list(found.values())


def _folder_of(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _prefix(repository: Repository, start: Path) -> str:
    """The launch repository's place in the git repository: "" for its top, else `folder/`.

    Only the place is taken from the work tree; the rules are read from the commit.
    """
    root = launch_root(start)
    if root is None or repository.top is None:
        return ""
    return _relative(repository.top, root)


def _prefix_at(repository: Repository, start: Path, base: Snapshot) -> str:
    """The launch repository's place: the nearest folder, from `start` upwards, that base has it in.

    The work tree is not looked at: it may be of the proposal, or not checked out at all.
    """
    folder = _relative(repository.top, start) if repository.top is not None else ""
    while folder:
        if base.entry(f"{folder}{FILE}") is not None:
            return folder
        folder = folder.removesuffix("/").rpartition("/")[0]
        folder = f"{folder}/" if folder else ""
    return ""


def _relative(top: Path, root: Path) -> str:
    relative = root.resolve().relative_to(top.resolve()).as_posix()
    return "" if relative == "." else f"{relative}/"


def _notes(found: Collection[Submission], rules: PackSet, *, changed: bool) -> tuple[Text, ...]:
    if found:
        return ()
    globs = ", ".join(kind.files for kind in rules.kinds.values())
    if changed:
        return (
            Text(
                f"Nothing to judge: no request ({globs}) is changed.",
                f"无需判定：没有申请（{globs}）发生变更。",
            ),
        )
    return (
        Text(
            f"Nothing to judge: there is no request ({globs}) here.",
            f"无需判定：此处没有申请（{globs}）。",
        ),
    )


def _rules_from_index() -> Text:
    return Text(
        f"HEAD has no {FILE} yet, so the rules are read from the index.",
        f"HEAD 中还没有 {FILE}，因此规则取自暂存区。",
    )


def _no_rules_at_base(base: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The base {base} has no {FILE}, and rules are only taken from the base.",
            f"基准 {base} 中没有 {FILE}，而规则只取自基准。",
        ),
        Text(
            "Merge the configuration first, in a change of its own.",
            "请先单独合并配置文件。",
        ),
    )


def _nothing_there(path: Path, rules: PackSet) -> UsageError:
    globs = ", ".join(kind.files for kind in rules.kinds.values())
    return UsageError(
        Text(f"{path} is no request, and holds none.", f"{path} 不是申请，其中也没有申请。"),
        Text(f"Requests are the files {globs}.", f"申请文件的路径为 {globs}。"),
    )

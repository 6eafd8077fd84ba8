"""The requests of a work tree, and the files in it that only look like requests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from launchpolicy.hosts.file_names import UNREADABLE, checked_name
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.work_tree_files import list_files, may_be_sparse
from launchpolicy.hosts.launch_root import relative_to_root
from launchpolicy.operations.submissions.compared_base import NO_BASE, ComparedBase
from launchpolicy.operations.submissions.read import request_entries
from launchpolicy.operations.submissions.strays import may_be_stray, stray_submissions
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text


class WorkTreeRequests(NamedTuple):
    """Entries of requests, and changes that may be strays: files that are taken as new."""

    entries: list[SnapshotEntry]
    others: list[FileChange]


class WorkTree(NamedTuple):
    """A launch repository on disk: its folder, its files, its rules.

    `repository` is the git repository that holds it, if any, and `prefix` its place there.
    """

    root: Path
    files: WorkTreeSnapshot
    rules: PackSet
    repository: Repository | None
    prefix: str


def base_in_work_tree(tree: WorkTree, old: Snapshot | None) -> ComparedBase:
    """Return what a work tree is compared with: `old`, or nothing outside of git."""
    repository = tree.repository
    if repository is None:
        return NO_BASE

    def paths() -> list[str]:
        # Loaded here on purpose: few policies ask which files are changed.
        from launchpolicy.operations.submissions.work_tree_changes import work_tree_changes  # noqa: PLC0415

        return work_tree_changes(tree.files, list_files(repository, tree.prefix), old)

    return ComparedBase(old, paths)


def whole_work_tree(tree: WorkTree) -> WorkTreeRequests:
    """Return every request.

    What git ignores cannot be merged, so it is not looked at.

    Raises:
        UndecidedError: a sparse checkout leaves requests out, or something cannot be read.
    """
    _, files, rules, repository, prefix = tree
    requests, in_the_way = _in_folders(files, rules)
    if repository is None:
        return WorkTreeRequests(requests, _others(files.entries(), rules))
    listing = list_files(repository, prefix)
    _require_complete(listing.left_out, requests, rules)
    names = (checked_name(name, "", "") for name in listing.names)
    suspects = [name for name in names if may_be_stray(name.path, rules)]
    with files.lookup() as entry_at:
        entries = (name if name.mode == UNREADABLE else entry_at(name.path) for name in suspects)
        others = _others((entry for entry in entries if entry is not None), rules)
    paths = {change.path for change in others}
    others += [change for change in in_the_way if change.path not in paths]
    return WorkTreeRequests(requests, sorted(others))


def _in_folders(
    files: WorkTreeSnapshot, rules: PackSet
) -> tuple[list[SnapshotEntry], list[FileChange]]:
    """Return the requests in the folders of the kinds, and what is no folder on the way there.

    git does not list what stands in place of a folder whose files it knows.
    """
    requests: list[SnapshotEntry] = []
    odd: list[SnapshotEntry] = []
    for kind in rules.kinds.values():
        for folder in kind.files.folders:
            steps = folder.split("/")
            above = (files.entry("/".join(steps[:depth])) for depth in range(1, len(steps)))
            odd += [entry for entry in above if entry is not None]
            for entry in files.entries(folder):
                if rules.kind_of(entry.path) is kind:
                    requests.append(entry)
                elif entry.mode not in REGULAR_MODES:
                    odd.append(entry)
    return requests, _others(dict.fromkeys(odd), rules)


def named_requests(tree: WorkTree, paths: Sequence[Path]) -> WorkTreeRequests:
    """Return the requests that some paths name, or that are below them.

    Raises:
        UsageError: a path names no request and nothing that looks like one.
        UndecidedError: a sparse checkout leaves requests out below one of them.
    """
    root, files, rules, repository, prefix = tree
    entries: dict[str, SnapshotEntry] = {}
    others: list[FileChange] = []
    with files.lookup() as entry_at:
        for path in paths:
            relative = relative_to_root(root, path)
            entry = entry_at(relative) if relative else None
            if entry is not None and rules.kind_of(relative) is not None:
                entries[relative] = entry
                continue
            below_it = [] if entry is not None else list(request_entries(files, rules, relative))
            if entry is None and repository is not None and may_be_sparse(repository):
                folder = f"{prefix}{relative}/" if relative else prefix
                left_out = list_files(repository, folder).left_out
                whole = [f"{relative}/".encode().lstrip(b"/") + name for name in left_out]
                _require_complete(whole, below_it, rules)
            strays_below = _others(files.entries(relative), rules)
            if not below_it and not any(stray_submissions(strays_below, rules, files, files)):
                raise _nothing_there(path, relative, tree)
            entries |= {entry.path: entry for entry in below_it}
            others += strays_below
    return WorkTreeRequests(list(entries.values()), others)


def _others(entries: Iterable[SnapshotEntry], rules: PackSet) -> list[FileChange]:
    return [
        FileChange(entry.path, None, entry) for entry in entries if may_be_stray(entry.path, rules)
    ]


def _require_complete(
    left_out: Iterable[bytes], requests: Iterable[SnapshotEntry], rules: PackSet
) -> None:
    present = {entry.path for entry in requests}
    paths = (checked_name(name, "", "").path for name in left_out)
    missing = [path for path in paths if rules.kind_of(path) and path not in present]
    if missing:
        raise UndecidedError(
            Text(
                f"A sparse checkout leaves out {len(missing)} of the requests, such as"
                f" {missing[0]}: they cannot be judged.",
                f"稀疏检出略去了 {len(missing)} 份申请（如 {missing[0]}），无法判定。",
            ),
            Text(
                "Add their folder (git sparse-checkout add FOLDER), or check two commits instead:"
                " launchpolicy check --base COMMIT. To judge one request, name it.",
                "请加入其目录（git sparse-checkout add <目录>），或改为检查两个提交："
                "launchpolicy check --base <提交>；如只判定一份申请，请指明其路径。",
            ),
        )


def _nothing_there(path: Path, relative: str, tree: WorkTree) -> UsageError:
    globs = ", ".join(kind.files.wording for kind in tree.rules.kinds.values())
    shown = relative or path
    if not os.path.lexists(path):
        problem = Text(f"{shown} does not exist.", f"{shown} 不存在。")
    else:
        problem = Text(
            f"{shown} is no request, and holds none.", f"{shown} 不是申请，其中也没有申请。"
        )
    near = _similar_path(relative, tree)
    meant = Text(f"Did you mean {near}? ", f"是否想写 {near}？") if near else Text("", "")
    return UsageError(
        problem,
        Text(f"{meant.en}Requests are the files {globs}.", f"{meant.zh}申请文件的路径为 {globs}。"),
    )


def _similar_path(relative: str, tree: WorkTree) -> str:
    """Return the file or the folder of a request that a path may mean; "" for none."""
    import difflib  # noqa: PLC0415 (only a mistake needs it)

    requests, _ = _in_folders(tree.files, tree.rules)
    known = {part for entry in requests for part in (entry.path, entry.path.rpartition("/")[0])}
    near = difflib.get_close_matches(relative, sorted(known), n=1, cutoff=0.8)
    return near[0] if near else ""

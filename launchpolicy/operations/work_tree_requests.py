"""The requests of a work tree, and the files in it that only look like requests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.file_names import UNREADABLE, checked_name
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.launch_root import relative_to_root
from launchpolicy.operations.strays import may_be_stray, stray_submissions
from launchpolicy.operations.submissions import request_entries
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.snapshot import FileChange, SnapshotEntry
from launchpolicy.vocabulary.text import Text


class WorkTreeRequests(NamedTuple):
    """Entries of requests, and changes that may be strays: files that are taken as new."""

    entries: list[SnapshotEntry]
    others: list[FileChange]


def whole_work_tree(
    files: WorkTreeSnapshot, rules: PackSet, repository: Repository | None, prefix: str
) -> WorkTreeRequests:
    """Return every request; `prefix` is the launch repository's place in the git repository.

    What git ignores cannot be merged, so it is not looked at.

    Raises:
        UndecidedError: a sparse checkout leaves requests out, or something cannot be read.
    """
    requests = list(request_entries(files, rules))
    if repository is None:
        return WorkTreeRequests(requests, _others(files.entries(), rules))
    from launchpolicy.hosts.git.work_tree_files import list_files  # noqa: PLC0415 (only here)

    listing = list_files(repository, prefix)
    present = {entry.path for entry in requests}
    _require_complete(
        (checked_name(name, "", "").path for name in listing.left_out), present, rules
    )
    names = (checked_name(name, "", "") for name in listing.names)
    suspects = [name for name in names if may_be_stray(name.path, rules)]
    with files.lookup() as entry_at:
        entries = (name if name.mode == UNREADABLE else entry_at(name.path) for name in suspects)
        others = _others((entry for entry in entries if entry is not None), rules)
    return WorkTreeRequests(requests, others)


def named_requests(
    files: WorkTreeSnapshot, rules: PackSet, root: Path, paths: Sequence[Path]
) -> WorkTreeRequests:
    """Return the requests that some paths name, or that are below them.

    Raises:
        UsageError: a path names no request and nothing that looks like one.
    """
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
            strays_below = _others(files.entries(relative), rules)
            if not below_it and not any(stray_submissions(strays_below, rules, files, files)):
                raise _nothing_there(path, rules)
            entries |= {entry.path: entry for entry in below_it}
            others += strays_below
    return WorkTreeRequests(list(entries.values()), others)


def _others(entries: Iterable[SnapshotEntry], rules: PackSet) -> list[FileChange]:
    return [
        FileChange(entry.path, None, entry) for entry in entries if may_be_stray(entry.path, rules)
    ]


def _require_complete(left_out: Iterator[str], present: Collection[str], rules: PackSet) -> None:
    missing = [path for path in left_out if rules.kind_of(path) and path not in present]
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


def _nothing_there(path: Path, rules: PackSet) -> UsageError:
    globs = ", ".join(kind.files for kind in rules.kinds.values())
    return UsageError(
        Text(f"{path} is no request, and holds none.", f"{path} 不是申请，其中也没有申请。"),
        Text(f"Requests are the files {globs}.", f"申请文件的路径为 {globs}。"),
    )

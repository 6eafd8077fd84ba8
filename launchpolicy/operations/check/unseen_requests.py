"""Say which requests of the work tree a check of commits did not see."""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.work_tree_files import list_files
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.submissions.work_tree_changes import work_tree_changes
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_FEW = 3


def unseen_requests(
    repository: Repository, prefix: str, rules: PackSet, head: Snapshot
) -> tuple[Text, ...]:
    """Return a note if requests of the work tree are not as they are in `head`.

    Where the work tree cannot be read there is no note: nothing is decided by it.
    """
    if repository.top is None:
        return ()
    try:
        files = work_tree(repository.top / prefix, repository)
        listing = list_files(repository, prefix)
        paths = work_tree_changes(
            files, listing, head, lambda path: rules.kind_of(path) is not None
        )
    except LaunchpolicyError:
        return ()
    return (_not_judged(paths),) if paths else ()


def _not_judged(paths: Sequence[str]) -> Text:
    more = len(paths) - _FEW
    english = ", ".join(paths[:_FEW]) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(paths[:_FEW]) + (f" 等 {len(paths)} 个文件" if more > 0 else "")
    return Text(
        f"Looked at HEAD: these have changes here that are not committed, and they are not judged: "
        f"{english}. Commit them, or run `launchpolicy check` to judge the work tree.",
        f"查看的是 HEAD：{chinese} 在本地有尚未提交的改动，未参与判定。"
        "请先提交，或运行 `launchpolicy check` 判定工作区。",
    )

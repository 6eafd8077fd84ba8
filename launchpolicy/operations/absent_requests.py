"""Say where a request is that is not in the work tree: on a branch, or under a similar name."""

from __future__ import annotations

import re
from pathlib import Path

from launchpolicy.hosts.git.branches import branches
from launchpolicy.hosts.git.repository import Repository, find_top, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.request_names import names_in_use
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.near_names import did_you_mean, near_names
from launchpolicy.vocabulary.text import Text

_SHORT = re.compile(r"refs/(?:heads|remotes/[^/]+)/(.+)")
USUAL_REMEDY = Text(
    "Give its file, its folder or its name, such as LR-2026-0042.",
    "请填写其文件、目录或名称，例如 LR-2026-0042。",
)


def absent_request_remedy(start: Path, asked: str) -> Text:
    """Return what to do about a launch request that is not in the work tree.

    Args:
        start: where the command runs.
        asked: its name, its folder or its file, as it was asked for.
    """
    root = launch_root(start)
    if root is None or find_top(root) is None:
        return USUAL_REMEDY
    try:
        with open_repository(root) as repository:
            return _remedy(root, repository, asked)
    except LaunchpolicyError:  # what is not right there is no reason to say less here
        return USUAL_REMEDY


def _remedy(root: Path, repository: Repository, asked: str) -> Text:
    _, configuration = load_configuration(work_tree(root))
    launches = configuration.paths.launches
    name = asked.removesuffix("/").removesuffix(f"/{REQUEST_FILE}").rpartition("/")[2]
    prefix = prefix_of(repository.top, root)
    branch = _branch_with(repository, prefix, configuration.paths.request(name))
    if branch:
        return Text(
            f"It is on the branch {branch}: git switch {branch}",
            f"该申请在分支 {branch} 上：git switch {branch}",
        )
    known = sorted(names_in_use(root, launches, repository, prefix) - {name})
    near = near_names(name, known)
    return did_you_mean(near) if near else USUAL_REMEDY


def _branch_with(repository: Repository, prefix: str, path: str) -> str:
    """Return the short name of the first branch that has the file; "" where none has."""
    for branch in branches(repository):
        short = _SHORT.fullmatch(branch.reference)
        snapshot = below(CommitSnapshot(repository, branch.commit), prefix)
        if short is not None and short[1] != "HEAD" and snapshot.entry(path) is not None:
            return short[1]
    return ""

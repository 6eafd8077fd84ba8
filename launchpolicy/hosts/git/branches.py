"""List branches, and start a new one for the work that begins now."""

from __future__ import annotations

import os
from typing import NamedTuple

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.run_files import note_moved
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_LOCAL = "refs/heads/"
_FORMAT = "--format=%(objectname) %(refname)"


class Branch(NamedTuple):
    """A branch of this clone or of a remote: its last commit and its whole reference name."""

    commit: str
    reference: str


def branches(repository: Repository) -> list[Branch]:
    """Return every branch of the clone and of its remotes, as last fetched.

    Raises:
        UndecidedError: git cannot list them.
    """
    output = repository.git.demand("for-each-ref", _FORMAT, "refs/heads", "refs/remotes")
    lines = os.fsdecode(output).splitlines()
    listed_branches = (Branch(*line.split(" ", 1)) for line in lines if " " in line)
    return [branch for branch in listed_branches if is_oid(branch.commit)]


def start_branch(repository: Repository, name: str) -> None:
    """Make the branch `name` at HEAD and switch to it; no file is touched.

    Raises:
        UsageError: there is a branch of that name, or tracked files are changed.
        UndecidedError: git cannot do it.
    """
    if any(branch.reference == f"{_LOCAL}{name}" for branch in branches(repository)):
        raise _exists(name)
    changes = repository.git.demand("status", "--porcelain", "--untracked-files=no")
    if changes.strip():
        raise _uncommitted_change(os.fsdecode(changes).splitlines()[0][3:])
    answer = repository.git.run("switch", "--quiet", "--no-track", "--create", name)
    if answer.code != 0:
        raise problems.git_failed("switch", answer.code, answer.complaint)
    note_moved(f"{_LOCAL}{name}")


def _exists(name: str) -> UsageError:
    return UsageError(
        Text(f"There is a branch {name} already.", f"分支 {name} 已存在。"),
        Text(
            f"Switch to it (git switch {name}), or take another name with --name.",
            f"请切换到该分支（git switch {name}），或用 --name 另取编号。",
        ),
    )


def _uncommitted_change(file: str) -> UsageError:
    return UsageError(
        Text(
            f"There are changes that are not committed: {file}. They would go into the new branch.",
            f"有尚未提交的改动：{file}。新分支会带上这些改动。",
        ),
        Text(
            "Commit or stash them first, or give --no-branch.",
            "请先提交或暂存（git stash），或加上 --no-branch。",
        ),
    )

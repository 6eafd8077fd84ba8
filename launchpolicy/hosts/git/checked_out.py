"""Say which branch is checked out, and make the work tree follow it when it moves."""

from __future__ import annotations

import os
from collections.abc import Mapping

from launchpolicy.hosts.git.plumbing import as_user
from launchpolicy.hosts.git.repository import Repository

_BRANCHES = "refs/heads/"


def current_branch(repository: Repository) -> str:
    """Return the short name of the branch that is checked out; "" where HEAD is detached."""
    answer = repository.git.run("symbolic-ref", "--quiet", "HEAD")
    name = os.fsdecode(answer.output).removesuffix("\n")
    return name.removeprefix(_BRANCHES) if answer.code == 0 and name.startswith(_BRANCHES) else ""


def switch_branch(repository: Repository, name: str, environ: Mapping[str, str]) -> bool:
    """Check out a branch; return False where files that are not committed stand in the way."""
    git = as_user(repository.git, environ)
    changes = git.run("status", "--porcelain", "--untracked-files=no")
    if changes.code != 0 or changes.output.strip():
        return False
    return git.run("switch", "--quiet", "--no-guess", name).code == 0


def update_files(
    repository: Repository, old: str, new: str, environ: Mapping[str, str]
) -> str | None:
    """Move the files of the work tree from one commit to another, as a fast-forward does.

    Returns:
        What git said against it, on one line: nothing was changed then. None when it is done.
    """
    answer = as_user(repository.git, environ).run("read-tree", "-m", "-u", old, new)
    return None if answer.code == 0 else " ".join(answer.complaint.split())


def stage_path(repository: Repository, path: str, environ: Mapping[str, str]) -> None:
    """Put a file of the work tree into the index, so that git sees it as it is committed."""
    as_user(repository.git, environ).run("add", "--", path)


def added_paths(repository: Repository, old: str, new: str) -> list[str]:
    """Return the paths of the files that one commit adds to another."""
    arguments = ("-r", "--name-only", "-z", "--no-renames", "--diff-filter=A", old, new)
    output = repository.git.run("diff-tree", *arguments).output
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def has_other_changes(repository: Repository, old: str, new: str, path: str) -> bool:
    """Return whether two commits differ in other files than `path`."""
    answer = repository.git.run("diff-tree", "-r", "--name-only", "-z", old, new)
    names = [name for name in answer.output.split(b"\0") if name]
    return answer.code != 0 or names not in ([], [os.fsencode(path)])

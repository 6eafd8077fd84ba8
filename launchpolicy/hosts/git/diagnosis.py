"""Explain why a name leads to no commit, and what to do about it.

The only module that knows GitPython: it reads refs and remotes without running anything. Names
that people typed are compared here, never passed on (`repo.git.*` does not guard itself).
"""

from __future__ import annotations

import difflib
import itertools
import shlex
from collections.abc import Iterable
from typing import NamedTuple

from git import GitError, Reference, Remote, Repo

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_MOST_NAMES = 10_000
_SHOWN = 80
_LISTED = 5


class CloneNames(NamedTuple):
    """The names that a clone knows: its branches, branches of its remotes, tags, remotes."""

    branches: tuple[str, ...]
    remote_branches: tuple[str, ...]
    tags: tuple[str, ...]
    remotes: tuple[str, ...]


def explain_unresolved(repository: Repository, name: str) -> UndecidedError:
    """Return the error for a name that leads to no commit, with the likeliest remedy."""
    shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    problem = Text(f"There is no commit {shown} in this clone.", f"本地克隆中没有提交 {shown}。")
    return UndecidedError(problem, _remedy(repository, shown, clone_names(repository)))


def clone_names(repository: Repository) -> CloneNames | None:
    """Return the names that GitPython finds; None if the clone is too damaged for it."""
    try:
        with Repo(repository.top or repository.git_dir) as clone:
            remotes = list(clone.remotes)
            return CloneNames(
                branches=_names(clone.branches),
                remote_branches=_names(ref for remote in remotes for ref in remote.refs),
                tags=_names(clone.tags),
                remotes=_names(remotes),
            )
    except (GitError, OSError, ValueError, AssertionError, KeyError):
        return None


def _names(references: Iterable[Reference | Remote]) -> tuple[str, ...]:
    return tuple(reference.name for reference in itertools.islice(references, _MOST_NAMES))


def _remedy(repository: Repository, name: str, clone: CloneNames | None) -> Text:
    if repository.is_shallow:
        return problems.shallow_clone().remedy
    if clone is None:
        return Text("Run git fsck: its refs are damaged.", "请运行 git fsck：引用已损坏。")
    if not (clone.branches or clone.remote_branches or clone.tags):
        return Text("Make the first commit, or fetch one.", "请先创建提交，或从远端获取。")
    similar = _similar(name, clone)
    if similar:
        return Text(f"Did you mean {similar}?", f"是否想写 {similar}？")
    if clone.remotes:
        command = _fetch(name, clone.remotes)
        return Text(f"Fetch it: {command}", f"请先获取：{command}")
    known = clone.branches or clone.tags
    names = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")
    return Text(
        f"Name a branch, a tag or a commit of this clone. It has: {names}",
        f"请填写本地克隆中的分支、标签或提交。现有：{names}",
    )


def _similar(name: str, names: CloneNames) -> str | None:
    """Return the name that was probably meant: a branch of a remote, or a similar name."""
    if is_oid(name):
        return None
    remote, branch = _split(name, names.remotes)
    refs = {_split(full_name, names.remotes)[1]: full_name for full_name in names.remote_branches}
    if not remote:
        refs |= {full_name: full_name for full_name in (*names.tags, *names.branches)}
    closest = difflib.get_close_matches(branch, refs, n=1)
    return refs[closest[0]] if closest else None


def _fetch(name: str, remotes: tuple[str, ...]) -> str:
    remote, branch = _split(name, remotes)
    source = remote or ("origin" if "origin" in remotes else remotes[0])
    return f"git fetch {source} {shlex.quote(branch)}"


def _split(name: str, remotes: tuple[str, ...]) -> tuple[str, str]:
    """Return `origin/main` as its remote and the branch there; no remote if it names none."""
    remote = next(
        (remote_name for remote_name in remotes if name.startswith(f"{remote_name}/")), ""
    )
    return remote, name.removeprefix(f"{remote}/") if remote else name

"""Why a name leads to no commit, and what to do about it.

The only module that knows GitPython: it reads refs and remotes without running anything. Names
that people typed are compared here, never passed on (`repo.git.*` does not guard itself).
"""

from __future__ import annotations

import difflib
from typing import NamedTuple

from git import GitError, Repo

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_MOST_NAMES = 10_000
_SHOWN = 80


class Facts(NamedTuple):
    """What a clone knows: names of its branches, of branches of its remotes, of tags, remotes."""

    branches: tuple[str, ...] = ()
    remote_branches: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    remotes: tuple[str, ...] = ()


def unresolved(repository: Repository, name: str) -> UndecidedError:
    """The error for a name that leads to no commit, with the likeliest remedy."""
    shown = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    problem = Text(f"There is no commit {shown} in this clone.", f"本地克隆中没有提交 {shown}。")
    return UndecidedError(problem, _remedy(repository, shown, facts(repository)))


def facts(repository: Repository) -> Facts:
    """What GitPython finds out; nothing, where the clone is too damaged for it."""
    try:
        with Repo(repository.top or repository.git_dir) as known:
            return Facts(
                branches=tuple(each.name for each in known.branches[:_MOST_NAMES]),
                remote_branches=tuple(
                    ref.name for remote in known.remotes for ref in remote.refs[:_MOST_NAMES]
                ),
                tags=tuple(each.name for each in known.tags[:_MOST_NAMES]),
                remotes=tuple(remote.name for remote in known.remotes),
            )
    except (GitError, OSError, ValueError, AssertionError, KeyError):
        return Facts()


def _remedy(repository: Repository, name: str, known: Facts) -> Text:
    if repository.is_shallow:
        return problems.shallow().remedy
    if not any(known[:3]):
        return Text("Make the first commit, or fetch one.", "请先创建提交,或从远端获取。")
    similar = _similar(name, known)
    if similar:
        return Text(f"Did you mean {similar}?", f"是否想写 {similar}?")
    if known.remotes:
        command = _fetch(name, known.remotes)
        return Text(f"Fetch it: {command}", f"请先获取:{command}")
    known_names = ", ".join(known.branches[:5])
    return Text(
        f"Name a branch, a tag or a commit of this clone. Its branches: {known_names}",
        f"请填写本地克隆中的分支、标签或提交。现有分支:{known_names}",
    )


def _similar(name: str, known: Facts) -> str | None:
    """The name that was probably meant: the branch of a remote, or one that is spelt alike."""
    if is_oid(name):
        return None
    on_remote = [f"{remote}/{name}" for remote in known.remotes]
    exact = [each for each in known.remote_branches if each in on_remote]
    everything = (*known.branches, *known.remote_branches, *known.tags)
    return next(iter(exact or difflib.get_close_matches(name, everything, n=1)), None)


def _fetch(name: str, remotes: tuple[str, ...]) -> str:
    remote = next(
        (each for each in remotes if name.startswith(f"{each}/")),
        "origin" if "origin" in remotes else remotes[0],
    )
    return f"git fetch {remote} {name.removeprefix(f'{remote}/')}"

"""Resolve a name to a commit's object id, once; after that only ids are used (threat G1)."""

from __future__ import annotations

import os

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.lost_alternates import lost_alternate
from launchpolicy.hosts.git.repository import Repository, is_oid

_LONGEST_NAME = 4096


def head(repository: Repository) -> str | None:
    """Return the commit that HEAD leads to; None before the first commit of a branch.

    Raises:
        UndecidedError: HEAD leads to something that cannot be read. To take that for "no commit
            yet" would lose every old version.
    """
    commit = repository.objects.head()
    if commit is None and not _is_unborn(repository):
        complaint = repository.git.run("cat-file", "-e", "HEAD").complaint
        raise lost_alternate(complaint) or problems.broken_head()
    return commit


def resolve(repository: Repository, name: str) -> str:
    """Return the id of the commit that a branch, a tag, an id or another revision stands for.

    Raises:
        UndecidedError: the name leads to no commit of this clone, or to more than one.
    """
    answer = None
    if _is_possible(name):
        commit_of_name = f"{name}^{{commit}}"
        answer = repository.git.run("rev-parse", "--verify", "--end-of-options", commit_of_name)
        # A tag of the same name, which more people may push, would win over the branch.
        if "ambiguous" in answer.complaint and not (is_oid(name) or name == "HEAD"):
            raise problems.ambiguous_name(name)
        commit = answer.output.decode("ascii", "replace").removesuffix("\n")
        if answer.code == 0 and is_oid(commit):
            return commit
        lost = lost_alternate(answer.complaint)
        if lost is not None:
            raise lost
    # Loaded here on purpose: GitPython, which only an explanation needs.
    from launchpolicy.hosts.git.diagnosis import explain_unresolved  # noqa: PLC0415

    raise explain_unresolved(repository, name)


def _is_possible(name: str) -> bool:
    """Return whether git can be asked for `name`: `:` would look into trees or messages."""
    try:
        name_bytes = os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return 0 < len(name_bytes) < _LONGEST_NAME and not {*":\0\n"} & {*name}


def _is_unborn(repository: Repository) -> bool:
    """Return whether HEAD names a branch that does not exist at all."""
    branch = repository.git.run("symbolic-ref", "--quiet", "HEAD")
    if branch.code != 0:
        return False
    name = os.fsdecode(branch.output).removesuffix("\n")
    answer = repository.git.run("for-each-ref", "--format=%(objectname)", "--", name)
    return answer == (0, b"", "")

"""Commit one file on top of a commit, as its user, without work tree, index or hooks.

Nothing refers to the commit until a reference is moved to it, so that a process that is killed
before has changed nothing. It is signed where the user signs commits (`commit.gpgSign`). Hooks do
not run: they look at what is staged, and nothing is.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.plumbing import as_user
from launchpolicy.hosts.git.repository import Repository, is_oid


def commit_file(  # noqa: PLR0913, PLR0917 (what a commit is made of)
    repository: Repository,
    parent: str,
    path: str,
    mode: str,
    data: bytes,
    message: str,
    environ: Mapping[str, str] = os.environ,
) -> str:
    """Return the id of a new commit: `parent` with `data` at `path`, and all else as it was.

    Raises:
        UndecidedError: git cannot write it, or cannot sign it.
    """
    git = repository.git
    blob = _oid(git.demand("hash-object", "-w", "--no-filters", "--stdin", stdin=data))
    index = repository.git_dir / f"launchpolicy-index-{secrets.token_hex(8)}"
    try:
        git.demand("read-tree", parent, index=index)
        entry = f"{mode},{blob},{path}"
        git.demand("update-index", "--add", "--cacheinfo", entry, index=index)
        tree = _oid(git.demand("write-tree", index=index))
    finally:
        index.unlink(missing_ok=True)
    user = as_user(git, environ)
    signs = user.run("config", "--type=bool", "--get", "commit.gpgSign").output.strip() == b"true"
    options = ("-S",) if signs else ()
    answer = user.run("commit-tree", *options, "-p", parent, tree, stdin=message.encode())
    if answer.code != 0:
        raise problems.git_failed("commit-tree", answer.code, answer.complaint)
    return _oid(answer.output)


def _oid(output: bytes) -> str:
    oid = output.decode("ascii", "replace").strip()
    if not is_oid(oid):
        raise problems.not_understood("write-tree")
    return oid

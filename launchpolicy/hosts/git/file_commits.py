"""Commit one file on top of a commit, as its user, without work tree, index or hooks.

Nothing refers to the commit until a reference is moved to it, so that a process that is killed
before has changed nothing. It is signed where the user signs commits (`commit.gpgSign`). Hooks do
not run: they look at what is staged, and nothing is.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import NamedTuple

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.plumbing import as_user
from launchpolicy.hosts.git.repository import Repository, is_oid


class FileToCommit(NamedTuple):
    """The bytes of a file, and its mode as git has it."""

    data: bytes
    mode: str = "100644"


def commit_files_as_user(
    repository: Repository,
    parent: str,
    files: Mapping[str, FileToCommit],
    message: str,
    environ: Mapping[str, str] = os.environ,
) -> str:
    """Return the id of a new commit: `parent` with `files` by path, and all else as it was.

    Raises:
        UndecidedError: git cannot write it, or cannot sign it.
    """
    git = repository.git
    entries = []
    for path, file in files.items():
        blob = git.demand("hash-object", "-w", "--no-filters", "--stdin", stdin=file.data)
        entries += ["--cacheinfo", f"{file.mode},{_oid(blob)},{path}"]
    index = repository.git_dir / f"launchpolicy-index-{secrets.token_hex(8)}"
    try:
        git.demand("read-tree", parent, index=index)
        if entries:
            git.demand("update-index", "--add", *entries, index=index)
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

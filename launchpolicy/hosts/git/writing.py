"""A commit made of another one and some files, without work tree or index.

`git fast-import` reads only the folders that change, so the cost does not depend on how many files
there are. Nothing refers to the commit until a reference is moved to it: a process that is killed
before that has changed nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid

_AUTHOR = b"launchpolicy <ledger@launchpolicy.invalid>"


def commit_files(
    repository: Repository,
    parent: str | None,
    files: Mapping[str, bytes],
    gone: Iterable[str],
    message: str,
    at: datetime,
) -> str:
    """The id of a new commit: `parent` with `files` (path → bytes) written and `gone` removed.

    Raises:
        UndecidedError: git cannot write it (a full disk, a folder that is not ours).
    """
    reference = f"refs/launchpolicy/new-{secrets.token_hex(8)}"
    stamp = int(at.astimezone(UTC).timestamp())
    told = message.encode()
    lines = [
        b"feature done\n",
        b"commit %s\nmark :1\n" % reference.encode(),
        b"committer %s %d +0000\n" % (_AUTHOR, stamp),
        b"data %d\n%s\n" % (len(told), told),
        b"from %s\n" % parent.encode() if parent is not None else b"",
        *(b"D %s\n" % _path(path) for path in sorted(gone)),
        *(
            b"M 100644 inline %s\ndata %d\n%s\n" % (_path(path), len(files[path]), files[path])
            for path in sorted(files)
        ),
        b"get-mark :1\n",
        b"reset %s\n" % reference.encode(),  # so that no reference is left behind
        b"done\n",
    ]
    written = repository.git.demand("fast-import", "--quiet", "--done", told=b"".join(lines))
    commit = written.decode("ascii", "replace").strip()
    if not is_oid(commit):
        raise problems.not_understood("fast-import")
    return commit


def move_reference(repository: Repository, reference: str, old: str | None, new: str) -> bool:
    """Moves a reference from `old` to `new`; False if it was not at `old` any more.

    `old` is None for a reference that is not there yet.

    Raises:
        UndecidedError: git cannot write it.
    """
    answer = repository.git.run("update-ref", reference, new, old or _zero(new))
    if answer.code == 0:
        return True
    if read_reference(repository, reference) != old:
        return False
    raise problems.git_failed("update-ref", answer.code, answer.complaint)


def read_reference(repository: Repository, reference: str) -> str | None:
    """The commit that a whole reference name leads to; None where there is none."""
    answer = repository.git.run("show-ref", "--verify", "--hash", "--", reference)
    commit = answer.output.decode("ascii", "replace").strip()
    return commit if answer.code == 0 and is_oid(commit) else None


def _zero(oid: str) -> str:
    return "0" * len(oid)


def _path(path: str) -> bytes:
    """A path as fast-import reads it; none of ours needs quotes."""
    encoded = path.encode()
    if b"\n" in encoded or encoded.startswith(b'"') or not encoded:
        message = f"not a path of the ledger: {path!r}"
        raise ValueError(message)
    return encoded

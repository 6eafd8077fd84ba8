"""Write commits: of the ledger, without work tree or index; of one file, as its user would.

`git fast-import` reads only the folders that change, so the cost does not depend on how many files
there are. Nothing refers to the commit until a reference is moved to it: a process that is killed
before that has changed nothing.

`commit_path` is the other way: `git commit` itself, with the user's identity, signature and hooks,
for hosts ask for what those add (a `Change-Id`, a signature), and to go past them unasked would be
`--no-verify`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.plumbing import as_user
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.run_files import note_moved

_AUTHOR = b"launchpolicy <ledger@launchpolicy.invalid>"


def commit_files(
    repository: Repository,
    parent: str | None,
    files: Mapping[str, bytes],
    gone: Iterable[str],
    message: str,
    at: datetime,
) -> str:
    """Return the id of a new commit: `parent` with `files` written and `gone` removed.

    Raises:
        UndecidedError: git cannot write it (a full disk, a folder that is not ours).
    """
    reference = f"refs/launchpolicy/new-{secrets.token_hex(8)}"
    stamp = int(at.astimezone(UTC).timestamp())
    text = message.encode()
    lines = [
        b"feature done\n",
        b"commit %s\nmark :1\n" % reference.encode(),
        b"committer %s %d +0000\n" % (_AUTHOR, stamp),
        b"data %d\n%s\n" % (len(text), text),
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
    output = repository.git.demand("fast-import", "--quiet", "--done", stdin=b"".join(lines))
    commit = output.decode("ascii", "replace").strip()
    if not is_oid(commit):
        raise problems.not_understood("fast-import")
    return commit


def commit_path(
    repository: Repository, path: str, message: str, environ: Mapping[str, str] = os.environ
) -> str | None:
    """Commit one file of the work tree, and nothing else, to the branch that is checked out.

    What is staged besides stays staged. The file may be new.

    Args:
        repository: the repository, with a work tree.
        path: the file's path from its top level.
        message: the message; its first line is the subject.
        environ: the environment that the user's identity and hooks see.

    Returns:
        What git or a hook said against it, on one line; None when it is committed.
    """
    git = as_user(repository.git, environ)
    answer = git.run("add", "--", path)
    if answer.code == 0:
        answer = git.run("commit", "--quiet", f"--message={message}", "--only", "--", path)
    if answer.code == 0:
        return None
    complaint = f"{answer.output.decode('utf-8', 'replace')} {answer.complaint}"
    return " ".join(complaint.split()) or f"exit code {answer.code}"


def has_identity(repository: Repository, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether git knows by what name and address its user commits."""
    git = as_user(repository.git, environ)
    return all(git.run("var", f"GIT_{who}_IDENT").code == 0 for who in ("AUTHOR", "COMMITTER"))


def move_reference(repository: Repository, reference: str, old: str | None, new: str) -> bool:
    """Move a reference from `old` to `new`; return False if it was not at `old` any more.

    `old` is None for a reference that is not there yet. A symbolic reference is moved itself, never
    the branch that it leads to.

    Raises:
        UndecidedError: git cannot write it.
    """
    answer = repository.git.run("update-ref", "--no-deref", reference, new, old or _zero(new))
    if answer.code == 0:
        note_moved(reference)
        return True
    if read_reference(repository, reference) != old:
        return False
    raise problems.git_failed("update-ref", answer.code, answer.complaint)


def read_reference(repository: Repository, reference: str) -> str | None:
    """Return the commit that a whole reference name leads to; None where there is none."""
    answer = repository.git.run("show-ref", "--verify", "--hash", "--", reference)
    commit = answer.output.decode("ascii", "replace").strip()
    return commit if answer.code == 0 and is_oid(commit) else None


def _zero(oid: str) -> str:
    return "0" * len(oid)


def _path(path: str) -> bytes:
    """Return a path as fast-import reads it; none of ours needs quotes."""
    path_bytes = path.encode()
    if b"\n" in path_bytes or path_bytes.startswith(b'"') or not path_bytes:
        message = f"not a path of the ledger: {path!r}"
        raise ValueError(message)
    return path_bytes

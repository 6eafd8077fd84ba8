"""Read the first-parent history of a branch as steps, in the order in which they landed.

Two git processes serve the whole walk: one lists the commits, one compares each with its first
parent. Both are plumbing, so no configuration, attribute or mailmap takes part (threat G1).
"""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import IO, NamedTuple

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.commits import moment
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.git.trees import TreeDifference, TreeNode, change
from launchpolicy.vocabulary.snapshot import FileChange

_AT_ONCE = 200
"""So many questions of 82 bytes fit into any pipe, so git never waits for us to read."""

_NOTHING = "000000"
_META = 5


class ListedCommit(NamedTuple):
    """A commit of the branch: its first parent (None for a root), the others, its time."""

    commit: str
    parent: str | None
    others: tuple[str, ...]
    at: datetime


class HistoryStep(NamedTuple):
    """A commit with what it changes against its first parent, in path order."""

    listed: ListedCommit
    changes: tuple[FileChange, ...]


def steps(repository: Repository, head: str, after: str | None = None) -> Iterator[HistoryStep]:
    """Yield the steps of the first-parent history of `head`, oldest first, from after `after`.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    commits = listing(repository, head, after)
    with _process(repository, "diff-tree", *_DIFF) as (questions, answers):
        while group := list(islice(commits, _AT_ONCE)):
            yield from _compare(group, questions, answers)


_DIFF = ("--stdin", "-r", "-z", "--raw", "--root", "--always", "--no-renames")


def listing(repository: Repository, head: str, after: str | None = None) -> Iterator[ListedCommit]:
    """Yield the commits of the first-parent history of `head`, oldest first, after `after`.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    if repository.is_shallow:
        raise problems.shallow_clone()
    without = [f"^{after}"] if after is not None else []
    arguments = ("--first-parent", "--reverse", "--parents", "--timestamp", head, *without, "--")
    with _process(repository, "rev-list", *arguments) as (_, answers):
        for line in answers:
            time, *oids = line.decode("ascii", "replace").split()
            if not oids or not all(map(is_oid, oids)):
                raise problems.not_understood("rev-list")
            commit, *parents = oids
            yield ListedCommit(
                commit, parents[0] if parents else None, tuple(parents[1:]), moment(time)
            )


def _compare(
    group: list[ListedCommit], questions: IO[bytes], answers: IO[bytes]
) -> Iterator[HistoryStep]:
    """Yield the steps of a group; a line that is no commit is echoed, and marks the end."""
    end = f"end-{secrets.token_hex(8)}\n"
    lines = [f"{commit.commit} {commit.parent or ''}".rstrip() + "\n" for commit in group]
    questions.write("".join((*lines, end)).encode())
    questions.flush()
    tokens = _until(answers, end.encode()).split(b"\0")[:-1]
    at = 0
    for commit in group:
        if at >= len(tokens) or tokens[at] != commit.commit.encode():
            raise problems.corrupt_object(commit.commit)
        at += 1
        changes = []
        while at + 1 < len(tokens) and tokens[at].startswith(b":"):
            changes.append(_change(tokens[at], tokens[at + 1]))
            at += 2
        yield HistoryStep(commit, tuple(changes))


def _until(answers: IO[bytes], end: bytes) -> bytes:
    pieces = bytearray()
    while not pieces.endswith(end):
        line = answers.readline()
        if not line:
            raise problems.not_understood("diff-tree")
        pieces += line
    return bytes(pieces.removesuffix(end)) or b"\0"


def _change(meta: bytes, path: bytes) -> FileChange:
    fields = meta[1:].decode("ascii", "replace").split()
    if len(fields) != _META:
        raise problems.not_understood("diff-tree")
    old_mode, new_mode, old, new, _ = fields
    return change(path, TreeDifference(_node(old_mode, old), _node(new_mode, new)))


def _node(mode: str, oid: str) -> TreeNode | None:
    return None if mode == _NOTHING else TreeNode(mode, oid)


@contextmanager
def _process(repository: Repository, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    process = repository.git.start(*arguments)
    questions, answers = process.stdin, process.stdout
    if questions is None or answers is None:  # as start() says
        raise problems.not_understood(arguments[0])
    try:
        yield questions, answers
    except BrokenPipeError as error:
        raise problems.git_failed(arguments[0], process.poll(), "it ended early") from error
    except BaseException:  # the caller may stop in the middle, or git may not answer
        process.kill()
        raise
    finally:
        _end(process, arguments[0])


def _end(process: subprocess.Popen[bytes], command: str) -> None:
    """Close both pipes and wait; a process that a signal ended was stopped by us."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    code = process.wait()
    if code > 0:
        raise problems.git_failed(command, code, "")

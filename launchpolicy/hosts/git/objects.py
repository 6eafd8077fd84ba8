"""Read objects of a repository by id, through one `git cat-file --batch` for the whole run."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator, Sequence
from typing import IO

from launchpolicy.hosts.child_process import AnsweringProgram
from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.lost_alternates import lost_alternate
from launchpolicy.hosts.git.plumbing import Git
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.hashing import sha1, sha256
from launchpolicy.vocabulary.named_tuple import NamedTuple

OID_LENGTHS = {40: "sha1", 64: "sha256"}
"""Hex digits of an object id, and the hash that makes it."""

_HASHES = {40: sha1, 64: sha256}

# So few questions fit into any pipe, so neither side ever waits for the other to read.
_QUESTIONS = 50
_SMALL = 512 * 1024
_PIECE = 64 * 1024
_KEPT_SIZE = 64 * 1024
_KEPT_TOTAL = 2 * 1024 * 1024
"""Bytes of an object that is kept at most, and of all that are kept."""

_OVERHEAD = 512
"""Bytes that are counted for a kept object besides its data."""

_PROMISES = r"^(remote\..*\.promisor|extensions\.partialclone)$"


class GitObject(NamedTuple):
    """One object: `kind` is blob, tree, commit or tag; no `data` when `size` is over the limit."""

    oid: str
    kind: str
    size: int
    data: bytes | None


class ObjectReader:
    """Reads objects; every returned content was hashed again and is what its id says.

    So neither a damaged store nor a replace ref (threat G5) can show other bytes than the id
    stands for. Many small objects are asked for at once, large ones one by one; those over the
    limit cost time, but no memory. The latest small ones are kept: an id never stands for anything
    else, and a walk through history asks for each commit and tree a few times.
    """

    __slots__ = ("_git", "_kept", "_kept_bytes", "_process")

    def __init__(self, git: Git) -> None:
        self._git = git
        self._process = AnsweringProgram[subprocess.Popen[bytes]]()
        self._kept: dict[str, GitObject] = {}
        self._kept_bytes = 0

    def read(self, oids: Sequence[str], limit: int) -> list[GitObject]:
        """Return the objects of these ids, in their order.

        Raises:
            UndecidedError: one is missing or damaged.
        """
        known = {oid: kept for oid in oids if (kept := self._kept.get(oid)) and kept.size <= limit}
        if len(known) < len(oids):
            for git_object in self._read([oid for oid in oids if oid not in known], limit):
                known[git_object.oid] = git_object
                self._keep(git_object)
        return [known[oid] for oid in oids]

    def _keep(self, git_object: GitObject) -> None:
        cost = git_object.size + _OVERHEAD
        if git_object.data is None or cost > _KEPT_SIZE or git_object.oid in self._kept:
            return
        self._kept[git_object.oid] = git_object
        self._kept_bytes += cost
        while self._kept_bytes > _KEPT_TOTAL:  # the oldest goes first
            self._kept_bytes -= self._kept.pop(next(iter(self._kept))).size + _OVERHEAD

    def _read(self, oids: Sequence[str], limit: int) -> list[GitObject]:
        small = min(limit, _SMALL)
        objects: list[GitObject] = []
        for start in range(0, len(oids), _QUESTIONS):
            for git_object in self._exchange(oids[start : start + _QUESTIONS], small):
                is_between = small < git_object.size <= limit
                objects += self._exchange([git_object.oid], limit) if is_between else [git_object]
        return objects

    def head(self) -> str | None:
        """Return the id of the commit that HEAD leads to; None if there is no such object."""
        with self._conversation() as (questions, answers):
            _ask(questions, ["HEAD^{commit}"])
            header = answers.readline().split()
            if header == [b"HEAD^{commit}", b"missing"]:
                return None
            return _object(header, answers, _PIECE).oid

    def start(self) -> None:
        """Start the git process ahead, so that it is ready when it is asked."""
        self._git_process()

    def _git_process(self) -> subprocess.Popen[bytes]:
        return self._process.program(lambda: self._git.start("cat-file", "--batch"))

    def close(self) -> None:
        """End the git process; a closed reader starts another one when it is asked again."""
        process = self._process.take()
        if process is not None:
            process.kill()
            with contextlib.suppress(BrokenPipeError):  # a question that git never read
                process.__exit__(None, None, None)

    def _exchange(self, oids: Sequence[str], limit: int) -> list[GitObject]:
        objects: list[GitObject] = []
        with self._conversation() as (questions, answers):
            _ask(questions, oids)
            for oid in oids:
                header = answers.readline().split()
                if header[:1] != [oid.encode()]:
                    raise self._left_out(oid) or problems.corrupt_object(oid)
                if header[1:] == [b"missing"]:
                    raise self._left_out(oid) or problems.missing_object(oid)
                objects.append(_object(header, answers, limit))
        return objects

    def _left_out(self, oid: str) -> UndecidedError | None:
        """Return the problem with an object that the clone has elsewhere; None if it is not that.

        A partial clone left it out: some versions of git answer that it is missing; older ones
        end, since they may not fetch. Or it was borrowed from a repository that is gone.
        """
        answer = self._git.run("cat-file", "-e", oid)
        lost = lost_alternate(answer.complaint) if answer.code != 0 else None
        if lost is not None or not self._git.run("config", "--get-regexp", _PROMISES).output:
            return lost
        is_absent = answer.code != 0 and not answer.complaint
        is_absent = is_absent or problems.lacks_promised(answer.complaint)
        return problems.partial_clone(oid) if is_absent else None

    @contextlib.contextmanager
    def _conversation(self) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Yield the pipes to and from git; after a failure they are closed.

        What is still in them would be taken for the answer to the next question.
        """
        process = self._git_process()
        questions, answers = process.stdin, process.stdout
        complete = False
        try:
            if questions is not None and answers is not None:  # as start() says
                yield questions, answers
                complete = True
        finally:
            if not complete:
                self.close()


def _ask(questions: IO[bytes], names: Sequence[str]) -> None:
    try:
        questions.write("".join(f"{name}\n" for name in names).encode())
        questions.flush()
    except BrokenPipeError as error:
        raise problems.corrupt_object(names[0]) from error


def _object(header: list[bytes], answers: IO[bytes], limit: int) -> GitObject:
    match header:
        case [name, kind, length]:
            oid, size = name.decode(), int(length)
        case _:
            raise problems.not_understood("cat-file")
    data = None
    if size > limit:
        _skip(answers, size, oid)
    else:
        data = answers.read(size)
        if not _is_content_of(oid, kind, data):
            raise problems.corrupt_object(oid)
    _skip(answers, 1, oid)  # the line break that ends an answer
    return GitObject(oid, kind.decode(), size, data)


def _skip(answers: IO[bytes], size: int, oid: str) -> None:
    while size:
        piece = answers.read(min(size, _PIECE))
        if not piece:
            raise problems.corrupt_object(oid)
        size -= len(piece)


def blob_id(data: bytes, length: int) -> str:
    """Return the id, of `length` hex digits, that git gives to a file with these bytes."""
    return _id_of(b"blob", data, length)


def _is_content_of(oid: str, kind: bytes, data: bytes) -> bool:
    return _id_of(kind, data, len(oid)) == oid


def _id_of(kind: bytes, data: bytes, length: int) -> str:
    return _HASHES[length](b"%s %d\0" % (kind, len(data)), data)

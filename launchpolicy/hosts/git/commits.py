"""Read the commits of a change: who wrote and committed each, and which files it touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid

_LIMIT = 128 * 1024 * 1024
"""Bytes of a commit with its message; forges refuse objects above 100 MB."""

_MANY = 2000
_IDENTITY = re.compile(rb"^(author|committer) (.*) <([^<>\n]*)> (\d+) [+-]\d{4}$", re.MULTILINE)
_ODD_IDENTITY = re.compile(rb"^(author|committer) ([^<\n]*)(.*)$", re.MULTILINE)
_LAST_INSTANT = datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)
_CO_AUTHOR = re.compile(
    rb"^[ \t]*co-authored-by[ \t]*:([^\n]*)<([^<>\n]*)>[ \t\r]*$", re.MULTILINE | re.IGNORECASE
)


class Commit(NamedTuple):
    """One commit: names, e-mail addresses and time as written; anybody can write any (threat G7).

    `author_names` are those of `authors`, in their order.
    """

    oid: str
    parents: tuple[str, ...]
    authors: tuple[str, ...]
    committer: str
    authored_at: datetime
    author_names: tuple[str, ...] = ()
    committer_name: str = ""
    message: str = ""


def commits_between(repository: Repository, base: str, head: str) -> list[Commit]:
    """Return the commits that head has and base does not have, newest first.

    Raises:
        UndecidedError: the clone is shallow, there are more than 2,000, or one is damaged.
    """
    if repository.is_shallow:
        raise problems.shallow_clone()
    most = f"--max-count={_MANY + 1}"
    output = repository.git.demand("rev-list", "--topo-order", most, head, f"^{base}", "--")
    oids = output.decode("ascii", "replace").split()
    if len(oids) > _MANY:
        raise problems.too_many_commits(_MANY)
    if not all(map(is_oid, oids)):
        raise problems.not_understood("rev-list")
    return commits_of(repository, oids)


def commits_of(repository: Repository, oids: Sequence[str]) -> list[Commit]:
    """Return the commits with these ids, in their order.

    Raises:
        UndecidedError: one is missing or damaged.
    """
    return [_commit(commit.oid, commit.data) for commit in repository.objects.read(oids, _LIMIT)]


def moment(seconds: str | bytes) -> datetime:
    """Return a time as commits have it (seconds since 1970), at latest the end of the year 2199.

    It is the beginning of 1970 for what is no time, or none that the calendar has.
    """
    try:
        return min(datetime.fromtimestamp(max(int(seconds), 0), UTC), _LAST_INSTANT)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def touched_paths(repository: Repository, commit: Commit) -> frozenset[str] | None:
    """Return the files that a commit changes against its one parent; None for a merge or root."""
    if len(commit.parents) != 1:
        return None
    trees = repository.trees
    before, after = trees.of_commit(commit.parents[0]), trees.of_commit(commit.oid)
    return frozenset(path.decode("utf-8", "replace") for path in trees.compare(before, after))


def _commit(oid: str, data: bytes | None) -> Commit:
    if data is None:
        raise problems.corrupt_object(oid)
    header, _, message = data.partition(b"\n\n")
    identities = [*_odd_identities(header), *_IDENTITY.findall(header)]
    who = {kind: (name, address) for kind, name, address, _ in identities}
    if set(who) != {b"author", b"committer"}:
        raise problems.corrupt_object(oid)
    lines = header.split(b"\n")
    parents = tuple(line[7:].decode("ascii") for line in lines if line.startswith(b"parent "))
    authors = (who[b"author"], *_CO_AUTHOR.findall(message))
    committer = who[b"committer"]
    times = {kind: seconds for kind, _, _, seconds in identities}
    return Commit(
        oid,
        parents,
        tuple(_text(address) for _, address in authors),
        _text(committer[1]),
        moment(times[b"author"]),
        tuple(_text(name) for name, _ in authors),
        _text(committer[0]),
        message.decode("utf-8", "replace"),
    )


def _odd_identities(header: bytes) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Yield author and committer where git's own grammar does not hold: kind, name, address, time.

    Tools write dates before 1970, zones of six digits and brackets within addresses; git takes
    them, and such a commit stays in the history. An address reaches from the first bracket to the
    last, so that it is the address of nobody who is known.
    """
    for kind, name, rest in _ODD_IDENTITY.findall(header):
        address, bracket, tail = rest.removeprefix(b"<").rpartition(b">")
        seconds = tail.split()[:1] if bracket else []
        yield kind, name.strip(), address if bracket else rest, next(iter(seconds), b"")


def _text(source: bytes) -> str:
    return source.decode("utf-8", "replace").strip()

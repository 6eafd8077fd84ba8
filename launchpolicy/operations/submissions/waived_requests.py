"""Find the requests that a waiver names, and the people who profit from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.document_name import name_of
from launchpolicy.operations.submissions.document_streams import ids_in
from launchpolicy.policy.edition import SEVENTH_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import Paths
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, bytes_at

_SHIPPED: Final = frozenset({"LaunchRequest", "Waiver"})
"""The kinds that come with the program: launches are found by their folders."""

_PROFITS: Final = ("requester", "executor")
"""The keys of `spec.people` whose holders ask for a launch, or carry it out."""


class WaivedRequests(NamedTuple):
    """What is known of the requests of a waiver.

    `beneficiaries` are the requesters and executors, in the base and as proposed, each once.
    `unreadable` are the names of requests that nobody can read, so that theirs are not known.
    """

    beneficiaries: tuple[str, ...]
    unreadable: frozenset[str]


def waived_requests(
    names: Sequence[str], paths: Paths, snapshots: tuple[Snapshot, Snapshot]
) -> WaivedRequests:
    """Return what both snapshots, base and proposal, hold of the requests called `names`.

    Args:
        names: the requests that a waiver names.
        paths: where the launch requests stand.
        snapshots: base and proposal.

    Raises:
        UndecidedError: git cannot read a file.
    """
    people: dict[str, None] = {}
    unreadable = set[str]()
    for name in names:
        path = paths.request(name)
        for snapshot in snapshots:
            entry = snapshot.entry(path)
            if entry is None:
                continue
            data = _data(snapshot, path) if entry.mode in REGULAR_MODES else None
            if data is None:
                unreadable.add(name)
            people |= dict.fromkeys(beneficiaries_of(data))
    return WaivedRequests(tuple(people), frozenset(unreadable))


def ids_of_own_kinds(snapshot: Snapshot, rules: PackSet) -> frozenset[str]:
    """Return the ids of the documents of the kinds that the configuration declares.

    Raises:
        UndecidedError: git cannot read a file.
    """
    if rules.edition <= SEVENTH_EDITION:
        return frozenset()
    own_kinds = [kind for kind in rules.kinds.values() if kind.name not in _SHIPPED]
    return frozenset(
        name
        for kind in own_kinds
        for folder in kind.files.folders
        for entry in snapshot.entries(folder)
        if entry.mode in REGULAR_MODES and kind.matches(entry.path)
        for name in _ids_at(snapshot, kind, entry.path)
    )


def _ids_at(snapshot: Snapshot, kind: Kind, path: str) -> tuple[str, ...]:
    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    if source is None:
        return ()
    if kind.reading.is_stream:
        return ids_in(kind, path, source)
    document = read(path, source, kind.reading)
    return (name_of(kind, document),) if isinstance(document, Document) else ()


def _data(snapshot: Snapshot, path: str) -> Data:
    """Return the plain data of the request at `path`; None where it cannot be read."""
    source = bytes_at(snapshot, path, MAX_BYTES)
    document = read(path, source) if source is not None else None
    return document.data if isinstance(document, Document) else None


def beneficiaries_of(data: Data) -> Iterator[str]:
    """Yield who asks for a launch, and who carries it out, by the plain data of its request."""
    for key in _PROFITS:
        value = value_at(data, ("spec", "people", key))
        people = value if isinstance(value, list) else [value]
        yield from (person for person in people if isinstance(person, str))

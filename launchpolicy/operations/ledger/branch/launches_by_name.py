"""Find the launches of one name without reading every entry each time.

An index says which entries bear a name, or the path of such an entry. It is made of the bytes of
all entries, which are hashed up to the root. Of a long ledger it is kept in the user's cache, where
no repository can write, with the version of the ledger that it is of. Of a later version, entries
that are new are read and hashed to the new root, and git says that the files of the others have the
bytes that were hashed: so a byte that was changed anywhere in the branch is noticed as if all were
read. What a damaged disk makes of files that are not read is noticed by `verify`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby

from pydantic_core import from_json

from launchpolicy.hosts.entry_index import EntryIndex, ReadPart, UnusableIndexError
from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.ledger.launches import Launches, NumberedEntry, launches_among
from launchpolicy.ledger.merkle import Frontier, leaf_hash
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.tiles import WIDTH, frontier_of, hash_reader
from launchpolicy.ledger.voids import EVENT as VOIDED
from launchpolicy.ledger.voids import void_of
from launchpolicy.operations.ledger.branch.entries import sources_from
from launchpolicy.operations.ledger.branch.state import LedgerState, parse_entry
from launchpolicy.operations.ledger.problems import damaged_ledger
from launchpolicy.vocabulary.text import Text

_LONG = 1_000
"""Of a ledger with so many entries the index is kept."""

_VOID = "void"


def launches_by_name(
    state: LedgerState, names: Iterable[str], *, uses_kept_index: bool
) -> Launches:
    """Return the launches of these names, each of them whole, and perhaps others.

    What decides on something reads all entries anew: it does not rest on a file of a cache.

    Raises:
        MalformedLedgerError: the bytes are not those that the checkpoint vouches for, or an entry
            that is read is none.
    """
    all_names = frozenset(names)
    if uses_kept_index and state.size >= _LONG:
        with suppress(UnusableIndexError):
            return _find(state, _name(state), all_names)
    return _find(state, "", all_names)


def _find(state: LedgerState, index_name: str, names: Iterable[str]) -> Launches:
    with EntryIndex(index_name) as index:
        _bring_up_to_date(index, state)
        return _launches(index, state, names)


def _launches(index: EntryIndex, state: LedgerState, names: Iterable[str]) -> Launches:
    marks = frozenset({_VOID, *(_mark("name", name) for name in names)})
    searched: frozenset[str] = frozenset()
    entries: dict[int, Entry] = {}
    while marks:
        numbers = [number for number in index.numbers(marks) if number not in entries]
        more = _entries(state, numbers)
        entries |= more
        searched |= marks
        marks = frozenset(mark for entry in more.values() for mark in _paths(entry)) - searched
    voids = [void_of(n, entry).numbers for n, entry in entries.items() if entry.event == VOIDED]
    return launches_among(
        NumberedEntry(number, entries[number])
        for number in sorted(entries)
        if entries[number].event == VOIDED or not any(number in numbers for numbers in voids)
    )


def _bring_up_to_date(index: EntryIndex, state: LedgerState) -> None:
    """Add to an index what is new in a ledger since the version that it is of, or all of it.

    Raises:
        MalformedLedgerError: the bytes are not those that the checkpoint vouches for.
    """
    part = index.part()
    if part is not None and part.version == state.files.commit and part.size == state.size:
        return
    full = state.size // WIDTH * WIDTH
    tree = _tree_read(part, state) or Frontier()
    first, roots = tree.size, [b""]

    def rows() -> Iterator[tuple[str, int]]:
        for number, source in sources_from(state, first):
            if number == full:
                roots.append(tree.root())
            tree.append(leaf_hash(source))
            yield from _marks(number, source)
        if state.checkpoint is not None and tree.root() != state.checkpoint.root:
            raise damaged_ledger(
                "tile", Text("its hashes do not lead to the checkpoint's root", "哈希与根哈希不符")
            )

    def part_read() -> ReadPart:
        root = roots[-1] or tree.root()
        return ReadPart(state.files.commit or "", state.size, root)

    index.add(rows(), part_read, anew=first == 0)


def _tree_read(part: ReadPart | None, state: LedgerState) -> Frontier | None:
    """Return the tree of the full bundles that an index is of; None where they may be others."""
    if part is None or part.size > state.size or not state.files.has_full_files_of(part.version):
        return None
    size = part.size // WIDTH * WIDTH
    try:
        tree = frontier_of(size, hash_reader(state.size, state.files.read))
    except ProofError as error:
        raise damaged_ledger("tile", error.text) from error
    return tree if tree.root() == part.root else None


def _entries(state: LedgerState, numbers: Sequence[int]) -> dict[int, Entry]:
    """Return entries by number; each of their bundles is read and hashed once."""
    entries: dict[int, Entry] = {}
    for bundle, of_bundle in groupby(numbers, key=lambda number: number // WIDTH):
        sources = state.bundle(bundle)
        entries |= {n: parse_entry(n, sources[n % WIDTH]) for n in of_bundle}
    return entries


def _name(state: LedgerState) -> str:
    origin = state.checkpoint.origin if state.checkpoint is not None else ""
    return hashlib.sha256(f"{state.files.place}\0{origin}".encode()).hexdigest()[:32]


def _marks(number: int, source: bytes) -> Iterator[tuple[str, int]]:
    """Yield what an entry is found by. One that is no JSON is found by no name: `verify` says so.

    Raises:
        MalformedLedgerError: it is no object of JSON.
    """
    try:
        data = from_json(source)
        marks = {_mark("name", str(data["name"])), _mark("path", str(data["path"]))}
        before = data.get("renamedFrom")
        if before is not None:
            marks.add(_mark("path", str(before["path"])))
        if data["event"] == VOIDED:
            marks.add(_VOID)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        why = Text("it is no entry", "它不是记录")
        raise damaged_ledger(f"entry {number}", why) from error
    yield from ((mark, number) for mark in marks)


def _paths(entry: Entry) -> Iterator[str]:
    """Yield what marks every entry about the file of this one, also of where it came from."""
    if entry.kind == RULES or entry.event == VOIDED:
        return
    yield _mark("path", entry.path)
    if entry.renamed_from is not None:
        yield _mark("path", entry.renamed_from.path)


def _mark(key: str, text: str) -> str:
    """Return the mark of a text; half a surrogate pair stands in none."""
    written = text.encode("utf-8", "replace").decode()
    return f"{key}:{written}"

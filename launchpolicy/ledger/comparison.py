"""Entries of the ledger beside what history says they have to be, landing by landing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from launchpolicy.ledger.entry import EVENTS, RULES, Entry, entry_of
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text


class Key(NamedTuple):
    """What tells an entry from the others of its landing: kind and path, and which document."""

    kind: str
    path: str
    document: str = ""

    @property
    def place(self) -> str:
        """Return where it stands, as messages write it."""
        return f"{self.path}#{self.document}" if self.document else self.path


_SHOWN = 3
_FIRST = ("verdict", "event")
_LONGEST = 120


class ExpectedEntries(NamedTuple):
    """What a landing has to be entered as, without its judgement: kinds and paths."""

    commit: str
    keys: frozenset[Key]


class LandingFromHistory(NamedTuple):
    """What history says of one landing: its outline, and its entries where it was judged again."""

    outline: ExpectedEntries
    entries: tuple[Entry, ...] | None


class WrittenEntry:
    """The bytes of an entry, with its number: only where something is wrong is it read as a whole.

    The bytes must be those of an entry, which is checked with the tree.
    """

    __slots__ = ("about", "commit", "number", "source")

    def __init__(self, number: int, source: bytes) -> None:
        data = json.loads(source)
        self.number = number
        self.source = source
        self.commit: str = data["commit"]
        became = data.get("attempted") or data["event"]
        self.about = (data["kind"], data["path"], data.get("document", ""), became)

    @property
    def entry(self) -> Entry:
        return entry_of(self.source)


class Discrepancy(NamedTuple):
    """Something that is not as it should be: where, and what."""

    where: str
    what: Text


def keys_of(entry: Entry) -> frozenset[Key]:
    """Return what an entry is about; a rename is about both places."""
    if entry.kind == RULES:
        return frozenset({Key(RULES, entry.became)})
    keys = {Key(entry.kind, entry.path, entry.document)}
    if entry.renamed_from is not None:
        keys.add(Key(entry.kind, entry.renamed_from.path, entry.renamed_from.document))
    return frozenset(keys)


def compare_landing(
    entries: Iterable[WrittenEntry],
    history: Iterable[LandingFromHistory],
    place_of: Callable[[str], int | None],
    pending: list[ExpectedEntries],
) -> Iterator[Discrepancy]:
    """Yield the complaints about a ledger, against what history says.

    Args:
        entries: those of the ledger, in its order.
        history: the landings that have to be entered, in theirs.
        place_of: which commit of the branch this is, None where it is none of them.
        pending: is filled with the landings that come after the last entry.
    """
    landings = iter(history)
    now = next(landings, None)
    last = -1
    for commit, of_commit in groupby(entries, key=lambda numbered: numbered.commit):
        group = tuple(of_commit)
        place = place_of(commit)
        if place is None or place < last:
            yield from (_stranger(numbered, is_known=place is not None) for numbered in group)
            continue
        last = place
        while now is not None and (place_of(now.outline.commit) or 0) < place:
            yield _missing(now, group[0].number)
            now = next(landings, None)
        if now is None or now.outline.commit != commit:
            yield from (_without_landing(numbered) for numbered in group)
            continue
        yield from _landing(group, now)
        now = next(landings, None)
    pending += [now.outline] if now is not None else []
    pending += [landing.outline for landing in landings]


def _landing(group: Sequence[WrittenEntry], landing: LandingFromHistory) -> Iterator[Discrepancy]:
    """Yield one landing on both sides."""
    if landing.entries is None:
        keys = frozenset[Key]().union(*(keys_of(numbered.entry) for numbered in group))
        total = sum(len(keys_of(numbered.entry)) for numbered in group)
        if keys != landing.outline.keys or total != len(keys):
            yield _other_keys(group, landing)
        return
    expected_entries = {_about(expected): expected for expected in landing.entries}
    is_whole = True
    for numbered in group:
        again = expected_entries.pop(numbered.about, None)
        if again is None:
            is_whole = False
            yield _without_landing(numbered)
        elif again.source != numbered.source:
            yield _differs(numbered, again)
    for left in expected_entries.values():
        is_whole = False
        yield _missing_entry(left, group[-1].number)
    order = [numbered.about for numbered in group]
    if is_whole and order != [_about(expected) for expected in landing.entries]:
        yield _in_another_order(group)


def _about(entry: Entry) -> tuple[str, str, str, str]:
    """Return what tells an entry from the others of its landing."""
    return entry.kind, entry.path, entry.document, entry.became


def _differs(numbered: WrittenEntry, again: Entry) -> Discrepancy:
    parts = list(_differences(numbered.entry, again))
    more = len(parts) - _SHOWN
    listed = "; ".join(parts[:_SHOWN]) + (f"; +{more}" if more > 0 else "")
    return Discrepancy(
        _where(numbered),
        Text(
            f"history does not say what it says: {listed}",
            f"与历史重新判定的结果不符：{listed}",
        ),
    )


def _differences(entry: Entry, again: Entry) -> Iterator[str]:
    ours, theirs = (
        dict(_leaves(version.model_dump(mode="json", by_alias=True, exclude_defaults=True), ""))
        for version in (entry, again)
    )
    for name in sorted(ours.keys() | theirs.keys(), key=lambda field: (field not in _FIRST, field)):
        if ours.get(name) != theirs.get(name):
            yield f"{name}: {_short(ours.get(name))} ≠ {_short(theirs.get(name))}"


def _leaves(data: Data, at: str) -> Iterator[tuple[str, object]]:
    """Yield every value of an entry that holds no other, with where it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{at}.{key}" if at else key)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves(value, f"{at}[{number}]")
    else:
        yield at, data


def _short(value: object) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _stranger(numbered: WrittenEntry, *, is_known: bool) -> Discrepancy:
    commit = numbered.commit
    if is_known:
        what = Text(
            f"it is about commit {commit}, which comes before the entry before it",
            f"对应的提交 {commit} 早于前一条记录",
        )
    else:
        what = Text(
            f"it is about commit {commit}, which is not on the first-parent history",
            f"对应的提交 {commit} 不在首父历史上",
        )
    return Discrepancy(_where(numbered), what)


def _without_landing(numbered: WrittenEntry) -> Discrepancy:
    return Discrepancy(
        _where(numbered),
        Text(
            f"commit {numbered.commit} did not land anything of the kind",
            f"提交 {numbered.commit} 中并无此事件",
        ),
    )


def _missing(landing: LandingFromHistory, before: int) -> Discrepancy:
    listed = ", ".join(sorted(key.place for key in landing.outline.keys))
    return Discrepancy(
        f"entry {before}",
        Text(
            f"before it the landing {landing.outline.commit} is missing: {listed}",
            f"在其之前缺少提交 {landing.outline.commit} 的记录：{listed}",
        ),
    )


def _missing_entry(left: Entry, after: int) -> Discrepancy:
    event = EVENTS[left.event]
    return Discrepancy(
        f"entry {after}",
        Text(
            f"beside it an entry of {left.commit} is missing: {left.name} {event.en}",
            f"缺少提交 {left.commit} 的另一条记录：{left.name} {event.zh}",
        ),
    )


def _in_another_order(group: Sequence[WrittenEntry]) -> Discrepancy:
    commit = group[0].commit
    return Discrepancy(
        _where(group[0]),
        Text(
            f"the entries of the landing {commit} stand in another order than they are made in",
            f"提交 {commit} 的各条记录顺序与生成顺序不同",
        ),
    )


def _other_keys(group: Sequence[WrittenEntry], landing: LandingFromHistory) -> Discrepancy:
    commit = landing.outline.commit
    listed = ", ".join(sorted(key.place for key in landing.outline.keys))
    return Discrepancy(
        _where(group[0]),
        Text(
            f"what landed with {commit} is recorded differently; by history: {listed}",
            f"提交 {commit} 的记录与历史不符，历史为：{listed}",
        ),
    )


def _where(numbered: WrittenEntry) -> str:
    entry = numbered.entry
    return f"entry {numbered.number} ({entry.name}, {entry.event})"

"""Notice on the way of an append what is not as it should be in the ledger, without failing.

It looks at what `verify` looks at, but for the history: files that nothing refers to, pages that
were changed, copies of records, whether a checkpoint is kept, and dates that were not believed.
Files and pages cost as much as all entries together, and are looked at only while these are few:
to append one entry must not cost more the longer the ledger is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import sources_from
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState, parse_entry
from launchpolicy.operations.ledger.copies.kept_checkpoint import head_path
from launchpolicy.operations.ledger.copies.kept_records import complaints_about_copies
from launchpolicy.operations.ledger.verification.expected_files import ExpectedFiles
from launchpolicy.operations.ledger.verification.verification import (
    Doubt,
    Verification,
    check_part,
)
from launchpolicy.operations.ledger.verification.verify_tree import (
    TreeResult,
    check_tree,
)
from launchpolicy.operations.ledger.views.render import complaints as complaints_of_views
from launchpolicy.vocabulary.text import Text

MOST_ENTRIES: Final = 2_000
"""Of a longer ledger the files and pages are left to `verify`."""

_MOST: Final = 20
_NOT_BELIEVED = (b'"timeSource":"append"', b'"timeSource":"landing-before"')
"""How the canonical bytes of an entry say it; within a text its quotation marks are escaped."""


def notice(
    place: LedgerLocation, heads: str | None, before: LedgerState, grown: LedgerState
) -> Verification | None:
    """Return what was noticed in the ledger `before`, and in the entries since; None if it is new.

    Args:
        place: where the ledger is.
        heads: the commit that the branch of kept checkpoints was at.
        before: the ledger as the append found it.
        grown: the ledger as it is now.
    """
    noticed = Verification(replayed=False)
    noticed.doubts += _dates(before, grown)
    if before.size == 0:
        return noticed if noticed.doubts else None
    kept = LedgerFiles(place.repository, heads)
    noticed.doubts += _nothing_kept(before, kept)
    if before.size <= MOST_ENTRIES:
        noticed.complaints += islice(_complaints(place, noticed, before, kept), _MOST)
    return noticed


def _complaints(
    place: LedgerLocation, noticed: Verification, state: LedgerState, kept: LedgerFiles
) -> Iterator[Discrepancy]:
    tree = TreeResult(is_read=False, is_whole=False, is_sound=False)

    def files() -> Iterator[Discrepancy]:
        nonlocal tree
        contents = ExpectedFiles(state)
        tree = yield from check_tree(state, contents)
        if tree.is_read:
            yield from contents.unexpected_files()

    yield from check_part(noticed, Text("the tree and its files", "树及其文件"), files())
    copies = complaints_about_copies(place, state, kept)
    yield from check_part(noticed, Text("the copies of the records", "登记的副本"), copies)
    if tree.is_whole:
        pages = complaints_of_views(state)
        yield from check_part(noticed, Text("the pages", "页面"), pages)


def _nothing_kept(state: LedgerState, kept: LedgerFiles) -> Iterator[Doubt]:
    if state.checkpoint is None or kept.find(head_path(state.checkpoint.origin)) is not None:
        return
    yield Doubt(
        Text(
            f"No checkpoint was kept of the {state.size} entries that were there: had the ledger "
            "been cut off, nothing would have shown it.",
            f"原有的 {state.size} 条记录未另存检查点：若上线日志曾被截断，无从发现。",
        ),
        Text(
            "One is kept from now on; verify the ledger once: launchpolicy ledger verify.",
            "现已另存；请验证一次：launchpolicy ledger verify。",
        ),
    )


def _dates(before: LedgerState, grown: LedgerState) -> Iterator[Doubt]:
    """Yield which of the new entries have another time than their commits say (threat L4)."""
    dated = [
        (number, parse_entry(number, source))
        for number, source in sources_from(grown, before.size)
        if any(mark in source for mark in _NOT_BELIEVED)
    ]
    if not dated:
        return
    number, entry = dated[0]
    more = len(dated) - 1
    others = Text(f", and {more} more", f"，另有 {more} 条") if more else Text("", "")
    yield Doubt(
        Text(
            f"entry {number} is dated otherwise by its commit {entry.commit[:12]}{others.en}: in "
            f"the future, or before the landing before it. It was judged as of {entry.at}.",
            f"第 {number} 条记录的时间与其提交 {entry.commit[:12]} 的日期不同{others.zh}："
            f"提交日期在未来，或早于前一次合并。已按 {entry.at} 判定。",
        ),
        Text(
            "Find out whose clock is wrong: git log --format=fuller.",
            "请查明谁的时钟有误：git log --format=fuller。",
        ),
    )

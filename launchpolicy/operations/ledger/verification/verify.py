"""Verify the whole ledger against itself, against what was kept of it, and against history.

Each question finds what the others cannot: is every file what the tree says; is the checkpoint
signed; is every kept checkpoint a beginning of it; has every landing its entries and every entry
its landing; and would each landing be judged the same again, by the rules it landed on?
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from launchpolicy.ledger.checkpoint import Note
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.ledger.tiles import WIDTH, entries_path
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import unknown_sets
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip, known_tips
from launchpolicy.operations.ledger.problems import (
    MalformedLedgerError,
    discrepancy_of,
    no_ledger,
)
from launchpolicy.operations.ledger.sources.recorders import Recorder
from launchpolicy.operations.ledger.verification.compare_with_forge import (
    compare_with_forge,
)
from launchpolicy.operations.ledger.verification.expected_files import ExpectedFiles
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
    check_part,
)
from launchpolicy.operations.ledger.verification.verify_history import (
    Progress,
    compare_with_history,
)
from launchpolicy.operations.ledger.verification.verify_kept import (
    copies_complaints,
    kept_complaints,
)
from launchpolicy.operations.ledger.verification.verify_pages import compare_pages
from launchpolicy.operations.ledger.verification.verify_since import (
    Beginning,
    PartToVerify,
    check_later_tree,
    compare_later_history,
    part_to_verify,
)
from launchpolicy.operations.ledger.verification.verify_tree import (
    TreeResult,
    check_tree,
)
from launchpolicy.operations.ledger.verification.witnesses import count_witnesses
from launchpolicy.vocabulary.text import Text

MOST = 20
"""So many complaints are made; after that it is bad enough."""


def verify(
    place: LedgerLocation,
    *,
    replay: bool = True,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    beginning: Beginning | None = None,
    cosigned: Sequence[Note] = (),
) -> Verification:
    """Verify a ledger as a whole; return what was looked at and what is wrong.

    With a `recorder` its forge is asked about every landing again, and compared. With a `beginning`
    that was verified before, only what comes after it is looked at. `cosigned` are notes that may
    carry signatures of witnesses, besides those that are kept.

    Raises:
        UsageError: there is no ledger.
        UndecidedError: git cannot read something.
    """
    kept = known_tips(place)
    tip = place.tip()
    if tip is None and not kept:
        raise no_ledger(place.settings.branch)
    verification = Verification(replayed=replay)
    files = LedgerFiles(place.repository, tip)
    known = EarlierCheckpoints(kept, beginning, tuple(cosigned))
    complaints = _complaints(place, files, (verification, known), progress)
    for complaint in islice(complaints, MOST):
        verification.complaints.append(complaint)
    if recorder is not None and not verification.complaints:
        state = LedgerState(files, verification.note, verification.checkpoint)
        verification.complaints += islice(compare_with_forge(place, state, recorder), MOST)
        verification.is_confirmed = True
    return verification


class EarlierCheckpoints(NamedTuple):
    """Checkpoints that are known already: kept ones, a verified beginning, cosigned notes."""

    tips: tuple[KeptTip, ...]
    beginning: Beginning | None
    cosigned: tuple[Note, ...]


def _complaints(
    place: LedgerLocation,
    files: LedgerFiles,
    into: tuple[Verification, EarlierCheckpoints],
    progress: Progress | None,
) -> Iterator[Discrepancy]:
    """Yield everything that is wrong, part by part; each cause once."""
    verification, known = into
    try:
        source = files.read(CHECKPOINT)
        note, checkpoint = read_checkpoint(source, place.verifiers, CHECKPOINT)
    except MalformedLedgerError as error:
        yield discrepancy_of(error, CHECKPOINT)
        verification.unchecked.append(_NO_CHECKPOINT)
        return
    verification.note, verification.checkpoint, verification.is_verified = (
        note,
        checkpoint,
        bool(place.verifiers),
    )
    state = LedgerState(files, note, checkpoint)
    missing = _missing_end(state)
    if missing is not None:
        yield missing
        verification.unchecked.append(_NOT_WHOLE)
        return
    part: PartToVerify | None = None
    if known.beginning is not None:
        try:
            part = part_to_verify(place, state, known.beginning)
        except ProofError as error:
            yield Discrepancy("--since", error.text)
            verification.unchecked.append(_NO_BEGINNING)
            return
        except MalformedLedgerError as error:
            yield discrepancy_of(error, CHECKPOINT)
            verification.unchecked.append(_NO_BEGINNING)
            return
        verification.kept += not known.beginning.is_own
    if part is None:
        yield from _whole(place, state, (verification, known), progress)
    else:
        yield from _later(place, state, (verification, known), part)


def _missing_end(state: LedgerState) -> Discrepancy | None:
    """Return what is wrong where the last entries of the stated size are not there.

    A size is only a number: without this, a checkpoint of 10**16 entries would be counted through.
    """
    if state.size == 0:
        return None
    index = (state.size - 1) // WIDTH
    path = entries_path(index, state.size - index * WIDTH)
    if state.files.find(path) is not None:
        return None
    return Discrepancy(path, Text("it is missing", "文件缺失"))


def _whole(
    place: LedgerLocation,
    state: LedgerState,
    into: tuple[Verification, EarlierCheckpoints],
    progress: Progress | None,
) -> Iterator[Discrepancy]:
    verification, _ = into
    tree = TreeResult(is_read=False, is_whole=False, is_sound=False)

    def tree_complaints() -> Iterator[Discrepancy]:
        nonlocal tree
        contents = ExpectedFiles(state)
        tree = yield from check_tree(state, contents)
        if tree.is_read:
            yield from contents.unexpected_files()

    yield from check_part(verification, _TREE, tree_complaints())
    yield from _outside(place, state, into, tree)
    if not tree.is_whole:
        verification.unchecked.append(_NOT_WHOLE)
        return
    yield from compare_pages(state, verification)
    history = compare_with_history(place, state, verification, progress)
    yield from check_part(verification, _HISTORY, history)


def _later(
    place: LedgerLocation,
    state: LedgerState,
    into: tuple[Verification, EarlierCheckpoints],
    part: PartToVerify,
) -> Iterator[Discrepancy]:
    """Yield what is wrong with the part of a ledger that comes after a verified beginning."""
    verification, _ = into
    verification.since = part.size
    verification.unchecked.append(_earlier_unchecked(part.size))

    def tree_complaints() -> Iterator[Discrepancy]:
        yield from check_later_tree(state, part, ExpectedFiles(state))

    is_good = yield from check_part(verification, _TREE, tree_complaints())
    tree = TreeResult(is_read=is_good, is_whole=is_good, is_sound=is_good)
    yield from _outside(place, state, into, tree)
    if not is_good:
        verification.unchecked.append(_NOT_WHOLE)
        return
    history = compare_later_history(place, state, part, verification)
    yield from check_part(verification, _HISTORY, history)


def _outside(
    place: LedgerLocation,
    state: LedgerState,
    into: tuple[Verification, EarlierCheckpoints],
    tree: TreeResult,
) -> Iterator[Discrepancy]:
    """Yield what is wrong beside what is kept, trusted or cosigned elsewhere."""
    verification, known = into
    rules = unknown_sets(state.files, place.trusted_sets)
    yield from check_part(verification, _RULES, rules)
    kept = (verification, known.tips)
    yield from check_part(verification, _KEPT, kept_complaints(place, state, kept, tree))
    yield from check_part(verification, _COPIES, copies_complaints(place, state, kept))
    if place.settings.witnesses:
        counted = count_witnesses(place, state, kept, known.cosigned)
        yield from check_part(verification, _WITNESSES, counted)


_TREE = Text("the tree and its files", "树及其文件")
_RULES = Text("the rules of each time", "各时期的规则")
_KEPT = Text("the kept checkpoints", "另存的检查点")
_WITNESSES = Text("the witnesses", "见证方")
_COPIES = Text("the copies of the records", "登记的副本")
_HISTORY = Text("the history", "历史")
_NO_CHECKPOINT = Text(
    "Nothing else was checked: without its checkpoint a ledger has no beginning and no end.",
    "未检查其他内容：没有检查点，上线日志无从核对。",
)
_NOT_WHOLE = Text(
    "The pages and the history were not compared: the entries are not those of the tree.",
    "未比对页面与历史：记录与树不符。",
)
_NO_BEGINNING = Text(
    "Nothing else was checked: verify the whole ledger, without --since.",
    "未检查其他内容：请去掉 --since，验证整个上线日志。",
)


def _earlier_unchecked(size: int) -> Text:
    return Text(
        f"The first {size} entries, their records and the pages were not looked at again.",
        f"未再次检查前 {size} 条记录及其登记，也未检查页面。",
    )

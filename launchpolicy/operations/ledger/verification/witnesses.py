"""Count the witnesses that have cosigned the ledger's checkpoint, wherever that is kept.

A cosigned checkpoint is the checkpoint with further signature lines. It is read from the ledger's
own `checkpoint`, from the file `checkpoint.cosigned` beside the kept checkpoint, and from files
that are given; nothing is asked of the network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from launchpolicy.ledger.checkpoint import Note, parse_checkpoint, parse_note
from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.ledger.cosignature import Witness, cosigners, witness_of
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState
from launchpolicy.operations.ledger.copies.kept_checkpoint import head_path, require_beginning
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip, known_tips, tips_for
from launchpolicy.operations.ledger.problems import MalformedLedgerError, discrepancy_of
from launchpolicy.operations.ledger.verification.verification import (
    Doubt,
    Verification,
    WitnessCount,
)
from launchpolicy.vocabulary.text import Text

COSIGNED = f"{CHECKPOINT}.cosigned"
"""Beside the kept checkpoint: the same, with the signatures of witnesses."""


def count_witnesses(
    place: LedgerLocation,
    state: LedgerState,
    into: tuple[Verification, Sequence[KeptTip]],
    given: Sequence[Note],
) -> Iterator[Discrepancy]:
    """Yield what is wrong with the cosignatures; put the count into the verification.

    A witness counts once, by its key, whatever it is called. Too few is a complaint, and undecided
    where enough have cosigned an earlier checkpoint of the same ledger.

    Raises:
        UsageError: a configured key is none of a witness.
    """
    verification, tips = into
    if not place.settings.witnesses or state.checkpoint is None or state.note is None:
        return
    witnesses = _distinct(place.settings.witnesses)
    needed = place.settings.quorum or len(witnesses)
    present: set[Witness] = set()
    earlier = 0
    for where, source in _notes(place, state, tips, given):
        try:
            note = parse_note(source)
            signed = cosigners(note, witnesses)
            checkpoint = parse_checkpoint(note.text)
            if note.text == state.note.text:
                present |= signed
            elif signed and checkpoint.origin == state.checkpoint.origin:
                require_beginning(state, checkpoint, where)
                earlier = max(earlier, checkpoint.size if len(signed) >= needed else 0)
        except ProofError as error:
            yield Discrepancy(where, error.text)
        except MalformedLedgerError as error:
            yield discrepancy_of(error, where)
    missing = tuple(witness.name for witness in witnesses if witness not in present)
    names = tuple(witness.name for witness in witnesses if witness in present)
    verification.witnesses = WitnessCount(names, missing, needed)
    if len(present) < needed and earlier:
        verification.doubts.append(_only_earlier(earlier, state.size, missing))
    elif len(present) < needed:
        yield Discrepancy(CHECKPOINT, _too_few(len(present), needed, missing))


def cosigned_state(
    place: LedgerLocation, state: LedgerState, given: Sequence[Note] = ()
) -> LedgerState:
    """Return the ledger with the good cosignatures of its checkpoint, so that receipts carry them.

    Raises:
        UsageError: a configured key is none of a witness.
        UndecidedError: the repository of the kept checkpoints cannot be reached.
    """
    if state.note is None or not place.settings.witnesses:
        return state
    witnesses = _distinct(place.settings.witnesses)
    signatures = dict.fromkeys(state.note.signatures)
    for _, source in _notes(place, state, known_tips(place), given):
        with suppress(ProofError):  # `verify` says what is wrong with it
            note = parse_note(source)
            if note.text == state.note.text:
                by = {(w.name, w.key_id) for w in cosigners(note, witnesses)}
                good = (s for s in note.signatures if (s.name, s.key_id) in by)
                signatures |= dict.fromkeys(good)
    return replace(state, note=replace(state.note, signatures=tuple(signatures)))


def _distinct(keys: Sequence[str]) -> list[Witness]:
    """Return the witnesses with these keys: one key is one witness."""
    witnesses = {witness.key: witness for witness in map(witness_of, keys)}
    return list(witnesses.values())


def _notes(
    place: LedgerLocation, state: LedgerState, tips: Sequence[KeptTip], given: Sequence[Note]
) -> Iterator[tuple[str, str]]:
    """Yield every note that may carry cosignatures, with where it is."""
    if state.note is None or state.checkpoint is None:
        return
    yield CHECKPOINT, state.note.source
    path = f"{head_path(state.checkpoint.origin)}.cosigned"
    for tip in tips_for(place, tuple(tips), state.files.commit):
        source = LedgerFiles(place.repository, tip.commit).find(path)
        if source is not None:
            yield f"{tip.name}:{path}", source.decode("utf-8", "replace")
    for note in given:
        yield "--cosigned", note.source


def _too_few(count: int, needed: int, missing: Sequence[str]) -> Text:
    listed = ", ".join(missing)
    return Text(
        f"{count} of the witnesses have cosigned it, and {needed} must; missing: {listed}. Put the "
        f"cosigned checkpoint beside the kept one ({COSIGNED}), or give it: --cosigned FILE",
        f"仅有 {count} 个见证方联署，至少须 {needed} 个；缺少：{listed}。"
        f"请将联署后的检查点放在另存的检查点旁（{COSIGNED}），或用 --cosigned 指明文件",
    )


def _only_earlier(size: int, now: int, missing: Sequence[str]) -> Doubt:
    listed = ", ".join(missing)
    return Doubt(
        Text(
            f"Enough witnesses have cosigned the first {size} entries, and not yet all {now}.",
            f"前 {size} 条记录已有足够的见证方联署，而全部 {now} 条尚未。",
        ),
        Text(
            f"Ask them for the present checkpoint, and verify again; missing: {listed}.",
            f"请让见证方联署当前检查点后重新验证；缺少：{listed}。",
        ),
    )

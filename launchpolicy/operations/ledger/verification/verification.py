"""The result of a verification: what is wrong, what is open, what was checked and what was not."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from launchpolicy.ledger.checkpoint import Checkpoint, Note
from launchpolicy.ledger.comparison import Discrepancy, ExpectedEntries
from launchpolicy.ledger.voids import Void
from launchpolicy.operations.ledger.branch.state import CHECKPOINT
from launchpolicy.operations.ledger.problems import MalformedLedgerError, discrepancy_of
from launchpolicy.vocabulary.text import Text

_ALIKE = 3
"""So many complaints that say the same of different places are made one by one."""
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a ledger with which nothing is wrong is not verified all the same, and what to do."""

    reason: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class WitnessCount:
    """The witnesses that have cosigned the present checkpoint, by name, and how many must."""

    signed: tuple[str, ...]
    missing: tuple[str, ...]
    needed: int


@dataclass(slots=True)
class Verification:
    """What was looked at and what came of it.

    `kept` counts the kept checkpoints that were compared, `unsigned_count` the entries that were
    there before the ledger was signed. `voids` are the entries that void others, `pending` are
    landings that are not entered yet. `replayed` says whether every landing was judged again,
    `is_confirmed` whether a forge was asked about the landings. `doubts` leave it undecided where
    nothing is wrong.
    `since` is the number of entries that were verified before, and not looked at again. `checked`
    are the parts that are good, `unchecked` those that were not looked at, with the reason.
    """

    replayed: bool
    checkpoint: Checkpoint | None = None
    note: Note | None = None
    is_verified: bool = False
    is_confirmed: bool = False
    kept: int = 0
    unsigned_count: int = 0
    voids: tuple[Void, ...] = ()
    pending: list[ExpectedEntries] = field(default_factory=list)
    complaints: list[Discrepancy] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    since: int = 0
    witnesses: WitnessCount | None = None
    checked: list[Text] = field(default_factory=list)
    unchecked: list[Text] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.complaints and not self.doubts

    @property
    def exit_code(self) -> int:
        """Return 1 where something is wrong, 3 where it is undecided, else 0."""
        if self.complaints:
            return 1
        return 3 if self.doubts else 0


def check_part(
    verification: Verification, name: Text, complaints: Iterable[Discrepancy]
) -> Generator[Discrepancy, None, bool]:
    """Yield the complaints about one part of a ledger; return whether there is none.

    An unreadable file ends the part, not the verification. A complaint that was made before about
    another part is not repeated, and many that say the same are made as one.
    """
    is_good = True
    earlier = set(verification.complaints)
    try:
        for complaint in _merge_alike(complaints):
            is_good = False
            if complaint not in earlier:
                yield complaint
    except MalformedLedgerError as error:
        is_good = False
        complaint = discrepancy_of(error, CHECKPOINT)
        if complaint not in earlier:
            yield complaint
    if is_good:
        verification.checked.append(name)
    return is_good


def _merge_alike(complaints: Iterable[Discrepancy]) -> Generator[Discrepancy, None, None]:
    """Yield complaints, the same about many places as one, which comes after the others.

    Raises:
        MalformedLedgerError: a file cannot be read; what was found before it is yielded first.
    """
    alike: dict[Text, list[str]] = {}
    problem: MalformedLedgerError | None = None
    try:
        for complaint in complaints:
            places = alike.setdefault(complaint.what, [])
            places.append(complaint.where)
            if len(places) <= _ALIKE:
                yield complaint
    except MalformedLedgerError as error:
        problem = error
    for what, places in alike.items():
        more = places[_ALIKE:]
        if more:
            listed = ", ".join(more[:_LISTED]) + (", …" if len(more) > _LISTED else "")
            yield Discrepancy(listed, _the_same(what, len(more)))
    if problem is not None:
        raise problem


def _the_same(what: Text, count: int) -> Text:
    return Text(f"the same of {count} more: {what.en}", f"另有 {count} 处相同：{what.zh}")

"""Build the ledger again from history alone, beside the one that is there.

What history does not hold is read from the records: of the present ledger, or, where that is gone,
from the copies beside the kept checkpoint. What is built must have the root of every checkpoint
that was kept of it; otherwise it is another ledger, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime, unknown_sets
from launchpolicy.operations.ledger.branch.recorded_branch import branch_to_state
from launchpolicy.operations.ledger.branch.recorded_voids import kept_entries
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.copies.files_with_copies import (
    FilesWithCopies,
    copies_of,
    missing_records,
    recorded_digests,
)
from launchpolicy.operations.ledger.copies.kept_records import kept_until
from launchpolicy.operations.ledger.copies.kept_tips import known_tips
from launchpolicy.operations.ledger.derivation.group_landings import Records
from launchpolicy.operations.ledger.growth.append import AppendOptions, grow_by_history
from launchpolicy.operations.ledger.growth.compare_built import Contradiction, compare_with_all_kept
from launchpolicy.operations.ledger.problems import unknown_rules
from launchpolicy.operations.ledger.sources.recorders import Recorder
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built, and how it compares.

    `is_same`: is the present ledger its beginning; None if there is none. `kept` counts the kept
    checkpoints that are a beginning of it, `contradiction` is the first that is none. `missing`
    are paths of records that the present ledger names and nothing holds.
    """

    checkpoint: Checkpoint
    is_signed: bool
    is_same: bool | None
    kept: int = 0
    contradiction: Contradiction | None = None
    missing: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return 1 where the result is not the ledger that is there, or was kept; else 0."""
        return 1 if self.is_same is False or self.contradiction is not None else 0


def build(place: LedgerLocation, branch: str, writing: AppendOptions) -> BuildResult:
    """Build the ledger on a new branch of this clone.

    A recorder in `writing` is asked about landings of which no record is found.

    Raises:
        UsageError: the branch is there already, or there is nothing to enter.
        MalformedLedgerError: what is recorded is not right, or was judged by rules that are not
            known.
    """
    reference = f"refs/heads/{branch}"
    check = place.repository.git.run("check-ref-format", reference)
    if check.code != 0 or read_reference(place.repository, reference) is not None:
        raise _branch_taken(branch)
    tips = known_tips(place)
    tip = place.tip()
    present = LedgerFiles(place.repository, tip)
    copies = copies_of(place, present, tips)
    digests = recorded_digests(present)
    known = FilesWithCopies(place.repository, tip, copies, digests)
    for unknown in unknown_sets(known, place.trusted_sets):
        raise unknown_rules(*unknown)
    empty = LedgerState(LedgerFiles(place.repository, None), None, None)
    there = _state_of(present)
    timeline = PacksOverTime(known, there.last_commit or kept_until(copies))
    recorder = writing.recorder and _asked_if_unknown(writing.recorder, known.record)
    writing = replace(
        writing,
        records=known.record,
        timeline=timeline,
        recorder=recorder,
        kept_entries=kept_entries(place, there),
    )
    location = replace(place, branch=branch_to_state(place, there))
    grown, _, _ = grow_by_history(location, empty, writing)
    if grown.checkpoint is None or grown.note is None or grown.files.commit is None:
        raise _nothing_to_record()
    move_reference(place.repository, reference, None, grown.files.commit)
    kept, contradiction = compare_with_all_kept(place, grown, present, tips)
    return BuildResult(
        grown.checkpoint,
        grown.note.is_signed,
        _is_same(present, grown),
        kept,
        contradiction,
        missing_records(known, digests),
    )


def _asked_if_unknown(recorder: Recorder, records: Records) -> Recorder:
    """Return a recorder that is asked only about steps of which nothing is recorded."""

    def ask(new: Sequence[HistoryStep]) -> Mapping[str, LandingRecord | MemberRecord]:
        unknown = [step for step in new if records(step.listed.commit) is None]
        return recorder(unknown) if unknown else {}

    return ask


def _state_of(present: LedgerFiles) -> LedgerState:
    """Return the present ledger, by whatever key its checkpoint is signed."""
    source = present.find(CHECKPOINT)
    if source is None:
        return LedgerState(present, None, None)
    return LedgerState(present, *read_checkpoint(source, (), CHECKPOINT))


def _is_same(present: LedgerFiles, grown: LedgerState) -> bool | None:
    source = present.find(CHECKPOINT)
    if source is None:
        return None
    _, checkpoint = read_checkpoint(source, (), CHECKPOINT)
    return 0 < checkpoint.size <= grown.size and (grown.root_at(checkpoint.size) == checkpoint.root)


def _branch_taken(branch: str) -> UsageError:
    return UsageError(
        Text(
            f"{branch} is there already, or is no name of a branch.",
            f"分支 {branch} 已存在，或名称不合法。",
        ),
        Text("Name a new branch.", "请指定新的分支名。"),
    )


def _nothing_to_record() -> UsageError:
    return UsageError(
        Text(
            "The history holds nothing to record: there is no configuration in it.",
            "历史中没有可记入上线日志的内容：其中没有配置文件。",
        ),
        Text("Name another branch with --of.", "请用 --of 指定其他分支。"),
    )

"""Build the ledger anew from history alone, beside the one that is there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.operations.ledger.append import AppendOptions, grow_by_history
from launchpolicy.operations.ledger.branch_files import LedgerFiles
from launchpolicy.operations.ledger.location import LedgerLocation
from launchpolicy.operations.ledger.packs_over_time import PacksOverTime, unknown_sets
from launchpolicy.operations.ledger.problems import unknown_rules
from launchpolicy.operations.ledger.recorded_branch import branch_to_state
from launchpolicy.operations.ledger.recorded_voids import kept_entries
from launchpolicy.operations.ledger.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built; `is_same`: is the present ledger its beginning; None if there is none."""

    checkpoint: Checkpoint
    is_signed: bool
    is_same: bool | None


def build(place: LedgerLocation, branch: str, writing: AppendOptions) -> BuildResult:
    """Build the ledger on a new branch of this clone.

    Raises:
        UsageError: the branch is there already, or there is nothing to enter.
        MalformedLedgerError: what the present ledger has recorded is not right, or was judged by
            rules that are not known.
    """
    reference = f"refs/heads/{branch}"
    check = place.repository.git.run("check-ref-format", reference)
    if check.code != 0 or read_reference(place.repository, reference) is not None:
        raise _branch_taken(branch)
    present = LedgerFiles(place.repository, place.tip())
    for unknown in unknown_sets(present, place.trusted_sets):
        raise unknown_rules(*unknown)
    empty = LedgerState(LedgerFiles(place.repository, None), None, None)
    there = _state_of(present)
    timeline = PacksOverTime(present, there.last_commit)
    entries_kept = kept_entries(place, there)
    writing = replace(writing, records=present.record, timeline=timeline, kept_entries=entries_kept)
    location = replace(place, branch=branch_to_state(place, there))
    grown, _, _ = grow_by_history(location, empty, writing)
    if grown.checkpoint is None or grown.note is None or grown.files.commit is None:
        raise _nothing_to_record()
    move_reference(place.repository, reference, None, grown.files.commit)
    return BuildResult(grown.checkpoint, grown.note.is_signed, _is_same(present, grown))


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

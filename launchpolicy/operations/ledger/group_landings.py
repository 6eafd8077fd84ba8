"""Steps of the branch as landings: commits that were recorded as pushed together are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.merged_commits import MergedCommits
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord
from launchpolicy.vocabulary.snapshot import FileChange

Records = Callable[[str], LandingRecord | MemberRecord | None]
"""What was recorded about a commit of the branch."""


class LandingSteps(NamedTuple):
    """One landing as history has it: the last step, what all of them change, what they brought."""

    last: HistoryStep
    parent: str | None
    changes: tuple[FileChange, ...]
    commits: tuple[str, ...]
    record: LandingRecord | None


def group_landings(
    steps: Iterable[HistoryStep], brought: MergedCommits, records: Records
) -> Iterator[LandingSteps]:
    """The landings of consecutive steps.

    Only what the record of the last one confirms is taken together: commits that merely say that
    they belong to another landing stand alone.
    """
    waiting: list[HistoryStep] = []
    for step in steps:
        record = records(step.listed.commit)
        waiting.append(step)
        if isinstance(record, MemberRecord):
            continue
        members = record.members if record is not None else ()
        alone = waiting[: len(waiting) - 1 - _confirmed(waiting, members)]
        yield from (_group([each], brought, None) for each in alone)
        yield _group(waiting[len(alone) :], brought, record)
        waiting = []
    yield from (_group([each], brought, None) for each in waiting)


def _confirmed(waiting: list[HistoryStep], members: tuple[str, ...]) -> int:
    """How many of the steps before the last one landed with it."""
    before = tuple(each.listed.commit for each in waiting[:-1])
    return len(members) if members and before[-len(members) :] == members else 0


def _group(
    together: list[HistoryStep], brought: MergedCommits, record: LandingRecord | None
) -> LandingSteps:
    last = together[-1]
    commits: list[str] = []
    for step in together:
        commits += brought.by(step.listed.commit, step.listed.others)
        commits += [step.listed.commit] if step is not last else []
    changes = last.changes if len(together) == 1 else _net(together)
    return LandingSteps(last, together[0].listed.parent, changes, tuple(commits), record)


def _net(together: list[HistoryStep]) -> tuple[FileChange, ...]:
    """What several steps change taken together."""
    found: dict[str, FileChange] = {}
    for change in (change for step in together for change in step.changes):
        first = found.get(change.path)
        old = first.old if first is not None else change.old
        found[change.path] = FileChange(change.path, old, change.new)
    return tuple(found[path] for path in sorted(found) if found[path].old != found[path].new)

"""Group steps of the branch into landings: commits recorded as pushed together are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.merged_commits import MergedCommits
from launchpolicy.ledger.landing_record import LandingRecord, MemberRecord
from launchpolicy.vocabulary.snapshot import FileChange

Records = Callable[[str], LandingRecord | MemberRecord | None]
"""What was recorded about a commit of the branch."""


Together = Callable[[Sequence[HistoryStep], LandingRecord], bool]
"""Whether steps can be one landing, as a record says."""


class LandingSteps(NamedTuple):
    """One landing in history: its steps and the last of them, what they change and merged."""

    last: HistoryStep
    parent: str | None
    changes: tuple[FileChange, ...]
    commits: tuple[str, ...]
    record: LandingRecord | None
    steps: tuple[HistoryStep, ...] = ()


def group_landings(
    steps: Iterable[HistoryStep],
    merged_commits: MergedCommits,
    records: Records,
    are_together: Together = lambda _steps, _record: True,
) -> Iterator[LandingSteps]:
    """Yield the landings of consecutive steps.

    Only what the record of the last one confirms is taken together: commits that merely say that
    they belong to another landing stand alone. `are_together` is asked once the landings before
    have been taken; where it denies, every step stands alone.
    """
    waiting: list[HistoryStep] = []
    for step in steps:
        record = records(step.listed.commit)
        waiting.append(step)
        if isinstance(record, MemberRecord):
            continue
        members = record.members if record is not None else ()
        alone = waiting[: len(waiting) - 1 - _count_confirmed(waiting, members)]
        yield from (_group([lone_step], merged_commits, None) for lone_step in alone)
        together = waiting[len(alone) :]
        if len(together) == 1 or record is None or are_together(together, record):
            yield _group(together, merged_commits, record)
        else:
            yield from (_group([lone_step], merged_commits, None) for lone_step in together)
        waiting = []
    yield from (_group([lone_step], merged_commits, None) for lone_step in waiting)


def _count_confirmed(waiting: list[HistoryStep], members: tuple[str, ...]) -> int:
    """Return how many of the steps before the last one landed with it."""
    before = tuple(step.listed.commit for step in waiting[:-1])
    return len(members) if members and before[-len(members) :] == members else 0


def _group(
    together: list[HistoryStep], merged_commits: MergedCommits, record: LandingRecord | None
) -> LandingSteps:
    last = together[-1]
    commits: list[str] = []
    for step in together:
        commits += merged_commits.by(step.listed.commit, step.listed.others)
        commits += [step.listed.commit] if step is not last else []
    changes = last.changes if len(together) == 1 else _net(together)
    return LandingSteps(
        last, together[0].listed.parent, changes, tuple(commits), record, tuple(together)
    )


def _net(together: list[HistoryStep]) -> tuple[FileChange, ...]:
    """Return what several steps change taken together."""
    changes_by_path: dict[str, FileChange] = {}
    for change in (change for step in together for change in step.changes):
        first = changes_by_path.get(change.path)
        old = first.old if first is not None else change.old
        changes_by_path[change.path] = FileChange(change.path, old, change.new)
    return tuple(
        changes_by_path[path]
        for path in sorted(changes_by_path)
        if changes_by_path[path].old != changes_by_path[path].new
    )

"""Leave out duties that a branch has settled: what it records is then to be merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from launchpolicy.engine.launches.due_list import LaunchDuty
from launchpolicy.engine.launches.duties import OpenDuty
from launchpolicy.engine.launches.open_launch import OpenLaunch, records_of
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.text import Text

_MERGE: Final = "merge"
_ROLLED_BACK: Final = "rolled-back"


def without_settled(
    duties: Sequence[LaunchDuty], launches: Sequence[OpenLaunch]
) -> Iterator[LaunchDuty]:
    """Yield each duty once, and for each recorded night that its branch is to be merged.

    A duty of a merged request that a branch settles says so. Where the branch records the night of
    the launch and no other plan, the duties that it settles are left out for the one to merge it;
    where it records a rollback, all of them are.
    """
    merged = {(one.launch.path, one.duty.key) for one in duties if one.launch.is_merged}
    proposed = {(one.launch.path, one.duty.key) for one in duties if not one.launch.is_merged}
    branches = {launch.path: launch.branch for launch in launches if not launch.is_merged}
    records = {
        launch.path: recorded
        for launch in launches
        if launch.is_merged and (recorded := records_of(launch, launches))
    }
    for one in duties:
        place = (one.launch.path, one.duty.key)
        recorded = records.get(one.launch.path, [])
        is_rolled_back = any(record.stage == _ROLLED_BACK for record in recorded)
        if not one.launch.is_merged:
            if place not in merged or is_rolled_back:
                yield one
        elif is_rolled_back:
            continue
        elif place in proposed:
            yield one
        elif not recorded:
            yield one._replace(proposed_on=branches.get(one.launch.path, ""))
    for recorded in records.values():
        yield from (_to_merge(record) for record in recorded)


def _to_merge(record: OpenLaunch) -> LaunchDuty:
    """Return the duty to merge what a branch records, and those before it that it goes on from."""
    branches = (*record.earlier, record.branch)
    what = Text(
        f"Propose and merge what is recorded: {', then '.join(branches)}",
        f"提交并合并已登记的内容：{'，再 '.join(branches)}",
    )
    executor = value_at(record.data, ("spec", "people", "executor"))
    people = (executor,) if isinstance(executor, str) else ()
    by = record.window.end if record.window is not None else None
    return LaunchDuty(record, OpenDuty(_MERGE, what, people, "", by, record.stage, ()))

"""A launch is known by its first entry, whatever its name, its folder and void entries are."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, LaunchState, launches_of
from launchpolicy.ledger.measures import measures_of
from launchpolicy.ledger.query import Query
from launchpolicy.reporters.ledger import calendar, feed, page, readme
from launchpolicy.reporters.ledger.site.pages import files as site_files
from launchpolicy.reporters.ledger.slugs import slug
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import entry, view

ANNOUNCED = {"at": "2026-11-06T00:00:00Z", "by": "li.wei"}
WINDOW = {"start": "2026-11-04T01:00:00Z", "end": "2026-11-04T02:00:00Z"}
GONE = {"stage": "", "content": ""}
MOVED = {"name": "LR-1", "path": "launches/LR-1/request.yaml"}


def _launches(*entries: Entry) -> tuple[Launch, ...]:
    return launches_of(entries).all


def _numbers(*entries: Entry) -> list[list[int]]:
    """The numbers of the entries of each launch, the launch that began first first."""
    launches = sorted(_launches(*entries), key=lambda launch: launch.number)
    return [[event.number for event in launch.events] for launch in launches]


def _approved(name: str = "LR-1", day: int = 1, **more: Any) -> Entry:
    return entry("approved", name, f"2026-11-{day:02d}T00:00:00Z", **more)


def _withdrawn(name: str = "LR-1", day: int = 2) -> Entry:
    return entry(
        "withdrawn", name, f"2026-11-{day:02d}T00:00:00Z", stage_before="requested", **GONE
    )


def _closed(name: str = "LR-1", day: int = 5, **more: Any) -> Entry:
    facts = {"announced": ANNOUNCED, "actual": WINDOW, "stage_before": "verified", **more}
    at = f"2026-11-{day:02d}T00:00:00Z"
    return entry("closed", name, at, stage="closed", **facts)


def _voided(first: int, last: int) -> Entry:
    return entry(
        "voided",
        "rules",
        "2026-11-20T00:00:00Z",
        format="launchpolicy/ledger-entry/v3",
        kind="Rules",
        stage="",
        content="",
        voids={"first": first, "last": last},
    )


def test_a_reused_name_does_not_hide_the_bypass_of_the_first_launch() -> None:
    bypass = entry(
        "bypassed", "LR-1", "2026-11-01T00:00:00Z", verdict="blocked", attempted="approved"
    )
    second, first = _launches(bypass, _withdrawn(), _approved(day=3))
    assert (first.is_bypassed, first.standing) == (True, LaunchState.WITHDRAWN)
    assert (second.is_bypassed, second.standing) == (False, LaunchState.APPROVED)
    assert (first.number, second.number) == (0, 2)


def test_a_name_used_again_after_an_archive_is_a_launch_of_its_own() -> None:
    gone = _withdrawn(day=6)
    assert _numbers(_approved(), _closed(), gone, _approved(day=7)) == [[0, 1, 2], [3]]


def test_a_launch_requested_again_after_a_rollback_is_the_same_launch() -> None:
    back = entry("rolled-back", "LR-1", "2026-11-05T00:00:00Z", stage="rolled-back")
    again = _approved(day=6, stage_before="rolled-back")
    assert _numbers(_approved(), back, again) == [[0, 1, 2]]


def test_a_new_request_in_place_of_a_finished_one_is_new_though_its_removal_is_void() -> None:
    entries = (_approved(), _closed(), _withdrawn(day=6), _voided(2, 2), _approved(day=7))
    assert _numbers(*entries) == [[0, 1], [4]]


def test_two_requests_of_one_name_in_two_folders_are_two_launches() -> None:
    other = _approved(day=2, path="launches/other/request.yaml")
    assert _numbers(_approved(), other, _closed()) == [[0, 2], [1]]


def test_a_renamed_request_is_one_launch_under_its_new_name() -> None:
    renamed = entry("renamed", "LR-2", "2026-11-02T00:00:00Z", renamed_from=MOVED)
    launches = _launches(_approved(), renamed, _closed("LR-2"), _approved(day=6))
    assert [(launch.name, launch.number) for launch in launches] == [("LR-1", 3), ("LR-2", 0)]


def test_a_version_that_cannot_be_read_keeps_its_launch_and_its_name() -> None:
    path = "launches/LR-1/request.yaml"
    broken = entry(
        "bypassed",
        path,
        "2026-11-02T00:00:00Z",
        path=path,
        verdict="rejected",
        attempted="amended",
        stage="",
    )
    (launch,) = _launches(_approved(), broken)
    assert (launch.name, launch.is_bypassed) == ("LR-1", True)


def test_void_entries_are_in_no_launch_and_no_rule() -> None:
    rules = entry("policy-changed", "rules", "2026-11-01T00:00:00Z", kind="Rules", stage="")
    accident = (_approved("LR-9"), rules)
    launches = launches_of((_approved(), *accident, _voided(1, 2), _closed()))
    assert [launch.name for launch in launches.all] == ["LR-1"]
    assert [(event.number, event.entry.event) for event in launches.rules] == [(3, "voided")]
    assert measures_of(launches.all) == measures_of(_launches(_approved(), _closed()))


@pytest.mark.parametrize(
    ("last", "standing"),
    [
        (_closed(), LaunchState.LAUNCHED),
        (_closed(announced=None), LaunchState.UNANNOUNCED),
        (
            entry("cancelled", "LR-1", "2026-11-05T00:00:00Z", stage="cancelled"),
            LaunchState.CANCELLED,
        ),
        (
            entry("rolled-back", "LR-1", "2026-11-05T00:00:00Z", stage="rolled-back"),
            LaunchState.ROLLED_BACK,
        ),
    ],
    ids=["closed", "unannounced", "cancelled", "rolled-back"],
)
@pytest.mark.parametrize("is_bypassed", [False, True], ids=["allowed", "not-allowed"])
def test_archiving_a_finished_request_changes_no_figure(
    last: Entry, standing: LaunchState, *, is_bypassed: bool
) -> None:
    archive = entry("withdrawn", "LR-1", "2027-02-01T00:00:00Z", stage_before=last.stage, **GONE)
    bypass = {"event": "bypassed", "attempted": "withdrawn", "verdict": "blocked"}
    archive = archive.model_copy(update=bypass if is_bypassed else {})
    (before,), (after,) = _launches(_approved(), last), _launches(_approved(), last, archive)
    assert before.standing is after.standing is standing
    assert measures_of([before]) == measures_of([after])
    assert not Query(month="2027-02").matches(after)
    for month in ("2026-11", "2026-12"):
        assert Query(month=month).matches(before) is Query(month=month).matches(after)


def test_a_request_deleted_before_its_end_is_withdrawn_whatever_its_stage() -> None:
    launched = entry("launched", "LR-1", "2026-11-02T00:00:00Z", stage="launched")
    (launch,) = _launches(_approved(), launched, _withdrawn(day=3))
    assert launch.standing is LaunchState.WITHDRAWN
    assert launch.was_carried_out


def test_an_archived_launch_does_not_come_before_newer_ones() -> None:
    archive = entry("withdrawn", "LR-1", "2027-02-01T00:00:00Z", stage_before="closed", **GONE)
    launches = _launches(_closed(), _approved("LR-2", 6), archive)
    assert [launch.name for launch in launches] == ["LR-2", "LR-1"]


REUSED = (_approved(planned=WINDOW), _withdrawn(), _closed(planned=WINDOW, stage_before=""))


NAME = slug("LaunchRequest", "LR-1")


@pytest.mark.parametrize(
    ("files", "names"),
    [(page.files, {NAME, f"{NAME}-2"}), (site_files, {"0", "2"})],
    ids=["pages", "site"],
)
def test_launches_of_one_name_have_a_page_each(files: Any, names: set[str]) -> None:
    paths = [path for path, _ in files(view(REUSED)) if path.startswith("launches/")]
    assert len(paths) == len(set(paths)) == 2
    assert {path.split("/")[1].split(".")[0] for path in paths} == names


def test_launches_of_one_name_have_an_event_each_in_the_calendar_and_the_feed() -> None:
    ((_, events),) = calendar.files(view(REUSED))
    identifiers = [line for line in events.splitlines() if line.startswith("UID:")]
    assert len(identifiers) == len(set(identifiers)) == 2
    again = (*REUSED, _withdrawn(day=8), _closed(day=9))
    ((_, announcements),) = feed.files(view(again))
    assert announcements.count("<entry>") == 2
    assert len(set(announcements.split("<id>"))) == 4


def test_a_launch_keeps_its_page_and_its_event_when_its_name_is_used_again() -> None:
    before, after = view(REUSED[:2]), view(REUSED)
    ((first, _),) = page.files(before)
    assert first in dict(page.files(after))
    ((_, old),), ((_, new),) = calendar.files(before), calendar.files(after)
    (identifier,) = [line for line in old.splitlines() if line.startswith("UID:")]
    assert identifier in new
    assert first in dict(readme.files(after))["README.md"]


def test_ledgers_without_reused_names_keep_the_names_of_their_pages() -> None:
    launches = launches_of(sample_entries(42)).all
    paths = {page.page_path(launch) for launch in launches}
    assert paths == {f"launches/{slug(launch.kind, launch.name)}.md" for launch in launches}
    assert len(paths) == len(launches)

"""Until when a pass holds, by the dates of the request itself (threat N11)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launchpolicy.engine.submission import submission_of
from launchpolicy.operations.check.validity import end_of_validity
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.configuration import configuration_of

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
RULES = PackSet(configuration_of({}), {}, {}, "")


@pytest.mark.parametrize(
    ("spec", "end"),
    [
        (
            "window: {start: '2026-11-25T20:00:00+08:00', end: '2026-11-25T23:00:00+08:00'}",
            datetime(2026, 11, 25, 12, tzinfo=UTC),
        ),
        (
            "window: {start: '2026-11-25T08:00:00+08:00', end: '2026-11-25T23:00:00+08:00'}",
            datetime(2026, 11, 25, 15, tzinfo=UTC),
        ),
        ("expires: '2026-11-25T11:00:00+08:00'", datetime(2026, 11, 25, 3, tzinfo=UTC)),
        (
            "window: {start: '2026-11-24T20:00:00+08:00', end: '2026-11-24T23:00:00+08:00'}",
            None,
        ),
        ("title: no date at all", None),
    ],
    ids=["window opens", "window closes", "waiver expires", "window is over", "no date"],
)
def test_a_pass_holds_no_longer_than_to_the_next_date_of_the_request(
    spec: str, end: datetime | None
) -> None:
    source = f"kind: LaunchRequest\nspec:\n  {spec}\n".encode()
    submission = submission_of("LaunchRequest", "launches/a/request.yaml", source)
    assert end_of_validity(RULES, [submission], None, NOW) == end

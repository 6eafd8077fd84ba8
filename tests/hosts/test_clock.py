from __future__ import annotations

from datetime import UTC, datetime, timedelta

from launchpolicy.hosts.clock import now


def test_now_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= now() <= datetime.now(UTC)
    assert now().utcoffset() == timedelta(0)

"""Records beside the ledger that nobody can confirm (threat N15)."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.ledger.landing_record import FORMAT, LandingRecord
from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from tests.ledger.chronicle import MOMENT, Chronicle, begun

pytestmark = pytest.mark.slow

LEADS = ("wang.fang", "zhou.kai", "zhao.min")


def review(name: str, digest: str) -> dict[str, object]:
    """Return a review that nobody gave."""
    return {
        "account": {"host": "email", "key": f"{name}@example.com", "shown": name},
        "state": "approved",
        "at": "2026-11-25T09:00:00+08:00",
        "where": f"launches/LR-1/approvals/{name}.yaml",
        "request": "LR-1",
        "digest": digest,
    }


def test_a_record_of_reviews_counts_nothing_where_approvals_are_signed(tmp_path: Path) -> None:
    chronicle: Chronicle = begun(tmp_path / "work")
    landed = chronicle.merged("LR-1")
    honest = chronicle.clone("honest")
    honest.append()
    digest = honest.entries()[-1].approval_digest
    record = LandingRecord(
        format=FORMAT,
        commit=landed,
        approvals={
            "source": "signed",
            "reviews": [review(name, digest) for name in LEADS],
        },
    )
    with chronicle.place() as place:
        append(place, AppendOptions(None, lambda: MOMENT, lambda _: {landed: record}))
    last = chronicle.entries()[-1]
    assert (last.event, last.approvals) == ("bypassed", ())

"""Entries of landings: whatever a merged request writes, it is recorded and never lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launchpolicy.ledger.entries_of_landing import request_entry
from launchpolicy.ledger.landing import LandedRequest, Landing
from launchpolicy.vocabulary.finding import Judgement, Operation, Verdict

LANDING = Landing("c" * 40, "b" * 40, datetime(2026, 11, 25, tzinfo=UTC))
PATH = "launches/LR-1/request.yaml"


def _landed(stage: object, old: object = None) -> LandedRequest:
    text = stage if isinstance(stage, str) else ""
    judgement = Judgement("LaunchRequest", "LR-1", PATH, Operation.UPDATE, text, Verdict.REJECTED)
    new = {"metadata": {"name": "LR-1"}, "status": {"stage": stage}}
    return LandedRequest(judgement, new, {"status": {"stage": old}}, b"x", staged=True)


@pytest.mark.parametrize("stage", ["x" * 501, "half \ud800 a pair", "", 7, None, ["launched"]])
def test_a_stage_of_any_kind_and_length_is_recorded(stage: object) -> None:
    entry = request_entry(LANDING, _landed(stage, stage), "sha256:" + "0" * 64)
    assert len(entry.stage) <= 500
    assert entry.stage == entry.stage_before
    assert entry.source.decode("utf-8")

"""A clean night, recorded commit by commit, is no list of things that were put right."""

from __future__ import annotations

import pytest

from launchpolicy.reporters.ledger.text import story
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.names import NO_NAMES
from tests.ledger.views.ledgers import entry, view

AT = "2026-12-02T08:00:00Z"
FIXED = [{"policy": "execution-recorded", "outcome": "fixed"}]
FAILED = [{"policy": "planned-backups-taken", "outcome": "failed"}]


@pytest.mark.parametrize(
    ("stage", "hurdles", "shown", "hidden"),
    [
        ("launched", FIXED, "recorded step by step: 1 policy", "execution-recorded"),
        ("rolled-back", FIXED, "recorded step by step: 1 policy", "fixed before the merge"),
        ("requested", FIXED, "execution-recorded: fixed before the merge", "step by step"),
        ("launched", FAILED, "planned-backups-taken: failed", "step by step"),
    ],
)
def test_what_a_night_had_yet_to_record_is_one_line(
    stage: str, hurdles: list[dict[str, str]], shown: str, hidden: str
) -> None:
    numbered = entry("approved", "LR-1", AT, stage=stage, hurdles=hurdles)
    lines = "".join(story(view([numbered], "en").all[0], ReaderView("en"), NO_NAMES))
    assert shown in lines
    assert hidden not in lines

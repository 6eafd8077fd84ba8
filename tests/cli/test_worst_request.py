"""The worst request that passed once: every fault of it is reported, with its policy and place."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from tests.cli.launch_repository import LaunchRepository

WORST = Path(__file__).with_name("worst_request.yaml")

FAULTS = {
    "accepted-by-both-leads": ["39 acceptedBy", "39 acceptedBy"],
    "acceptance-precedes-launch": ["36 at", "37 at"],
    "functional-test-reported": ["40 reports"],
    "preparation-in-order": ["29 assessedAt", "32 confirmedAt"],
    "launch-window-fixed": ["18 end"],
    "launch-window-ahead": ["18 start"],
    "launch-window-allowed": ["18 window"],
    "planned-backups-restorable": ["54 takes", "60 takes"],
    "backups-kept-elsewhere": ["53 location", "59 location"],
    "backups-in-listed-vaults": ["53 location", "59 location"],
    "launch-steps-planned": ["79 takes", "84 takes", "90 takes"],
    "rollback-planned": ["63 trigger", "64 decideWithin"],
    "rollback-fits-window": ["65 takes", "67 takes", "68 takes"],
    "rollback-reverts-code": ["68 to", "68 to"],
    "rollback-impact-assessed": ["74 assessedAt"],
    "texts-say-something": [
        *("6 title", "12 summary", "20 how", "21 how", "23 reference", "23 summary"),
        *("24 reference", "24 summary", "26 summary", "33 reason", "43 target", "43 how"),
        *("44 target", "44 how", "46 target", "47 target", "53 location", "54 how"),
        *("59 location", "60 how", "63 trigger", "68 to", "70 summary", "78 action"),
        *("80 expected", "83 action", "85 expected", "89 action", "91 expected"),
    ],
}
"""Line and last key of every finding, by policy."""


def test_every_fault_of_the_worst_request_is_reported_at_its_place(
    repository: LaunchRepository,
) -> None:
    repository.request.write_bytes(WORST.read_bytes())

    outcome = repository.check("--format", "json")

    assert outcome.code == 1, outcome.complaint
    reported: dict[str, list[str]] = defaultdict(list)
    for request in json.loads(outcome.output)["requests"]:
        for result in request["results"]:
            for finding in result["findings"] if result["outcome"] == "failed" else ():
                place = finding["place"]
                reported[result["policy"]].append(
                    f"{place['line']} {place['route'].rpartition('.')[2]}"
                )
    assert reported == FAULTS


def test_a_hidden_character_as_every_text_of_the_worst_request_is_malformed(
    repository: LaunchRepository,
) -> None:
    repository.request.write_text(WORST.read_text("utf-8").replace(r"\u2800", r"\u3164"), "utf-8")

    outcome = repository.check()

    assert outcome.code == 2
    assert "U+3164" in outcome.output
    assert "request.yaml:6:10" in outcome.output

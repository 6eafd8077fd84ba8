"""Every probe ends as wanted: the dishonest are stopped, the honest pass."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import PROJECT
from tests.probes.running import FOLDER, Probe, end_of, is_graded, not_yet, probes
from tests.shared_data import shared_file

PROBES = probes()
GRADED = [name for name, probe in PROBES.items() if is_graded(probe)]
SAMPLE = (
    "backup-*-tbd*",
    "cutover-notice-recorded-at-launch",
    "honest-*meeting*",
    "quorum-*after*",
    "test-report-one-*",
)
"""Work trees and bases, files, copies, alternatives, approvals and what is committed after them."""


@pytest.mark.parametrize("name", GRADED)
def test_a_probe_ends_as_wanted(name: str) -> None:
    probe = PROBES[name]
    end = end_of(probe)

    if name in not_yet():
        assert end != probe["want"], "It ends as wanted now: python -m tests.probes --write"
    else:
        assert end == probe["want"], probe["because"]


def test_only_graded_probes_are_waited_for() -> None:
    assert not_yet() <= set(GRADED)


@pytest.mark.shared
def test_our_runner_agrees_with_the_one_that_was_handed_over(tmp_path: Path) -> None:
    theirs: dict[str, str] = {}
    for pattern in SAMPLE:
        theirs |= _ends_of_their_runner(pattern, tmp_path)

    assert len(theirs) >= len(SAMPLE)
    assert {name: _state(PROBES[name]) for name in theirs} == theirs


def _ends_of_their_runner(pattern: str, folder: Path) -> dict[str, str]:
    program = Path(sys.executable).with_name("launchpolicy")
    answer = folder / "ends.json"
    subprocess.run(
        [
            sys.executable,
            shared_file("run_probes.py"),
            FOLDER,
            PROJECT / "examples",
            "--program",
            program,
            "--only",
            pattern,
            "--json",
            answer,
        ],
        check=False,
        capture_output=True,
        timeout=300,
    )
    rows = json.loads(answer.read_text("utf-8"))["probes"]
    return {row["name"]: row["got"] for row in rows}


def _state(probe: Probe) -> str:
    return end_of(probe).partition(":")[0]

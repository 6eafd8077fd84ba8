"""Interrupted or asked to end: no traceback, an exit code that says so, nothing left running."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.launch_folder import commit, launch_folder

# Sends the signal at the moment when a certain module begins to be loaded.
PROGRAM = """\
import os, sys
from launchpolicy.__main__ import run_program
NUMBER, NAME = int(sys.argv[1]), sys.argv[2]
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == NAME:
            os.kill(os.getpid(), NUMBER)
sys.meta_path.insert(0, Finder)
sys.argv[1:] = ["check", "--jobs", "2"]
run_program()
"""
MOMENTS = [
    "click",
    "launchpolicy.vocabulary.errors",
    "launchpolicy.cli.check",
    "yaml",
    "launchpolicy.operations.submissions.worker_processes",
    "launchpolicy.reporters.text.reporter",
]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_at_any_moment_ends_the_program_silently(
    tmp_path: Path, by: signal.Signals, code: int, moment: str
) -> None:
    commit(launch_folder(tmp_path, ["true"], range(1, 201)))
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(by)), moment],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout, ended.stderr.strip()) == (code, "", "")

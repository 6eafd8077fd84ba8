"""A command leaves at once, with everything written and its exit code; watched, as usual."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "launchpolicy", "schema", "LaunchRequest"]
NOTED = """\
import atexit, sys
atexit.register(lambda: print("taken apart", file=sys.__stderr__, flush=True))
sys.argv = ["launchpolicy", "--version"]
{before}
from launchpolicy.cli.main import run_program
run_program()
"""


def _environment(**more: str) -> dict[str, str]:
    measured = ("COV_", "COVERAGE_", "LAUNCHPOLICY_DEBUG")
    return {name: text for name, text in os.environ.items() if not name.startswith(measured)} | more


def _run(before: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", NOTED.format(before=before)],
        env=_environment(**more),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_everything_is_written_although_the_interpreter_is_not_taken_apart() -> None:
    ended = _run()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("launchpolicy")


@pytest.mark.parametrize(
    "before",
    ["sys.settrace(lambda *_: None)", "sys.setprofile(lambda *_: None)", "import tracemalloc"],
)
def test_what_watches_the_interpreter_sees_its_end(before: str) -> None:
    assert _run(before).stderr == "taken apart\n"


def test_debugging_ends_as_usual() -> None:
    assert _run(LAUNCHPOLICY_DEBUG="1").stderr == "taken apart\n"


def test_a_large_output_arrives_whole_in_a_pipe() -> None:
    ended = subprocess.run(PROGRAM, env=_environment(), check=True, capture_output=True)
    assert len(ended.stdout) > 64 * 1024
    assert ended.stdout.endswith(b"}\n")


def test_a_reader_that_has_gone_leaves_the_exit_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        PROGRAM, env=_environment(), check=False, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_device_is_said_and_has_its_exit_code() -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            PROGRAM, env=_environment(), check=False, stdout=full, stderr=subprocess.PIPE
        )
    assert ended.returncode == 3
    assert b"No space left on device" in ended.stderr

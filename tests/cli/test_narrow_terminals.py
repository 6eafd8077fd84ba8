"""Messages of every command fit the terminal that shows them, and stay whole in a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from launchpolicy.reporters.text.cells import cells
from tests.cli.launch_repository import LaunchRepository

COLUMNS = 60


def shown(folder: Path, environment: dict[str, str], *arguments: str) -> list[str]:
    """Return the lines, of both streams, that a terminal of 60 columns gets."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, COLUMNS, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "launchpolicy.cli.main", *arguments],
        cwd=folder,
        env={**environment, "TERM": "dumb", "COLUMNS": str(COLUMNS)},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # EIO: the other side has gone
                break
            if not piece:
                break
            written += piece
    os.close(ours)
    return written.decode().replace("\r\n", "\n").splitlines()


def too_long(lines: list[str]) -> list[str]:
    return [line for line in lines if cells(line) > COLUMNS and "--" not in line]


SITUATIONS = {
    "a role that nobody holds": ("people", "check"),
    "a request that is not there": ("status", "LR-1999-0001"),
    "an unknown word of a choice": ("advance", "LR-2026-0042", "launchd"),
    "an unknown paper": ("paper", "aplication", "LR-2026-0042"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("arguments", SITUATIONS.values(), ids=SITUATIONS)
def test_a_message_fits_the_terminal(
    repository: LaunchRepository, arguments: tuple[str, ...], language: str
) -> None:
    people = (repository.folder / "people.yaml").read_text("utf-8")
    shorter = "\n".join(line for line in people.splitlines() if "operations-lead:" not in line)
    (repository.folder / "people.yaml").write_text(f"{shorter}\n", "utf-8")
    lines = shown(repository.folder, repository.environment, "--lang", language, *arguments)
    assert len(lines) > 1
    assert too_long(lines) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_stops_a_run_fits_the_terminal(
    repository: LaunchRepository, tmp_path: Path, language: str
) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    lines = shown(nowhere, repository.environment, "--lang", language, "check")
    assert len(lines) > 2
    assert too_long(lines) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_init_fits_the_terminal_but_for_its_commands(
    repository: LaunchRepository, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "new"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    for key, value in (("user.name", "Li Wei"), ("user.email", "li.wei@example.com")):
        subprocess.run(["git", "-C", str(folder), "config", key, value], check=True)
    arguments = ("init", "--yes", "--process", "system-cutover", "--language", language)
    lines = shown(folder, repository.environment, *arguments)
    assert "people.yaml" in "".join(lines)
    is_command = ("  git ", "  launchpolicy ")
    assert [line for line in too_long(lines) if not line.startswith(is_command)] == []


def test_a_pipe_gets_a_message_as_one_line(repository: LaunchRepository, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "launchpolicy.cli.main", "check"],
        cwd=nowhere,
        env=repository.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(done.stderr.splitlines()) == 2

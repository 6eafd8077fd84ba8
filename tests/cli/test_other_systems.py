"""What only Linux or only POSIX has is taken away; the verdicts stay (macOS, Windows)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import Finished, LaunchRepository

MACOS = """\
import os
del os.sched_getaffinity, os.sched_setaffinity
"""
WINDOWS = """\
import os, sys
for module in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty"):
    sys.modules[module] = None
for name in (
    "sched_getaffinity", "sched_setaffinity", "getuid", "geteuid", "getgid", "getegid", "fchmod",
    "fchown", "mkfifo", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "fork", "forkpty",
):
    delattr(os, name)
for function in (os.supports_dir_fd, os.supports_fd):
    function.clear()
_open, _stat, _scandir = os.open, os.stat, os.scandir
def open_(path, flags, mode=0o777, *, dir_fd=None):
    if dir_fd is not None or os.path.isdir(path):
        raise PermissionError(13, "Permission denied")
    return _open(path, flags, mode)
def stat_(path, *, dir_fd=None, follow_symlinks=True):
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    return _stat(path, follow_symlinks=follow_symlinks)
def scandir_(path="."):
    if isinstance(path, int):
        raise TypeError("scandir: path should be string, bytes, os.PathLike or None, not int")
    return _scandir(path)
os.open, os.stat, os.scandir = open_, stat_, scandir_
import multiprocessing
multiprocessing.set_start_method("spawn")
"""
SYSTEMS = {"macos": MACOS, "windows": WINDOWS}


@pytest.fixture(params=SYSTEMS.values(), ids=SYSTEMS.keys())
def system(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder for PYTHONPATH whose `sitecustomize` makes Python what it is on that system."""
    folder = tmp_path / "system"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(request.param, "utf-8")
    return folder


def run(repository: LaunchRepository, system: Path, *arguments: str) -> Finished:
    done = repository.run(*arguments, PYTHONPATH=str(system))
    assert "unexpected" not in done.complaint
    assert "Traceback" not in done.complaint
    return done


def test_something_was_taken_away(system: Path) -> None:
    probe = "import os; print(hasattr(os, 'sched_getaffinity'), hasattr(os, 'cpu_count'))"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "PYTHONPATH": str(system)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False True\n"


def test_a_check_has_the_same_report(repository: LaunchRepository, system: Path) -> None:
    check = ("check", "--now", "2026-11-25T10:00:00+08:00")
    for expected in (0, 1):
        here = repository.run(*check)
        there = run(repository, system, *check)
        assert (here.code, there.code, there.output) == (expected, expected, here.output)
        if expected == 0:
            repository.edit(("    watcher: qian.na\n", ""))


def test_the_other_commands_work(repository: LaunchRepository, system: Path) -> None:
    repository.commit()
    assert run(repository, system, "people", "check").code == 0
    assert run(repository, system, "policy", "test", "--if-any").code == 0
    assert run(repository, system, "schema", "Policy").code == 0
    appended = run(repository, system, "ledger", "append")
    assert appended.code == 0, appended.complaint
    assert run(repository, system, "ledger", "verify").code == 0
    assert run(repository, system, "check", "--staged").code == 0
    assert run(repository, system, "ledger", "build", "rebuilt").code == 0


def test_a_link_in_place_of_a_request_is_never_followed(
    repository: LaunchRepository, system: Path
) -> None:
    elsewhere = repository.folder.parent / "elsewhere.yaml"
    repository.request.rename(elsewhere)
    repository.request.symlink_to(elsewhere)
    assert run(repository, system, "check").code == 2


def test_a_linked_folder_is_never_followed(repository: LaunchRepository, system: Path) -> None:
    elsewhere = repository.folder.parent / "elsewhere"
    repository.request.parent.rename(elsewhere)
    repository.request.parent.symlink_to(elsewhere)
    done = run(repository, system, "check", "launches/LR-2026-0042")
    assert done.code == 2
    assert "pass" not in done.output


def test_many_requests_are_judged_by_spawned_processes(
    repository: LaunchRepository, system: Path
) -> None:
    source = repository.request.read_text("utf-8")
    for number in range(1000, 1160):
        folder = repository.folder / "launches" / f"LR-2026-{number}"
        folder.mkdir()
        copy = source.replace("LR-2026-0042", folder.name)
        (folder / "request.yaml").write_text(copy, "utf-8")
    arguments = ("check", "--now", "2026-11-25T10:00:00+08:00", "--format", "json")
    there = run(repository, system, *arguments, "--jobs", "2")
    here = repository.run(*arguments, "--jobs", "1")
    assert here.output.count('"kind": "LaunchRequest"') == 161
    assert (there.code, there.output) == (here.code, here.output)

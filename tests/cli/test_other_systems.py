"""What only Linux or only POSIX has is taken away; the verdicts stay (macOS, Windows)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.launch_repository import Finished, LaunchRepository, clean_environment

pytestmark = pytest.mark.slow

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


@pytest.fixture(params=list(SYSTEMS.values()), ids=list(SYSTEMS))
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


CONFIGURATION = "kind: Configuration\nprocesses: {small: [small]}\n"
PACK = """\
kind: Pack
metadata: {name: small, title: Small}
spec: {version: 1, bindings: [{policy: says-what, action: deny}]}
"""
POLICY = """\
kind: Policy
metadata: {name: says-what, title: Says what}
spec:
  match: {kinds: [LaunchRequest]}
  validations: [{expression: has(object.spec.summary), at: spec.summary, message: Say.}]
  fix: Say what.
"""
REQUEST = """\
kind: LaunchRequest
metadata: {name: NAME}
spec: {process: small, summary: Split payment}
"""


def test_many_requests_are_judged_by_spawned_processes(tmp_path: Path, system: Path) -> None:
    files = {
        ".launchpolicy.yaml": CONFIGURATION,
        "policies/small/pack.yaml": PACK,
        "policies/small/says-what.yaml": POLICY,
    }
    for number in range(160):
        lines = REQUEST.replace("NAME", f"LR-{number}")
        missing = lines.replace(", summary: Split payment", "") if number == 7 else lines
        files[f"launches/LR-{number}/request.yaml"] = f"{missing}status: {{stage: requested}}\n"
    many = LaunchRepository(tmp_path / "many", clean_environment(tmp_path))
    for name, text in files.items():
        path = many.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"apiVersion: launchpolicy/v1\n{text}", "utf-8")
    arguments = ("check", "--now", "2026-11-25T10:00:00+08:00", "--format", "json")
    there = run(many, system, *arguments, "--jobs", "2")
    here = many.run(*arguments, "--jobs", "1")
    assert (here.code, here.output.count('"verdict": "pass"')) == (1, 159)
    assert (there.code, there.output) == (here.code, here.output)

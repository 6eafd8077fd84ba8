"""A long append that is killed goes on where it was: each batch of entries is saved (threat L2)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.operations.ledger.growth.save_batches import batches
from tests.ledger.chronicle import MOMENT, Chronicle, begun
from tests.ledger.test_interrupted import KILLER

pytestmark = pytest.mark.slow

LANDINGS = 5

RUNNER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
import os
with open_repository(Path.cwd(), os.environ) as repository:
    place = location_of(repository, LocationOptions(Path.cwd(), remote="origin"), os.environ)
    append(place, AppendOptions(None, lambda: datetime(2026, 11, 25, 2, tzinfo=UTC), batch=2))
"""
"""An append that saves every two entries."""


class KilledError(Exception):
    """Stands for a kill: nothing that comes after it is done."""


def killer_after(count: int) -> Callable[[int], None]:
    def progress(entries: int) -> None:
        if entries >= count:
            raise KilledError

    return progress


@pytest.fixture
def chronicle(tmp_path: Path) -> Chronicle:
    chronicle = begun(tmp_path)
    for number in range(LANDINGS):
        chronicle.merged(f"LR-{number}")
    return chronicle


def test_a_killed_first_append_goes_on_after_its_last_batch(chronicle: Chronicle) -> None:
    made: list[int] = []
    with chronicle.place() as place:
        for kill_at in (2, 2, 99):
            options = AppendOptions(None, lambda: MOMENT, progress=killer_after(kill_at), batch=2)
            try:
                made.append(append(place, options).count)
            except KilledError:
                made.append(-len(chronicle.entries()))
    assert made == [-2, -4, 2]
    assert chronicle.complaints() == []
    assert chronicle.verify().kept == 3


def test_batches_give_the_same_ledger_as_one_append(chronicle: Chronicle) -> None:
    with chronicle.place() as place:
        append(place, AppendOptions(None, lambda: MOMENT, batch=1))
    done = chronicle.run("build", "at-once")
    assert done.code == 0, done.output
    trees = chronicle.git("rev-parse", "launch-ledger^{tree}", "at-once^{tree}").split()
    assert trees[0] == trees[1]


def test_a_batch_never_ends_within_a_landing() -> None:
    def entries() -> Iterator[tuple[str, int]]:
        yield from zip("aabbbcdd", range(8), strict=True)

    cut = [[name for name, _ in batch] for batch in batches(entries(), 2, lambda e: e[0])]
    assert cut == [["a", "a"], ["b", "b", "b"], ["c", "d", "d"]]
    assert list(batches(iter(()), 2, str)) == []


def run_killed(chronicle: Chronicle, tools: Path, at: int, when: str) -> tuple[int, int]:
    calls = tools / "calls"
    calls.write_text("", "utf-8")
    environment: Mapping[str, str] = {
        **chronicle.environment,
        "PATH": f"{tools}{os.pathsep}{chronicle.environment['PATH']}",
        "KILLER_CALLS": str(calls),
        "KILLER_AT": str(at),
        "KILLER_WHEN": when,
        "KILLER_GIT": str(shutil.which("git")),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        cwd=chronicle.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode, len(calls.read_text("utf-8").splitlines())


def test_a_long_append_killed_at_its_pushes_loses_and_doubles_nothing(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    chronicle.git("remote", "add", "origin", str(remote))
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").write_text(KILLER, "utf-8")
    (tools / "git").chmod(0o755)
    shutil.copytree(chronicle.folder, tmp_path / "whole")
    shutil.copytree(remote, tmp_path / "other.git")
    whole = Chronicle(tmp_path / "whole", chronicle.home)
    whole.git("remote", "set-url", "origin", str(tmp_path / "other.git"))
    code, calls = run_killed(whole, tools, 0, "before")
    assert code == 0
    died = 0
    for at in range(8, calls, 7):
        code, _ = run_killed(chronicle, tools, at, "after" if at % 2 else "before")
        died += code != 0
        if code == 0:
            break
    assert died > 1
    assert chronicle.run("append", "--remote", "origin").code == 0
    chronicle.git("fetch", "--quiet", "origin", "+launch-ledger:launch-ledger")
    commits = [entry.commit for entry in chronicle.entries()]
    assert commits == chronicle.git("rev-list", "--first-parent", "--reverse", "main").split()
    done = chronicle.run("verify", "--remote", "origin")
    assert done.code == 0, done.output

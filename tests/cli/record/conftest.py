"""A launch of the example in the night: a remote, and the clones of two people who record."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from launchpolicy.cli.main import program
from launchpolicy.documents.instants import instant
from launchpolicy.operations.record.record import RecordOptions
from launchpolicy.vocabulary.errors import LaunchpolicyError
from tests.cli.launch_repository import EXAMPLE, Finished, LaunchRepository, clean_environment

NAME = "LR-2026-0042"
REQUEST = f"launches/{NAME}/request.yaml"
BRANCH = f"launch/{NAME}-launched"
APPROVED = "2026-11-25T10:00:00+08:00"

PREPARED = """\
  stage: launched
  checksBefore:
    - {name: servers, result: passed, at: 2026-12-01T21:30:00+08:00, by: zhao.min}
    - {name: database-connection, result: passed, at: 2026-12-01T21:35:00+08:00, by: he.lin}
  backups:
    - name: orders-db
      kind: database
      takenAt: 2026-12-01T20:10:00+08:00
      by: he.lin
      sha256: "4cd6abd00aab7ba230808540602c3cec04a93893d5c75acbc3624c1c616c5470"
      location: vault-b/orders
      rehearsal: {at: 2026-12-01T20:50:00+08:00, by: he.lin, result: restored, takes: 18m}
    - name: uploads
      kind: files
      takenAt: 2026-12-01T20:20:00+08:00
      by: gao.peng
      sha256: "3b9b96018c4fd8088d750c48106391a5adaa5aed4d43611f1945862d732a628f"
      location: vault-b/uploads
      rehearsal: {at: 2026-12-01T20:55:00+08:00, by: gao.peng, result: restored, takes: 8m}
"""
STARTED = f"""{PREPARED}  execution:
    by: zhao.min
    watchedBy: qian.na
    startedAt: 2026-12-01T22:00:00+08:00
"""


def tonight(clock: str) -> str:
    """A time of the night of the launch."""
    return f"2026-12-01T{clock}:00+08:00"


@dataclass(frozen=True)
class Clone(LaunchRepository):
    """The clone of one person."""

    person: str

    def git(self, *arguments: str) -> str:
        """Run git as the person of this clone."""
        who = ("-c", f"user.name={self.person}", "-c", f"user.email={self.person}@example.com")
        return super().git(*who, *arguments)

    def record(self, *arguments: str, at: str = "22:10", **environment: str) -> Finished:
        """Run a command of `record` at a time of the night, in this process: it is asked often."""
        return self.here("record", *arguments, "--now", tonight(at), **environment)

    def here(self, *arguments: str, **environment: str) -> Finished:
        """Run a command of the program in this process, with the environment of this clone."""
        cleared = dict.fromkeys(os.environ.keys() - self.environment.keys())
        error = ""
        with contextlib.chdir(self.folder):
            done = CliRunner().invoke(
                program(),
                arguments,
                env={**cleared, **self.environment, **environment},
                standalone_mode=False,
            )
        code = done.return_value
        if isinstance(done.exception, LaunchpolicyError):
            code, problem = done.exception.exit_code, done.exception
            error = f"{problem.problem.en}\n{problem.remedy.en}"
        elif done.exception is not None:
            raise done.exception
        return Finished(code if isinstance(code, int) else 0, done.stdout, done.stderr + error)

    def recorded(self, *arguments: str, at: str = "22:10") -> str:
        """Run a command of `record` that must succeed; return what it says."""
        done = self.record(*arguments, at=at)
        assert done.code == 0, (arguments, done.output, done.complaint)
        return done.output

    def status(self, revision: str = f"origin/{BRANCH}") -> str:
        """What is recorded at a revision: the text from `status` on."""
        text = self.git("show", f"{revision}:{REQUEST}")
        return text[text.index("\nstatus:") :]

    def options(self, clock: str = "22:10") -> RecordOptions:
        """The options of a call without a process of its own."""
        return RecordOptions(instant(tonight(clock)), {**os.environ, **self.environment})


@dataclass(frozen=True)
class Night:
    """The remote, and the clones of the executor and of the DBA, both on main."""

    folder: Path
    zhao: Clone
    he: Clone

    def unplug(self) -> None:
        """Take the remote away, as a night without network does."""
        (self.folder / "origin.git").rename(self.folder / "away.git")

    def plug(self) -> None:
        (self.folder / "away.git").rename(self.folder / "origin.git")


Begin = Callable[[str], Night]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The approved request on main of a remote, and two clones of it."""
    folder = tmp_path_factory.mktemp("night")
    seed = _clone(folder, "seed", "li.wei")
    ignored = shutil.ignore_patterns(
        "broken", "waivers", "LR-2026-0041", "LR-2026-003*", "LR-2026-001*", "LR-2026-002*"
    )
    shutil.copytree(EXAMPLE, seed.folder, ignore=ignored)
    seed.git("init", "--quiet", "--initial-branch=main")
    seed.commit("approve the request")
    seed.git("clone", "--quiet", "--bare", str(seed.folder), str(folder / "origin.git"))
    for person in ("zhao.min", "he.lin"):
        seed.git("clone", "--quiet", "../origin.git", str(folder / person))
        clone = _clone(folder, person, person)
        clone.git("config", "user.name", person)
        clone.git("config", "user.email", f"{person}@example.com")
        clone.git("remote", "set-url", "origin", "../origin.git")
    return folder


@pytest.fixture
def begin(template: Path, tmp_path: Path) -> Begin:
    """A function that gives the night with a status that is recorded and pushed ("": none)."""

    def night(status: str = "") -> Night:
        folder = tmp_path / "night"
        shutil.copytree(template, folder, symlinks=True)
        (tmp_path / "home").mkdir()
        zhao, he = _clone(folder, "zhao.min", "zhao.min"), _clone(folder, "he.lin", "he.lin")
        if status:
            he.git("switch", "--quiet", "--create", BRANCH)
            he.edit(("  stage: requested\n", status), path=REQUEST)
            he.commit("the evening")
            he.git("push", "--quiet", "origin", BRANCH)
            he.git("switch", "--quiet", "main")
            he.git("branch", "--quiet", "-D", BRANCH)
            zhao.git("fetch", "--quiet")
        return Night(folder, zhao, he)

    return night


@pytest.fixture
def started(begin: Begin) -> Night:
    """The launch has begun: checks, backups and start are recorded and pushed."""
    return begin(STARTED)


@pytest.fixture
def prepared(begin: Begin) -> Night:
    """Checks and backups are recorded and pushed; the launch has not begun."""
    return begin(PREPARED)


def _clone(folder: Path, name: str, person: str) -> Clone:
    environment = clean_environment(folder.parent / "home") | {
        "GIT_COMMITTER_DATE": APPROVED,
        "GIT_AUTHOR_DATE": APPROVED,
    }
    return Clone(folder / name, environment, person)

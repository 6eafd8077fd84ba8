"""A launch repository with a history, and its ledger: in this process or through the command."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.signing import Signer
from launchpolicy.operations.ledger.branch.entries import current_state, entries
from launchpolicy.operations.ledger.branch.location import (
    LedgerLocation,
    LocationOptions,
    location_of,
)
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.growth.append import AppendOptions, AppendResult, append
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)
from launchpolicy.operations.ledger.verification.verify import verify
from tests.cli.launch_repository import EXAMPLE, Finished, clean_environment
from tests.processes.program import run_program

AT = "2026-11-25T10:00:00+08:00"
"""When the example is judged, and so when it is merged."""

MOMENT = datetime(2026, 11, 25, 2, tzinfo=UTC)
OPEN, CLOSED = "LR-2026-0042", "LR-2026-0017"


@dataclass(frozen=True)
class Chronicle:
    """A clone, and the people who work in it."""

    folder: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **clean_environment(self.home),
            "GIT_AUTHOR_DATE": AT,
            "GIT_COMMITTER_DATE": AT,
        }

    def git(self, *arguments: str, name: str = "li.wei", at: str = AT) -> str:
        settings = ["-c", f"user.name={name}", "-c", f"user.email={name}@example.com"]
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.folder,
            env={**self.environment, **dates},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str = "change", at: str = AT) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, at=at)
        return self.git("rev-parse", "HEAD")

    def request(self, name: str, source: str = OPEN) -> None:
        """Puts a request of the example into the work tree, under another name."""
        target = self.folder / "launches" / name
        shutil.copytree(EXAMPLE / "launches" / source, target)
        self.edit(f"launches/{name}/request.yaml", source, name)

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text, old
        file.write_text(text.replace(old, new), "utf-8")

    def merged(self, name: str, how: str = "--no-ff") -> str:
        """A request on a branch of its own, merged."""
        self.git("switch", "--quiet", "--create", f"branch-{name}")
        self.request(name)
        self.commit(f"Request {name}")
        self.git("switch", "--quiet", "main")
        if how == "--squash":
            self.git("merge", "--quiet", how, f"branch-{name}")
            return self.commit(f"Squash {name}")
        self.git("merge", "--quiet", how, "--message", f"Merge {name}", f"branch-{name}")
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, **environment: str) -> Finished:
        """The command `launchpolicy ledger`."""
        done = run_program(
            ["ledger", *arguments], cwd=self.folder, env={**self.environment, **environment}
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def place(self, remote: str = "") -> Iterator[LedgerLocation]:
        with open_repository(self.folder, self.environment) as repository:
            yield location_of(
                repository, LocationOptions(self.folder, remote=remote), self.environment
            )

    def append(self, signer: Signer | None = None) -> AppendResult:
        with self.place() as place:
            return append(place, AppendOptions(signer, lambda: MOMENT))

    def verify(self, *, replay: bool = True, trusted_sets: Sequence[str] = ()) -> Verification:
        with self.place() as place:
            location = replace(place, trusted_sets=frozenset(trusted_sets))
            return verify(location, replay=replay)

    def complaints(self, *, replay: bool = True, trusted_sets: Sequence[str] = ()) -> list[str]:
        found = self.verify(replay=replay, trusted_sets=trusted_sets).complaints
        return [f"{each.where}: {each.what.en}" for each in found]

    def entries(self) -> list[Entry]:
        with self.place() as place:
            return list(entries(current_state(place)))

    def told(self) -> list[tuple[str, str]]:
        """The events of the ledger, each with what it is about."""
        return [(each.event, each.name) for each in self.entries()]

    @contextmanager
    def state(self) -> Iterator[tuple[LedgerLocation, LedgerState]]:
        with self.place() as place:
            yield place, current_state(place)

    def clone(self, name: str, *, bare: bool = False) -> Chronicle:
        target = self.folder.parent / name
        options = ["--bare"] if bare else []
        subprocess.run(
            ["git", "clone", "--quiet", *options, str(self.folder), str(target)],
            env=self.environment,
            check=True,
        )
        return Chronicle(target, self.home)


def begun(folder: Path, settings: Mapping[str, object] | None = None) -> Chronicle:
    """A repository that has just adopted launchpolicy; approvals are signed files."""
    home = folder / "home"
    home.mkdir(parents=True)
    chronicle = Chronicle(folder / "launches", home)
    chronicle.folder.mkdir()
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        shutil.copy(EXAMPLE / name, chronicle.folder)
    chronicle.edit(".launchpolicy.yaml", "source: github", "source: signed")
    chronicle.edit(
        ".launchpolicy.yaml", "rules: [company-leadership, technology-department]", "rules: anybody"
    )
    if settings is not None:
        file = chronicle.folder / ".launchpolicy.yaml"
        file.write_text(f"{file.read_text('utf-8')}ledger: {json.dumps(settings)}\n", "utf-8")
    chronicle.git("init", "--quiet", "--initial-branch=main")
    chronicle.commit("Adopt launchpolicy")
    return chronicle

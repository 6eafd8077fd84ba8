"""An empty git repository of a person with a name, an address and a key, and the real command."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.launch_repository import Finished, clean_environment
from tests.processes.program import run_program

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ACTION = f"acme-tools/launchpolicy@{COMMIT}"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINLhaUw/9vmiAWamJDXdEveJYH6edIxmM6kyVaxajPvI"
GITHUB = "git@github.com:acme/launches.git"


@dataclass(frozen=True)
class NewRepository:
    """A git repository without a commit, and the home of the person who works in it."""

    folder: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def run(self, *arguments: str, at: str = ".", **environment: str) -> Finished:
        done = run_program(arguments, cwd=self.folder / at, env={**self.environment, **environment})
        return Finished(done.returncode, done.stdout, done.stderr)

    def init(self, *arguments: str, **environment: str) -> Finished:
        return self.run("init", "--yes", *arguments, **environment)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")

    def files(self) -> dict[str, bytes]:
        """Every file outside of `.git`, by path."""
        found = (each for each in self.folder.rglob("*") if each.is_file())
        names = {each.relative_to(self.folder).as_posix(): each for each in found}
        return {
            name: each.read_bytes() for name, each in names.items() if not name.startswith(".git/")
        }


def installation_record(folder: Path, direct_url: object) -> Path:
    """A folder for PYTHONPATH whose distribution `launchpolicy` is found before the real one.

    With None it says nothing about where it comes from, whatever this environment was made of.
    """
    record = folder / "record" / "launchpolicy-9.9.9.dist-info"
    record.mkdir(parents=True, exist_ok=True)
    metadata = "Metadata-Version: 2.1\nName: launchpolicy\nVersion: 9.9.9\n"
    (record / "METADATA").write_text(metadata, "ascii")
    if direct_url is not None:
        (record / "direct_url.json").write_text(json.dumps(direct_url), "ascii")
    return record.parent


def new_repository(
    folder: Path, name: str = "Li Wei", email: str = "li.wei@example.com"
) -> NewRepository:
    """A new one below `folder`; with name "" git does not know who works there."""
    home = folder / "home"
    (home / ".ssh").mkdir(parents=True)
    (home / ".ssh" / "id_ed25519.pub").write_text(f"{KEY} li@laptop\n", "ascii")
    environment = {
        **clean_environment(home),
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": str(installation_record(home, None)),
    }
    environment.pop("GIT_CONFIG_GLOBAL")
    made = NewRepository(folder / "launches", home, environment)
    made.folder.mkdir()
    made.git("init", "--quiet", "--initial-branch", "main")
    if name:
        made.git("config", "--global", "user.name", name)
        made.git("config", "--global", "user.email", email)
    return made

"""A real launch repository in a real git repository, and the real command."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.processes.program import run_program

PROJECT = Path(__file__).parents[2]
EXAMPLE = PROJECT / "examples" / "product-launch"
REQUEST = "launches/LR-2026-0042/request.yaml"
NOW = "2026-11-25T10:00:00+08:00"


GIT_SETTINGS = Path(__file__).parent / "gitconfig"
"""Git's own settings in the tests, in place of this user's."""


def clean_environment(home: Path) -> dict[str, str]:
    """An environment without this user's settings, in English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(
            (
                "GIT_",
                "LC_",
                "LANG",
                "LAUNCHPOLICY_",
                "NO_COLOR",
                "FORCE_COLOR",
                "CLICOLOR",
                "COLUMNS",
            )
        )
    }
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
        "GIT_CONFIG_GLOBAL": str(GIT_SETTINGS),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    code: int
    output: str
    complaint: str


@dataclass(frozen=True)
class LaunchRepository:
    """A copy of the example, in its own git repository on the branch main."""

    folder: Path
    environment: dict[str, str]

    @property
    def request(self) -> Path:
        return self.folder / REQUEST

    def edit(self, *replacements: tuple[str, str], path: str = REQUEST) -> None:
        """Replaces pieces of a file; each must be there, or the test would test nothing."""
        file = self.folder / path
        text = file.read_text("utf-8")
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Li Wei", "-c", "user.email=li.wei@example.com"]
        done = subprocess.run(
            ["git", *identity, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, message: str = "change") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, **environment: str) -> Finished:
        """Runs launchpolicy as a user would: a process and an environment of its own."""
        done = run_program(arguments, cwd=self.folder, env={**self.environment, **environment})
        return Finished(done.returncode, done.stdout, done.stderr)

    def check(self, *arguments: str, now: str = NOW, **environment: str) -> Finished:
        return self.run("check", "--now", now, *arguments, **environment)

"""A temporary folder in which git and launchpolicy give the same bytes on every machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tests.agreement import program
from tests.cli.launch_repository import clean_environment

DATE = "2026-11-25T10:00:00+08:00"
"""When every commit is made, and the moment of every check."""


class Extent(NamedTuple):
    """How much of a set is computed: one of `step` items."""

    step: int

    def takes(self, number: int) -> bool:
        return number % self.step == 0


WHOLE = Extent(1)


class Workspace:
    """A folder, and the environment of every command in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._home = folder / "home"
        self._home.mkdir(parents=True, exist_ok=True)
        self.environment: Mapping[str, str] = {
            **clean_environment(self._home),
            "XDG_CACHE_HOME": str(self._home / "cache"),
            "GIT_AUTHOR_DATE": DATE,
            "GIT_COMMITTER_DATE": DATE,
            "TZ": "UTC",
        }

    @cached_property
    def _version(self) -> bytes:
        return program.version().encode()

    def repository(self, name: str, source: Path | None = None) -> Repository:
        """Make a repository, with the files of the example `source` committed on main."""
        folder = self.folder / name
        if source is None:
            folder.mkdir(parents=True)
        else:
            shutil.copytree(source, folder, ignore=shutil.ignore_patterns("broken"))
        repository = Repository(self, folder)
        repository.git("init", "--quiet", "--initial-branch=main")
        if source is not None:
            repository.commit("Adopt launchpolicy")
        return repository

    def normalised(self, content: bytes) -> bytes:
        """Return `content` without the path of this folder and the version of the program."""
        content = content.replace(str(self.folder).encode(), b"FOLDER")
        pattern = rb'("(?:semanticV|v)ersion": ?"|launchpolicy )' + re.escape(self._version)
        return re.sub(pattern, rb"\1VERSION", content)


class Repository(NamedTuple):
    """A git repository in a workspace."""

    workspace: Workspace
    folder: Path

    def git(self, *arguments: str, source: bytes = b"", at: str = DATE) -> bytes:
        """Return the output of a git command; its commits are made at `at`."""
        settings = ["-c", "user.name=Li Wei", "-c", "user.email=li.wei@example.com"]
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.folder,
            env={**self.workspace.environment, **dates},
            input=source,
            stdout=subprocess.PIPE,
            check=True,
        )
        return done.stdout

    def commit(self, message: str, at: str = DATE) -> str:
        """Commit everything in the work tree; return the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, at=at)
        return self.git("rev-parse", "HEAD").decode().strip()

    def write(self, path: str, source: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(source)

    def run(self, *arguments: str, **environment: str) -> program.Result:
        """Run launchpolicy; its output has neither paths of this machine nor versions."""
        done = program.run(self.folder, {**self.workspace.environment, **environment}, *arguments)
        clean = self.workspace.normalised
        return program.Result(done.code, clean(done.output), clean(done.errors))

    def reports(self, formats: Mapping[str, str], *arguments: str) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of every report of one check.

        `formats` are the languages that each format is written in, as `en zh`. What the command
        prints (the text report and its errors) comes under the name `text`.
        """
        for language in ("en", "zh"):
            folder = self.workspace.folder / "reports"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            wanted = [name for name, languages in formats.items() if language in languages]
            files = {name: folder / name for name in wanted if name != "text"}
            outputs = [f"--output={name}={file}" for name, file in files.items()]
            done = self.run("check", f"--now={DATE}", f"--lang={language}", *outputs, *arguments)
            yield f"text.{language}", done.content
            for name, file in files.items():
                content = file.read_bytes() if file.exists() else b"no report\n"
                yield f"{name}.{language}", self.workspace.normalised(content)

"""Real repositories in temporary folders, with nothing of the developer's own git configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import Repository, open_repository

REQUEST = "launches/LR-1/request.yaml"


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Requester\n\temail = requester@example.com\n"
        "[init]\n\tdefaultBranch = main\n"
        "[protocol]\n\tallow = always\n"
        "[commit]\n\tgpgSign = false\n"
    )
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


@pytest.fixture
def git() -> Callable[..., str]:
    """Runs git in a folder and returns what it prints: `git(folder, "commit", …, stdin=…)`."""

    def run(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
        )
        assert done.returncode == 0, done.stderr.decode()
        return os.fsdecode(done.stdout).strip()

    return run


@pytest.fixture
def write() -> Callable[[Path, Mapping[str, str | bytes | None]], None]:
    """Writes files below a folder; None removes one."""

    def all_of(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
        for name, content in files.items():
            path = folder / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return all_of


@pytest.fixture
def commit(
    git: Callable[..., str], write: Callable[[Path, Mapping[str, str | bytes | None]], None]
) -> Callable[..., str]:
    """Writes files, commits everything and returns the commit: `commit(folder, {name: text})`."""

    def made(folder: Path, files: Mapping[str, str | bytes | None]) -> str:
        write(folder, files)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", "a change")
        return git(folder, "rev-parse", "HEAD")

    return made


@pytest.fixture
def empty(tmp_path: Path, git: Callable[..., str]) -> Path:
    """A repository before its first commit."""
    folder = tmp_path / "launch repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture
def folder(empty: Path, commit: Callable[..., str]) -> Path:
    """A repository with one commit that holds one launch request and some other files."""
    commit(
        empty,
        {
            REQUEST: "title: first\n",
            "launches/LR-1/acceptance/acceptance.txt": "accepted\n",
            "policies/own/pack.yaml": "kind: Pack\n",
            ".launchpolicy.yaml": "kind: Configuration\n",
        },
    )
    return empty


@pytest.fixture
def repository(folder: Path) -> Iterator[Repository]:
    with open_repository(folder) as opened:
        yield opened


@pytest.fixture
def git_after(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An environment in which git runs a line of shell before it starts."""

    def environment(prologue: str) -> dict[str, str]:
        program = tmp_path / "bin" / "git"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\n{prologue}\nexec "{shutil.which("git")}" "$@"\n')
        program.chmod(0o755)
        return {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}

    return environment


@pytest.fixture
def other_owner(
    git_after: Callable[[str], dict[str, str]],
) -> Callable[[Path], dict[str, str]]:
    """Makes a repository look like another user's; returns the environment to open it in."""

    def give_away(folder: Path) -> dict[str, str]:
        if os.geteuid() != 0:
            return git_after("export GIT_TEST_ASSUME_DIFFERENT_OWNER=1")
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 12345, 12345, follow_symlinks=False)
        return dict(os.environ)

    return give_away


@pytest.fixture
def counted(
    tmp_path: Path, git_after: Callable[[str], dict[str, str]]
) -> tuple[dict[str, str], Path]:
    """An environment whose git writes a line for each of its processes, and that file."""
    log = tmp_path / "processes"
    return git_after(f'echo "$*" >> "{log}"'), log

"""Inspect what is there before anything is written: repository, remote, configuration."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launchpolicy.hosts import machine
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.forges.github.addresses import github_name
from launchpolicy.hosts.git.plumbing import Git
from launchpolicy.hosts.git.repository import find_top, open_repository
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.adoption.identity import public_keys, setup_author
from launchpolicy.operations.adoption.installation import installed_program
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.reporters.adoption.setup import Program, SetupAuthor
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_FOLDER = re.compile(r"[\w. -]+(?:/[\w. -]+)*")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock$))\w[\w.-]*(?:/\w[\w.-]*)*")


@dataclass(frozen=True, slots=True)
class AdoptionEnvironment:
    """The git repository at `top`, and what it and this machine say.

    `folder` is where the launch repository is to be, from `top` ("" for `top` itself), `rules` are
    those of a configuration that is already there. `repository` is OWNER/REPO on GitHub or "".
    """

    top: Path
    folder: str
    rules: PackSet | None
    repository: str
    branch: str
    program: Program | None
    person: SetupAuthor
    keys: tuple[str, ...]
    timezone: str
    country: str

    @property
    def source(self) -> str:
        """Return the source of approvals that suits the remote."""
        return "github" if self.repository else "signed"

    def path(self, name: str) -> str:
        """Return the path from `top` of a file of the launch repository."""
        return f"{self.folder}/{name}" if self.folder else name


def inspect_environment(
    directory: Path | None, environ: Mapping[str, str] = os.environ
) -> AdoptionEnvironment:
    """Return the environment of `directory`.

    Without one, of the launch repository around the current folder; where there is none yet, of
    the current folder itself.

    Raises:
        LaunchpolicyError: there is no git repository, git does not know who asks, or the
            configuration that is already there is not right.
    """
    top, folder = _place(directory)
    with open_repository(top, environ) as repository:
        git = repository.git
        person = setup_author(git, environ)
        name, branch = _remote_name(git), _default_branch(git)
    zone = machine.time_zone(environ)
    root = top / folder
    is_set_up = root.is_dir() and WorkTreeSnapshot(root).entry(FILE) is not None
    return AdoptionEnvironment(
        top=top,
        folder=folder,
        rules=load_rules(WorkTreeSnapshot(root)) if is_set_up else None,
        repository=name,
        branch=branch,
        program=installed_program(),
        person=person,
        keys=public_keys(environ),
        timezone=zone,
        country=machine.country(zone, environ),
    )


def is_branch(name: str) -> bool:
    """Return whether files can name this branch without being misread by GitHub or git."""
    return _BRANCH.fullmatch(name) is not None


def _place(directory: Path | None) -> tuple[Path, str]:
    start = Path.cwd()
    wanted_folder = start / directory if directory is not None else launch_root(start) or start
    if ".." in wanted_folder.parts:
        wanted_folder = Path(os.path.normpath(wanted_folder))
    top = find_top(wanted_folder)
    if top is None:
        raise _no_repository(wanted_folder)
    for ancestor in (wanted_folder, *wanted_folder.parents):
        if ancestor.is_symlink() or (os.path.lexists(ancestor) and not ancestor.is_dir()):
            raise _no_folder(ancestor)
        if ancestor.resolve() == top:
            break
    folder = wanted_folder.resolve().relative_to(top).as_posix()
    if not _FOLDER.fullmatch(folder) or ".git" in folder.casefold().split("/"):
        raise _unfit_folder(folder)
    return top, "" if folder == "." else folder


def _remote_name(git: Git) -> str:
    answer = git.run("remote", "get-url", "origin")
    return github_name(answer.output.decode("utf-8", "replace")) if answer.code == 0 else ""


def _default_branch(git: Git) -> str:
    """Return the remote's default branch, else main or master, else the current one."""
    of_remote = _output(git, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    here = _output(git, "for-each-ref", "--format=%(refname:short)", "refs/heads").splitlines()
    usual = [name for name in ("main", "master") if name in here]
    current = _output(git, "symbolic-ref", "--quiet", "--short", "HEAD")
    for name in (of_remote.removeprefix("origin/"), *usual, current):
        if is_branch(name):
            return name
    return "main"


def _output(git: Git, *arguments: str) -> str:
    answer = git.run(*arguments)
    return answer.output.decode("utf-8", "replace").strip() if answer.code == 0 else ""


def _unfit_folder(folder: str) -> UsageError:
    return UsageError(
        Text(
            f"The folder {folder} cannot hold a launch repository: workflows and hooks could not "
            "name it safely.",
            f"目录 {folder} 不能作为上线仓库：工作流和钩子无法安全地引用它。",
        ),
        Text(
            "Name a folder outside of .git, with letters, digits, spaces and . _ - only.",
            "请指定 .git 之外的目录，名称只含文字、数字、空格和 . _ -。",
        ),
    )


def _no_repository(folder: Path) -> UsageError:
    return UsageError(
        Text(f"{folder} is in no git repository.", f"{folder} 不在任何 git 仓库中。"),
        Text(
            "Run `git init` in the folder that is to be the top of the repository, then run this"
            " again.",
            "请在作为仓库根目录的目录中运行 `git init`，然后重试。",
        ),
    )


def _no_folder(folder: Path) -> UsageError:
    return UsageError(
        Text(f"{folder} is a link or no folder.", f"{folder} 是链接，或不是目录。"),
        Text("Name the folder itself.", "请直接指定该目录。"),
    )

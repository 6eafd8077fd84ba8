"""A git that never answers ends a run with a sentence; it is not waited for until the job ends."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from launchpolicy.hosts.git.first_parent_history import listing, steps
from launchpolicy.hosts.git.plumbing import Git, as_user, git_in, with_network
from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.hosts.git.revisions import head
from launchpolicy.hosts.platform import wait_until_readable
from launchpolicy.vocabulary.errors import UndecidedError

SECONDS = 0.5
Hanging = Callable[[str], Repository]


@pytest.fixture
def hanging(folder: Path, git_after: Callable[[str], dict[str, str]]) -> Hanging:
    """Return a function: the repository, with a git that never answers one command."""

    def repository(command: str) -> Repository:
        environ = git_after(f'case "$*" in *" {command}"*) exec sleep 60;; esac')
        opened = open_repository(folder, environ)
        impatient = opened.git._replace(patience=SECONDS)
        opened.objects._git = impatient
        return opened._replace(git=impatient)

    return repository


def _read_object(repository: Repository) -> None:
    repository.objects.head()


def _list(repository: Repository) -> None:
    list(listing(repository, "HEAD"))


def _compare(repository: Repository) -> None:
    list(steps(repository, "HEAD"))


def _ask(repository: Repository) -> None:
    repository.git.demand("rev-parse", "HEAD")


@pytest.mark.parametrize(
    ("command", "ask"),
    [
        ("cat-file", _read_object),
        ("rev-list", _list),
        ("diff-tree", _compare),
        ("rev-parse HEAD", _ask),
    ],
)
def test_a_git_that_never_answers_is_ended_and_named(
    hanging: Hanging, command: str, ask: Callable[[Repository], None]
) -> None:
    repository = hanging(command)
    start = time.monotonic()
    with repository, pytest.raises(UndecidedError) as caught:
        ask(repository)
    assert time.monotonic() - start < 20
    name = command.split(" ", maxsplit=1)[0]
    assert f"git {name} has not answered for 0.5 seconds" in caught.value.problem.en
    assert f"git {name} 已 0.5 秒没有响应" in caught.value.problem.zh
    assert caught.value.exit_code == 3


def test_a_git_that_is_asked_again_after_it_hung_answers(hanging: Hanging) -> None:
    repository = hanging("rev-list")
    with repository:
        with pytest.raises(UndecidedError):
            list(listing(repository, "HEAD"))
        assert head(repository) is not None


def test_every_command_has_an_end_but_the_commit_of_a_user(tmp_path: Path) -> None:
    git: Git = git_in(tmp_path, os.environ)
    others = with_network(git, os.environ)
    assert git.patience is not None
    assert others.patience is not None
    assert others.patience > git.patience
    assert as_user(git, os.environ).patience is None


def test_a_pipe_without_an_answer_is_not_readable_and_a_closed_one_is() -> None:
    reader, writer = os.pipe()
    try:
        assert not wait_until_readable(reader, 0.01)
        os.write(writer, b"x")
        assert wait_until_readable(reader, 0.01)
        os.read(reader, 1)
    finally:
        os.close(writer)
    assert wait_until_readable(reader, 0.01)
    os.close(reader)

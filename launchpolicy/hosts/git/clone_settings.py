"""Read and write settings of one clone, which git never gives to others nor takes from them."""

from __future__ import annotations

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository


def read_setting(repository: Repository, name: str) -> str | None:
    """Return a setting of this clone's own configuration; None where it has none."""
    answer = repository.git.run("config", "--local", "--get", name)
    return answer.output.decode("utf-8", "replace").strip() if answer.code == 0 else None


def write_setting(repository: Repository, name: str, value: str) -> None:
    """Write a setting into this clone's own configuration.

    Raises:
        UndecidedError: git cannot write it.
    """
    answer = repository.git.run("config", "--local", "--replace-all", name, value)
    if answer.code != 0:
        raise problems.git_failed("config", answer.code, answer.complaint)

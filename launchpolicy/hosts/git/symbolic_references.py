"""Refuse references that are only other names for branches, which would move with them."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


def require_plain_references(repository: Repository, references: Iterable[str]) -> None:
    """Require that none of these references is only another name for a branch.

    To fetch or to record through it would move that branch.

    Raises:
        UndecidedError: one is.
    """
    listed = repository.git.demand("for-each-ref", "--format=%(refname) %(symref)", *references)
    for line in listed.decode("utf-8", "replace").splitlines():
        reference, _, target = line.partition(" ")
        if target:
            raise _symbolic_reference(reference, target)


def _symbolic_reference(reference: str, target: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"{reference} is only another name for {target}, which would move with it.",
            f"{reference} 只是 {target} 的别名，写入会使后者移动。",
        ),
        Text(
            f"Remove that name: git symbolic-ref --delete {reference}",
            f"请删除该别名：git symbolic-ref --delete {reference}",
        ),
    )

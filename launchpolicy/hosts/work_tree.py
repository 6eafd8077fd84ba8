"""Read the files below a launch repository's root in the form in which git would store them."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import Repository, find_top
from launchpolicy.hosts.git.storing import GitStorage


def work_tree(root: Path, repository: Repository | None = None) -> WorkTreeSnapshot:
    """Return the work tree, whose digests are those that a commit of it would have.

    Outside of a git repository the files are taken as they are. `repository` is the one that holds
    `root`, where it is open already.
    """
    is_alone = repository is None and find_top(root) is None
    return WorkTreeSnapshot(root, None if is_alone else GitStorage(root, repository=repository))

"""Read the files below a launch repository's root in the form in which git would store them."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import find_top
from launchpolicy.hosts.git.storing import GitStorage


def work_tree(root: Path) -> WorkTreeSnapshot:
    """Return the work tree, whose digests are those that a commit of it would have.

    Outside of a git repository the files are taken as they are.
    """
    return WorkTreeSnapshot(root, None if find_top(root) is None else GitStorage(root))

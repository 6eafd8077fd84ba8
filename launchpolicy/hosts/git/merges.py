"""What a merge has that git's own merge of its two parents would not have."""

from __future__ import annotations

import re
from pathlib import Path

from launchpolicy.hosts.git.commits import Commit
from launchpolicy.hosts.git.plumbing import Git
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.temporary import temporary_folder

_SIDES = 2
_DRIVER = re.compile(rb"^merge\..+\.driver$", re.MULTILINE | re.IGNORECASE)


def paths_made_by_hand(repository: Repository, commit: Commit) -> frozenset[bytes] | None:
    """Return the paths where a merge differs from what git makes of its parents.

    None for a commit that is no merge of two, and where git cannot merge them without another
    program (it is older than 2.38, the parents have nothing in common, a merge driver is set).
    Nothing is written to the repository.
    """
    if len(commit.parents) != _SIDES:
        return None
    if _DRIVER.search(repository.git.run("config", "--name-only", "--list").output):
        return None
    with temporary_folder() as folder:
        git = _writing_to(repository, folder)
        merged = git.run("merge-tree", "--write-tree", "--no-messages", *commit.parents)
        tree = merged.output.split(b"\n", 1)[0].decode("ascii", "replace")
        if merged.code not in {0, 1} or not is_oid(tree):
            return None
        differing = git.run(
            "diff-tree", "-r", "-z", "--name-only", "--no-renames", tree, commit.oid
        )
    if differing.code != 0:
        return None
    return frozenset(path for path in differing.output.split(b"\0") if path)


def _writing_to(repository: Repository, folder: Path) -> Git:
    """Return git for the repository, whose new objects go to a folder of their own."""
    objects = Path(repository.common_dir, "objects").absolute()
    variables = {
        "GIT_OBJECT_DIRECTORY": str(folder),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects),
    }
    return repository.git._replace(environment={**repository.git.environment, **variables})

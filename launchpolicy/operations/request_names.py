"""Find names of launch requests: those in use, and the next free one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from launchpolicy.hosts.git.branches import branches
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.configuration import REQUEST_FILE

BRANCH = "launch/"
"""What the branch of a request begins with; its name follows."""


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def request_named(start: Path, name: str) -> Path | None:
    """Return the request of this name in the work tree: its folder, or its file for other kinds.

    None where there is none.

    Raises:
        MalformedRulesError: the configuration, which says where requests are, is not right.
        UsageError: several requests have this name.
    """
    root = launch_root(start)
    if root is None or not name:
        return None
    _, configuration = load_configuration(work_tree(root))
    if _NAME.fullmatch(name) is not None:
        folder = root / configuration.paths.launches / name
        if (folder / REQUEST_FILE).is_file():
            return folder
    if not configuration.kinds:
        return None
    # Loaded here on purpose: most repositories have launch requests alone.
    from launchpolicy.operations.requests_of_kinds import document_named  # noqa: PLC0415

    return document_named(root, name)


def names_in_use(
    root: Path, launches: str, repository: Repository | None, prefix: str
) -> frozenset[str]:
    """Return every name of a request in the work tree, on a branch, or of a branch for one.

    Args:
        root: the launch repository.
        launches: the folder of its requests.
        repository: the git repository, None without one.
        prefix: the launch repository's place in it: "" or `folder/`.

    Raises:
        UndecidedError: a branch cannot be read.
    """
    folder = root / launches
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    if repository is not None:
        names.update(_on_branches(repository, launches, prefix))
    return frozenset(names)


def _on_branches(repository: Repository, launches: str, prefix: str) -> Iterator[str]:
    all_branches = branches(repository)
    for branch in all_branches:
        _, begins, name = branch.reference.rpartition(f"/{BRANCH}")
        if begins:
            yield name
    for commit in {branch.commit for branch in all_branches}:
        for entry in below(CommitSnapshot(repository, commit), prefix).entries(launches):
            yield entry.path.removeprefix(f"{launches}/").split("/")[0]


def next_name(used: Collection[str], year: int) -> str:
    """Return the name after the highest one of a year: `LR-2026-0043` after `LR-2026-0042`."""
    pattern = re.compile(rf"LR-{year}-([0-9]{{1,9}})")
    numbers = (int(match[1]) for name in used if (match := pattern.fullmatch(name)))
    return f"LR-{year}-{max(numbers, default=0) + 1:04d}"

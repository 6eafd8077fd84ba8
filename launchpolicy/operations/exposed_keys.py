"""Private keys that the next `git add --all` would commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from launchpolicy.hosts.git.repository import find_top, open_repository
from launchpolicy.hosts.git.work_tree_files import list_files
from launchpolicy.vocabulary.errors import LaunchpolicyError


def exposed_keys(keys: Iterable[Path]) -> Iterator[Path]:
    """Yield the private halves of SSH keys that git tracks here, or would add.

    Args:
        keys: files of public keys, `NAME.pub`, or of private ones, `NAME`.
    """
    for key in keys:
        private = key.with_suffix("") if key.suffix == ".pub" else key
        if private.is_file() and _is_seen_by_git(private.resolve()):
            yield private


def _is_seen_by_git(file: Path) -> bool:
    top = find_top(file.parent)
    if top is None:
        return False
    folder = file.parent.relative_to(top.resolve()).as_posix()
    prefix = "" if folder == "." else f"{folder}/"
    try:
        with open_repository(file.parent) as repository:
            return file.name.encode() in list_files(repository, prefix).names
    except LaunchpolicyError:  # the person is written all the same; git says more when it is asked
        return False

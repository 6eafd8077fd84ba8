"""Compare the index with a tree through git itself: it alone knows all the forms of that file."""

from __future__ import annotations

from launchpolicy.hosts.file_names import checked_name
from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.trees import TreeDifference, TreeNode

_ARGUMENTS = (
    "--cached",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    "--ita-invisible-in-index",
)
_NOTHING = "000000"


def compare(repository: Repository, tree: str) -> dict[bytes, TreeDifference]:
    """Return every path whose file differs between `tree` (old) and the index (new), in order.

    Raises:
        UndecidedError: the index cannot be read, or holds unmerged files.
    """
    output = repository.git.demand(
        "diff-index", *_ARGUMENTS, tree, "--", index=repository.index_file
    )
    fields = output.split(b"\0")
    if fields.pop() != b"" or len(fields) % 2:
        raise problems.not_understood("diff-index")
    headers, paths = fields[::2], fields[1::2]
    unmerged_paths = [
        path for header, path in zip(headers, paths, strict=True) if header[-1:] == b"U"
    ]
    if unmerged_paths:
        raise problems.unmerged_files(
            [checked_name(path, "", "").path for path in dict.fromkeys(unmerged_paths)]
        )
    return {path: _difference(header) for header, path in zip(headers, paths, strict=True)}


def _difference(header: bytes) -> TreeDifference:
    """Return both sides of `:MODE MODE OID OID STATUS` (git-diff-index(1), "Raw output format")."""
    try:
        old_mode, new_mode, old, new, status = header.decode("ascii").removeprefix(":").split(" ")
    except ValueError as error:
        raise problems.not_understood("diff-index") from error
    if status not in {"A", "D", "M", "T"}:
        raise problems.not_understood("diff-index")
    return TreeDifference(
        None if old_mode == _NOTHING else TreeNode(old_mode, old),
        None if new_mode == _NOTHING else TreeNode(new_mode, new),
    )

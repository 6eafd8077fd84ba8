"""List the files of a work tree that git knows or could add, and those that it left out."""

from __future__ import annotations

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.vocabulary.named_tuple import NamedTuple

_LEFT_OUT = b"S"
_ARGUMENTS = ("-z", "-t", "--cached", "--others", "--exclude-standard")


class WorkTreeFiles(NamedTuple):
    """Names below a folder, from there: of files, links and submodules that may be there.

    `left_out` are those of a sparse checkout that are tracked and not to be in the work tree.
    """

    names: tuple[bytes, ...]
    left_out: tuple[bytes, ...]


def may_be_sparse(repository: Repository) -> bool:
    """Return whether this clone was ever a sparse checkout; asks no git."""
    return (repository.git_dir / "info" / "sparse-checkout").exists()


def list_files(repository: Repository, prefix: str) -> WorkTreeFiles:
    """Return the files below `prefix` ("" or `folder/`); what git ignores is not among them.

    Raises:
        UndecidedError: git cannot list them.
    """
    below = [f":(top,literal){prefix}"] if prefix else []
    output = repository.git.demand(
        "ls-files", *_ARGUMENTS, "--", *below, index=repository.index_file
    )
    names: dict[bytes, None] = {}
    left_out: dict[bytes, None] = {}
    for line in output.split(b"\0")[:-1]:
        tag, space, name = line.partition(b" ")
        if not space or not name.startswith(prefix.encode()):
            raise problems.not_understood("ls-files")
        own_name = name.removeprefix(prefix.encode()).rstrip(b"/")
        (left_out if tag == _LEFT_OUT else names)[own_name] = None
    return WorkTreeFiles(tuple(names), tuple(left_out))

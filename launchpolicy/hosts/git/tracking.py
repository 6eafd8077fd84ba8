"""Fetch single branches of a remote, so that this clone knows where they are (`origin/main`)."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.hosts.git.remotes import Remote
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.symbolic_references import require_plain_references
from launchpolicy.hosts.git.writing import read_reference
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_HEADS = "refs/heads/"
_OPTIONS = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")


def tracking_reference(remote: str, branch: str) -> str:
    """Return the name of the reference that says where a branch of a remote was last."""
    return f"refs/remotes/{remote}/{branch}"


def tracked_tip(repository: Repository, remote: str, branch: str) -> str | None:
    """Return the commit that a branch of a remote was at when it was last fetched or pushed."""
    return read_reference(repository, tracking_reference(remote, branch))


def fetch_branches(remote: Remote, names: Iterable[str]) -> None:
    """Fetch the branches of these names that the remote has; forget those that it has not.

    Raises:
        UndecidedError: the remote cannot be reached, or what is fetched would move a branch.
    """
    names_by_reference = {f"{_HEADS}{name}": name for name in names if name}
    tracking = [tracking_reference(remote.name, name) for name in names_by_reference.values()]
    require_plain_references(remote.repository, tracking)
    listed = {
        reference: oid for oid, _, reference in map(_parts, remote.listing(*names_by_reference))
    }
    refspecs = []
    for reference, name in names_by_reference.items():
        tracked = tracked_tip(remote.repository, remote.name, name)
        if reference not in listed and tracked is not None:
            remote.repository.git.run("update-ref", "-d", tracking_reference(remote.name, name))
        if listed.get(reference, tracked) != tracked:
            refspecs.append(f"+{reference}:{tracking_reference(remote.name, name)}")
    if not refspecs:
        return
    answer = remote.git.run("fetch", *_OPTIONS, "--", remote.name, *refspecs)
    if answer.code != 0:
        raise UndecidedError(
            Text(
                f"The repository {remote.name} cannot be read: {answer.complaint}",
                f"无法读取仓库 {remote.name}：{answer.complaint}",
            ),
            Text(
                "Check the network and your access; then run this again, nothing is lost.",
                "请检查网络与访问权限后重新运行，不会丢失任何内容。",
            ),
        )


def _parts(line: str) -> tuple[str, str, str]:
    return line.partition("\t")

"""The request that is to start: as it stands on the protected branch, and as it stands here."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.engine.submission import RequestVersion, data_of
from launchpolicy.hosts.launch_root import launch_root, request_path
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.absent_requests import absent_request_remedy
from launchpolicy.operations.gate import problems
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import Snapshot, bytes_at


class MergedRequest(NamedTuple):
    """A request as it stands on the protected branch; `version` is None where it is not there."""

    path: str
    kind: Kind
    version: RequestVersion | None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def data(self) -> Data:
        """Return what the request says; None where it is not there, or is no readable file."""
        return data_of(self.version)


def version_in(snapshot: Snapshot, path: str) -> RequestVersion | None:
    """Return the version of a request in a snapshot; None without an ordinary file there."""
    data = bytes_at(snapshot, path, MAX_BYTES)
    return RequestVersion(path, data) if data is not None else None


def path_of_request(start: Path, request: str, kind: Kind) -> str:
    """Return the path of a request that is named by file, folder or name.

    Raises:
        UsageError: it is outside of the launch repository.
    """
    by_name = kind.files.example(request)
    root = launch_root(start)
    if root is None or ("/" not in request and not (start / request).exists()):
        return by_name if "/" not in request else _file_in(request, kind)
    return _file_in(request_path(root, start / request), kind)


def _file_in(path: str, kind: Kind) -> str:
    """Return the path of the request file, of a folder that need not be in the work tree."""
    path = path.rstrip("/")
    return path if kind.matches(path) else f"{path}/{REQUEST_FILE}"


def version_here(
    branch: ProtectedBranch, start: Path, path: str, reference: str
) -> RequestVersion | None:
    """Return the version at the commit `reference`, or in the work tree ("").

    Raises:
        UndecidedError: the reference leads to no commit of this clone.
    """
    if reference:
        from launchpolicy.hosts.git.revisions import resolve  # noqa: PLC0415 (few ask for one)

        return version_in(branch.files_at(resolve(branch.repository, reference)), path)
    root = launch_root(start)
    if root is None:
        return None
    return version_in(work_tree(root, branch.repository), path)


def merged_request(branch: ProtectedBranch, path: str, kind: Kind) -> MergedRequest:
    """Return the request as it stands on the protected branch."""
    return MergedRequest(path, kind, version_in(branch.files, path))


def require_known(
    request: MergedRequest, here: RequestVersion | None, branch: ProtectedBranch, start: Path
) -> None:
    """Require that the request is here, where the command runs, or on the protected branch.

    Raises:
        UsageError: it is in neither place.
    """
    if request.version is None and here is None:
        remedy = absent_request_remedy(start, request.path)
        raise problems.no_request(request.path, branch.name, remedy)

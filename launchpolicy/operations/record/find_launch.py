"""Find the launch that is meant: named, of the branch checked out, or the only one under way."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.branches import branches
from launchpolicy.hosts.git.checked_out import current_branch
from launchpolicy.hosts.git.repository import Repository, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.tracking import fetch_branches
from launchpolicy.hosts.launch_root import request_path, require_launch_root
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.check.base_branch import BaseBranch, base_of, configuration_at
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.branch_choice import is_branch_of
from launchpolicy.operations.record.launch_branch import nearest_remote
from launchpolicy.operations.request_names import BRANCH
from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.requests.kinds import stage_of
from launchpolicy.requests.launch_progress import phase_of, window_of
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, bytes_at

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_AHEAD = timedelta(hours=12)
"""So long before its window a launch counts as under way: backups and checks are recorded then."""

_BEHIND = timedelta(hours=12)


def launch_named(
    start: Path,
    request: Path | None,
    now: datetime,
    environ: Mapping[str, str],
    *,
    is_offline: bool = False,
) -> tuple[Path, str]:
    """Return the launch repository's folder, and the path of the request's file from there.

    Where no launch is under way as far as this clone knows, the base is fetched, and looked at
    once more.

    Args:
        start: where the command runs.
        request: the request's file or folder, or its name alone; None for the one under way.
        now: the time.
        environ: the environment.
        is_offline: whether the remote is not to be asked.

    Raises:
        UsageError: there is no such launch, or it is not clear which one is meant.
    """
    if request is not None and (request.exists() or "/" in request.as_posix()):
        folder = request if request.is_dir() else request.parent
        root = require_launch_root(folder if folder.is_dir() else start)
        file = request if request.name == REQUEST_FILE else request / REQUEST_FILE
        path = request_path(root, file)
        if "/" not in path:  # the folder of all launches, or of the repository
            raise problems.no_request(path, "")
        return root, path
    root = require_launch_root(start)
    with open_repository(root, environ) as repository:
        base, folder_name, _ = _base_here(repository, root)
        if request is not None:
            if _NAME.fullmatch(request.as_posix()) is None:
                raise problems.no_request(request.as_posix(), base.branch)
            return root, f"{folder_name}/{request.as_posix()}/{REQUEST_FILE}"
        paths = _under_way(repository, root, now)
        remote = None if paths or is_offline else nearest_remote(repository, environ)
        if remote is not None:
            with contextlib.suppress(UndecidedError):  # what is here has to do
                fetch_branches(remote, [base.branch])
            paths = _under_way(repository, root, now)
        coming = [] if paths else _coming(repository, root, now)
    if len(paths) != 1:
        raise problems.which_launch([path.split("/")[-2] for path in paths], coming)
    return root, paths[0]


def _base_here(repository: Repository, root: Path) -> tuple[BaseBranch, str, Snapshot]:
    """Return the base as this clone knows it, the folder of launches there, and its files.

    Raises:
        UsageError: there is no base.
    """
    base = base_of(repository)
    if base is None:
        raise problems.no_base()
    prefix = prefix_of(repository.top, root)
    configuration = configuration_at(repository, base, prefix)
    folder = configuration.paths.launches if configuration is not None else "launches"
    return base, folder, below(CommitSnapshot(repository, base.commit), prefix)


def _under_way(repository: Repository, root: Path, now: datetime) -> list[str]:
    """Return the paths of the launches that are under way, as far as this clone knows."""
    base, folder, trusted = _base_here(repository, root)
    paths = {path.split("/")[-2]: path for path in _requests(trusted, folder)}
    here = current_branch(repository)
    names = [name for name in paths if is_branch_of(here, name)]
    names = names or sorted(_names_with_a_branch(repository, paths, base.commit))
    return [paths[name] for name in names or sorted(_open_now(trusted, paths, now))]


def _requests(snapshot: Snapshot, folder: str) -> Iterator[str]:
    for entry in snapshot.entries(folder):
        below_folder = entry.path.removeprefix(f"{folder}/")
        if entry.mode in REGULAR_MODES and below_folder.endswith(f"/{REQUEST_FILE}"):
            yield entry.path


def _names_with_a_branch(repository: Repository, paths: Mapping[str, str], base: str) -> set[str]:
    """Return the requests with a branch of their night that is not merged yet."""
    suffixes = ("-launched", "-rolled-back")
    names = set()
    for branch in branches(repository):
        short = branch.reference.partition(f"/{BRANCH}")[2]
        name = next((short.removesuffix(one) for one in suffixes if short.endswith(one)), "")
        if name in paths and not is_ancestor(repository, branch.commit, base):
            names.add(name)
    return names


def has_begun_on_a_branch(repository: Repository, path: str) -> bool:
    """Return whether a branch named after the request at `path` records that it has begun.

    A branch that is merged says nothing: it may be of an earlier attempt.
    """
    base = base_of(repository)
    name = path.split("/")[-2]
    for branch in branches(repository):
        short = branch.reference.partition(f"/{BRANCH}")[2]
        if not is_branch_of(f"{BRANCH}{short}", name):
            continue
        if base is not None and is_ancestor(repository, branch.commit, base.commit):
            continue
        snapshot = CommitSnapshot(repository, branch.commit)
        document = read(path, bytes_at(snapshot, path, MAX_BYTES) or b"")
        if isinstance(document, Document) and phase_of(document.data) != "before":
            return True
    return False


def _open_now(snapshot: Snapshot, paths: Mapping[str, str], now: datetime) -> Iterator[str]:
    """Yield the approved requests whose window is open, or near."""
    for name, (begins, ends) in _approved_windows(snapshot, paths):
        if begins - _AHEAD <= now <= ends + _BEHIND:
            yield name


def _coming(repository: Repository, root: Path, now: datetime) -> list[str]:
    """Return the approved requests whose window is not over, the next one first."""
    _, folder, trusted = _base_here(repository, root)
    paths = {path.split("/")[-2]: path for path in _requests(trusted, folder)}
    windows = _approved_windows(trusted, paths)
    return [
        name for _, name in sorted((begins, name) for name, (begins, end) in windows if now < end)
    ]


def _approved_windows(
    snapshot: Snapshot, paths: Mapping[str, str]
) -> Iterator[tuple[str, tuple[datetime, datetime]]]:
    """Yield the approved requests with their windows."""
    for name, path in paths.items():
        data = bytes_at(snapshot, path, MAX_BYTES) or b""
        document = read(path, data) if b"requested" in data else None
        if not isinstance(document, Document) or stage_of(document.data) != "requested":
            continue
        window = window_of(document.data)
        if window is not None:
            yield name, window

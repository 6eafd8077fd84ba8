"""Moves what stands in open requests where an older version wanted it to its place of today.

Open is a request at the stage requested that is not merged yet. Merged ones stay as they are: they
were approved with their content, and are judged by it as they were then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from launchpolicy.documents.editing import EditError
from launchpolicy.documents.moving import with_moved
from launchpolicy.documents.reading import Document
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.operations.launch_repository import LaunchRepository
from launchpolicy.operations.request_files import read_request, rewrite
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.place import Route, format_route
from launchpolicy.vocabulary.text import Text

OLD_ROUTES: Final[dict[Route, Route]] = {
    ("spec", "rehearsal"): ("status", "rehearsal"),
    ("spec", "dataConversion", "rehearsal"): ("status", "conversionRehearsal"),
    ("spec", "notice"): ("status", "notice"),
}
"""Where something stood in requests of older versions → where it stands now."""

_REQUESTED: Final = "requested"


@dataclass(frozen=True, slots=True)
class UpgradedRequest:
    """One request and its moves, each as (old route, new route)."""

    path: str
    moves: tuple[tuple[str, str], ...]


def upgrade(
    place: LaunchRepository, base: str | None = None, *, is_dry: bool = False
) -> tuple[UpgradedRequest, ...]:
    """Move what stands at an old route in each open request of the work tree.

    Args:
        place: the launch repository.
        base: what is merged; None takes the default branch.
        is_dry: only say what would be moved.

    Raises:
        UsageError: a request cannot be changed in place, or holds both routes.
        LaunchpolicyError: a request or the base is not right.
    """
    merged = _merged_paths(place, base)
    upgraded = []
    for path in _request_paths(place):
        document = read_request(work_tree(place.root), path, place.kind)
        if path in merged or launch_request_of(document.data).status.stage != _REQUESTED:
            continue
        moves = [move for move in OLD_ROUTES.items() if value_at(document.data, move[0])]
        if not moves:
            continue
        moved = document
        for source, target in moves:
            moved = _move_entry(moved, source, target)
        if not is_dry:
            rewrite(place.root / path, document, moved.text)
        shown = tuple((format_route(old), format_route(new)) for old, new in moves)
        upgraded.append(UpgradedRequest(path, shown))
    return tuple(upgraded)


def _move_entry(document: Document, source: Route, target: Route) -> Document:
    if value_at(document.data, target) is not None:
        raise UsageError(
            Text(
                f"{document.path} has both {format_route(source)} and {format_route(target)}.",
                f"{document.path} 同时包含 {format_route(source)} 和 {format_route(target)}。",
            ),
            Text("Keep what is true, and remove the other.", "请保留属实的一项，删除另一项。"),
        )
    try:
        return with_moved(document, source, target)
    except EditError as error:
        raise UsageError(
            Text(f"{document.path}: {error}.", f"{document.path}：{error}。"),
            Text(
                f"Move {format_route(source)} to {format_route(target)} by hand.",
                f"请手工将 {format_route(source)} 移到 {format_route(target)}。",
            ),
        ) from error


def _request_paths(place: LaunchRepository) -> Iterator[str]:
    files = work_tree(place.root)
    for folder in place.kind.files.folders:
        for entry in files.entries(folder):
            if place.kind.matches(entry.path):
                yield entry.path


def _merged_paths(place: LaunchRepository, base: str | None) -> frozenset[str]:
    """Return the requests that the base has, in whatever state."""
    if find_top(place.root) is None:
        return frozenset()
    with open_repository(place.root) as repository:
        branch = base_of(repository, base)
        if branch is None:
            return frozenset()
        prefix = prefix_of(repository.top, place.root)
        snapshot = below(CommitSnapshot(repository, branch.commit), prefix)
        return frozenset(
            entry.path
            for folder in place.kind.files.folders
            for entry in snapshot.entries(folder)
            if place.kind.matches(entry.path)
        )

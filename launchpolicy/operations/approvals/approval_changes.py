"""Keep which commits of a branch changed the folders of approvals, as a walk passes them.

To judge a whole history would otherwise mean to ask git at each landing which commits before it
touched one folder, and git would walk all of them each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.facts.approvals.file_names import FOLDER
from launchpolicy.hosts.file_names import UNREADABLE
from launchpolicy.hosts.git.ancestry import commits_touching
from launchpolicy.hosts.git.first_parent_history import HistoryStep, steps
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.vocabulary.snapshot import FileChange

_NOWHERE = ""


class ApprovalChanges:
    """The commits of a first-parent history, from its root on, that changed folders of approvals.

    A walk that does not begin at the root, or leaves something out, is of no use: then nothing is
    answered (`is_whole` is false), and git has to be asked.
    """

    __slots__ = ("_by_folder", "_last", "is_whole")

    def __init__(self) -> None:
        self._by_folder: dict[str, list[tuple[bytes, bytes]]] = {}
        self.is_whole = True
        self._last: str | None = None

    def go_past(self, steps: Iterable[HistoryStep]) -> None:
        """Go past steps, which follow those before."""
        for step in steps:
            listed = step.listed
            self.is_whole = self.is_whole and listed.parent == self._last
            self._last = listed.commit
            if not self.is_whole:
                self._by_folder.clear()
            elif listed.parent is not None:
                pair = (bytes.fromhex(listed.commit), bytes.fromhex(listed.parent))
                for folder in {_folder_of(change.path) for change in step.changes} - {_NOWHERE}:
                    self._by_folder.setdefault(folder, []).append(pair)
                self.is_whole = not any(map(_has_no_path, step.changes))

    def touching(
        self, repository: Repository, tip: str, path: str
    ) -> Iterator[tuple[str, str]] | None:
        """Return what `commits_touching` yields for a path; None where git has to be asked.

        Args:
            repository: the repository of the walk.
            tip: up to where; nothing is answered for another commit than the last one passed.
            path: a folder of approvals or a file in one, from the top level.
        """
        folder = _folder_of(path)
        if not self.is_whole or tip != self._last or not folder:
            return None
        pairs = reversed(self._by_folder.get(folder, ()))
        commits = ((commit.hex(), parent.hex()) for commit, parent in pairs)
        return _that_touch(repository, commits, path)


class AskedChanges:
    """What git answered about the folders of approvals of one commit's history: asked once each.

    The files of a folder are distinguished by the few commits that touched it. Of another commit's
    history git is asked anew. `count` is how often git was asked.
    """

    __slots__ = ("_by_folder", "_tip", "count")

    def __init__(self) -> None:
        self._by_folder: dict[str, tuple[tuple[str, str], ...]] = {}
        self._tip = ""
        self.count = 0

    def touching(self, repository: Repository, tip: str, path: str) -> Iterator[tuple[str, str]]:
        """Yield what `commits_touching` yields for a path.

        Raises:
            UndecidedError: the clone is shallow, or git fails.
        """
        if tip != self._tip:
            self._by_folder.clear()
            self._tip = tip
        folder = _folder_of(path) or path
        if folder not in self._by_folder:
            self.count += 1
            self._by_folder[folder] = tuple(commits_touching(repository, tip, folder))
        return _that_touch(repository, self._by_folder[folder], path)


def changes_until(repository: Repository, commit: str) -> ApprovalChanges:
    """Return the changes of a history up to a commit, walked over from its root.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    walked = ApprovalChanges()
    walked.go_past(steps(repository, commit))
    return walked


def _that_touch(
    repository: Repository, commits: Iterable[tuple[str, str]], path: str
) -> Iterator[tuple[str, str]]:
    """Yield those of some commits, which touched a folder of approvals, that touched `path`."""
    if _folder_of(path) in {path, _NOWHERE}:
        return iter(commits)
    return (pair for pair in commits if _is_touched(repository, pair, path))


def _is_touched(repository: Repository, commits: tuple[str, str], path: str) -> bool:
    trees = repository.trees
    after, before = (trees.find(trees.of_commit(oid), path.split("/")) for oid in commits)
    return after != before


def _folder_of(path: str) -> str:
    """Return the first folder of approvals on a path, or the path that ends with its name."""
    before, separator, _ = f"/{path}/".partition(f"/{FOLDER}/")
    return f"{before}/{FOLDER}"[1:] if separator else _NOWHERE


def _has_no_path(change: FileChange) -> bool:
    """Return whether a change may be of approvals, under a name that is not text as git has it."""
    sides = (change.old, change.new) if FOLDER in change.path else ()
    return any(side is not None and side.mode == UNREADABLE for side in sides)

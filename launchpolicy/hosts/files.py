"""Read the work tree as a snapshot: the files below one folder, no link followed (threat E2)."""

from __future__ import annotations

import contextlib
import errno
import functools
import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, Self

from launchpolicy.hosts.file_names import (
    UNREADABLE,
    asked_folder,
    checked_name,
    require_regular,
    steps,
)
from launchpolicy.hosts.platform import OpenFolder, open_folder
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import Blob, SnapshotEntry
from launchpolicy.vocabulary.text import Text

_MAX_DEPTH = 128
_FOLDER, _LINK, _SUBMODULE = "040000", "120000", "160000"


_AT_ONCE = 50
"""Files whose conversion is announced together; so many paths fit into any pipe."""


class StorageConversion(Protocol):
    """What turns the bytes of a file into those that git would store."""

    def expect(self, paths: Sequence[str], /) -> None:
        """Start to find out what is needed for the files at these paths, without waiting."""

    def __call__(self, path: str, data: bytes, /) -> bytes:
        """Return the bytes that git would store of the file at `path`."""


class WorkTreeSnapshot:
    """The files below `root`, which need not be in a git repository.

    As in a commit, `.git` is not there, and a folder that holds one is a submodule: an entry of
    its own with nothing below. Links, devices, FIFOs and sockets are entries, but never opened.
    Blob ids are empty: nothing is stored yet. `convert` gives the bytes that git would store of a
    path and its bytes; without it they are taken as they are.
    """

    __slots__ = ("_root", "_stored", "label")

    def __init__(self, root: Path, convert: StorageConversion | None = None) -> None:
        self.label = "work tree"
        self._root = root
        self._stored = convert

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        """Return every file below `folder` in path order; for a path of a file, that file.

        Raises:
            UsageError: `folder` is no path from the top level.
            UndecidedError: a folder cannot be read.
        """
        path = asked_folder(folder)
        name = "/".join(path)
        with _Descent(self._root) as descent, _explain_errors(name):
            start = descent.enter(path)
            if start is None:
                below = [entry for entry in [self.entry(name)] if entry is not None]
            else:
                below = list(_walk(start, f"{name}/".encode() if name else b"", 0))
        return iter(sorted(below))

    def entry(self, path: str) -> SnapshotEntry | None:
        with self.lookup() as entry:
            return entry(path)

    @contextlib.contextmanager
    def lookup(self) -> Iterator[Callable[[str], SnapshotEntry | None]]:
        """Yield what `entry` is, for many paths: folders stay open from one to the next."""
        with _Descent(self._root) as descent:
            yield functools.partial(_entry_at, descent)

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        """Yield the contents of regular files; at most `limit` + 1 bytes of each are read.

        Raises:
            UndecidedError: a file cannot be read, or is no longer what it was when it was listed.
        """
        waiting = iter(entries)
        with _Descent(self._root) as descent:
            while group := list(itertools.islice(waiting, _AT_ONCE)):
                if self._stored is not None and len(group) > 1:
                    self._stored.expect([entry.path for entry in group])
                for entry in group:
                    require_regular([entry])
                    blob = _read(descent, entry, limit)
                    yield blob if self._stored is None else _as_stored(blob, self._stored)


def _entry_at(descent: _Descent, path: str) -> SnapshotEntry | None:
    parts = steps(path)
    if not parts:
        return None
    with _explain_errors(path):
        folder = descent.enter(parts[:-1])
        mode = None if folder is None else _mode(folder, parts[-1].encode())
    return None if mode is None or mode == _FOLDER else SnapshotEntry(path, mode, "")


class _Descent:
    """Folders opened one inside the other, no link followed; the last ones stay open.

    Files are read in path order, so the next one mostly lies in or near the same folder.
    """

    def __init__(self, root: Path) -> None:
        with _explain_errors(""):
            top = open_folder(root)
        self._folders = [("", top)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave(0)

    def enter(self, parts: Sequence[str]) -> OpenFolder | None:
        """Return the folder that `parts` lead to; None if there is none."""
        pairs = zip((name for name, _ in self._folders[1:]), parts, strict=False)
        shared_count = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        self._leave(shared_count + 1)
        for depth, part in enumerate(parts[shared_count:], shared_count + 1):
            folder = self._folders[-1][1]
            if _mode(folder, part.encode()) != _FOLDER:
                return None
            with _explain_errors("/".join(parts[:depth])):
                self._folders.append((part, folder.enter(part.encode())))
        return self._folders[-1][1]

    def _leave(self, depth: int) -> None:
        while len(self._folders) > depth:
            self._folders.pop()[1].close()


def _read(descent: _Descent, entry: SnapshotEntry, limit: int) -> Blob:
    *folders, name = entry.path.split("/")
    with _explain_errors(entry.path):
        folder = descent.enter(folders)
        if folder is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        with folder.open_file(name.encode()) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            data = file.read(limit + 1)
    if len(data) > limit:
        return Blob(entry, max(status.st_size, len(data)), None)
    return Blob(entry, len(data), data)


def _as_stored(blob: Blob, convert: StorageConversion) -> Blob:
    if blob.data is None:
        return blob
    data = convert(blob.entry.path, blob.data)
    return Blob(blob.entry, len(data), data)


def _walk(folder: OpenFolder, prefix: bytes, depth: int) -> Iterator[SnapshotEntry]:
    """Yield the files below an open folder."""
    if depth > _MAX_DEPTH:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    modes = {entry.name: entry.mode for entry in folder.listing()}
    if modes.pop(b".git", None) is not None and depth > 0:
        yield checked_name(prefix[:-1], _SUBMODULE, "")
        return
    for name, mode in modes.items():
        if stat.S_ISDIR(mode):
            with _explain_errors(checked_name(prefix + name, "", "").path):
                below = folder.enter(name)
            try:
                yield from _walk(below, prefix + name + b"/", depth + 1)
            finally:
                below.close()
        else:
            yield checked_name(prefix + name, _file_mode(mode), "")


def _mode(folder: OpenFolder, name: bytes) -> str | None:
    """Return the mode that git would give to `name` in a folder; None if nothing is there."""
    mode = folder.mode(name)
    if mode is None:
        return None
    if stat.S_ISDIR(mode):
        return _FOLDER if folder.mode(name + b"/.git") is None else _SUBMODULE
    return _file_mode(mode)


def _file_mode(mode: int) -> str:
    if stat.S_ISREG(mode):
        return "100755" if mode & stat.S_IXUSR else "100644"
    return _LINK if stat.S_ISLNK(mode) else UNREADABLE


@contextlib.contextmanager
def _explain_errors(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise _unreadable(path, why, why) from error


def _unreadable(path: str, why: str, why_zh: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"{path or 'The top level'} cannot be read: {why}.",
            f"无法读取 {path or '根目录'}：{why_zh}。",
        ),
        Text(
            "Check its permissions, and that nothing changes it meanwhile; then run again.",
            "请检查权限，并确认没有程序正在修改它，然后重新运行。",
        ),
    )

"""Write files into a repository: each whole or not there, and no link followed.

A proposal can bring links; a file written through one would land anywhere (threats I3 and I6).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from launchpolicy.hosts.run_files import note_written
from launchpolicy.hosts.write_errors import CHECK_FOLDER, explain_write_errors
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_LARGEST = 1024 * 1024


def content(top: Path, path: str) -> bytes | None:
    """Return the bytes of the file at `path` below `top`; None where nothing is there.

    Raises:
        UsageError: it is a link, no regular file, too large, or a folder above it is a link.
    """
    file = _below(top, path)
    with explain_write_errors(file, CHECK_FOLDER, path):
        try:
            mode = file.lstat().st_mode
            if not stat.S_ISREG(mode) or file.stat().st_size > _LARGEST:
                raise _in_the_way(path)
            return file.read_bytes()
        except FileNotFoundError:
            return None


def write_new(top: Path, path: str, text: str) -> None:
    """Write a file that is not there yet; one that has come meanwhile stays as it is.

    Raises:
        UsageError: it cannot be written, or something is there.
        OutputError: there is no room for it.
    """
    file = _below(top, path)
    with explain_write_errors(top / path, CHECK_FOLDER, path):
        file.parent.mkdir(parents=True, exist_ok=True)
        _below(top, path)  # again: what mkdir found may be a link by now
        with _temporary(file, text.encode()) as whole:
            try:
                os.link(whole, file)
            except FileExistsError:
                raise
            except OSError:  # a file system without hard links
                if os.path.lexists(file):
                    raise _in_the_way(path) from None
                whole.rename(file)
    note_written(path)


def replace(top: Path, path: str, data: bytes) -> None:
    """Write a file again that `content` has read, keeping its mode.

    Raises:
        UsageError: it cannot be written.
        OutputError: there is no room for it.
    """
    file = _below(top, path)
    with explain_write_errors(top / path, CHECK_FOLDER, path), _temporary(file, data) as whole:
        whole.chmod(stat.S_IMODE(file.lstat().st_mode))
        whole.replace(file)
    note_written(path)


def write(top: Path, path: str, data: bytes) -> None:
    """Write a file, whether it is there or not.

    Raises:
        UsageError: it cannot be written, or a link or a folder is there.
        OutputError: there is no room for it.
    """
    file = _below(top, path)
    with explain_write_errors(top / path, CHECK_FOLDER, path):
        file.parent.mkdir(parents=True, exist_ok=True)
        _below(top, path)  # again: what mkdir found may be a link by now
        if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
            raise _in_the_way(path)
        with _temporary(file, data) as whole:
            whole.replace(file)
    note_written(path)


def remove(top: Path, path: str) -> None:
    """Remove a file or a link, and the folders above it that are empty then.

    Raises:
        UsageError: it cannot be removed.
    """
    file = _below(top, path)
    with explain_write_errors(top / path, CHECK_FOLDER, path):
        file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == top:
            return
        try:
            folder.rmdir()
        except OSError:  # not empty
            return


def _below(top: Path, path: str) -> Path:
    """Return the file; no folder between `top` and it may be a link (it could lead out)."""
    *folders, _ = path.split("/")
    folder = top
    with explain_write_errors(top / path, CHECK_FOLDER, path):
        for name in folders:
            folder = folder / name
            if folder.is_symlink() or (os.path.lexists(folder) and not folder.is_dir()):
                raise _in_the_way(folder.relative_to(top).as_posix())
    return top / path


@contextlib.contextmanager
def _temporary(file: Path, data: bytes) -> Iterator[Path]:
    """Yield a file beside `file` that holds `data`, removed at the end if still there."""
    beside = file.with_name(f".launchpolicy-{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _in_the_way(path: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} is in the way: it is a link, or no regular file or folder.",
            f"{path} 已存在，但它是链接，或不是普通文件或目录。",
        ),
        Text(
            "Move it away or replace it by a regular file, then run this again.",
            "请将其移走，或换成普通文件，然后重试。",
        ),
    )

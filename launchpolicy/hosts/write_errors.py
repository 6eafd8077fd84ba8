"""Explain why a file or a folder cannot be written: the one place that knows what to do then."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launchpolicy.vocabulary.errors import OutputError, UsageError
from launchpolicy.vocabulary.text import Text

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What the system says where it is the disk, and not the name, that is wrong."""

ANOTHER_FILE = Text(
    "Name a file in a folder that exists and that you may write to.",
    "请指定已存在且有写权限的目录中的文件。",
)
ANOTHER_FOLDER = Text(
    "Name a new folder, or one that you may write to.", "请指定新目录，或有写权限的目录。"
)
CHECK_FOLDER = Text(
    "Check the folder and its permissions, then run this again.",
    "请检查目录及其权限，然后重试。",
)
MAKE_ROOM = Text(
    "Make room on that disk, then run the command again.", "请清理磁盘空间后重新运行。"
)


@contextmanager
def explain_write_errors(target: Path, remedy: Text, name: str = "") -> Iterator[None]:
    """Raise an error for users in place of an `OSError` of the block, which writes `target`.

    Args:
        target: the file or folder.
        remedy: what to do where the name or the permissions are wrong.
        name: how the error calls it; without one, as `target`.

    Raises:
        UsageError: the target cannot be written.
        OutputError: there is no room for it.
    """
    try:
        yield
    except OSError as error:
        raise write_error(target, error, remedy, name) from error


def write_error(
    target: Path, error: OSError, remedy: Text, name: str = ""
) -> UsageError | OutputError:
    """Return the error for a file or folder that the system does not let us write.

    The arguments are those of `explain_write_errors`.
    """
    name = name or str(target)
    if error.errno in FULL:
        reason = error.strerror or str(error)
        return OutputError(_problem(name, Text(reason, reason)), MAKE_ROOM)
    return UsageError(_problem(name, _reason(target, error)), remedy)


def not_writable(target: Path, reason: Text, remedy: Text) -> UsageError:
    """Return the error for a file or folder that is not written, for a reason of our own."""
    return UsageError(_problem(str(target), reason), remedy)


def _problem(name: str, reason: Text) -> Text:
    return Text(f"{name} cannot be written: {reason.en}.", f"无法写入 {name}：{reason.zh}。")


def _reason(target: Path, error: OSError) -> Text:
    """Return what is wrong with the target or a folder above it; else the system's own words."""
    words = error.strerror or str(error)
    if error.errno not in {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR}:
        return Text(words, words)
    for folder in reversed(target.absolute().parents):
        if not folder.is_dir():
            return _reason_above(_as_written(folder, target), folder)
    return _reason_of_target(target) or Text(words, words)


def _reason_above(name: str, folder: Path) -> Text:
    if folder.exists():
        return Text(f"{name} is no folder", f"{name} 不是目录")
    if folder.is_symlink():
        return Text(f"{name} is a link that leads nowhere", f"{name} 是失效的链接")
    return Text(f"there is no folder {name}", f"目录 {name} 不存在")


def _reason_of_target(target: Path) -> Text | None:
    if target.is_dir():
        return Text("it is a folder", "它是目录")
    if target.exists():
        return Text("it is there already, and no folder", "它已存在，且不是目录")
    if target.is_symlink():
        return Text("it is a link that leads nowhere", "它是失效的链接")
    return None


def _as_written(folder: Path, target: Path) -> str:
    """Return a folder above the target as the user wrote it: relative where the target is."""
    return str(folder) if target.is_absolute() else os.path.relpath(folder)

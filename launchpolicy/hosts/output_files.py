"""Write reports into files: each whole, or not there at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from launchpolicy.vocabulary.errors import OutputError, UsageError
from launchpolicy.vocabulary.text import Text

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_REMEDY = Text(
    "Name a file in a folder that exists and that you may write to.",
    "请指定已存在且有写权限的目录中的文件。",
)


def deliver(pieces: Iterable[str], file: Path) -> None:
    """Write `pieces`, as UTF-8, to `file`, like `deliver_bytes`."""
    deliver_bytes((piece.encode() for piece in pieces), file)


def deliver_bytes(pieces: Iterable[bytes], file: Path) -> None:
    """Write `pieces` to `file`; its readers never meet half a report.

    A file that is there is replaced, with whatever mode new files get.

    Raises:
        UsageError: it cannot be written, or what is there is no ordinary file.
        OutputError: there is no room for it.
    """
    _refuse_what_is_no_file(file)
    beside = file.with_name(f".launchpolicy-{os.urandom(8).hex()}")
    try:
        try:
            with beside.open("xb") as stream:
                stream.writelines(pieces)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(file)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _FULL:
            raise _no_room(file, reason) from error
        raise _unwritable(file, Text(reason, reason)) from error


def _refuse_what_is_no_file(file: Path) -> None:
    """Refuse a device or a link: a rename would put a report in its place."""
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        reason = error.strerror or str(error)
        raise _unwritable(file, Text(reason, reason)) from error
    if not stat.S_ISREG(mode):
        raise _unwritable(file, Text("it is not an ordinary file", "它不是普通文件"))


def _unwritable(file: Path, reason: Text) -> UsageError:
    return UsageError(
        Text(
            f"The report cannot be written to {file}: {reason.en}.",
            f"无法将报告写入 {file}：{reason.zh}。",
        ),
        _REMEDY,
    )


def _no_room(file: Path, reason: str) -> OutputError:
    return OutputError(
        Text(
            f"The report cannot be written to {file}: {reason}.",
            f"无法将报告写入 {file}：{reason}。",
        ),
        Text("Make room on that disk, then run the command again.", "请清理磁盘空间后重新运行。"),
    )

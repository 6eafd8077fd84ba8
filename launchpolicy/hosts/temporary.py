"""Folders of our own that are thrown away afterwards, where the system has its temporary files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Yield a new folder, which is removed with all that is in it at the end.

    Raises:
        UndecidedError: the system has no place for one.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="launchpolicy-", ignore_cleanup_errors=True)
            )
        except OSError as error:
            raise _no_place(error) from error
        yield Path(folder)


def write_temporary(file: Path, content: bytes) -> None:
    """Write a file into such a folder.

    Raises:
        UndecidedError: there is no room for it.
    """
    try:
        file.write_bytes(content)
    except OSError as error:
        raise _no_place(error) from error


def _no_place(error: OSError) -> UndecidedError:
    reason = error.strerror or str(error)
    return UndecidedError(
        Text(f"No temporary file can be written: {reason}.", f"无法写入临时文件：{reason}。"),
        Text(
            "Make room, or name a folder that you may write to in the variable TMPDIR.",
            "请清理磁盘空间，或用环境变量 TMPDIR 指定有写权限的目录。",
        ),
    )

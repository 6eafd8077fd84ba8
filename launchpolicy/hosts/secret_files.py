"""Write files that nobody but their owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from launchpolicy.hosts.run_files import note_written
from launchpolicy.hosts.write_errors import explain_write_errors
from launchpolicy.vocabulary.text import Text

_REMEDY = Text(
    "Name a file that is not there yet, in a folder that you may write to.",
    "请在有写权限的目录中指定一个尚不存在的文件。",
)


def write_secret(file: Path, text: str) -> None:
    """Write a new file that only its owner can read; an existing file is left alone.

    Raises:
        UsageError: it is there already, or cannot be written.
        OutputError: there is no room for it.
    """
    with explain_write_errors(file, _REMEDY):
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "w", encoding="utf-8") as stream:
                stream.write(text)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
    note_written(str(file))

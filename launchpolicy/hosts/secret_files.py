"""Write files that nobody but their owner may read."""

from __future__ import annotations

import os
from pathlib import Path

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def write_secret(file: Path, text: str) -> None:
    """Write a new file that only its owner can read; an existing file is left alone.

    Raises:
        UsageError: it is there already, or cannot be written.
    """
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            Text(
                f"The secret cannot be written to {file}: {reason}.",
                f"无法将密钥写入 {file}：{reason}。",
            ),
            Text("Name a file that is not there yet.", "请指定一个尚不存在的文件。"),
        ) from error
    with os.fdopen(number, "w", encoding="utf-8") as stream:
        stream.write(text)

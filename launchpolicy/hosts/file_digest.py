"""Compute digest and size of a file anywhere on this machine, such as a backup."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_PIECE = 1024 * 1024
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_STEP = 1024


class FileDigest(NamedTuple):
    """The SHA-256 of a file, and its size as people write it: `48.2 GiB`."""

    sha256: str
    size: str


def digest_of(file: Path) -> FileDigest:
    """Return digest and size of a file, however large; it is read in pieces.

    Raises:
        UsageError: it cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            Text(f"{file} cannot be read: {why}.", f"无法读取 {file}：{why}。"),
            Text("Check the file and its permissions.", "请检查文件及其权限。"),
        ) from error
    return FileDigest(digest.hexdigest(), _size(size))


def _size(size: int) -> str:
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount /= _STEP
        unit += 1
    return f"{size} B" if unit == 0 else f"{amount:.1f} {_UNITS[unit]}"

"""Read a file anywhere on this machine: digest and size of a backup, bytes of evidence."""

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
        raise _unreadable(file, error) from error
    return FileDigest(digest.hexdigest(), _size(size))


def bytes_of(file: Path, most: int) -> bytes:
    """Return the bytes of a file; of a larger one the first `most` and one more.

    Raises:
        UsageError: it cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> UsageError:
    why = error.strerror or str(error)
    return UsageError(
        Text(f"{file} cannot be read: {why}.", f"无法读取 {file}：{why}。"),
        Text("Check the file and its permissions.", "请检查文件及其权限。"),
    )


def _size(size: int) -> str:
    amount, unit = float(size), 0
    while amount >= _STEP and unit < len(_UNITS) - 1:
        amount /= _STEP
        unit += 1
    return f"{size} B" if unit == 0 else f"{amount:.1f} {_UNITS[unit]}"

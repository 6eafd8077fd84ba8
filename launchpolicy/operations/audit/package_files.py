"""Read the files of a package that comes from anywhere: regular files only, and not endless."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from launchpolicy.ledger.proofs import ProofError
from launchpolicy.vocabulary.text import Text

_LIMIT = 256 * 1024 * 1024


def listed_files(folder: Path) -> set[str]:
    """Return the paths of all files below a folder, links and devices included.

    Raises:
        OSError: a folder cannot be read.
    """
    if not folder.exists():
        return set()

    def refuse(error: OSError) -> None:
        raise error

    paths: set[str] = set()
    for parent, folders, files in os.walk(folder, onerror=refuse):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        paths |= {Path(parent, name).relative_to(folder).as_posix() for name in (*files, *links)}
    return paths


def read_package_file(folder: Path, path: str) -> bytes:
    """Return the bytes of a file of a package.

    Raises:
        ProofError: it is missing, a link or another thing, too large, or cannot be read.
    """
    file = folder / path
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise _odd(path, "it is no ordinary file", "不是普通文件")
        if status.st_size > _LIMIT:
            raise _odd(path, "it is too large", "文件过大")
        return file.read_bytes()
    except FileNotFoundError as error:
        raise _odd(path, "it is missing", "文件缺失") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise _odd(path, reason, reason) from error


def _odd(path: str, why: str, why_zh: str) -> ProofError:
    return ProofError(Text(f"{path}: {why}", f"{path}：{why_zh}"))

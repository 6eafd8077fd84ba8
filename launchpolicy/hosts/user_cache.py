"""Small files in the user's cache folder (XDG Base Directory Specification).

Only the user can write there; a repository or a pull request cannot, since a cache that lies in the
repository of the current folder is not used. Nothing depends on it: what cannot be read or kept is
worked out again.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from launchpolicy.hosts.platform import belongs_to_us, open_folder
from launchpolicy.requests.configuration import FILE

_LARGEST = 256 * 1024


def exists(folder: str, name: str) -> bool:
    """Return whether this user has a file or folder `name` in a folder of the cache."""
    try:
        status = os.lstat(_folder(folder) / name)
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return False
    return belongs_to_us(status)


def read(folder: str, name: str) -> bytes | None:
    """Return the bytes of this user's own regular file; None where there is none, or a large one.

    A link is not followed.
    """
    try:
        opened = open_folder(_folder(folder))
        with contextlib.closing(opened), opened.open_file(name.encode()) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or not belongs_to_us(status):
                return None
            data = file.read(_LARGEST + 1)
    except (OSError, RuntimeError):
        return None
    return data if len(data) <= _LARGEST else None


def write(folder: str, name: str, data: bytes = b"") -> None:
    """Keep a file, if there is somewhere to keep it; nobody ever sees a part of it.

    A full disk is no error: the file is not kept, and nothing of it is left behind.
    """
    with contextlib.suppress(OSError, RuntimeError):
        place = _folder(folder)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = place / f".{name}.{os.getpid()}-{os.urandom(4).hex()}"
        try:
            with partial.open("xb") as file:
                partial.chmod(0o600)
                file.write(data)
            partial.replace(place / name)
        finally:
            partial.unlink(missing_ok=True)


def file_to_keep(folder: str, name: str) -> Path | None:
    """Return where a program that keeps its own file may do so; None where nothing can be kept.

    What lies there already must be this user's own regular file: a link is not followed.
    """
    try:
        place = _folder(folder)
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = place / name
        if not belongs_to_us(place.lstat()) or not os.access(place, os.W_OK):
            return None
        if os.path.lexists(file):
            status = file.lstat()
            if not stat.S_ISREG(status.st_mode) or not belongs_to_us(status):
                return None
    except (OSError, RuntimeError):
        return None
    return file


def _folder(name: str) -> Path:
    configured = os.environ.get("XDG_CACHE_HOME", "")
    # "If an implementation encounters a relative path … it should … ignore it" (XDG).
    base = Path(configured) if Path(configured).is_absolute() else Path.home() / ".cache"
    if _is_in_repository(base):
        message = f"{base} lies in the repository, whose commits could write it"
        raise OSError(message)
    return base / "launchpolicy" / name


def _is_in_repository(folder: Path) -> bool:
    """Return whether what is committed in the current repository could stand in `folder`."""
    here = Path(os.path.realpath(Path.cwd()))
    cache = Path(os.path.realpath(folder))
    for mark in (".git", FILE):
        top = next((above for above in (here, *here.parents) if (above / mark).exists()), None)
        if top is not None and cache.is_relative_to(top):
            return True
    return False

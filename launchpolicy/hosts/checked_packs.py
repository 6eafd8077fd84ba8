"""Remembers which packs have passed their checks, so that an unchanged pack is not checked again.

Only the fact is kept: a file named after a digest of everything that the checks look at, in the
user's cache folder (XDG Base Directory Specification). Only the user can write there;
a repository or a pull request cannot. Without a writable cache everything is checked anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from launchpolicy import __version__
from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.hosts.platform import belongs_to_us
from launchpolicy.requests.kinds import Kind


def key_of(
    folder: str, files: Mapping[str, Document | Refusal], kinds: Iterable[Kind]
) -> str | None:
    """The digest of a pack's texts, the kinds it may match and this version; None if unreadable."""
    digest = hashlib.sha256(f"{__version__}\n{folder}\n".encode())
    for kind in kinds:
        digest.update(f"{kind.name} {kind.files} {kind.schema_digest}\n".encode())
    for name, file in sorted(files.items()):
        if isinstance(file, Refusal):
            return None
        text = file.text.encode()
        digest.update(f"{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()


def is_known(key: str) -> bool:
    """Whether this user has checked that very pack before."""
    try:
        status = os.lstat(_folder() / key)
    except (OSError, RuntimeError):  # RuntimeError: no home folder
        return False
    return belongs_to_us(status)


def remember(key: str) -> None:
    """Keeps the fact, if there is somewhere to keep it."""
    with contextlib.suppress(OSError, RuntimeError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / key).touch(mode=0o600)


def _folder() -> Path:
    configured = os.environ.get("XDG_CACHE_HOME", "")
    # "If an implementation encounters a relative path … it should … ignore it" (XDG).
    base = Path(configured) if Path(configured).is_absolute() else Path.home() / ".cache"
    return base / "launchpolicy" / "checked-packs"

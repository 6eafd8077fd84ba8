"""Turn file names, which are bytes, into paths; a name that is not text is unreadable (G6)."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, SnapshotEntry
from launchpolicy.vocabulary.text import Text

UNREADABLE = "000000"
"""A mode that no git tree holds: something is there, but it is nothing that may be read.

Devices, FIFOs and sockets of a work tree have it, and every file whose name is not UTF-8. As it is
not among `REGULAR_MODES`, such an entry is refused wherever a file is wanted, and never lost.
"""


def checked_name(name: bytes, mode: str, blob: str) -> SnapshotEntry:
    r"""Return the entry at the path `name`; one not in UTF-8 is shown with `\xNN`, unreadable."""
    try:
        return SnapshotEntry(name.decode(), mode, blob)
    except UnicodeDecodeError:
        return SnapshotEntry(name.decode("utf-8", "backslashreplace"), UNREADABLE, "")


def steps(path: str) -> list[str] | None:
    """Return the folders and the file that `path` leads through; None if no entry can have it.

    No step is empty, `.`, `..` or `.git`, so that a path never leads out of the root or into the
    repository itself (threat E1); all of it is UTF-8. `""` is the top level.
    """
    if not path:
        return []
    try:
        path.encode()
    except UnicodeEncodeError:
        return None
    parts = path.split("/")
    return None if "\0" in path or not _NO_NAMES.isdisjoint(parts) else parts


def asked_folder(folder: str) -> list[str]:
    """Return the steps to a folder whose files are asked for; a slash at its end is ignored.

    Raises:
        UsageError: it is no path from the top level. To find nothing there would look like a pass.
    """
    parts = steps(folder.removesuffix("/"))
    if parts is None or folder == "/":
        raise UsageError(
            Text(
                f"{folder!r} is not the path of a folder from the top level.",
                f"{folder!r} 不是从仓库根目录开始的目录路径。",
            ),
            Text(
                "Write it like launches/LR-2026-0042: no slash in front, no . and no ..",
                "请写成 launches/LR-2026-0042 的形式：开头不带斜杠，不含 . 和 ..",
            ),
        )
    return parts


def require_regular(entries: Iterable[SnapshotEntry]) -> list[SnapshotEntry]:
    """Return the entries, all of which must be regular files (threats E2, E3).

    Raises:
        ValueError: one is not; a caller that wants content looks at the mode first.
    """
    regular = list(entries)
    for entry in regular:
        if entry.mode not in REGULAR_MODES:
            message = f"not a regular file: {entry!r}"
            raise ValueError(message)
    return regular


_NO_NAMES = frozenset({"", ".", "..", ".git"})

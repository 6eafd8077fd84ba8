"""File names are bytes; what becomes of those that are not text (threat G6)."""

from __future__ import annotations

from launchpolicy.vocabulary.snapshot import Entry

UNREADABLE = "000000"
"""A mode that no git tree holds: something is there, but it is nothing that may be read.

Devices, FIFOs and sockets of a work tree have it, and every file whose name is not UTF-8. As it is
not among `REGULAR_MODES`, such an entry is refused wherever a file is wanted, and never lost.
"""


def named(name: bytes, mode: str, blob: str) -> Entry:
    r"""The entry at the path `name`; one that is not UTF-8 is shown with `\xNN` and unreadable."""
    try:
        return Entry(name.decode(), mode, blob)
    except UnicodeDecodeError:
        return Entry(name.decode("utf-8", "backslashreplace"), UNREADABLE, "")


def steps(path: str) -> list[str] | None:
    """The folders and the file that `path` leads through; None if no entry can have this path.

    `""` is the top level, a slash at the end is ignored. No step is empty, `.`, `..` or `.git`, so
    that a path never leads out of the root or into the repository itself (threat E1).
    """
    if not path:
        return []
    parts = path.removesuffix("/").split("/")
    forbidden = any(part in _NO_NAMES or "\0" in part for part in parts)
    return None if forbidden else parts


_NO_NAMES = frozenset({"", ".", "..", ".git"})

"""Keep which entries of a ledger bear which marks, in a file of the user's cache or in memory.

The file is SQLite's, which writes all of a change or nothing of it, however many write. Nothing
depends on it: one that cannot be used is passed over, and all is looked up again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from launchpolicy.hosts.user_cache import file_to_keep

_FOLDER = "ledgers"
_FORMAT: Final = 1
_WAIT = 1.0
"""Seconds for which another process that writes is waited for."""

_TABLES = """
CREATE TABLE IF NOT EXISTS read (version TEXT, size INTEGER, root BLOB);
CREATE TABLE IF NOT EXISTS marks (
    mark TEXT, number INTEGER, PRIMARY KEY (mark, number)
) WITHOUT ROWID;
"""


class UnusableIndexError(Exception):
    """The index cannot be read or written: a full disk, a lock, a file that is broken."""


class ReadPart(NamedTuple):
    """The part of a ledger that an index is of: all of a version, which has `size` entries.

    `root` is the root of its full bundles, as it was computed from their bytes.
    """

    version: str
    size: int
    root: bytes


class EntryIndex:
    """An index of marks to numbers of entries. Use it in a `with` statement."""

    __slots__ = ("_database",)

    def __init__(self, name: str = "") -> None:
        """Open the index that is kept under a name; without one, an empty one in memory."""
        file = file_to_keep(_FOLDER, f"{name}-{_FORMAT}.sqlite") if name else None
        self._database = _database_in(file) or _connect(":memory:")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._database.close()

    def part(self) -> ReadPart | None:
        """Return what the index is of; None where it is new.

        Raises:
            UnusableIndexError: it cannot be read.
        """
        with _usable():
            row = self._database.execute("SELECT version, size, root FROM read").fetchone()
        return ReadPart(*row) if row is not None else None

    def numbers(self, marks: Iterable[str]) -> list[int]:
        """Return the numbers of the entries that bear any of some marks, in order.

        Raises:
            UnusableIndexError: it cannot be read.
        """
        numbers: set[int] = set()
        with _usable():
            for mark in marks:
                rows = self._database.execute("SELECT number FROM marks WHERE mark = ?", (mark,))
                numbers.update(number for (number,) in rows)
        return sorted(numbers)

    def add(
        self, rows: Iterable[tuple[str, int]], part: Callable[[], ReadPart], *, anew: bool
    ) -> None:
        """Add marks with the numbers of entries, or with `anew` begin again with them.

        `part` is asked when all rows are taken. An error of either leaves the index as it was.

        Raises:
            UnusableIndexError: it cannot be written.
        """
        with _usable(), self._database:
            self._database.execute("DELETE FROM read")
            if anew:
                self._database.execute("DELETE FROM marks")
            self._database.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?)", rows)
            self._database.execute("INSERT INTO read VALUES (?, ?, ?)", part())


def _database_in(file: Path | None) -> sqlite3.Connection | None:
    """Return the database in a file that this user may read and write; None where there is none."""
    if file is None:
        return None
    for _ in range(2):
        try:
            return _connect(str(file))
        except sqlite3.OperationalError:  # another process writes, or the disk is full
            return None
        except sqlite3.DatabaseError:  # it is no database: begin anew
            with suppress(OSError):
                file.unlink()
    return None


def _connect(where: str) -> sqlite3.Connection:
    database = sqlite3.connect(where, timeout=_WAIT)
    try:
        database.executescript(_TABLES)
        database.execute("BEGIN IMMEDIATE")
        database.rollback()
    except sqlite3.Error:
        with closing(database):
            raise
    return database


@contextmanager
def _usable() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise UnusableIndexError from error

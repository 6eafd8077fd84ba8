"""What differs between Linux, macOS and Windows; nothing but `forked_process` asks for it, too.

| what | Linux | macOS | Windows |
| --- | --- | --- | --- |
| cores that we may use | `sched_getaffinity` | all | `process_cpu_count`, all |
| a pipe that nobody reads | `EPIPE` | `EPIPE` | `EINVAL` |
| a terminal takes | bytes | bytes | characters |
| waiting for a pipe with a limit | yes | yes | without a limit |
| memory of a piece of work | bounded | not bounded | not bounded |
| whose a file is | user id | user id | not known |
| folders opened one inside the other | descriptors | descriptors | paths, looked at before use |
"""

from __future__ import annotations

import errno
import os
import select
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, Self, TextIO, TypeVar

from launchpolicy.policy.cel.memory import OutOfBoundsError
from launchpolicy.vocabulary.named_tuple import NamedTuple

_CLOSED_PIPE = frozenset({errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN})
_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENAMETOOLONG})
# Windows: a symbolic link, and a junction, which `st_mode` calls a folder ([MS-FSCC] 2.1.2.1).
_LINK_TAGS = frozenset({0xA000000C, 0xA0000003})

Answer = TypeVar("Answer")


def usable_cores() -> int:
    """Return how many cores this process may use; at least 1."""
    for name in ("sched_getaffinity", "process_cpu_count", "cpu_count"):
        count = getattr(os, name, None)
        if count is not None:
            cores = len(count(0)) if name == "sched_getaffinity" else count()
            return max(cores or 1, 1)
    return 1


def wait_until_readable(descriptor: int, seconds: float) -> bool:
    """Return whether there is something to read, or its end, within so many seconds."""
    poll = getattr(select, "poll", None)
    if poll is None:  # Windows: pipes cannot be waited for
        return True
    waiting = poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(seconds * 1000))


def belongs_to_us(status: os.stat_result) -> bool:
    """Return whether a file is this user's; False where the system cannot say."""
    user_id = getattr(os, "geteuid", None)
    return user_id is not None and status.st_uid == user_id()


def programs_named(name: str) -> tuple[str, ...]:
    """Return the file names under which a program may stand in a folder of the PATH."""
    return (f"{name}.exe", name) if os.name == "nt" else (name,)


def reader_has_gone(error: OSError) -> bool:
    """Return whether writing failed because nobody reads any more (a closed pipe)."""
    return error.errno in _CLOSED_PIPE or (os.name == "nt" and error.errno == errno.EINVAL)


def writes_to_a_console_by_itself(stream: TextIO) -> bool:
    """Return whether the stream is a Windows console, which takes characters (PEP 528)."""
    return os.name == "nt" and stream.isatty()


class AddressSpaceBound:
    """Bounds what this process may take beyond what it has, while something runs.

    The system refuses memory beyond the bound, and what runs fails with a `MemoryError`; a library
    in C++ may end the process instead. So what it has, which grows, is measured every 32nd run.
    """

    def __init__(self, allowance: int) -> None:
        self._allowance, self._bound, self._own_limit, self._runs = allowance, 0, 0, 0
        self._set_limit: Callable[[int], None] | None = None

    def run(self, work: Callable[[], Answer]) -> Answer:
        """Return what `work` returns; a second try is made where the process has grown.

        Raises:
            OutOfBoundsError: it takes more than it may, in both tries.
            MemoryError: the limit of the process itself is lower.
        """
        if self._runs % 32 == 0:
            self._measure()
        self._runs += 1
        try:
            return self._try(work)
        except MemoryError as error:
            before = self._bound
            self._measure()
            if self._set_limit is None:
                raise
            if self._bound <= before + self._allowance // 2:
                self._bound = before
                raise OutOfBoundsError from error
        try:
            return self._try(work)
        except MemoryError as error:
            raise OutOfBoundsError from error

    def _try(self, work: Callable[[], Answer]) -> Answer:
        if self._set_limit is None:
            return work()
        self._set_limit(self._bound)
        try:
            return work()
        finally:
            self._set_limit(self._own_limit)

    def _measure(self) -> None:
        """Keep the bound at what the process has now; keep none where its own limit is lower."""
        size = _address_space()
        self._bound, self._set_limit = (size or 0) + self._allowance, None
        if size is None:
            return
        try:
            import resource  # noqa: PLC0415 (only some systems have it)
        except ImportError:
            return

        kind = resource.RLIMIT_AS
        self._own_limit, most = resource.getrlimit(kind)
        if self._own_limit == resource.RLIM_INFINITY or self._own_limit > self._bound:
            self._set_limit = lambda limit: resource.setrlimit(kind, (limit, most))


def _address_space() -> int | None:
    """Return the bytes of address space that this process has; None where nothing says it."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 (no path of a user)
            pages = int(file.read(64).split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")


class FolderEntry(NamedTuple):
    """One name in a folder with its `st_mode`; of a link its own, not that of its target."""

    name: bytes
    mode: int


class OpenFolder(Protocol):
    """A folder that is being read; no link is followed below it."""

    def enter(self, name: bytes) -> Self:
        """Return the folder `name` in it.

        Raises:
            OSError: it is not there, no folder, or a link.
        """

    def open_file(self, name: bytes) -> BinaryIO:
        """Return the file `name` in it, opened without waiting for a writer.

        Raises:
            OSError: it is not there, or a link.
        """

    def mode(self, name: bytes) -> int | None:
        """Return `st_mode` of what is called `name`, itself; None for nothing.

        Raises:
            OSError: the folder cannot be read.
        """

    def listing(self) -> Iterator[FolderEntry]:
        """Return all names in it."""

    def close(self) -> None: ...


def open_folder(path: Path) -> OpenFolder:
    """Return the folder at `path`, which itself may be a link.

    Raises:
        OSError: it cannot be opened.
    """
    if has_folder_descriptors():
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
        return _DescriptorFolder(os.open(path, flags))
    with os.scandir(path):  # says what is wrong with it
        return _PathFolder(os.path.realpath(path))


def has_folder_descriptors() -> bool:
    """Return whether the system opens files relative to an open folder (POSIX `openat`)."""
    return (
        {os.open, os.stat} <= os.supports_dir_fd
        and os.scandir in os.supports_fd
        and all(hasattr(os, name) for name in ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"))
    )


class _DescriptorFolder:
    """By file descriptors: nothing can be put in a folder's place between two looks."""

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number

    def enter(self, name: bytes) -> Self:
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        return type(self)(os.open(name, flags, dir_fd=self._number))

    def open_file(self, name: bytes) -> BinaryIO:
        # A FIFO that took a file's place between two looks must not keep us waiting.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.fdopen(os.open(name, flags, dir_fd=self._number), "rb")

    def mode(self, name: bytes) -> int | None:
        try:
            return os.stat(name, dir_fd=self._number, follow_symlinks=False).st_mode
        except OSError as error:
            if error.errno in _NOTHING_THERE:
                return None
            raise

    def listing(self) -> Iterator[FolderEntry]:
        with os.scandir(self._number) as entries:
            for entry in entries:
                yield FolderEntry(os.fsencode(entry.name), _mode_of(entry))

    def close(self) -> None:
        os.close(self._number)


class _PathFolder:
    """By paths, where folders cannot be opened (Windows).

    A link is refused by a look before the file is opened. Between the two, someone who may write
    to the work tree could put a link there; a check of commits or of the index reads no work tree.
    """

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def enter(self, name: bytes) -> Self:
        mode = self.mode(name)
        if mode is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if not stat.S_ISDIR(mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return type(self)(self._at(name))

    def open_file(self, name: bytes) -> BinaryIO:
        mode = self.mode(name)
        if mode is None or not stat.S_ISREG(mode):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return Path(self._at(name)).open("rb")

    def mode(self, name: bytes) -> int | None:
        try:
            return _own_mode(os.lstat(self._at(name)))
        except OSError as error:
            if error.errno in _NOTHING_THERE:
                return None
            raise

    def listing(self) -> Iterator[FolderEntry]:
        with os.scandir(self._path) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                yield FolderEntry(os.fsencode(entry.name), _own_mode(status))

    def close(self) -> None:
        """Do nothing: nothing is open."""

    def _at(self, name: bytes) -> str:
        return os.path.join(self._path, os.fsdecode(name))  # noqa: PTH118 (a hot path)


def _own_mode(status: os.stat_result) -> int:
    if getattr(status, "st_reparse_tag", 0) in _LINK_TAGS:
        return stat.S_IFLNK
    return status.st_mode


def _mode_of(entry: os.DirEntry[str]) -> int:
    """Return what is known of `st_mode`; a folder costs no call of the system."""
    if entry.is_dir(follow_symlinks=False):
        return stat.S_IFDIR
    return entry.stat(follow_symlinks=False).st_mode

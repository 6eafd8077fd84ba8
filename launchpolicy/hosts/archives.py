"""Read the files of an archive (tar, zip) into memory; nothing is ever unpacked onto a disk.

An archive comes from outside. A name that leads out, a link, a device, two names that one file
system could take for one, or more than a bundle may hold: then nothing of it is used.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from launchpolicy.hosts.file_names import steps
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from _typeshed import SupportsRead

SUFFIXES = (".tar.gz", ".tgz", ".tar", ".zip")
"""What the names of archives end with."""

MOST_FILES = 5_000
MOST_BYTES = 64 * 1024 * 1024
_LARGEST_ARCHIVE = 64 * 1024 * 1024
_MODE_BITS = 16
_FILE_TYPES = 0o170000
_REGULAR = 0o100000


class Archive(NamedTuple):
    """The files of an archive by path, and the SHA-256 of the archive itself."""

    files: dict[str, bytes]
    digest: str


def read_archive(path: Path) -> Archive:
    """Return the files of an archive; one folder that holds all of them is left out of the paths.

    Raises:
        UsageError: it cannot be read, or holds what may not be there.
    """
    try:
        if path.stat().st_size > _LARGEST_ARCHIVE:
            raise _refusal(path, _TOO_MUCH)
        digest = sha256(path.read_bytes())
        files: dict[str, bytes] = {}
        total = 0
        is_zip = path.name.lower().endswith(".zip")
        for name, stream in _zip(path) if is_zip else _tar(path):
            with stream:
                data = stream.read(MOST_BYTES - total + 1)
            total += len(data)
            if total > MOST_BYTES or len(files) >= MOST_FILES:
                raise _refusal(path, _TOO_MUCH)
            if name in files:
                raise _refusal(path, _twice(name))
            files[name] = data
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error) as error:
        raise _refusal(path, Text(str(error), str(error))) from error
    except (NotImplementedError, RuntimeError, ValueError) as error:  # encrypted, odd compression
        raise _refusal(path, Text(str(error), str(error))) from error
    return Archive(_without_common_folder(files), digest)


class _CappedStream:
    """A stream of which no more than so many bytes are ever read, however often it is read."""

    def __init__(self, stream: SupportsRead[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, self._left + 1))
        self._left -= len(data)
        if self._left < 0:
            raise OSError(_TOO_MUCH.en)
        return data


def _tar(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the members of a tar file, each to be read before the next."""
    is_plain = path.name.lower().endswith(".tar")
    with path.open("rb") if is_plain else gzip.open(path) as unpacked:
        # What stands before a member may be as large as it says: that is read at once as well.
        stream = cast("IO[bytes]", _CappedStream(unpacked, 2 * MOST_BYTES))
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for count, member in enumerate(archive):
                if count > 2 * MOST_FILES:
                    raise _refusal(path, _TOO_MUCH)
                if member.isdir():
                    continue
                content = archive.extractfile(member) if member.isreg() else None
                if content is None:
                    raise _refusal(path, _no_file(member.name))
                yield _safe_name(path, member.name), content


def _zip(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as archive:
        if len(archive.infolist()) > 2 * MOST_FILES:
            raise _refusal(path, _TOO_MUCH)
        for member in archive.infolist():
            kind = member.external_attr >> _MODE_BITS & _FILE_TYPES
            if member.is_dir():
                continue
            if kind not in {0, _REGULAR}:
                raise _refusal(path, _no_file(member.filename))
            yield _safe_name(path, member.filename), archive.open(member)


def _safe_name(path: Path, name: str) -> str:
    """Return the path of a member, which never leads out of the archive.

    Raises:
        UsageError: it would.
    """
    name = name.removeprefix("./")
    if "\\" in name or ":" in name or not steps(name):
        raise _refusal(path, _leads_out(name))
    return name


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files as seen from the folder that holds all of them, as forges pack theirs."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) != 1 or any("/" not in name for name in files):
        return files
    return {name.partition("/")[2]: data for name, data in files.items()}


def _refusal(path: Path, why: Text) -> UsageError:
    return UsageError(
        Text(
            f"The archive {path.name} cannot be used: {why.en}.",
            f"归档文件 {path.name} 无法使用：{why.zh}。",
        ),
        Text(
            "Pack the folder of the policies alone, as regular files, and try again.",
            "请只打包策略目录中的普通文件，然后重试。",
        ),
    )


_TOO_MUCH = Text(
    f"it holds more than {MOST_FILES} files or {MOST_BYTES >> 20} MiB",
    f"文件超过 {MOST_FILES} 个或 {MOST_BYTES >> 20} MiB",
)


def _no_file(name: str) -> Text:
    return Text(f"{name!r} is a link or a device", f"{name!r} 是链接或设备")


def _leads_out(name: str) -> Text:
    return Text(f"the name {name!r} leads out of it", f"名称 {name!r} 指向归档之外")


def _twice(name: str) -> Text:
    return Text(f"{name!r} is in it twice", f"{name!r} 出现两次")

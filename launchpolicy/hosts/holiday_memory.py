r"""The public holidays that the library has named before, kept as text in the user's cache.

The library takes longer to load than the rest of a check. A file is of one version of the library,
one place and some years. Its last line is a digest of all before it; a file that is not whole, or
not as it is written here, is not believed, and the library is asked again.

| line | content |
| --- | --- |
| first | `launchpolicy holidays 1` |
| day | `2026-10-01`, a tab, the name |
| last | `sha256:` over the lines before |
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from launchpolicy import __version__
from launchpolicy.hosts import user_cache
from launchpolicy.vocabulary.hashing import sha256

_FOLDER = "holidays"
_TITLE = "launchpolicy holidays 1"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\t([^\x00-\x1f\x7f]+)")


def recall(place: tuple[str, str], years: Collection[int]) -> dict[date, str] | None:
    """Return the holidays of a country and subdivision in `years`; None if they are not kept."""
    name = _name(place, years)
    source = user_cache.read(_FOLDER, name) if name else None
    return _parse(source, years) if source is not None else None


def remember(place: tuple[str, str], years: Collection[int], days: Mapping[date, str]) -> None:
    """Keep the holidays of a country and subdivision in `years`."""
    name = _name(place, years)
    lines = [f"{day.isoformat()}\t{days[day]}" for day in sorted(days)]
    source = _file_source(lines)
    if name and _parse(source, years) == days:
        user_cache.write(_FOLDER, name, source)


def _name(place: tuple[str, str], years: Collection[int]) -> str:
    """Return the name of the file; "" where the version of the library is not known."""
    version = _library_version()
    if version is None:
        return ""
    asked = repr((__version__, place, sorted(years))).encode()
    return sha256(version, b"\n", asked)


def _library_version() -> bytes | None:
    """Return the file in which the library states its version, without loading the library."""
    try:
        module = importlib.util.find_spec("holidays")
        if module is None or not module.origin:
            return None
        file = Path(module.origin).with_name("version.py")
        return f"{file}\n".encode() + file.read_bytes()
    except (OSError, ValueError, ImportError):
        return None


def _file_source(lines: list[str]) -> bytes:
    text = "\n".join([_TITLE, *lines, ""])
    return f"{text}{_digest(text)}\n".encode()


def _digest(text: str) -> str:
    return "sha256:" + sha256(text.encode())


def _parse(source: bytes, years: Collection[int]) -> dict[date, str] | None:
    """Return the days of a file; None if anything about it is odd."""
    try:
        text, newline, rest = source.decode("utf-8").rpartition("\nsha256:")
    except UnicodeDecodeError:
        return None
    if not newline or f"sha256:{rest}" != f"{_digest(text + newline[0])}\n":
        return None
    title, *lines = text.split("\n")
    days: dict[date, str] = {}
    for line in lines:
        match = _DAY.fullmatch(line)
        if match is None:
            return None
        try:
            day = date.fromisoformat(match.group(1))
        except ValueError:
            return None
        if day.year not in years:
            return None
        days[day] = match.group(2)
    is_whole = title == _TITLE and list(days) == sorted(days) and len(days) == len(lines)
    return days if is_whole else None

"""Which files belong to a document kind: patterns, and exceptions from them.

`*` stands for anything within one segment of a path; a segment `**` for any number of segments,
also none. At the end of a pattern `**` stands for at least one, since files have names.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from launchpolicy.vocabulary.named_tuple import NamedTuple

ANY_DEPTH = "**"


class FilePatterns(NamedTuple):
    """The files of a kind: those that one of `files` matches and none of `exceptions`."""

    files: tuple[str, ...]
    exceptions: tuple[str, ...] = ()

    def matches(self, path: str) -> bool:
        """Return whether the file at `path` is one of them."""
        return _matches_any(self.files, path) and not self.excepts(path)

    def excepts(self, path: str) -> bool:
        """Return whether an exception names the file at `path`."""
        return bool(self.exceptions) and _matches_any(self.exceptions, path)

    def excepts_all_below(self, path: str) -> bool:
        """Return whether an exception surely names every file below the folder `path`.

        False where that takes several exceptions together.
        """
        return any(
            exception.endswith(f"/{ANY_DEPTH}")
            and any(
                _matches(exception.removesuffix(f"/{ANY_DEPTH}"), folder)
                for folder in _with_parents(path)
            )
            for exception in self.exceptions
        )

    def enter(self, path: str) -> bool:
        """Return whether a pattern names `path` as a folder, so that files stand below it.

        What `**` stands for may be any folder, and names none.
        """
        return any(_enters(pattern, path) for pattern in self.files)

    def pattern_of(self, path: str) -> str:
        """Return the first pattern that matches the file at `path`; the first of all if none."""
        return next((pattern for pattern in self.files if _matches(pattern, path)), self.files[0])

    def may_meet(self, other: FilePatterns) -> bool:
        """Return whether both may have a file in common; False only if they certainly have none."""
        return any(_begin_alike(ours, theirs) for ours in self.files for theirs in other.files)

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folders below which all files stand, none within another, in order.

        "" is the top level.
        """
        folders = sorted({fixed_folder(pattern) for pattern in self.files})
        kept: list[str] = []
        for folder in folders:
            if not any(is_within(folder, other) for other in kept):
                kept.append(folder)
        return tuple(kept)

    @property
    def wording(self) -> str:
        """Return the patterns as a message quotes them: `proposals/**, not proposals/old/**`."""
        without = f", not {', '.join(self.exceptions)}" if self.exceptions else ""
        return ", ".join(self.files) + without

    def example(self, name: str) -> str:
        """Return a path that the first pattern matches, with `name` in place of what it leaves."""
        segments = [name if s == ANY_DEPTH else s for s in self.files[0].split("/")]
        return "/".join(segments).replace("*", name)


def is_within(path: str, folder: str) -> bool:
    """Return whether `path` is `folder` or stands below it; "" is the top level."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def segment_pattern(glob: str, of_star: str = "[^/]*") -> str:
    """Return the regular expression of one segment of a pattern, which is no `**`."""
    return re.escape(glob).replace(r"\*", of_star)


def _enters(pattern: str, path: str) -> bool:
    folders = list(itertools.takewhile(lambda step: step != ANY_DEPTH, pattern.split("/")[:-1]))
    steps = path.split("/")
    return len(steps) <= len(folders) and all(
        re.fullmatch(segment_pattern(folder), step)
        for folder, step in zip(folders, steps, strict=False)
    )


def _with_parents(path: str) -> Iterator[str]:
    steps = path.split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps) + 1))


def _begin_alike(one: str, other: str) -> bool:
    """Return whether the folders before the first `*` of two patterns may be the same."""
    for ours, theirs in zip(one.split("/"), other.split("/"), strict=False):
        if "*" in ours or "*" in theirs:
            return True
        if ours != theirs:
            return False
    return True


def fixed_folder(pattern: str) -> str:
    """Return the folder before the first `*` of a pattern; "" is the top level."""
    return pattern.split("*", 1)[0].rpartition("/")[0]


def _matches_any(patterns: tuple[str, ...], path: str) -> bool:
    return _expression(patterns).fullmatch(path) is not None


def _matches(pattern: str, path: str) -> bool:
    return _expression((pattern,)).fullmatch(path) is not None


@functools.cache
def _expression(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_regular, patterns)))


def _regular(pattern: str) -> str:
    """Return one pattern as a regular expression."""
    *folders, name = pattern.split("/")
    pieces = [
        "(?:[^/]+/)*" if folder == ANY_DEPTH else segment_pattern(folder) + "/"
        for folder in folders
    ]
    pieces.append("(?:[^/]+/)*[^/]+" if name == ANY_DEPTH else segment_pattern(name))
    return "".join(pieces)

"""Files that look like requests of a kind, by path or by content, but that no kind reads."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from launchpolicy.documents.headings import headings, headings_of_whole, mentions, plain
from launchpolicy.requests.kinds import Kind, value_at

APPROVALS = "approvals"
"""The folder beside requests that holds what is signed about them, and no request."""

_YAML_SUFFIXES = (".yaml", ".yml")
_DATA_SUFFIXES = (*_YAML_SUFFIXES, ".json")
_DATA_NAME = re.compile(r"\.(ya?ml|json[5cl]?)(?![a-z0-9])", re.IGNORECASE)
_TEXT_NAME = re.compile(
    r"\.(te?xt|md|markdown|conf|cfg|te?mpl|tpl|j2|template|bak|old|orig)$", re.IGNORECASE
)
"""Names of text, which is looked into as a whole: one that quotes a request is none."""


def expected_path(kind: Kind, path: str) -> str | None:
    """Return the path under which a file beside the requests of `kind` would be read as one."""
    pattern, file = PurePosixPath(kind.files), PurePosixPath(path)
    if len(pattern.parts) != len(file.parts) or file.suffix.lower() not in _YAML_SUFFIXES:
        return None
    name = pattern.name if "*" not in pattern.name else file.stem + pattern.suffix
    expected = str(file.with_name(name))
    return expected if expected != path and kind.matches(expected) else None


def resembles(kind: Kind, path: str) -> bool:
    """Return whether a file that `kind` does not read has a name and a folder like its requests.

    Letter case, look-alike forms of a character, invisible ones, further suffixes and the depth
    below the folder of the kind make no difference.
    """
    *folders, name = plain(path).split("/")
    *pattern_folders, pattern = plain(kind.files).split("/")
    if "*" in pattern:
        is_named_alike = name.endswith(_DATA_SUFFIXES)
    else:
        stem = pattern.partition(".")[0]
        is_named_alike = name == stem or (
            name.partition(".")[0] == stem and _DATA_NAME.search(name) is not None
        )
    if not is_named_alike or folders[-1:] == [APPROVALS]:
        return False
    fixed = plain(kind.folder).split("/") if kind.folder else []
    is_below = bool(fixed) and folders[: len(fixed)] == fixed
    return is_below or _match(pattern_folders, folders)


def leads_through(kind: Kind, path: str) -> bool:
    """Return whether requests of `kind`, or what is signed about them, stand below `path`.

    If so, it has to be a folder.
    """
    steps = plain(path).split("/")
    folders = plain(kind.files).split("/")[:-1]
    if len(steps) > len(folders):
        return steps[-1] == APPROVALS and _match(folders, steps[:-1])
    return _match(folders[: len(steps)], steps)


def is_worth_reading(path: str, kinds: Iterable[Kind]) -> bool:
    """Return whether a file is looked into, to see whether it says that it is a request."""
    plain_path = plain(path)
    if _DATA_NAME.search(plain_path) or _TEXT_NAME.search(plain_path):
        return True
    return _is_near(plain_path, kinds)


def _is_near(plain_path: str, kinds: Iterable[Kind]) -> bool:
    """Return whether a file lies below the folder of a kind, or has the name of its requests."""
    stem = plain_path.rpartition("/")[2].partition(".")[0]
    for kind in kinds:
        name = plain(kind.files.rpartition("/")[2])
        is_below = kind.folder != "" and plain_path.startswith(f"{plain(kind.folder)}/")
        if is_below or stem == name.partition(".")[0]:
            return True
    return False


def kind_by_content(path: str, source: bytes, kinds: Iterable[Kind]) -> Kind | None:
    """Return the kind whose request a file says that it is, in whatever form; None if none.

    Text elsewhere is one only as a whole: prose or Markdown that quotes a request is none.
    """
    kinds = tuple(kinds)
    marks = [(*_mark(kind), kind) for kind in kinds if _mark(kind) != ("", "")]
    if not mentions(source, [version for version, _, _ in marks]):
        return None
    is_data = _DATA_NAME.search(plain(path)) is not None
    is_near = is_data or _is_near(plain(path), kinds)
    claims = headings(source, lines=is_data) if is_near else headings_of_whole(source)
    for heading in claims:
        for version, name, kind in marks:
            if heading.kind == name and heading.api_version.startswith(version):
                return kind
    return None


def _mark(kind: Kind) -> tuple[str, str]:
    """Return how the `apiVersion` of a kind begins and what `kind` is; empty if it has neither."""
    version = value_at(kind.schema, ("properties", "apiVersion", "const"))
    name = value_at(kind.schema, ("properties", "kind", "const"))
    if not isinstance(version, str) or not isinstance(name, str):
        return "", ""
    group, slash, _ = plain(version).partition("/")
    return group + slash, plain(name)


def _match(pattern: Sequence[str], segments: Sequence[str]) -> bool:
    """Return whether segments of a path match those of a glob, one by one."""
    return len(pattern) == len(segments) and all(
        _segment(glob).fullmatch(segment) for glob, segment in zip(pattern, segments, strict=True)
    )


@functools.cache
def _segment(glob: str) -> re.Pattern[str]:
    return re.compile(re.escape(glob).replace(r"\*", ".*"))

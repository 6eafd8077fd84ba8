"""Files that look like requests of a kind, by path or by content, but that no kind reads."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from launchpolicy.documents.decoding import hidden_character
from launchpolicy.documents.headings import headings, headings_of_whole, mentions, plain
from launchpolicy.requests.file_patterns import (
    ANY_DEPTH,
    FilePatterns,
    fixed_folder,
    segment_pattern,
)
from launchpolicy.requests.kinds import Kind, value_at

APPROVALS = "approvals"
"""The folder beside requests that holds what is signed about them, and no request."""

_YAML_SUFFIXES = (".yaml", ".yml")
_DATA_SUFFIXES = (*_YAML_SUFFIXES, ".json")
# Patterns are compiled at first use: most checks meet no such file.
_DATA_NAME = r"(?i)\.(ya?ml|json[5cl]?)(?![a-z0-9])"
_TEXT_NAME = r"(?i)\.(te?xt|md|markdown|conf|cfg|te?mpl|tpl|j2|template|bak|old|orig)$"
"""Names of text, which is looked into as a whole: one that quotes a request is none."""


_COPY_NAME = (
    r"\.(te?xt|conf|cfg|ini|toml|hjson|jsonnet|te?mpl|tpl|j2|template|bak|old|orig|save|swp|copy"
    r"|dist|sample|example)$"
)
"""Suffixes of copies, templates and other data, as `plain` writes them."""


def expected_path(kind: Kind, path: str, *, in_any_folder: bool = False) -> str | None:
    """Return the path under which a file beside the requests of `kind` would be read as one.

    With `in_any_folder` also where no folder is known for such requests, as of `**/OWNERS`.
    """
    file = PurePosixPath(path)
    if file.suffix.lower() not in _YAML_SUFFIXES or kind.files.excepts(path):
        return None
    for written in kind.files.files:
        pattern = PurePosixPath(written)
        has_fixed_name = "*" not in pattern.name
        if has_fixed_name and not in_any_folder and not fixed_folder(written):
            continue
        name = pattern.name if has_fixed_name else file.stem + pattern.suffix
        expected = str(file.with_name(name))
        if expected != path and kind.matches(expected):
            return expected
    return None


def resembles(kind: Kind, path: str) -> bool:
    """Return whether a file that `kind` does not read has a name and a folder like its requests.

    Letter case, look-alike forms of a character, invisible ones, further suffixes and the depth
    below the folder of the kind make no difference. What an exception of the kind names is none.
    """
    if kind.files.excepts(path):
        return False
    steps = plain(path).split("/")
    return any(_resembles(plain(pattern).split("/"), steps) for pattern in kind.files.files)


def _resembles(pattern: Sequence[str], path: Sequence[str]) -> bool:
    pattern_name, name = pattern[-1], path[-1]
    if "*" in pattern_name:
        is_named_alike = name.endswith(_DATA_SUFFIXES)
    else:
        stem = pattern_name.partition(".")[0]
        is_named_alike = name == stem or (
            name.partition(".")[0] == stem and re.search(_DATA_NAME, name) is not None
        )
    return is_named_alike and _is_in_folder_alike(pattern, path[:-1])


def _is_in_folder_alike(pattern: Sequence[str], folders: Sequence[str]) -> bool:
    if folders[-1:] == [APPROVALS]:
        return False
    fixed = "/".join(pattern).split("*", 1)[0].split("/")[:-1]
    is_below = bool(fixed) and folders[: len(fixed)] == fixed
    return is_below or _match(pattern[:-1], folders)


def has_path_alike(kind: Kind, path: str) -> bool:
    """Return whether a file that `kind` does not read has a path like those of its requests.

    Letter case, look-alike forms of a character, invisible ones, spaces around a name and marks of
    editors behind it make no difference. What an exception of the kind names is none.
    """
    return not kind.files.excepts(path) and _has_path_alike(kind, _looks(path))


def has_name_alike(kind: Kind, path: str) -> bool:
    """Return whether a file that `kind` does not read is called like its requests, or a copy.

    As `resembles`, with more suffixes, and names without any.
    """
    return not kind.files.excepts(path) and _has_name_alike(kind, _looks(path))


def may_be_alike(path: str, kinds: Iterable[Kind]) -> bool:
    """Return whether a file may look like one of any kind: exceptions aside, so it is cheap."""
    looks = _looks(path)
    return any(_has_path_alike(kind, looks) or _has_name_alike(kind, looks) for kind in kinds)


def _has_path_alike(kind: Kind, looks: Sequence[str]) -> bool:
    return _plain_patterns(kind.files.files).matches("/".join(looks))


def _has_name_alike(kind: Kind, looks: Sequence[str]) -> bool:
    for pattern in _plain_patterns(kind.files.files).files:
        if _is_named_closely(pattern.rpartition("/")[2], looks[-1]) and _is_in_folder_alike(
            pattern.split("/"), looks[:-1]
        ):
            return True
    return False


@functools.cache
def _plain_patterns(files: tuple[str, ...]) -> FilePatterns:
    return FilePatterns(tuple(map(plain, files)))


def _is_named_closely(pattern_name: str, name: str) -> bool:
    if "*" in pattern_name:
        of_data = pattern_name.endswith(_DATA_SUFFIXES)
        is_data = of_data and re.search(_DATA_NAME, name) is not None
        return is_data or name.endswith(_DATA_SUFFIXES)
    stem = _stem(pattern_name)
    if name == stem or _stem(name) != stem:
        return name == stem
    return re.search(_DATA_NAME, name) is not None or re.search(_COPY_NAME, name) is not None


def _stem(name: str) -> str:
    """Return what stands before the first dot, besides one at the beginning."""
    return name[:1] + name[1:].partition(".")[0].rstrip()


def _looks(path: str) -> list[str]:
    """Return the steps of a path as they look, without what hardly shows around them."""
    text = plain(path)
    if not text.isascii() or not text.isprintable():
        while hidden := hidden_character(text):
            text = text.replace(hidden.group(), "")
    return [step.strip().rstrip("~. ") or step for step in text.split("/")]


def request_in_folder(kind: Kind, path: str) -> str | None:
    """Return the request with a fixed name that would stand in the folder of a file, if any."""
    folder = path.rpartition("/")[0]
    for written in kind.files.files:
        name = written.rpartition("/")[2]
        request = f"{folder}/{name}" if folder else name
        if "*" not in name and kind.matches(request):
            return request
    return None


def leads_through(kind: Kind, path: str) -> bool:
    """Return whether requests of `kind`, or what is signed about them, stand below `path`.

    If so, it has to be a folder.
    """
    if kind.files.excepts_all_below(path):
        return False
    steps = plain(path).split("/")
    return any(_leads_through(plain(p).split("/")[:-1], steps) for p in kind.files.files)


def _leads_through(folders: Sequence[str], steps: Sequence[str]) -> bool:
    if ANY_DEPTH in folders:
        before = folders[: folders.index(ANY_DEPTH)]
        if len(steps) > len(before):
            return _match(before, steps[: len(before)])
    if len(steps) > len(folders):
        return steps[-1] == APPROVALS and _match(folders, steps[:-1])
    return _match(folders[: len(steps)], steps)


def is_worth_reading(path: str, kinds: Iterable[Kind]) -> bool:
    """Return whether a file is looked into, to see whether it says that it is a request."""
    plain_path = plain(path)
    if re.search(_DATA_NAME, plain_path) or re.search(_TEXT_NAME, plain_path):
        return True
    return _is_near(plain_path, kinds)


def _is_near(plain_path: str, kinds: Iterable[Kind]) -> bool:
    """Return whether a file lies below the folder of a kind, or has the name of its requests."""
    stem = plain_path.rpartition("/")[2].partition(".")[0]
    for kind in kinds:
        folders = (plain(folder) for folder in kind.files.folders if folder)
        if any(plain_path.startswith(f"{folder}/") for folder in folders):
            return True
        names = (plain(pattern.rpartition("/")[2]) for pattern in kind.files.files)
        if stem in [name.partition(".")[0] for name in names]:
            return True
    return False


def kind_by_content(path: str, source: bytes, kinds: Iterable[Kind]) -> Kind | None:
    """Return the kind whose request a file says that it is, in whatever form; None if none.

    Text elsewhere is one only as a whole: prose or Markdown that quotes a request is none.
    """
    kinds = tuple(kind for kind in kinds if not kind.files.excepts(path))
    marks = [(*_mark(kind), kind) for kind in kinds if _mark(kind) != ("", "")]
    if not mentions(source, [version for version, _, _ in marks]):
        return None
    is_data = re.search(_DATA_NAME, plain(path)) is not None
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
    """Return whether the folders of a path match those of a glob."""
    if ANY_DEPTH in pattern:
        folders = "".join(f"{segment}/" for segment in segments)
        return _any_depth("/".join(pattern)).fullmatch(folders) is not None
    return len(pattern) == len(segments) and all(
        _segment(glob).fullmatch(segment) for glob, segment in zip(pattern, segments, strict=True)
    )


@functools.cache
def _segment(glob: str) -> re.Pattern[str]:
    return re.compile(segment_pattern(glob, ".*"))


@functools.cache
def _any_depth(folders: str) -> re.Pattern[str]:
    pieces = (
        "(?:[^/]+/)*" if folder == ANY_DEPTH else f"{segment_pattern(folder)}/"
        for folder in folders.split("/")
    )
    return re.compile("".join(pieces))

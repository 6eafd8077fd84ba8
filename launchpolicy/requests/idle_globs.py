"""Globs that name no file: fine for one that comes later, useless where it is misspelt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from launchpolicy.requests.globs import matches_any
from launchpolicy.vocabulary.named_tuple import NamedTuple

_ALIKE = 0.9


class IdleGlob(NamedTuple):
    """A glob that names no file, and the file that was probably meant, "" for none.

    No other glob of the list names that file.
    """

    glob: str
    near: str


def idle_globs(globs: Sequence[str], paths: Iterable[str]) -> Iterator[IdleGlob]:
    """Yield each glob that names none of the files at `paths`, nor a folder that one is in."""
    every = sorted(set(paths))
    idle = [glob for glob in globs if not any(matches_any((glob,), path) for path in every)]
    if not idle:
        return
    others = [path for path in every if not matches_any(globs, path)]
    places = {_plain(place): place for path in others for place in _places(path)}
    for glob in idle:
        near = get_close_matches(_plain(glob), places, n=1, cutoff=_ALIKE)
        yield IdleGlob(glob, places[near[0]] if near else "")


def _places(path: str) -> Iterator[str]:
    """Yield a path, and the folders that it is in."""
    steps = path.split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps) + 1))


def _plain(place: str) -> str:
    """Return a place without the signs of a glob, in one case and one normal form."""
    bare = "/".join(step for step in place.split("/") if step.strip("*"))
    return unicodedata.normalize("NFKC", bare).casefold()

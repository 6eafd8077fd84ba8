"""Lookups: documents that a policy or a kind names by an expression, to be judged beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.vocabulary.named_tuple import NamedTuple


class Lookup(NamedTuple):
    """One lookup: expressions read it as `lookups.NAME`.

    `kind` is the name of a document kind, `path` a CEL expression that gives the path of a document
    of that kind, from the top of the launch repository; with `gives_paths` a list of them. In its
    place may stand `files`, patterns that name all documents of the kind that match.
    """

    name: str
    kind: str
    path: str
    gives_paths: bool = False
    files: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Return whether `lookups.NAME` is a list, of any number of documents."""
        return self.gives_paths or bool(self.files)

    @property
    def key(self) -> str:
        """Return the key under which it says where the documents are."""
        return "files" if self.files else "paths" if self.gives_paths else "path"

    @property
    def wording(self) -> str:
        """Return where the documents are, as it was written."""
        return ", ".join(self.files) or self.path

    def settings(self) -> list[Any]:
        """Return what decides about it, for digests; one of one document as in earlier times."""
        where = {self.key: list(self.files) or self.path} if self.is_list else self.path
        return [self.name, self.kind, where]


def lookups_of(data: Iterable[Mapping[str, Any]]) -> tuple[Lookup, ...]:
    """Return the lookups of a validated list in a policy or a configuration."""
    return tuple(map(_lookup, data))


def _lookup(item: Mapping[str, Any]) -> Lookup:
    files = item.get("files", ())
    return Lookup(
        item["name"],
        item["kind"],
        item.get("path", item.get("paths", "")),
        gives_paths="paths" in item,
        files=(files,) if isinstance(files, str) else tuple(files),
    )

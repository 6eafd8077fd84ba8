"""What of a source belongs to a bundle: its packs, and the files that they need beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.writing import block
from launchpolicy.hosts import shipped_files
from launchpolicy.operations.bundles.problems import (
    name_twins,
    no_packs,
    not_a_file,
    too_large,
    too_many,
    twice,
    unknown_pack,
)
from launchpolicy.operations.rules.bundle_locks import LARGEST_FILE
from launchpolicy.policy.pack_files import PACK_FILE
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry

_MOST_FILES = 1_500
"""Files of one bundle; a lock of so many can still be read."""

_FILES = ("file", "schema")
"""The keys of a declaration that name a file of its own."""


class BundleContent(NamedTuple):
    """The files of a bundle, by path in its folder, and the names of its packs.

    `needs` is what a configuration must declare for the packs to load, as lines of YAML.
    """

    files: Mapping[str, bytes]
    packs: tuple[str, ...]
    needs: str = ""


def content_of(snapshot: Snapshot, folder: str, names: Sequence[str]) -> BundleContent:
    """Return the files of a source that belong to a bundle with these packs (none: all).

    Args:
        snapshot: the source.
        folder: where the bundle will stand.
        names: the packs that are asked for.

    Raises:
        UsageError: a pack is not there, or a file is none that may be copied.
        UndecidedError: a file cannot be read.
    """
    folders = _pack_folders(snapshot)
    if not folders:
        raise no_packs(snapshot.label)
    for name in names:
        if name not in folders:
            raise unknown_pack(name, sorted(folders))
    packs = tuple(sorted(names or folders))
    entries: dict[str, SnapshotEntry] = {}
    for name in packs:
        for entry in snapshot.entries(folders[name]):
            path = entry.path.removeprefix(f"{folders[name]}/" if folders[name] else "")
            entries[f"packs/{name}/{path}"] = entry
    text = "\n".join(
        data.decode("utf-8", "replace") for _, data in _contents(snapshot, entries.items())
    )
    needed = _needs_of(_configuration(snapshot), text)
    for path in _needed_files(needed):
        own = snapshot.entry(path)
        if own is not None:
            entries[f"files/{path}"] = own
    _require_apart(entries)
    files = dict(_contents(snapshot, entries.items()))
    moved = {
        key: [_in_folder(_with_packs(item, packs), folder) for item in items]
        for key, items in needed.items()
    }
    needs = block(moved, lambda *_: "") if moved else ""
    return BundleContent(files, packs, needs)


def _pack_folders(snapshot: Snapshot) -> dict[str, str]:
    """Return the folder of every pack of a source, by name; a source may also be a pack itself.

    Raises:
        UsageError: two have the same name.
    """
    folders: dict[str, str] = {}
    if (own := _own_name(snapshot)) is not None:
        return {own: ""}
    for entry in snapshot.entries():
        folder, _, file = entry.path.rpartition("/")
        if file == PACK_FILE and folder and "/cases/" not in f"/{folder}/":
            name = folder.rpartition("/")[2]
            if name in folders:
                raise twice(name, folders[name], folder)
            folders[name] = folder
    return folders


def _own_name(snapshot: Snapshot) -> str | None:
    """Return what a source calls itself that is a pack; None for one that holds packs."""
    entry = snapshot.entry(PACK_FILE)
    if entry is None or entry.mode not in REGULAR_MODES:
        return None
    (blob,) = snapshot.read([entry], LARGEST_FILE)
    document = read(PACK_FILE, blob.data or b"")
    schema = shipped_files.schema("Pack").data
    if not isinstance(document, Document) or not schema.accepts(document.data):
        return None
    data: Any = document.data
    name: str = data["metadata"]["name"]
    return name


def _contents(
    snapshot: Snapshot, entries: Iterable[tuple[str, SnapshotEntry]]
) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of entries, by their path in the bundle.

    Raises:
        UsageError: one is a link or a submodule, or too large.
    """
    listed = list(entries)
    for _, entry in listed:
        if entry.mode not in REGULAR_MODES:
            raise not_a_file(entry.path)
    if len(listed) > _MOST_FILES:
        raise too_many(_MOST_FILES)
    blobs = snapshot.read([entry for _, entry in listed], LARGEST_FILE)
    for (path, entry), blob in zip(listed, blobs, strict=True):
        if blob.data is None:
            raise too_large(entry.path, LARGEST_FILE)
        yield path, blob.data


def _require_apart(paths: Iterable[str]) -> None:
    """Require that no two paths are one on a file system that ignores case.

    Raises:
        UsageError: two are.
    """
    seen: dict[str, str] = {}
    for path in paths:
        folded = path.casefold()
        if folded in seen:
            raise name_twins(seen[folded], path)
        seen[folded] = path


def _configuration(snapshot: Snapshot) -> Mapping[str, Any]:
    """Return the plain data of a source's configuration; {} where there is none to use."""
    entry = snapshot.entry(FILE)
    if entry is None or entry.mode not in REGULAR_MODES:
        return {}
    (blob,) = snapshot.read([entry], LARGEST_FILE)
    document = read(FILE, blob.data or b"")
    schema = shipped_files.schema("Configuration").data
    if not isinstance(document, Document) or not schema.accepts(document.data):
        return {}
    data: Any = document.data
    return dict(data)


def _needs_of(configuration: Mapping[str, Any], text: str) -> dict[str, list[Any]]:
    """Return the kinds and data that a source declares and the texts of the packs name.

    What such a kind looks up is needed too.
    """
    kinds = {kind["name"]: kind for kind in configuration.get("kinds", ())}
    open_names = [name for name in kinds if name in text]
    needed: list[str] = []
    while open_names:
        name = open_names.pop(0)
        if name not in needed and name in kinds:
            needed.append(name)
            open_names += [lookup["kind"] for lookup in kinds[name].get("lookups", ())]
    data = [item for item in configuration.get("data", ()) if f"data.{item['name']}" in text]
    declarations = {"kinds": [kinds[name] for name in needed], "data": data}
    return {key: items for key, items in declarations.items() if items}


def _with_packs(declaration: Mapping[str, Any], packs: Sequence[str]) -> Mapping[str, Any]:
    """Return the declaration of a kind without the packs that do not come along."""
    if "packs" not in declaration:
        return declaration
    own = [name for name in declaration["packs"] if name in packs]
    rest = {key: value for key, value in declaration.items() if key != "packs"}
    return {**rest, "packs": own} if own else rest


def _in_folder(declaration: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Return a declaration whose own files stand in the folder of the bundle."""
    moved = {key: f"{folder}/files/{declaration[key]}" for key in _FILES if key in declaration}
    return {**declaration, **moved}


def _needed_files(needed: Mapping[str, list[Any]]) -> Iterator[str]:
    for key, declarations in needed.items():
        for declaration in declarations:
            yield declaration["schema"] if key == "kinds" else declaration["file"]
            if key == "data" and "schema" in declaration:
                yield declaration["schema"]

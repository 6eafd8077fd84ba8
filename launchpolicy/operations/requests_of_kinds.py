"""Find documents of a repository's own kinds by what people call them: a folder, an id, a path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.document_name import name_of
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root, relative_to_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.rules.declared_kinds import declared_kinds
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.configuration import REQUEST_FILE
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, SnapshotEntry, read_one
from launchpolicy.vocabulary.text import Text

_FEW = 3


def document_named(root: Path, name: str) -> Path | None:
    """Return the file whose document is called `name`; None where there is none.

    A review often has the id of what it reviews: the kind that the configuration declares first
    has precedence.

    Raises:
        UsageError: several documents of that kind are called so.
        MalformedRulesError: the configuration is not right.
    """
    files = work_tree(root)
    for kind in _own_kinds(files).values():
        paths = [
            entry.path for entry in _entries(files, kind) if _is_named(files, kind, entry, name)
        ]
        if len(paths) > 1:
            raise _several(name, paths)
        if paths:
            return root / paths[0]
    return None


def is_path_of_kind(start: Path, path: Path) -> bool:
    """Return whether a path, at which there need be no file, is one of a declared kind.

    Raises:
        MalformedRulesError: the configuration is not right.
    """
    root = launch_root(start)
    if root is None:
        return False
    try:
        relative = relative_to_root(root, path)
    except UsageError:
        return False
    return any(kind.matches(relative) for kind in _own_kinds(work_tree(root)).values())


def file_in_folder(root: Path, request: Path) -> Path:
    """Return the one document of a kind of one's own below a folder, else what is given.

    Raises:
        UsageError: there are several below it.
        MalformedRulesError: the configuration is not right.
    """
    if not request.is_dir() or (request / REQUEST_FILE).exists():
        return request
    files, folder = work_tree(root), relative_to_root(root, request)
    within = f"{folder}/" if folder else ""
    kinds = _own_kinds(files).values()
    paths = [
        entry.path
        for entry in files.entries(folder)
        if entry.path.startswith(within) and any(kind.matches(entry.path) for kind in kinds)
    ]
    if len(paths) > 1:
        raise _several(str(request), paths)
    return root / paths[0] if paths else request


def _own_kinds(files: WorkTreeSnapshot) -> Mapping[str, Kind]:
    file, configuration = load_configuration(files)
    if not configuration.kinds:
        return {}
    kinds = declared_kinds(files, file, configuration)
    return {name: kind for name, kind in kinds.items() if name not in shipped_files.KINDS}


def _entries(files: WorkTreeSnapshot, kind: Kind) -> Iterator[SnapshotEntry]:
    for folder in kind.files.folders:
        for entry in files.entries(folder):
            if entry.mode in REGULAR_MODES and kind.matches(entry.path):
                yield entry


def _is_named(files: WorkTreeSnapshot, kind: Kind, entry: SnapshotEntry, name: str) -> bool:
    data = read_one(files, entry, kind.reading.max_bytes).data
    if kind.reading.is_stream:
        from launchpolicy.operations.submissions.document_streams import ids_in  # noqa: PLC0415 (rare)

        return data is not None and name in ids_in(kind, entry.path, data)
    document = read(entry.path, data, kind.reading) if data is not None else None
    return isinstance(document, Document) and name_of(kind, document) == name


def _several(name: str, paths: list[str]) -> UsageError:
    english, chinese = (
        joint.join(islice(paths, _FEW)) + (rest if len(paths) > _FEW else "")
        for joint, rest in ((", ", " and more"), ("、", " 等"))
    )
    return UsageError(
        Text(
            f"{name} names {len(paths)} requests: {english}.",
            f"{name} 对应 {len(paths)} 份申请：{chinese}。",
        ),
        Text("Name the file of one of them.", "请指定其中一份的文件。"),
    )

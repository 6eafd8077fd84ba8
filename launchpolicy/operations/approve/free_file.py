"""Choose the file for an approval, so that none of another document is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from launchpolicy.documents.reading import Document, read
from launchpolicy.hosts import whole_files
from launchpolicy.operations.approvals.bound_document import BoundDocument
from launchpolicy.operations.approvals.signed_files import approval_place
from launchpolicy.requests.kinds import Kind, value_at


def free_file(root: Path, kind: Kind, path: str, bound: BoundDocument, person: str) -> str:
    """Return the path of the file in which a person approves the document of a kind at `path`.

    It is the first of its names that is free, or holds an approval of that very kind.

    Args:
        root: the top of the launch repository.
        kind: that of the document.
        path: where the document stands.
        bound: which document it is.
        person: the person's id.
    """
    place = approval_place(kind, path, document=bound.document)
    files = [f"{place.folder}/{stem}.yaml" for stem in place.stems_of_person(person)]
    free = (file for file in files if _is_free(root, file, kind.name))
    return next(free, files[0])


def _is_free(root: Path, file: str, kind: str) -> bool:
    source = whole_files.content(root, file)
    document = read(file, source) if source is not None else None
    data: Any = document.data if isinstance(document, Document) else None
    return value_at(data, ("spec", "of", "kind")) in {None, kind}

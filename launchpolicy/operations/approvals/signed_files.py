"""Find the files in which signed approvals of a document stand: by their place and name alone.

Only the files that are named after the document and after persons of the directory are read:
however many others there are, they decide nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from launchpolicy.facts.approvals.file_names import (
    SUFFIXES,
    approval_folder,
    file_stem,
    further_stem,
)
from launchpolicy.policy.edition import EDITION, FIRST_EDITION, SEVENTH_EDITION
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

_MANY = 200
_FEW = 20


class ApprovalPlace(NamedTuple):
    """Where the approvals of one document stand: beside `path`, of a kind with the files `files`.

    `kind` is the name of the kind. `edition` is that of the program by which they count. Of a kind
    whose files hold many (`is_stream`) `document` is the id, "" where a file itself says it.
    """

    kind: str
    files: str
    path: str
    edition: int = EDITION
    is_stream: bool = False
    document: str = ""

    def stems_of_person(self, person: str, document: str = "") -> tuple[str, ...]:
        """Return the names, without suffix, of the files in which a person may approve it.

        The second is used where the first holds an approval of another document in the folder.
        """
        of = (self.files, self.path, person, self.document or document)
        further = further_stem(*of) if self.edition > SEVENTH_EDITION else ""
        return (file_stem(*of), further) if further else (file_stem(*of),)

    @property
    def folder(self) -> str:
        """Return the folder of the approvals, which other documents may share."""
        return approval_folder(self.path)


def approval_place(
    kind: Kind, path: str, edition: int = EDITION, document: str = ""
) -> ApprovalPlace:
    """Return where the approvals of a document of `kind` at `path` stand."""
    files, is_stream = kind.files.pattern_of(path), kind.reading.is_stream
    return ApprovalPlace(kind.name, files, path, edition, is_stream, document if is_stream else "")


def approval_files(
    snapshot: Snapshot, place: ApprovalPlace, directory: Directory
) -> tuple[list[SnapshotEntry], list[SnapshotEntry]]:
    """Return the files in which approvals of a document may stand, and others beside it.

    The others are named after nobody; some of them are returned, so that the report names them.

    Raises:
        UndecidedError: by the first edition, there are more than any quorum could ask for.
    """
    if place.edition == FIRST_EDITION:
        return _every_file(snapshot, place.path), []
    entries = [entry for entry in snapshot.entries(place.folder) if _is_direct(entry, place)]
    stems = {stem for person in directory.people for stem in place.stems_of_person(person.name)}
    named = [entry for entry in entries if stem_of(entry.path) in stems]
    if place.is_stream or "*" in place.files.rpartition("/")[2]:
        return named, []
    return named, [entry for entry in entries if stem_of(entry.path) not in stems][:_FEW]


def _is_direct(entry: SnapshotEntry, place: ApprovalPlace) -> bool:
    return entry.path.endswith(SUFFIXES) and entry.path.rpartition("/")[0] == place.folder


def stem_of(path: str) -> str:
    """Return the name of a file without its suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _every_file(snapshot: Snapshot, request: str) -> list[SnapshotEntry]:
    folder = approval_folder(request)
    entries = [entry for entry in snapshot.entries(folder) if entry.path.endswith(SUFFIXES)]
    if len(entries) > _MANY:
        raise _too_many(folder)
    return entries


def _too_many(folder: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"There are more than {_MANY} approvals in {folder}.",
            f"{folder} 中的审批文件超过 {_MANY} 个。",
        ),
        Text("Remove those that are not needed.", "请删除不需要的文件。"),
    )

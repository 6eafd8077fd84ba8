"""Read the waivers of the launch repository as they were at the end of a period."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.reading import Document, read
from launchpolicy.ledger.audit.facts import WaiverFile
from launchpolicy.operations.audit.rule_differences import waiver_reason
from launchpolicy.operations.ledger.branch.past_files import PastFiles
from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.snapshot import Snapshot

_SUFFIXES = (".yaml", ".yml")


def waiver_files(files: PastFiles, commit: str, folder: str) -> tuple[WaiverFile, ...] | None:
    """Return the waivers in a folder of a commit; None where nobody could look.

    One that cannot be parsed is listed under the name of its file: it is a waiver all the same.
    """
    snapshot = files.at(commit)
    if snapshot is None:
        return None
    try:
        return tuple(_waivers(files, snapshot, commit, folder))
    except LaunchpolicyError:
        return None


def _waivers(
    files: PastFiles, snapshot: Snapshot, commit: str, folder: str
) -> Iterator[WaiverFile]:
    for entry in snapshot.entries(folder):
        if not entry.path.endswith(_SUFFIXES) or "/" in entry.path.removeprefix(f"{folder}/"):
            continue
        data = files.read(commit, entry.path)
        document = read(entry.path, data) if data is not None else None
        content = document.data if isinstance(document, Document) else None
        requests = value_at(content, ("spec", "requests"))
        named = requests if isinstance(requests, list) else []
        stem = entry.path.rpartition("/")[2].rpartition(".")[0]
        yield WaiverFile(
            name=text_at(content, ("metadata", "name")) or stem,
            policy=text_at(content, ("spec", "policy")),
            requests=tuple(name for name in named if isinstance(name, str)),
            owner=text_at(content, ("spec", "owner")),
            expires=text_at(content, ("spec", "expires")),
            reason=waiver_reason(entry.path, data),
        )

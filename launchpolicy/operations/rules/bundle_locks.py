"""Hold the copies of bundles against their lock, in the snapshot that the rules are read from."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read, too_large
from launchpolicy.documents.validation import well_formed
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.bundles import (
    LockedBundle,
    file_problems,
    lock_problems,
    locked_bundles,
)
from launchpolicy.requests.bundles import LOCK, BundleDeclaration
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import START, Data, Place
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot
from launchpolicy.vocabulary.text import Text

LARGEST_FILE = 1024 * 1024
"""Bytes of the largest file that a bundle may hold."""


def require_locked(snapshot: Snapshot, declarations: tuple[BundleDeclaration, ...]) -> None:
    """Require that the copy of every bundle is, file by file, what its lock says.

    Raises:
        MalformedRulesError: a file differs, is missing or one too many, or the lock is not right.
        UndecidedError: git cannot read a file.
    """
    problems = tuple(bundle_problems(snapshot, declarations))
    if problems:
        raise MalformedRulesError(problems)


def bundle_problems(
    snapshot: Snapshot, declarations: tuple[BundleDeclaration, ...]
) -> Iterator[Finding]:
    """Yield everything in which the copies of bundles are not what their lock says.

    Raises:
        MalformedRulesError: the lock cannot be read.
        UndecidedError: git cannot read a file.
    """
    lock = lock_data(snapshot)
    locked = locked_bundles(lock)
    stated = {entry["name"]: entry["digest"] for entry in lock["bundles"]}
    for declaration in declarations:
        entry = locked.get(declaration.name)
        yield from lock_problems(declaration, entry, stated.get(declaration.name, ""))
        if entry is not None:
            digests = digests_below(snapshot, declaration.folder)
            yield from file_problems(declaration.folder, entry, digests)


def lock_data(snapshot: Snapshot) -> Data:
    """Return the plain data of the lock in a snapshot; one without bundles where there is none.

    Raises:
        MalformedRulesError: it is not right.
    """
    entry = snapshot.entry(LOCK)
    if entry is None:
        return {"bundles": []}
    if entry.mode not in REGULAR_MODES:
        raise MalformedRulesError((_not_a_file(),))
    (blob,) = snapshot.read([entry], MAX_BYTES)
    file = read(LOCK, blob.data) if blob.data is not None else too_large(LOCK, blob.size)
    document: Document = well_formed(shipped_files.schema("BundleLock").data, file)
    return document.data


def locked_in(snapshot: Snapshot) -> dict[str, LockedBundle]:
    """Return the bundles of the lock in a snapshot, by name.

    Raises:
        MalformedRulesError: it is not right.
    """
    return locked_bundles(lock_data(snapshot))


def digests_below(snapshot: Snapshot, folder: str) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its path there; "" if it is no file."""
    entries = list(snapshot.entries(folder))
    digests = {entry.path: "" for entry in entries}
    regular = [entry for entry in entries if entry.mode in REGULAR_MODES]
    for blob in snapshot.read(regular, LARGEST_FILE):
        digests[blob.entry.path] = sha256(blob.data) if blob.data is not None else "too large"
    return {path.removeprefix(f"{folder}/"): digest for path, digest in digests.items()}


def _not_a_file() -> Finding:
    return Finding(
        "rules/not-a-file",
        Text(f"{LOCK} is not a regular file.", f"{LOCK} 不是普通文件。"),
        Place(LOCK, START),
        Text("Replace the link by the file itself.", "请用文件本身替换链接。"),
    )

"""Read what a change of rules, people or waivers says: differences of files, keys, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launchpolicy.documents.reading import Document, read
from launchpolicy.ledger.audit.differences import TextDifference, difference_of
from launchpolicy.ledger.audit.facts import KeyChange
from launchpolicy.ledger.entry import Entry
from launchpolicy.operations.ledger.branch.past_files import PastFiles, digest_of_file, text_of_file
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.text import Text, text_of

_KEY = re.compile(
    r"(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-)\S+ \S+|[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}"
    r"|-----BEGIN [A-Z ]*PUBLIC KEY-----.*",
    re.DOTALL,
)
"""Public keys as people write them: of SSH, of a ledger (C2SP signed-note), PEM."""


def differences_of(entry: Entry, files: PastFiles) -> tuple[TextDifference, ...]:
    """Return the difference of each file of an entry, against the branch before it."""
    return tuple(_difference(entry, path, files) for path in _paths(entry))


def key_changes(entry: Entry, files: PastFiles) -> tuple[KeyChange, ...]:
    """Return the public keys that an entry adds or removes."""
    before: set[str] = set()
    after: set[str] = set()
    for path in _paths(entry):
        before |= set(_keys(path, files.read(entry.parent, path)))
        after |= set(_keys(path, files.read(entry.commit, path)))
    gone, new = sorted(before - after), sorted(after - before)
    removed = (KeyChange(key, is_added=False) for key in gone)
    return (*removed, *(KeyChange(key, is_added=True) for key in new))


def waiver_reason(path: str, data: bytes | None) -> Text | None:
    """Return the reason that a waiver gives; None where it gives none that can be read."""
    document = read(path, data) if data is not None else None
    reason = value_at(document.data, ("spec", "reason")) if isinstance(document, Document) else None
    try:
        return text_of(reason)
    except TypeError:
        return None


def _paths(entry: Entry) -> tuple[str, ...]:
    """Return the files of an entry: those of the rules, else that of the waiver."""
    return tuple(file.path for file in entry.files) or (entry.path,)


def _difference(entry: Entry, path: str, files: PastFiles) -> TextDifference:
    old, new = files.read(entry.parent, path), files.read(entry.commit, path)
    digests = digest_of_file(old), digest_of_file(new)
    return difference_of(path, text_of_file(old), text_of_file(new), digests)


def _keys(path: str, data: bytes | None) -> Iterator[str]:
    """Yield the keys in a YAML file; of one that cannot be parsed, those that its text shows."""
    if data is None or not path.endswith((".yaml", ".yml")):
        return
    document = read(path, data)
    if isinstance(document, Document):
        yield from _keys_in(document.data)
    else:
        yield from (match[0] for match in _KEY.finditer(data.decode("utf-8", "replace")))


def _keys_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and _KEY.match(value.strip()):
        yield value.strip()
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_in(inner)

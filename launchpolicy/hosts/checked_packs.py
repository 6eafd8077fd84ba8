"""Remembers which packs, kinds and configurations have passed their checks, and need no second one.

Only the fact is kept: a file in the user's cache, named after a digest of everything that the
checks look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from launchpolicy import __version__
from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.hosts import user_cache
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.hashing import sha256

_FOLDER = "checked-packs"


def key_of(
    folder: str,
    files: Mapping[str, Document | Refusal],
    kinds: Iterable[Kind],
    edition: int = EDITION,
) -> str | None:
    """Return the digest of a pack's texts, its kinds, this version and the edition of the checks.

    None if one is unreadable.
    """
    parts = [f"{__version__} {edition}\n{folder}\n".encode()]
    for kind in kinds:
        settings = f"{kind.name} {kind.files} {kind.schema_digest}{_lookups(kind)}\n"
        parts.append(settings.encode())
        if kind.data.values:  # which names there are, and of what type
            types = {name: kind.data.schemas.get(name) for name in kind.data.values}
            parts.append(f"data {digest_of(types)}\n".encode())
    for name, file in sorted(files.items()):
        if isinstance(file, Refusal):
            return None
        text = file.text.encode()
        parts += [f"{name} {len(text)}\n".encode(), text]
    return sha256(*parts)


def key_of_kind(kind: Kind, edition: int = EDITION) -> str:
    """Return the digest of all that the checks of a kind look at, version and edition too."""
    own = (kind.name, kind.files, kind.id, kind.schema_digest, kind.reading)
    parts = ("kind", __version__, edition, *own)
    return sha256(repr(parts).encode())


def key_of_configuration(text: str, schema_digest: str) -> str:
    """Return the digest of a configuration's text and of all that its shape is held against."""
    return sha256(repr(("configuration", __version__, schema_digest, text)).encode())


def _lookups(kind: Kind) -> str:
    return f" {kind.lookups!r}" if kind.lookups else ""


def key_of_lookups(kind: Kind, kinds: Iterable[Kind]) -> str:
    """Return the digest of all that the check of a kind's lookups looks at, and of this version."""
    known = [(other.name, other.schema_digest) for other in kinds]
    parts = ("lookups", __version__, kind.name, kind.schema_digest, kind.lookups, known)
    return sha256(repr(parts).encode())


def key_of_schema(digest: str, edition: int = EDITION) -> str:
    """Return the digest of a schema by its own, and of this version and an edition."""
    return sha256(repr(("schema", __version__, edition, digest)).encode())


def is_known(key: str) -> bool:
    """Return whether this user has checked that very pack, kind or configuration before."""
    return user_cache.exists(_FOLDER, key)


def remember(key: str) -> None:
    """Keep the fact, if there is somewhere to keep it."""
    user_cache.write(_FOLDER, key)

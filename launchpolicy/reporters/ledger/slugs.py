"""File names for launches: safe everywhere, and never the same for two."""

from __future__ import annotations

import hashlib
import re

from launchpolicy.ledger.launches import Launch

_SAFE = re.compile(r"[^a-z0-9]+")
_LONGEST = 40
_HASH = 32
"""128 bits: nobody finds two names of one digest."""


def slug(kind: str, name: str) -> str:
    """Return a file name for the launch of this kind and name.

    Lower case letters, digits and hyphens, and a digest of the exact name: so names that differ in
    case alone, in characters that file names cannot hold, or that mean something to a system
    (`..`, `CON`) make names of their own.
    """
    readable = _SAFE.sub("-", name.casefold()).strip("-")[:_LONGEST].strip("-") or "launch"
    digest = hashlib.sha256(f"{kind}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{readable}-{digest[:_HASH]}"


def launch_slug(launch: Launch) -> str:
    """Return the file name of a launch: that of its name, and its number where that is reused.

    The first launch of a name keeps its file name, whatever comes later.
    """
    name = slug(launch.kind, launch.name)
    return f"{name}-{launch.number}" if launch.is_name_reused else name

"""Read addresses of remotes, and leave out what must not be published."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

_FETCHABLE = frozenset({"https", "http", "ssh", "git"})


def without_credentials(address: str) -> str:
    """Return a URL to fetch from, without user name and password; "" for anything else."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _FETCHABLE or not host or not parts.path.strip("/"):
        return ""
    if parts.query or parts.fragment:
        return ""
    user = "git@" if parts.scheme == "ssh" else ""
    place = f"{user}{host}:{port}" if port else f"{user}{host}"
    return urlunsplit((parts.scheme, place, parts.path, "", ""))

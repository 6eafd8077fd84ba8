"""Read addresses of remotes: the repository on GitHub that one names, and what may be published."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git|git\+ssh)://(?:[^/@\s]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/"
    r"|(?:[^/@\s:]+@)?(?:ssh\.)?github\.com:/?)"
    r"(?P<name>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?",
    re.IGNORECASE,
)
_FETCHABLE = frozenset({"https", "http", "ssh", "git"})


def github_name(address: str) -> str:
    """Return OWNER/REPO of a repository on github.com; "" for every other address."""
    match = _GITHUB.fullmatch(address.strip())
    if match is None or match["name"].endswith(("/.", "/..")):
        return ""
    return match["name"]


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

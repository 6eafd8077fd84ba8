"""Addresses of remotes: which repository on GitHub one names, and what may be written down."""

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
    """OWNER/REPO of a repository on github.com; "" for every other address."""
    found = _GITHUB.fullmatch(address.strip())
    if found is None or found["name"].endswith(("/.", "/..")):
        return ""
    return found["name"]


def without_credentials(address: str) -> str:
    """A URL that others can fetch from, without user name and password; "" for anything else."""
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

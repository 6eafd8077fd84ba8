"""Addresses of remotes that are repositories on GitHub."""

from __future__ import annotations

import re

from launchpolicy.hosts.forges.forge import WebAddresses
from launchpolicy.hosts.forges.web_pages import github_pages

_GITHUB = re.compile(
    r"(?:(?:https?|ssh|git|git\+ssh)://(?:[^/@\s]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?/"
    r"|(?:[^/@\s:]+@)?(?:ssh\.)?github\.com:/?)"
    r"(?P<name>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?",
    re.IGNORECASE,
)


def github_name(address: str) -> str:
    """Return OWNER/REPO of a repository on github.com; "" for every other address."""
    match = _GITHUB.fullmatch(address.strip())
    if match is None or match["name"].endswith(("/.", "/..")):
        return ""
    return match["name"]


def web_addresses(remote: str) -> WebAddresses | None:
    """Return the pages of a repository on github.com; None for every other address."""
    name = github_name(remote)
    if not name:
        return None
    return github_pages(f"https://github.com/{name}")

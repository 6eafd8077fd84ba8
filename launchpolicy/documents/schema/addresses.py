"""Addresses within schemas: a reference against the address around it (RFC 3986, section 5.2).

Nothing is fetched. Addresses are compared only with those that the same file gives to its parts.
"""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*:)?(//[^/?#]*)?([^?#]*)(\?[^#]*)?")
_ESCAPES: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def absolute_address(base: str, reference: str) -> tuple[str, str]:
    """Return the address that a reference means, and its fragment ("" without one)."""
    address, _, fragment = reference.partition("#")
    if not address:
        return base, fragment
    scheme, authority, path, query = _parts(address)
    base_scheme, base_authority, base_path, _ = _parts(base)
    if scheme or not base:
        return address, fragment
    if not authority:
        authority = base_authority
        if not path.startswith("/"):
            path = (base_path[: base_path.rfind("/") + 1] or "/" * bool(base_authority)) + path
    return base_scheme + authority + _without_dots(path) + query, fragment


def _parts(address: str) -> tuple[str, str, str, str]:
    match = _ADDRESS.match(address)
    scheme, authority, path, query = match.groups("") if match else ("", "", address, "")
    return scheme, authority, path, query


def _without_dots(path: str) -> str:
    """Return a path without its `.` and `..` segments."""
    steps: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == ".." and len(steps) > 1:
            steps.pop()
        elif segment not in (".", ".."):
            steps.append(segment)
    if segments[-1] in (".", ".."):
        steps.append("")
    return "/".join(steps)


def unescape_fragment(fragment: str) -> str:
    """Return a fragment with what is written in percent as the characters that it stands for."""
    return _ESCAPES.sub(_characters, fragment)


def _characters(match: re.Match[str]) -> str:
    data = bytes.fromhex(match.group().replace("%", ""))
    return data.decode("utf-8", "replace")

"""Hashes of short texts without OpenSSL, which takes longer to load than such a text to hash.

Python has an implementation of its own of every hash that it guarantees (documentation of
`hashlib`). Where a build leaves one out, and for long data, on which OpenSSL is four times as fast,
`hashlib` is taken. The digests are the same.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

_LONG = 1 << 20
"""From this number of bytes on, loading OpenSSL pays; where it is loaded, it hashes everything."""

_OPENSSL = "_hashlib"


def sha256(*parts: bytes) -> str:
    """Return SHA-256 (FIPS 180-4) of the parts, one after the other, in hex digits."""
    return _digest("sha256", parts)


def sha1(*parts: bytes) -> str:
    """Return SHA-1 of the parts in hex digits; for the ids of git, never for trust."""
    return _digest("sha1", parts)


def _digest(name: str, parts: tuple[bytes, ...]) -> str:
    is_long = _OPENSSL in sys.modules or sum(map(len, parts)) >= _LONG
    function = None if is_long else _own_function(name)
    if function is None:
        import hashlib  # noqa: PLC0415 (loads OpenSSL)

        function = getattr(hashlib, name)
    digest = function(usedforsecurity=name != "sha1")
    for part in parts:
        digest.update(part)
    hex_digits: str = digest.hexdigest()
    return hex_digits


@functools.cache
def _own_function(name: str) -> Callable[..., Any] | None:
    """Return Python's own implementation; None where this build has none."""
    try:
        if name == "sha1":
            from _sha1 import sha1 as own  # noqa: PLC0415
        else:
            from _sha2 import sha256 as own  # noqa: PLC0415 (since Python 3.12)
    except ImportError:
        return _function_of_python_3_11() if name == "sha256" else None
    function: Callable[..., Any] = own
    return function


def _function_of_python_3_11() -> Callable[..., Any] | None:
    try:
        from _sha256 import sha256 as own  # noqa: PLC0415
    except ImportError:
        return None
    function: Callable[..., Any] = own
    return function

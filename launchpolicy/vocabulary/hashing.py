"""The hashes of Python itself, without OpenSSL, which takes longer to load than they to run.

Python has an implementation of its own of every hash that it guarantees (the documentation of
`hashlib`); where a build leaves one out, that of `hashlib` is taken. The digests are the same.
"""

from __future__ import annotations

import importlib
from typing import Protocol


class Hash(Protocol):
    """A hash that is being computed (PEP 452)."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


def sha256(data: bytes = b"") -> Hash:
    """Return SHA-256 (FIPS 180-4), begun with `data`."""
    return _new(("_sha2", "_sha256"), "sha256", data)


def sha1(data: bytes = b"") -> Hash:
    """Return SHA-1, begun with `data`; for the ids of git, never for trust."""
    return _new(("_sha1",), "sha1", data)


def _new(modules: tuple[str, ...], name: str, data: bytes) -> Hash:
    for module in modules:
        try:
            function = getattr(importlib.import_module(module), name)
        except ImportError:
            continue
        own: Hash = function(data, usedforsecurity=False)
        return own
    import hashlib  # noqa: PLC0415 (loads OpenSSL)

    whole: Hash = hashlib.new(name, data, usedforsecurity=False)
    return whole

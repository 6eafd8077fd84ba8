"""Digests over plain data: the same content gives the same digest, however it was laid out."""

from __future__ import annotations

import json

from launchpolicy.vocabulary.hashing import sha256


def digest_of(data: object) -> str:
    """Return `sha256:…` over plain JSON data with sorted keys and no white space."""
    text = json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return "sha256:" + sha256(text.encode())

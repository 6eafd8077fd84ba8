"""Escape SARIF's plain text messages, on top of the escaping of JSON."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return `text` without embedded links, `[click](https://…)`, which viewers obey (3.11.6)."""
    return text.replace("](", "] (")

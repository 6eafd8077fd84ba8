"""The escaping function of SARIF's plain text messages, on top of that of JSON."""

from __future__ import annotations


def plain(text: str) -> str:
    """`text` without embedded links, `[click](https://…)`, which viewers obey (section 3.11.6)."""
    return text.replace("](", "] (")

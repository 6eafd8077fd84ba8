"""The papers (being written)."""

from __future__ import annotations

PAPERS: dict[str, object] = {}

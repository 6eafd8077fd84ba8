"""A sample that nobody can choose after the fact, and that anybody can draw again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from launchpolicy.ledger.audit.population import AuditLaunch


def draw_sample(launches: Sequence[AuditLaunch], seed: str, size: int) -> tuple[AuditLaunch, ...]:
    """Return `size` launches, or all where there are fewer, in the order in which they are drawn.

    Each launch has the rank SHA-256(seed, line feed, id of the launch), in UTF-8 and as hex digits;
    the lowest ranks are drawn. So a larger sample holds every smaller one of the same seed.
    """
    ranked = sorted(launches, key=lambda launch: sample_rank(seed, launch.id))
    return tuple(ranked[: max(size, 0)])


def sample_rank(seed: str, launch_id: str) -> str:
    """Return the rank of a launch under a seed."""
    return hashlib.sha256(f"{seed}\n{launch_id}".encode("utf-8", "surrogatepass")).hexdigest()

"""Every forge by its id; a forge is imported when it is asked something, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a check needs only what stands here
    from launchpolicy.hosts.forges.forge import Forge


class ForgeRegistration(NamedTuple):
    """How to load a forge, and what is known of it without: the same as its module says."""

    load: Callable[[], Forge]
    title: str
    web_committers: frozenset[str] = frozenset()


def _github() -> Forge:
    from launchpolicy.hosts.forges.github import forge  # noqa: PLC0415 (loaded when asked)

    return forge


FORGES: dict[str, ForgeRegistration] = {
    "github": ForgeRegistration(_github, "GitHub", frozenset({"noreply@github.com"})),
}

WEB_COMMITTERS = frozenset[str]().union(*(forge.web_committers for forge in FORGES.values()))
"""The addresses with which forges commit for people, whose own name is the author's."""

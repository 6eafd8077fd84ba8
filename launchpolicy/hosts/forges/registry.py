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
    workflows: str = ""
    """The folder of the workflows that it runs, which ends with a slash."""
    owners: frozenset[str] = frozenset()
    """The files that may say who owns which files."""


def _github() -> Forge:
    from launchpolicy.hosts.forges.github import forge  # noqa: PLC0415 (loaded when asked)

    return forge


FORGES: dict[str, ForgeRegistration] = {
    "github": ForgeRegistration(
        _github,
        "GitHub",
        frozenset({"noreply@github.com"}),
        ".github/workflows/",
        frozenset({"CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS"}),
    ),
}

WEB_COMMITTERS = frozenset[str]().union(*(forge.web_committers for forge in FORGES.values()))
"""The addresses with which forges commit for people, whose own name is the author's."""

WORKFLOWS = tuple(forge.workflows for forge in FORGES.values() if forge.workflows)
PIPELINES = frozenset({".gitlab-ci.yml"})
"""The files at the top whose jobs forges run that are no forges of this program."""
ACTIONS = ("action.yml", "action.yaml", "Dockerfile")
"""What makes a folder an action that workflows use."""
OWNERS = frozenset({".gitlab/CODEOWNERS"}).union(*(forge.owners for forge in FORGES.values()))

"""Bundles as JSON: where each copy came from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from launchpolicy.policy.bundles import LockedBundle
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.json_v1 import finding_data
from launchpolicy.requests.bundles import BundleDeclaration
from launchpolicy.vocabulary.finding import Finding


class VerifiedBundle(Protocol):
    """A declared bundle, its entry in the lock, and what is wrong with its copy."""

    @property
    def declaration(self) -> BundleDeclaration:
        """Return what the configuration says."""

    @property
    def locked(self) -> LockedBundle | None:
        """Return its entry in the lock; None where it has none."""

    @property
    def problems(self) -> Sequence[Finding]:
        """Return what is wrong with the copy."""

    @property
    def moved_to(self) -> str:
        """Return the commit that its ref leads to now, if that is known to be another one."""


def as_json(bundles: Iterable[VerifiedBundle]) -> str:
    """Return the bundles as one line of JSON."""
    return encode({"version": 1, "bundles": [_bundle(bundle) for bundle in bundles]})


def _bundle(bundle: VerifiedBundle) -> dict[str, Any]:
    declaration = bundle.declaration
    return {
        "name": declaration.name,
        "source": declaration.source,
        "ref": declaration.ref or None,
        "folder": declaration.folder,
        "locked": bundle.locked.as_data() if bundle.locked is not None else None,
        "verified": not bundle.problems,
        "problems": [finding_data(problem) for problem in bundle.problems],
        "movedTo": bundle.moved_to or None,
    }

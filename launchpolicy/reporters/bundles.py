"""Bundles as JSON: where each copy came from, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from launchpolicy.policy.bundles import LockedBundle
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.json_v1 import finding_data
from launchpolicy.requests.bundles import BundleDeclaration
from launchpolicy.vocabulary.finding import Finding

VerifiedBundle: TypeAlias = tuple[BundleDeclaration, LockedBundle | None, tuple[Finding, ...], str]
"""A declared bundle, its entry in the lock, what is wrong with its copy, and the commit that its
ref leads to now, if that is known to be another one."""


def as_json(bundles: Iterable[VerifiedBundle]) -> str:
    """Return the bundles as one line of JSON."""
    return encode({"version": 1, "bundles": [_bundle(*bundle) for bundle in bundles]})


def _bundle(
    declaration: BundleDeclaration,
    lock_entry: LockedBundle | None,
    problems: tuple[Finding, ...],
    moved_to: str,
) -> dict[str, Any]:
    return {
        "name": declaration.name,
        "source": declaration.source,
        "ref": declaration.ref or None,
        "folder": declaration.folder,
        "locked": lock_entry.as_data() if lock_entry is not None else None,
        "verified": not problems,
        "problems": [finding_data(problem) for problem in problems],
        "movedTo": moved_to or None,
    }

"""Find the kinds whose schema can be shown beside the shipped ones: those of a repository."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from launchpolicy.documents.schema.dialect import RECURSIVE
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.operations.rules.declared_kinds import declared_kinds
from launchpolicy.operations.rules.load import load_configuration


def own_schemas(start: Path) -> dict[str, Mapping[str, Any]]:
    """Return the schemas of the kinds that the repository above `start` declares, by name.

    Empty outside of a launch repository.

    Raises:
        MalformedRulesError: its configuration, or a schema that it names, is not right.
    """
    root = launch_root(start)
    if root is None:
        return {}
    snapshot = WorkTreeSnapshot(root)
    kinds = declared_kinds(snapshot, *load_configuration(snapshot))
    own = {name: kind.schema for name, kind in kinds.items() if name not in shipped_files.KINDS}
    return {name: _without_our_remark(schema) for name, schema in own.items()}


def _without_our_remark(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a schema without what was added to it for judging only."""
    return {keyword: value for keyword, value in schema.items() if keyword != RECURSIVE}

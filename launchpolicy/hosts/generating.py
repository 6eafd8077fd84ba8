"""The files of `launchpolicy/shipped/`, made from `schemas/` and `policies/` of a checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.rules import load_packs
from launchpolicy.requests.kinds import launch_request

SHIPPED = "launchpolicy/shipped"
SCHEMAS = {
    "Configuration": "configuration",
    "LaunchRequest": "launch-request",
    "Pack": "pack",
    "Policy": "policy",
    "PolicyTest": "policy-test",
}
"""The kinds that the program checks itself, and the file in `schemas/` that each stands in."""


def shipped_schemas(root: Path) -> dict[str, str]:
    """The schemas, on one line each: their bytes are read at every start."""
    return {
        f"{SHIPPED}/schemas/{kind}.json": _compact(
            json.loads((root / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        )
        for kind, name in SCHEMAS.items()
    }


def shipped_packs(root: Path) -> dict[str, str]:
    """The packs below `policies/`, checked, as the plain data of their files with their digest.

    Raises:
        MalformedRulesError: a pack or policy is not right.
    """
    schema = json.loads((root / "schemas" / "launch-request.schema.json").read_text("utf-8"))
    kinds = {"LaunchRequest": launch_request(schema, "", "launches")}
    packs = load_packs(WorkTreeSnapshot(root), ["policies"], kinds)
    return {
        f"{SHIPPED}/packs/{pack.name}.json": _compact(
            {"digest": pack.digest, "source": pack.source}
        )
        for pack in packs.values()
    }


def _compact(data: Any) -> str:  # noqa: ANN401 (plain JSON data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

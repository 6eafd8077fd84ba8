"""The files of `launchpolicy/shipped/`, made from `schemas/` and `policies/` of a checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.rules import load_packs
from launchpolicy.policy.policy import Pack, pack_of
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


_TABLE_BEGINS = "<!-- policies: made by `make generate` -->"
_TABLE_ENDS = "<!-- end of policies -->"


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


def pack_pages(root: Path) -> dict[str, str]:
    """The README of every shipped pack, with its table of policies made anew.

    Raises:
        ValueError: a page lacks the two lines between which the table stands.
    """
    pages = {}
    for file in sorted((root / SHIPPED / "packs").glob("*.json")):
        compiled = json.loads(file.read_text("utf-8"))
        pack = pack_of(compiled["source"], compiled["digest"])
        name = f"policies/{pack.name}/README.md"
        page = (root / name).read_text("utf-8")
        before, rest = page.split(_TABLE_BEGINS)
        _, after = rest.split(_TABLE_ENDS)
        table = "\n".join(_table(pack))
        pages[name] = f"{before}{_TABLE_BEGINS}\n{table}\n{_TABLE_ENDS}{after}"
    return pages


def _table(pack: Pack) -> Iterator[str]:
    yield "| policy | what holds | 要求 | clauses | stages | action |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for policy in pack.policies:
        title, clauses = policy.text.title, ", ".join(policy.text.clauses)
        stages = ", ".join(policy.match.stages) or "every stage"
        cells = (f"`{policy.id}`", title.en, title.zh, clauses, stages, str(policy.action))
        yield f"| {' | '.join(cells)} |"


def _compact(data: Any) -> str:  # noqa: ANN401 (plain JSON data)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

"""Make the files of `launchpolicy/shipped/` from `schemas/` and `policies/` of a checkout."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from launchpolicy import __version__
from launchpolicy.documents.reading import read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import well_formed
from launchpolicy.engine.analysis.clause_coverage import measure_clauses
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.shipped_files import (
    KINDS,
    SCHEMA_DIGESTS,
    ShippedRules,
    ShippedSchema,
    schema_of,
)
from launchpolicy.operations.rules.load import load_packs
from launchpolicy.papers.registry import PAPERS
from launchpolicy.policy.clauses import clauses_of
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.policy import Pack, pack_of
from launchpolicy.reporters.clause_coverage import as_markdown
from launchpolicy.requests.kinds import launch_request, waiver
from launchpolicy.vocabulary.place import Data

SHIPPED = "launchpolicy/shipped"
SCHEMAS = {
    "Approval": "approval",
    "ApprovalRecord": "approval-record",
    "BackupManifest": "backup-manifest",
    "BundleLock": "bundle-lock",
    "Calendar": "calendar",
    "Clauses": "clauses",
    "Configuration": "configuration",
    "Directory": "directory",
    "LaunchRequest": "launch-request",
    "Minutes": "minutes",
    "Obligations": "obligations",
    "Pack": "pack",
    "Policy": "policy",
    "PolicyTest": "policy-test",
    "RehearsalRecord": "rehearsal-record",
    "StepRecord": "step-record",
    "Waiver": "waiver",
}
"""The kinds that the program checks itself, and the file in `schemas/` that each stands in."""


_POLICIES = ("<!-- policies: made by `make generate` -->", "<!-- end of policies -->")
_CLAUSES = ("<!-- clauses: made by `make generate` -->", "<!-- end of clauses -->")


def shipped_schemas(root: Path) -> dict[str, str]:
    """Return the schemas, on one line each: their bytes are read at every start."""
    return {
        f"{SHIPPED}/schemas/{kind}.json": compact(
            json.loads((root / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        )
        for kind, name in SCHEMAS.items()
    }


def shipped_packs(root: Path) -> dict[str, str]:
    """Return the packs below `policies/`, checked, as plain data with their digest.

    Raises:
        MalformedRulesError: a pack or policy is not right.
    """
    schema = _schema(root, "launch-request")
    exceptions = _schema(root, "waiver")
    kinds = {
        "LaunchRequest": launch_request(schema, "", "launches"),
        "Waiver": waiver(exceptions, "", "waivers"),
    }
    packs = load_packs(WorkTreeSnapshot(root), ["policies"], kinds)
    return {
        f"{SHIPPED}/packs/{pack.name}.json": compact({"digest": pack.digest, "source": pack.source})
        for pack in packs.values()
    }


def _schema(root: Path, name: str) -> Schema:
    return Schema(json.loads((root / "schemas" / f"{name}.schema.json").read_text("utf-8")))


def shipped_clauses(root: Path) -> dict[str, str]:
    """Return the clauses of the source documents, checked.

    Raises:
        MalformedRulesError: the file does not follow its schema.
    """
    path = "policies/clauses.yaml"
    document = read(path, (root / path).read_bytes())
    schema = _schema(root, "clauses")
    return {f"{SHIPPED}/clauses.json": compact(well_formed(schema, document).data)}


def known_sets(root: Path) -> dict[str, str]:
    """Return the digests of the rules that came with every release: this version's made again.

    Those of earlier versions stay, so that `ledger verify` knows what they judged by.
    """
    name = f"{SHIPPED}/known_sets.json"
    file = root / name
    earlier: dict[str, str] = json.loads(file.read_bytes()) if file.is_file() else {}
    kinds = _schemas(root, KINDS)
    packs = {pack.name: pack for pack in compiled_packs(root)}
    digest = ShippedRules(packs, {}, kinds, EDITION).digest
    return {name: json.dumps({**earlier, __version__: digest}, indent=2) + "\n"}


def schema_digests(root: Path) -> dict[str, str]:
    """Return the digests of the shipped schemas."""
    digests = {kind: schema.digest for kind, schema in _schemas(root, SCHEMAS).items()}
    return {f"{SHIPPED}/{SCHEMA_DIGESTS}": json.dumps(digests, indent=2) + "\n"}


def _schemas(root: Path, kinds: Iterable[str]) -> dict[str, ShippedSchema]:
    schemas = root / SHIPPED / "schemas"
    return {kind: schema_of((schemas / f"{kind}.json").read_bytes()) for kind in kinds}


def clause_table(root: Path) -> dict[str, str]:
    """Return `policies/README.md` with its table of clauses made again.

    Raises:
        ValueError: the page lacks the two lines between which the table stands.
    """
    clauses = clauses_of(json.loads((root / SHIPPED / "clauses.json").read_bytes()))
    papers = {name: paper.clauses for name, paper in PAPERS.items()}
    coverage = measure_clauses(clauses, compiled_packs(root), papers, {})
    name = "policies/README.md"
    table = as_markdown(clauses, coverage, "en", 0).rstrip()
    return {name: between((root / name).read_text("utf-8"), _CLAUSES, table)}


def pack_pages(root: Path) -> dict[str, str]:
    """Return the README of every shipped pack, with its table of policies made again.

    Raises:
        ValueError: a page lacks the two lines between which the table stands.
    """
    pages = {}
    for pack in compiled_packs(root):
        name = f"policies/{pack.name}/README.md"
        table = "\n".join(_table(pack))
        pages[name] = between((root / name).read_text("utf-8"), _POLICIES, table)
    return pages


def compiled_packs(root: Path) -> list[Pack]:
    files = sorted((root / SHIPPED / "packs").glob("*.json"))
    pack_data = [json.loads(file.read_text("utf-8")) for file in files]
    return [pack_of(pack["source"], pack["digest"]) for pack in pack_data]


def between(page: str, marks: tuple[str, str], table: str) -> str:
    """Return `page` with `table` in place of what stands between two lines that mark it."""
    begins, ends = marks
    before, rest = page.split(begins)
    _, after = rest.split(ends)
    return f"{before}{begins}\n{table}\n{ends}{after}"


def _table(pack: Pack) -> Iterator[str]:
    yield "| policy | what holds | 要求 | clauses | stages | action |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for policy in pack.policies:
        title, clauses = policy.text.title, ", ".join(policy.text.clauses)
        stages = ", ".join(policy.match.stages) or "every stage"
        cells = (f"`{policy.id}`", title.en, title.zh, clauses, stages, str(policy.action))
        yield f"| {' | '.join(cells)} |"


def compact(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

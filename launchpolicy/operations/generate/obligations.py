"""Make the list of obligations that is shipped, with the cases and probes that prove them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from launchpolicy.documents.reading import read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import well_formed
from launchpolicy.engine.analysis.obligation_coverage import measure_obligations
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.generate.shipped_files import SHIPPED, between, compact, compiled_packs
from launchpolicy.operations.policy.obligations import failing_cases
from launchpolicy.policy.obligations import obligations_of
from launchpolicy.reporters.obligations import count_of
from launchpolicy.vocabulary.place import Data

_PATH = "policies/obligations.yaml"
_PROBES = "tests/probes"
_COUNT = ("<!-- obligations: made by `make generate` -->", "<!-- end of obligations -->")


def shipped_obligations(root: Path) -> dict[str, str]:
    """Return the obligations, checked; what proves them is empty, for packs are not loaded yet.

    Raises:
        MalformedRulesError: the file does not follow its schema.
    """
    path = f"{SHIPPED}/obligations.json"
    before: Any = {"cases": {}, "probes": {}}
    if (root / path).is_file():
        before = json.loads((root / path).read_bytes())
    proofs = {key: before[key] for key in ("cases", "probes")}
    return {path: compact({"obligations": _obligations(root), **proofs})}


def proven_obligations(root: Path) -> dict[str, str]:
    """Return the obligations with the cases of the compiled packs and the probes of the tests."""
    packs = compiled_packs(root)
    obligations = _obligations(root)
    demands = {
        obligation.id: obligation.demand.en
        for obligation in obligations_of({"obligations": obligations})
    }
    cases = failing_cases(WorkTreeSnapshot(root), ["policies"], packs, demands)
    data = {
        "obligations": obligations,
        "cases": {citation: list(case) for citation, case in cases.items()},
        "probes": _probes(root),
    }
    policies = [policy for pack in packs for policy in pack.policies]
    rows = measure_obligations(obligations_of(data), policies, cases, data["probes"])
    page = (root / "policies/README.md").read_text("utf-8")
    return {
        f"{SHIPPED}/obligations.json": compact(data),
        "policies/README.md": between(page, _COUNT, f"{count_of(rows).en}."),
    }


def _obligations(root: Path) -> Data:
    schema = Schema(json.loads((root / "schemas/obligations.schema.json").read_text("utf-8")))
    data: Any = well_formed(schema, read(_PATH, (root / _PATH).read_bytes())).data
    return data["obligations"]


def _probes(root: Path) -> dict[str, list[str]]:
    """Return the names of the dishonest probes by the obligation that they try to get round."""
    names: dict[str, list[str]] = {}
    for file in sorted((root / _PROBES).glob("*.yaml")):
        head = dict(
            line.split(": ", 1)
            for line in file.read_text("utf-8").splitlines()
            if line[:1].isalpha() and ": " in line
        )
        if head["want"] != "pass":
            names.setdefault(head["obligation"], []).append(file.stem)
    return dict(sorted(names.items()))

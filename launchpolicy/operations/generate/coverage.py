"""Make the figures of how well the cases of the shipped packs know their policies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from launchpolicy.engine.analysis.placed_coverage import CoverageFigures, figures_by_pack
from launchpolicy.operations.generate.mutants import FIGURES as MUTATION_FIGURES
from launchpolicy.operations.generate.pack_folders import digest_of_files, pack_folders
from launchpolicy.operations.generate.shipped_files import between
from launchpolicy.operations.policy.coverage import measure_packs

COVERAGE_FIGURES = "policies/coverage.json"
_MARKS = ("<!-- cases: made by `make generate` -->", "<!-- end of cases -->")
_COUNTING = 1
"""Which way of counting the figures come from; another one counts every pack again."""


def coverage_figures(root: Path) -> dict[str, str]:
    """Return the coverage of every shipped pack; a pack is counted again if a file has changed.

    Raises:
        MalformedRulesError: a pack, a policy, or a test file is not right.
    """
    file = root / COVERAGE_FIGURES
    known: Mapping[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    figures = {}
    for folder in pack_folders(root):
        digest = digest_of_files(folder, _COUNTING)
        figures[folder.name] = known.get(folder.name, {})
        if figures[folder.name].get("digest") != digest:
            counted = figures_by_pack(measure_packs((folder,), root, jobs=1))[folder.name]
            figures[folder.name] = {**_plain(counted), "digest": digest}
    return {COVERAGE_FIGURES: json.dumps(figures, indent=2) + "\n"}


def case_tables(root: Path) -> dict[str, str]:
    """Return the README of every shipped pack with what its cases see and notice.

    Raises:
        ValueError: a page lacks the two lines between which the table stands.
    """
    coverage = json.loads((root / COVERAGE_FIGURES).read_text("utf-8"))
    mutants = json.loads((root / MUTATION_FIGURES).read_text("utf-8"))
    pages = {}
    for folder in pack_folders(root):
        name = f"policies/{folder.name}/README.md"
        table = "\n".join(_table(coverage[folder.name], mutants[folder.name]))
        pages[name] = between((root / name).read_text("utf-8"), _MARKS, table)
    return pages


def _plain(figures: CoverageFigures) -> dict[str, Any]:
    return {**figures._asdict(), "share": figures.shown_share}


def _table(coverage: Mapping[str, Any], mutants: Mapping[str, Any]) -> Iterator[str]:
    yield "| its cases | | of | share |"
    yield "| --- | --- | --- | --- |"
    seen, possible, share = coverage["seen"], coverage["possible"], coverage["share"]
    yield f"| see outcomes (`policy test --coverage`) | {seen} | {possible} | {share} % |"
    effective = mutants["total"] - mutants["equivalent"]
    killed, share = mutants["killed"], mutants["share"]
    yield f"| notice mistakes (`policy mutate`) | {killed} | {effective} | {share} % |"

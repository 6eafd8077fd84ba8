"""Make the table of how many mistakes in the policies their cases notice.

Measuring takes minutes. So the figures are those that `policy mutate --write` wrote last, each with
the digest of the files that it was measured from; a pack that has changed since is marked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from launchpolicy.operations.generate.pack_folders import digest_of_files
from launchpolicy.operations.generate.shipped_files import between
from launchpolicy.reporters.mutation import as_table

FIGURES = "policies/mutants.json"
_PAGE = "policies/README.md"
TABLE_MARKS = ("<!-- mutants: made by `make generate` -->", "<!-- end of mutants -->")
_MEASURING = 1
"""Which mistakes are made; other ones make all figures those of an earlier version."""

_EARLIER = "{} (of an earlier version)"


def mutation_figures(root: Path) -> dict[str, str]:
    """Return the figures, where they were written just now with the digest of the pack's files."""
    figures = _figures(root)
    for name, item in figures.items():
        item.setdefault("digest", _digest(root, name))
    return {FIGURES: json.dumps(figures, indent=2) + "\n"}


def mutation_table(root: Path) -> dict[str, str]:
    """Return `policies/README.md` with the figures, those of changed packs marked.

    Raises:
        ValueError: the page lacks the two lines between which the table stands.
    """
    outdated = outdated_figures(root)
    rows = {
        _EARLIER.format(name) if name in outdated else name: item
        for name, item in _figures(root).items()
    }
    return {_PAGE: between((root / _PAGE).read_text("utf-8"), TABLE_MARKS, as_table(rows))}


def outdated_figures(root: Path) -> frozenset[str]:
    """Return the packs whose files are not those that their figures were measured from."""
    return frozenset(
        name for name, item in _figures(root).items() if item.get("digest") != _digest(root, name)
    )


def _figures(root: Path) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads((root / FIGURES).read_text("utf-8"))
    return figures


def _digest(root: Path, pack: str) -> str:
    return digest_of_files(root / "policies" / pack, _MEASURING)

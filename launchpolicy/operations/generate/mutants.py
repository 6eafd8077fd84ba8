"""Make the table of how many mistakes in the policies their cases notice."""

from __future__ import annotations

import json
from pathlib import Path

from launchpolicy.operations.generate.shipped_files import between
from launchpolicy.reporters.mutation import as_table

FIGURES = "policies/mutants.json"
_PAGE = "policies/README.md"
_MARKS = ("<!-- mutants: made by `make generate` -->", "<!-- end of mutants -->")


def mutation_table(root: Path) -> dict[str, str]:
    """Return `policies/README.md` with the figures that `policy mutate --write` has written.

    Raises:
        ValueError: the page lacks the two lines between which the table stands.
    """
    figures = json.loads((root / FIGURES).read_text("utf-8"))
    return {_PAGE: between((root / _PAGE).read_text("utf-8"), _MARKS, as_table(figures))}

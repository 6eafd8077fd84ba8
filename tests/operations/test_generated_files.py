"""Every generated file is what its generator makes; in this process, so that coverage counts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from launchpolicy.cli.generate import GENERATED, ROOT
from launchpolicy.operations.generate.mutants import (
    FIGURES,
    TABLE_MARKS,
    mutation_figures,
    mutation_table,
    outdated_figures,
)
from tests.extent import is_whole


@pytest.mark.parametrize("what", GENERATED)
def test_a_generated_file_is_what_its_generator_makes(what: str) -> None:
    made = GENERATED[what](ROOT)

    assert made
    assert [name for name, text in made.items() if (ROOT / name).read_text("utf-8") != text] == []
    # Of a page only a table is generated; what is generated as a whole is marked for reviewers.
    whole = [name for name in made if not name.endswith(".md")]
    assert [name for name in whole if not _is_marked(name)] == []


def _is_marked(name: str) -> bool:
    marks = subprocess.run(
        ["git", "check-attr", "linguist-generated", "--", name],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return marks.stdout.endswith(": set\n")


def test_figures_of_a_pack_that_has_changed_since_are_marked(tmp_path: Path) -> None:
    for name in ("kept", "changed"):
        (tmp_path / "policies" / name).mkdir(parents=True)
        (tmp_path / "policies" / name / "a.yaml").write_text("a: 1\n", "utf-8")
    figures = {"total": 9, "killed": 9, "equivalent": 0, "share": 100.0}
    file = tmp_path / FIGURES
    file.write_text(json.dumps({"changed": figures, "kept": figures}), "utf-8")
    file.write_text(mutation_figures(tmp_path)[FIGURES], "utf-8")
    assert outdated_figures(tmp_path) == frozenset()

    (tmp_path / "policies" / "changed" / "a.yaml").write_text("a: 2\n", "utf-8")

    assert mutation_figures(tmp_path)[FIGURES] == file.read_text("utf-8")
    assert outdated_figures(tmp_path) == {"changed"}
    page = tmp_path / "policies" / "README.md"
    page.write_text("{}\n{}\n".format(*TABLE_MARKS), "utf-8")
    (table,) = mutation_table(tmp_path).values()
    assert "| changed (of an earlier version) | 9 |" in table
    assert "| kept | 9 |" in table


def test_the_figures_of_all_packs_are_of_their_present_files() -> None:
    """Each change of a pack needs them in time, but not in every commit."""
    assert not is_whole() or outdated_figures(ROOT) == frozenset()

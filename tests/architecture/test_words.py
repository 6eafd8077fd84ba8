"""The project is written in plain words: some old ones must not come back."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIX = "m" + "end"  # split, so that a search for the word does not find its own pattern
WORDS = "|".join(["sh" + "all", FIX + "(s|ed|ing)?", "who" + "ever", "sp" + "elt"])
ELSEWHERE = (":!LICENSE", ":!CHANGELOG.md", ":!tests")  # not our words, past words, quoted words


def _search(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "grep", "--untracked", "-nwiE", WORDS, "--", ".", *ELSEWHERE, *arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )


def test_no_text_uses_a_word_that_a_reader_has_to_look_up() -> None:
    search = _search(ROOT)
    assert (search.returncode, search.stdout[:2000]) == (1, "")


def test_the_search_finds_such_a_word(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "page.md").write_text(f"The {FIX}ed page.\n", encoding="utf-8")
    assert _search(tmp_path).stdout == f"page.md:1:The {FIX}ed page.\n"

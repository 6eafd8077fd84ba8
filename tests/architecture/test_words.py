"""The project is written in plain words: some old ones must not come back."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FIX = "m" + "end"  # split, so that a search for the word does not find its own pattern
WORDS = "|".join(["sh" + "all", FIX + "(s|ed|ing)?", "who" + "ever", "sp" + "elt"])
NOT_OURS = (":!LICENSE", ":!CHANGELOG.md", ":!tests")  # not our words, past words, quoted words
# As a word of its own: the name of a policy ends with it, too.
GIVEN = "(^|[^[:alnum:]_.-])" + "to" + "ld($|[^[:alnum:]_-])"
WRITTEN_BY_OTHERS = (
    ":!policies",  # verdicts and the names of cases stay as they are
    ":!launchpolicy/shipped",
    ":!examples/*/launches/*",
    ":!examples/*/broken/*",
    # Patterns and words that are found in what people write.
    ":!launchpolicy/facts/everyday_faults.py",
    ":!launchpolicy/facts/further_generic_words.py",
)


def _search(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _grep(folder, "-nwiE", WORDS, *arguments)


def _grep(
    folder: Path, options: str, pattern: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "grep", "--untracked", options, pattern, "--", ".", *NOT_OURS, *arguments],
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


def test_what_is_stated_given_or_known_is_called_so() -> None:
    search = _grep(ROOT, "-niE", GIVEN, *WRITTEN_BY_OTHERS)
    assert (search.returncode, search.stdout[:2000]) == (1, "")


def test_the_search_for_that_word_leaves_names_with_it_alone(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    word = "to" + "ld"
    text = f"`design-{word}` says it.\nIt is {word}.\n{word.title()} to wait.\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    found = _grep(tmp_path, "-niE", GIVEN, *WRITTEN_BY_OTHERS).stdout
    assert found == f"page.md:2:It is {word}.\npage.md:3:{word.title()} to wait.\n"

"""Answers to questions about files: never a guess."""

from __future__ import annotations

import pytest

from launchpolicy.facts.file_answers import matches_answer, names_below, path_problem
from launchpolicy.facts.other_files import EXISTS, LIST, MATCHES, FileProblem, FileQuestion


def test_a_name_below_a_folder_says_what_it_is() -> None:
    entries = [("a/z.md", "100644"), ("a/b/c.md", "100644"), ("a/l", "120000"), ("a/s", "160000")]
    assert names_below("a", entries) == ("b/", "l@", "s@", "z.md")
    assert names_below("", [("x", "100755"), ("a/b", "100644")]) == ("a/", "x")


@pytest.mark.parametrize(
    ("pattern", "text", "answer"),
    [
        ("^Reviewed-by: [a-z.]+$", "Reviewed-by: sun.yu", True),
        ("^Reviewed-by: [a-z.]+$", "Title\nReviewed-by: sun.yu\n", False),
        ("(?m)^Reviewed-by: [a-z.]+$", "Title\nReviewed-by: sun.yu\n", True),
        ("评审", "已评审", True),
        ("x{900}", "x" * 899, False),
    ],
)
def test_a_pattern_is_searched_for_in_the_whole_text(
    pattern: str, text: str, answer: object
) -> None:
    assert matches_answer("a.md", pattern, text.encode()) is answer


@pytest.mark.parametrize("pattern", ["(", "a{1001}", r"(?=a)", r"(a)\1", "(x{100}){100}"])
def test_a_pattern_that_re2_does_not_run_has_no_answer(pattern: str) -> None:
    assert isinstance(matches_answer("a.md", pattern, b"a"), FileProblem)


def test_a_pointer_in_place_of_a_file_has_no_answer() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    assert isinstance(matches_answer("a.md", "secret", pointer), FileProblem)


def test_a_large_text_that_needs_many_states_is_searched_to_its_end() -> None:
    text = "ab" * 400_000 + "a" + "b" * 11 + "!"
    assert matches_answer("a.md", "(a|b)*a(a|b){11}!$", text.encode()) is True


@pytest.mark.parametrize("path", ["a", ".github/CODEOWNERS", "--x", "a b/ü.md", "a\\b", "..a/b.."])
def test_names_that_git_can_hold_are_paths(path: str) -> None:
    assert path_problem(path) is None


@pytest.mark.parametrize(
    ("question", "path", "is_edit", "rests"),
    [
        (FileQuestion(EXISTS, "a/b"), "a/b", True, True),
        (FileQuestion(EXISTS, "a/b"), "a", False, True),
        (FileQuestion(EXISTS, "a/b"), "a/bc", False, False),
        (FileQuestion(EXISTS, "a/b"), "a/b/c", False, False),
        (FileQuestion(MATCHES, "a/b", "x"), "a/b", True, True),
        (FileQuestion(LIST, "a"), "a/b", False, True),
        (FileQuestion(LIST, "a"), "a/b/c", False, True),
        (FileQuestion(LIST, "a"), "a/b", True, False),
        (FileQuestion(LIST, "a"), "a", True, True),
        (FileQuestion(LIST, "a/b"), "a", False, True),
        (FileQuestion(LIST, ""), "x", False, True),
        (FileQuestion(LIST, "a"), "ab", False, False),
    ],
)
def test_a_question_rests_on_the_changes_that_can_alter_its_answer(
    question: FileQuestion, path: str, is_edit: object, rests: object
) -> None:
    assert question.rests_on(path, is_edit=bool(is_edit)) is rests

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


@pytest.mark.parametrize("before", ["", "\n", " \t\r\n", "\ufeff", "\ufeff \n", "\u3000"])
@pytest.mark.parametrize(
    "version",
    [
        "https://git-lfs.github.com/spec/v1",
        "https://hawser.github.com/spec/v1",
        "http://git-media.io/v/2",
    ],
)
def test_a_pointer_in_place_of_a_file_has_no_answer(version: str, before: str) -> None:
    pointer = f"{before}version {version}\noid sha256:{'0' * 64}\nsize 1\n"
    answer = matches_answer("a.md", "secret", pointer.encode())
    assert isinstance(answer, FileProblem)
    assert "Git LFS" in answer.message.en
    assert "Git LFS" in answer.message.zh


@pytest.mark.parametrize("text", ["version 2\n", "On Git LFS\nversion https://git-lfs.github.com"])
def test_a_text_about_versions_is_no_pointer(text: str) -> None:
    assert matches_answer("a.md", "version", text.encode()) is True


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ok\r\nevil\r\nok", id="windows"),
        pytest.param("ok\revil\rok", id="carriage returns"),
        pytest.param("\ufeffevil", id="byte order mark"),
        pytest.param("\ufeffok\r\revil", id="mixed"),
    ],
)
def test_no_line_break_and_no_byte_order_mark_hides_a_line(text: str) -> None:
    assert matches_answer("a.md", "(?m)^evil$", text.encode()) is True
    assert matches_answer("a.md", "\r|\ufeff", text.encode()) is False


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\xad", "\u202e", "\U000e0041"]
)
def test_a_character_that_does_not_show_leaves_no_answer(hidden: str) -> None:
    answer = matches_answer("a.md", "(?m)^evil$", f"ok\r\n中{hidden}evil".encode())
    assert isinstance(answer, FileProblem)
    for words in answer.message:
        assert f"U+{ord(hidden):04X}" in words
        assert "a.md:2:2" in words


def test_an_emoji_is_ordinary_text() -> None:
    text = "👩\u200d💻 ⚠\ufe0f evil"
    assert matches_answer("a.md", "evil$", text.encode()) is True


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

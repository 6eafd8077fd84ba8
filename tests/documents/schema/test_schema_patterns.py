"""Patterns that policy owners write, on texts that strangers write (threat R3)."""

from __future__ import annotations

from typing import Any

import pytest
import re2  # type: ignore[import-untyped] # (google-re2 ships no types)
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.documents.limits import MAX_SCALAR
from launchpolicy.documents.schema.acceptance import check_schema
from launchpolicy.documents.schema.patterns import PatternError, Patterns, compile_pattern

PIECES = st.sampled_from(
    ["a", "b", "^", "$", ".", "[ab]", "[^a]", "(a|b)", "a*", "b+", "(ab)?", "结"]
)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*a){12}", "^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_a_catastrophic_pattern_answers_at_once_on_the_longest_text(pattern: str) -> None:
    assert compile_pattern(pattern)("a" * (MAX_SCALAR - 1) + "!") is (pattern == "(.*a){12}")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a)\\1",
        "(?=a)",
        "(?!a)",
        "(?<=a)b",
        "(?<!a)b",
        "(?>a)",
        "a*+",
        "a{1001}",
        "(a{1000}){1000}",
        "(",
        "[z-a]",
        "\\ud83d",
        "\\u4e0",
        "\\cA",
        "\\Z",
        "(?P<n>a)(?P=n)",
        "\ud800",
    ],
    ids=ascii,
)
def test_what_re2_cannot_run_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
    for schema in ({"pattern": pattern}, {"patternProperties": {pattern: True}}):
        (problem,) = check_schema(schema)
        assert "RE2" in problem.message.en


@pytest.mark.parametrize(
    "pattern", [r"(\pL{30}){30}", r"[\pL\pN]{900}", r"^\pL{12}$", "(([a-z]{9}){9}){9}" * 14]
)
def test_a_pattern_so_large_that_its_automaton_might_give_up_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="large"):
        compile_pattern(pattern)


def test_a_pattern_of_exponentially_many_states_does_not_lose_matches() -> None:
    # Each would need 2^500 states; the automaton throws states away and goes on.
    matches = compile_pattern("^[ab]*a[ab]{500}$")
    text = "ab" * 3000
    assert matches(text + "a" + "b" * 500) is True
    assert matches(text + "b" + "a" * 500) is False


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("b", "abc", True),
        ("^abc$", "abc\n", False),
        ("^$", "", True),
        ("^.$", "a\n", False),
        (r"^\s$", "\u3000", False),
        (r"^\w$", "é", False),
        (r"^\p{Han}+$", "结算", True),
        ("^[^/]$", "\n", True),
    ],
)
def test_a_pattern_means_what_ecma_means_and_not_what_python_means(
    pattern: str,
    text: str,
    found: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    assert compile_pattern(pattern)(text) is found
    assert compile_pattern(pattern)(text) is found


@settings(deadline=None)
@given(st.lists(PIECES, max_size=5).map("".join), st.text("ab结\n", max_size=6))
def test_a_set_of_one_finds_what_a_search_finds(pattern: str, text: str) -> None:
    search: Any = re2.compile(pattern).search
    assert compile_pattern(pattern)(text) is (search(text) is not None)


def test_remembered_texts_stay_few_and_short() -> None:
    matches = compile_pattern("^remembered-")
    known = next(
        cell.cell_contents
        for cell in matches.__closure__ or ()
        if isinstance(cell.cell_contents, set)
    )
    for number in range(3000):
        assert matches(f"remembered-{number}")
    assert matches("remembered-" + "x" * MAX_SCALAR)
    assert len(known) == 1000
    assert max(map(len, known)) <= 80


@pytest.mark.parametrize(
    ("pattern", "text", "verdict"),
    [
        (r"^[\u4e00-\u9fff]+$", "结算", True),
        (r"^[\u4e00-\u9fff]+$", "settle", False),
        (r"^\ud83d\ude00$", "\U0001f600", True),
        (r"^\\u4e00$", r"\u4e00", True),
        (r"^\\u4e00$", "一", False),
        (r"^\\\u4e00$", "\\一", True),
    ],
)
def test_characters_may_be_written_as_ecma_262_writes_them(
    pattern: str,
    text: str,
    verdict: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    assert check_schema({"pattern": pattern}) == ()
    assert Patterns().matcher(pattern)(text) is verdict

"""`matches` by patterns that are compiled once gives what the library's own method gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.policy.cel import runtime
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.cel.text_matches import with_method_of_ours

VALUES: dict[str, Any] = {
    "object": {"s": "abc 备份", "n": 5, "none": None, "l": ["a", "b"], "bad": "(", "files": "b"}
}
REWRITTEN = {
    'object.s.matches("b")': "object.s.Matches",
    'object . s // a comment\n . matches ("b")': ". Matches (",
    '(object.s).matches("b") && object["s"].matches(object.s)': '["s"].Matches(object.s)',
    '"abc".matches("b") && object.l.exists(l, l.matches("^a$"))': 'l.Matches("^a$")',
    'object.?s.optMap(t, t.matches("(?i)B")).orValue(false)': "t.Matches",
    'object.`s`.matches("(?<n>b)")': "object.`s`.Matches",
    'object.s.matches("[\\\\p{Han}]{2}$")': "object.s.Matches",
    'object.n.matches("b")': "object.n.Matches",
    "object.s.matches(object.n)": "object.s.Matches",
    "object.s.matches(object.none)": "object.s.Matches",
    'object.l.matches("a")': "object.l.Matches",
    'object.missing.matches("a")': "object.missing.Matches",
    "object.s.matches(object.bad)": "object.s.Matches",
    'object.s.matches("(a{1,1000}){1,1000}")': "object.s.Matches",
    'object.s.matches("a(?=b)") || true': "object.s.Matches",
    '"abc".matches(5)': '"abc".Matches(5)',
    '5.matches("b")': "",
}
LEFT = [
    'matches(object.s, "b")',
    '.matches(object.s, "b")',
    'files.matches("a", "b")',
    'object.files.matches("b")',
    '"x.matches(" == "" || object.s != ".matches(\\"b\\")"',
    'object.l.exists(matches, matches == "a")',
    "has(object.matches)",
    "object.?matches.hasValue()",
]


def _of_library(expression: str, values: dict[str, Any]) -> str:
    """What the library's own method gives."""
    environment = runtime.new_environment()
    try:
        result = environment.compile(expression).eval(environment.Activation(values))
        return f"is {runtime._truth(result)}"
    except EvaluationError as error:
        return str(error)
    except (RuntimeError, ValueError) as error:
        return runtime._reason(str(error))


def _of_ours(expression: str, values: dict[str, Any]) -> str:
    try:
        return f"is {Bindings(values).holds(expression)}"
    except EvaluationError as error:
        return str(error)


@pytest.mark.parametrize("expression", [*REWRITTEN, *LEFT])
def test_value_or_error_is_that_of_the_library(expression: str) -> None:
    assert _of_ours(expression, VALUES) == _of_library(expression, VALUES)


@pytest.mark.parametrize(("expression", "part"), REWRITTEN.items())
def test_each_call_of_the_method_is_ours_at_its_place(expression: str, part: str) -> None:
    changed = with_method_of_ours(expression)
    assert part in changed
    assert changed.replace("Matches", "matches") == expression


@pytest.mark.parametrize("expression", LEFT)
def test_nothing_but_a_call_of_the_method_is_changed(expression: str) -> None:
    assert with_method_of_ours(expression) == expression


PATTERNS = st.text(alphabet="ab|()*?+{}[]^$.\\1,-备", max_size=8)


@given(PATTERNS, st.text(alphabet="ab1备\n", max_size=6))
def test_any_pattern_matches_what_it_matches_in_the_library(pattern: str, text: str) -> None:
    values = {"object": {"s": text, "p": pattern}}
    expression = "object.s.matches(object.p)"
    assert _of_ours(expression, values) == _of_library(expression, values)

"""Expressions against a kind's schema: a misspelt path is found before any request is judged."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.cel import checking
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.functions import FUNCTIONS, MACROS, NAMESPACED
from launchpolicy.policy.cel.message_types import kind_types

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "spec": {"$ref": "#/$defs/Spec"},
        "release-model": {"type": "string"},
        "repository-settings": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"flags": {"type": "array", "items": {"type": "string"}}},
            },
        },
    },
    "$defs": {
        "Text": {
            "anyOf": [
                {"type": "string"},
                {"type": "object", "properties": {"en": {"type": "string"}}},
            ]
        },
        "Spec": {
            "type": "object",
            "properties": {
                "risk": {"enum": ["standard", "major"]},
                "title": {"$ref": "#/$defs/Text"},
                "start": {"type": "string", "format": "date-time"},
                "end": {"type": "string", "format": "date-time"},
                "users": {"type": "integer"},
                "ratio": {"type": "number"},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "parent": {"$ref": "#/$defs/Spec"},
                "steps": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "by": {"type": "string"},
                            "parts": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def checker() -> ExpressionChecker:
    variables = {"params.maxAge": checking.STRING, "variables.plan": checking.STRING}
    return ExpressionChecker(kind_types(SCHEMA), variables)


@pytest.mark.parametrize(
    "expression",
    [
        "object.spec.risk == 'major'",
        "timestamp(object.spec.start) < timestamp(object.spec.end)",
        "timestamp(object.spec.start) - now < duration(params.maxAge)",
        "object.spec.?start.optMap(t, timestamp(t) < now).orValue(false)",
        "'at ' + string(object.spec.start) != ''",
        "object.spec.steps.all(s, s.by != '' && s.parts.size() > 0)",
        "object.spec.parent.parent.users > 3",
        "object.spec.ratio > 0.5",
        "object.spec.labels.team == 'x' && 'team' in object.spec.labels",
        "object.spec.title == 'x' || object.spec.title.en == 'x'",
        'object["release-model"] == "x"',
        'object[?"release-model"].orValue("") == ""',
        'object["repository-settings"]["openstack/nova"].flags.size() > 0',
        "oldObject == null || oldObject.spec.risk == object.spec.risk",
        "change.edits.all(e, !e.path.startsWith('spec.')) && change.stage.from == ''",
        "path.segments[1] == path.stem && variables.plan == ''",
        "has(object.spec.start)",
    ],
)
def test_well_typed(checker: ExpressionChecker, expression: str) -> None:
    assert checker.check(expression).problems == ()


@pytest.mark.parametrize(
    ("expression", "column", "suggestion"),
    [
        ("object.spec.rsik == 'major'", 13, "risk"),
        ("object.spc.risk == 'major'", 8, "spec"),
        ("object.spec.?ristk.orValue('') == ''", 14, "risk"),
        ("object.spec.steps.all(s, s.byy == '')", 28, "by"),
        ("has(object.spec.strat)", 17, "start"),
        ("oldObject.spec.usrs == 1", 16, "users"),
        ("params.maxage == ''", 1, "params.maxAge"),
        ("variables.plam == ''", 1, "variables.plan"),
        ('object["release-model"].size() > 0 && object.spec.rsik == ""', 51, "risk"),
        ("change.edit.size() == 0", 1, "change.edits"),
    ],
)
def test_misspelt_names_are_found_with_a_suggestion(
    checker: ExpressionChecker, expression: str, column: int, suggestion: str
) -> None:
    problem = checker.check(expression).problems[0]
    assert (problem.line, problem.column, problem.suggestion) == (1, column, suggestion)


@pytest.mark.parametrize(
    "expression",
    [
        "object.spec.risk == 3",
        "object.spec.users == 'many'",
        "object.spec.start < now",
        "object.spec.start < object.spec.end",
        "object.spec.start + 'x' == ''",
        "object.spec.labels.team == 3",
        "object.spec.steps.by == ''",
        "object.spec.risk",
        "object.spec.start",
        "object.spec.steps.all(s, s.by ==)",
    ],
)
def test_wrong_types_do_not_pass_as_a_condition(
    checker: ExpressionChecker, expression: str
) -> None:
    checked = checker.check(expression)
    assert checked.problems or checked.type.name() not in {"BOOL", "DYN"}


def test_comparing_bare_date_times_as_text_is_refused_with_the_remedy(
    checker: ExpressionChecker,
) -> None:
    (problem,) = checker.check("object.spec.start < object.spec.end").problems
    assert problem.suggestion == "timestamp(…)"


def test_second_line_of_an_expression_has_its_own_position(checker: ExpressionChecker) -> None:
    (problem,) = checker.check("has(object.spec.risk) &&\n  object.spec.rsk == ''").problems
    assert (problem.line, problem.column) == (2, 15)


@pytest.mark.parametrize(
    ("route", "element"),
    [
        ("spec.steps", "kind.Ref_SpecStepsItem"),
        ("spec.steps.parts", "STRING"),
        ("spec", None),
        ("spec.labels", None),
        ("spec.stepz", None),
    ],
)
def test_element_types(checker: ExpressionChecker, route: str, element: str | None) -> None:
    found = checker.element(route)
    assert (found.name() if found is not None else None) == element


@pytest.mark.parametrize(
    ("expression", "column", "name", "suggestion"),
    [
        ("object.spec.risk.startWith('a')", 18, "startWith", "startsWith"),
        ("object.spec.risk.StartsWith('a')", 18, "StartsWith", "startsWith"),
        ("object.spec.risk.contain('a')", 18, "contain", "contains"),
        ("object.spec.risk.toLowerCase() == ''", 18, "toLowerCase", "lowerAscii"),
        ("object.spec.risk == 'major' && siez(object.spec.steps) > 0", 32, "siez", "size"),
        ("len(object.spec.steps) > 0", 1, "len", "size"),
        ("object.spec.steps.exist(s, s.by == '')", 19, "exist", "exists"),
        ("object.spec.steps.every(s, s.by == '')", 19, "every", "all"),
        ("timestap('2026') < now", 1, "timestap", "timestamp"),
        ("object.?spec.?risk.orVal('') == ''", 20, "orVal", "orValue"),
        ("math.greatst(1, 2) > 1", 6, "math.greatst", "math.greatest"),
        ("cel.bnd(x, 1, x) > 1", 5, "cel.bnd", "cel.bind"),
        ("object.spec.risk.frobnicate()", 18, "frobnicate", ""),
    ],
)
def test_a_function_that_does_not_exist_is_one_problem_with_the_nearest_function(
    checker: ExpressionChecker, expression: str, column: int, name: str, suggestion: str
) -> None:
    (problem,) = checker.check(expression).problems
    assert problem.of_function
    assert f"`{name}`" in problem.message.en
    assert "函数" in problem.message.zh
    assert (problem.line, problem.column, problem.suggestion) == (1, column, suggestion)


def test_a_function_on_a_later_line_has_its_own_position(checker: ExpressionChecker) -> None:
    (problem,) = checker.check("startsWith == 1 ||\n object.spec.risk.startWith('a')").problems[1:]
    assert (problem.line, problem.column) == (2, 19)


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("object.spec.risk.startsWith(1)", "`startsWith` cannot be applied to (string, int)"),
        ("object.spec.risk.startsWith()", "`startsWith` cannot be called with these arguments"),
        ("startsWith(object.spec.risk, 'a', 'b')", "`startsWith` cannot be called"),
        ("object.spec.users + 'a' == ''", "`+` cannot be applied to (int, string)"),
        ("'a' in object.spec.users", "`in` cannot be applied to (string, int)"),
        ("object.spec.users == 'many'", "`==` cannot be applied to (int, string)"),
    ],
)
def test_a_function_with_wrong_arguments_is_about_the_function(
    checker: ExpressionChecker, expression: str, says: str
) -> None:
    (problem,) = checker.check(expression).problems
    assert problem.of_function
    assert says in problem.message.en
    assert problem.message.zh
    assert "overload" not in problem.message.en + problem.message.zh


def test_every_function_that_may_be_suggested_exists(checker: ExpressionChecker) -> None:
    arguments = ["", "dyn(1)", "dyn(1), dyn(1)", "dyn(1), dyn(1), dyn(1)", "x, dyn(1), x", "x, x"]
    unknown = set()
    for name in (*MACROS, *FUNCTIONS, *NAMESPACED):
        forms = [f"{target}{name}({each})" for target in ("", "dyn(1).") for each in arguments]
        forms += [f"{name}(object.spec)", f"optional.of(1).{name}(x, optional.of(x))"]
        forms += [f"cel.{name}(x, 1, x)", f"optional.of(1).{name}(optional.of(1))"]
        forms += [f"optional.of(1).{name}()"]
        if not any(_is_called(checker, form, name) for form in forms):
            unknown.add(name)
    assert unknown == set()


def _is_called(checker: ExpressionChecker, expression: str, name: str) -> bool:
    problems = checker.check(expression).problems
    return not any(
        f"`{name}` cannot be called" in each.message.en for each in problems
    ) and not any(
        f".{name}` cannot be called" in each.message.en or "there is no function" in each.message.en
        for each in problems
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("spec.step", "spec.steps"),
        ("spec.stepz", "spec.steps"),
        ("spec.steps.part", "spec.steps.parts"),
        ("spc.steps", "spec.steps"),
        ("spec", "spec.steps"),
        ("spec.labels", "spec.labels.*"),
        ("nothing.near", ""),
    ],
)
def test_the_list_that_was_probably_meant(
    checker: ExpressionChecker, written: str, meant: str
) -> None:
    assert checker.nearest_list(written) == meant


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("true &&\n [has(variables.plan)] != []", "always true"),
        ("true &&\n[has((params.maxAge))] != []", "always true"),
        ("true &&\n     .variables.plan == ''", "begins with a dot; write `variables`"),
    ],
)
def test_a_use_of_the_own_names_that_cannot_be_evaluated_is_refused_with_its_place(
    checker: ExpressionChecker, expression: str, words: str
) -> None:
    checked = checker.check(expression)
    assert checked.type is None
    assert [problem[:2] for problem in checked.problems] == [(2, 7)]
    assert words in checked.problems[0].message.en

"""Expressions against a kind's schema: a misspelt path is found before any request is judged."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.cel import checking
from launchpolicy.policy.cel.checking import Checker
from launchpolicy.policy.cel.descriptors import kind_types

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
def checker() -> Checker:
    variables = {"params.maxAge": checking.STRING, "variables.plan": checking.STRING}
    return Checker(kind_types(SCHEMA), variables)


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
def test_well_typed(checker: Checker, expression: str) -> None:
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
    checker: Checker, expression: str, column: int, suggestion: str
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
def test_wrong_types_do_not_pass_as_a_condition(checker: Checker, expression: str) -> None:
    checked = checker.check(expression)
    assert checked.problems or checked.type.name() not in {"BOOL", "DYN"}


def test_comparing_bare_date_times_as_text_is_refused_with_the_remedy(checker: Checker) -> None:
    (problem,) = checker.check("object.spec.start < object.spec.end").problems
    assert problem.suggestion == "timestamp(…)"


def test_second_line_of_an_expression_has_its_own_position(checker: Checker) -> None:
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
def test_element_types(checker: Checker, route: str, element: str | None) -> None:
    found = checker.element(route)
    assert (found.name() if found is not None else None) == element

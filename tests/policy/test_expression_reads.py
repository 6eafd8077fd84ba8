"""What an expression reads: what may decide its value, and nothing that only stands in it."""

from __future__ import annotations

import pytest

from launchpolicy.policy.cel.reads import EVERY_NAME, ReadValue, reads_of
from launchpolicy.policy.cel.tree import ExpressionSyntaxError

WHOLE, ALONE = True, False
READS = {
    "object.spec.risk == 'major'": {("object.spec.risk", WHOLE)},
    "oldObject.spec.risk != ''": {("oldObject.spec.risk", WHOLE)},
    "object.?spec.?risk.orValue('') == ''": {("object.spec.risk", WHOLE)},
    "has(object.spec.impact)": {("object.spec.impact", ALONE)},
    "object.spec.impact != null": {("object.spec.impact", ALONE)},
    "object.spec.steps.size() > 0": {("object.spec.steps", ALONE)},
    "size(object.spec.steps) > 0": {("object.spec.steps", ALONE)},
    "object.spec == oldObject.spec": {("object.spec", WHOLE), ("oldObject.spec", WHOLE)},
    "object.spec.steps.all(s, s.by != '')": {
        ("object.spec.steps", ALONE),
        ("object.spec.steps.[].by", WHOLE),
    },
    "object.labels.all(k, v, v != k)": {("object.labels", ALONE), ("object.labels.*", WHOLE)},
    "object.steps.filter(s, s.done).map(s, s.by).exists(b, b == '')": {
        ("object.steps", ALONE),
        ("object.steps.[].done", WHOLE),
        ("object.steps.[].by", WHOLE),
    },
    "object.steps.map(s, s.parts).flatten().exists(p, p.name == '')": {
        ("object.steps", ALONE),
        ("object.steps.[].parts.[].name", WHOLE),
        ("object.steps.[].parts.name", WHOLE),
    },
    "object.steps[0].by == ''": {("object.steps.[].by", WHOLE)},
    "object.steps.first().value().by == ''": {
        ("object.steps", ALONE),
        ("object.steps.[].by", WHOLE),
    },
    "object['odd-key'].x": {("object.odd-key.x", WHOLE)},
    "object.`odd-key`": {("object.odd-key", WHOLE)},
    "object.labels[object.team] == ''": {("object.labels.*", WHOLE), ("object.team", WHOLE)},
    "(object.a ? object.b : object.c).d == 1": {
        ("object.a", WHOLE),
        ("object.b.d", WHOLE),
        ("object.c.d", WHOLE),
    },
    "cel.bind(x, object.spec, x.a == x.b)": {("object.spec.a", WHOLE), ("object.spec.b", WHOLE)},
    "object.?a.optMap(x, x.b).orValue(false)": {("object.a", ALONE), ("object.a.b", WHOLE)},
    "{'k': object.a}.k.b == 1": {("object.a.b", WHOLE)},
    "[object.a, object.b].exists(x, x.c)": {("object.a.c", WHOLE), ("object.b.c", WHOLE)},
    "object.a in object.b": {("object.a", WHOLE), ("object.b", WHOLE)},
    "sets.contains(object.a, ['x'])": {("object.a", WHOLE)},
    "object.steps.sortBy(s, s.n)[0].by": {
        ("object.steps", ALONE),
        ("object.steps.[].n", WHOLE),
        ("object.steps.[].by", WHOLE),
    },
    "math.greatest(object.a, 1) > 2": {("object.a", WHOLE)},
    "people.known && evidence.files['x'].passed": {
        ("people.known", WHOLE),
        ("evidence.files.x.passed", WHOLE),
    },
}


def _places(expression: str, **variables: str) -> set[tuple[str, bool]]:
    places = reads_of([expression], variables).places
    return {(".".join(place.steps), place.is_whole) for place in places}


@pytest.mark.parametrize(("expression", "places"), READS.items())
def test_the_places_that_an_expression_reads(
    expression: str, places: set[tuple[str, bool]]
) -> None:
    assert _places(expression) == places


@pytest.mark.parametrize(
    "expression",
    [
        "true // object.spec.risk",
        "'object.spec.risk' == 'x'",
        '"""\nobject.spec.risk\n""" == ""',
        "r'object.spec.risk' == ''",
        "[1].exists(object, object == 1)",
        "[{'spec': 1}].all(object, object.spec == 1)",
    ],
)
def test_a_field_that_is_only_mentioned_is_not_read(expression: str) -> None:
    assert _places(expression) == set()


def test_has_reads_that_the_field_is_there_and_nothing_below_it() -> None:
    assert _places("has(object.spec.impact)") == {("object.spec.impact", ALONE)}


def test_a_variable_reads_only_where_it_is_used() -> None:
    variables = {"used": "object.a.b", "unused": "object.c"}
    assert _places("variables.used.x == 1", **variables) == {("object.a.b.x", WHOLE)}
    assert reads_of(["variables.used == 1"], variables).variables == {"used"}


def test_a_variable_that_uses_another_reads_what_that_reads() -> None:
    variables = {"spec": "object.spec", "risk": "variables.spec.risk"}
    assert _places("variables.risk == ''", **variables) == {("object.spec.risk", WHOLE)}
    assert reads_of(["variables.risk == ''"], variables).variables == {"risk", "spec"}


@pytest.mark.parametrize(
    ("expression", "params"),
    [
        ("object.a == params.max", {"max"}),
        ("object.a == params['max']", {"max"}),
        ("object.a == 'params.max' // params.max", set()),
        ("params == {}", {EVERY_NAME}),
        ("[{'max': 1}].all(params, params.max == 1)", set()),
    ],
)
def test_the_parameters_that_an_expression_uses(expression: str, params: set[str]) -> None:
    assert reads_of([expression], {}).params == params


def test_each_comes_from_the_list_that_is_gone_through() -> None:
    each = ReadValue(frozenset({("object", "steps", "[]")}))
    places = reads_of(["each.by != '' && index >= 0"], {}, each).places
    assert {place.steps for place in places} == {("object", "steps", "[]", "by")}


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(ExpressionSyntaxError):
        reads_of(["object."], {})

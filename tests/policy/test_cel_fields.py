"""Fields that may be null, of several forms, or oddly named: a misspelt one never passes."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.field_check import FieldCheck, Value
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.cel.shapes import SchemaShapes

OWNER: dict[str, Any] = {"type": "object", "properties": {"name": {"type": "string"}}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "nullable": {"type": ["object", "null"], "properties": {"risk": {"type": "string"}}},
        "note": {"type": ["string", "null"]},
        "tags": {"type": ["array", "null"], "items": OWNER},
        "or-null": {"anyOf": [{"$ref": "#/$defs/Owner"}, {"type": "null"}]},
        "owner": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Owner"}]},
        "owners": {"oneOf": [OWNER, {"type": "array", "items": OWNER}]},
        "either": {
            "oneOf": [
                {"properties": {"kind": {"const": "a"}, "left": {"type": "integer"}}},
                {"properties": {"kind": {"const": "b"}, "right": {"type": "integer"}}},
            ]
        },
        "merged": {
            "allOf": [
                {"$ref": "#/$defs/Owner"},
                {"properties": {"age": {"type": "integer"}}},
                {"if": {"required": ["age"]}, "then": {"properties": {"born": {"type": "string"}}}},
            ]
        },
        "beside": {"$ref": "#/$defs/Owner", "properties": {"extra": {"type": "boolean"}}},
        "grid": {"type": "array", "items": {"type": "array", "items": OWNER}},
        "groups": {"type": "object", "additionalProperties": {"type": "array", "items": OWNER}},
        "open": {
            "type": "object",
            "properties": {"known": {"type": "string"}},
            "patternProperties": {"^x-": {"type": "string"}},
            "additionalProperties": False,
        },
        "rest": {
            "type": "object",
            "properties": {"known": {"type": "string"}},
            "additionalProperties": OWNER,
        },
        "versions": {
            "type": "object",
            "patternProperties": {"^v": OWNER},
            "additionalProperties": False,
        },
        "tree": {"$ref": "#/$defs/Tree"},
        "a_b": {"type": "integer"},
        "a-b": {"type": "string"},
        "c-d": OWNER,
        **{word: {"type": "string"} for word in ("in", "package", "namespace", "function")},
        **{word: {"type": "string"} for word in ("const", "loop", "break", "true", "null")},
        "pair": {"prefixItems": [{"type": "string"}, OWNER]},
    },
    "$defs": {
        "Owner": OWNER,
        "Tree": {
            "type": ["object", "null"],
            "properties": {"leaf": {"type": "string"}, "below": {"$ref": "#/$defs/Tree"}},
        },
    },
}


@pytest.fixture(scope="module")
def checker() -> ExpressionChecker:
    return ExpressionChecker(kind_types(SCHEMA), {})


@pytest.mark.parametrize(
    ("expression", "column", "suggestion"),
    [
        ("object.nullable.rsik == 'x'", 17, "risk"),
        ("has(object.nullable.rsik)", 21, "risk"),
        ("object.?nullable.?rsik.orValue('') == ''", 19, "risk"),
        ("object.nullable['rsik'] == 'x'", 17, "risk"),
        ("'rsik' in object.nullable", 1, "risk"),
        ("object.tags.all(t, t.nam == '')", 22, "name"),
        ("object.tags[0].nam == ''", 16, "name"),
        ("object.tags.filter(t, t.name != '').all(t, t.nam == '')", 46, "name"),
        ("object.tags.map(t, t)[0].nam == ''", 26, "name"),
        ('object["or-null"].nam == ""', 19, "name"),
        ("object.`or-null`.nam == ''", 18, "name"),
        ("object.owner.nam == ''", 14, "name"),
        ("has(object.owner.nam)", 18, "name"),
        ("(type(object.owner) == string ? object.owner : object.owner.nam) == ''", 61, "name"),
        ("object.owners.nam == ''", 15, "name"),
        ("object.owners.all(o, o.nam == '')", 24, "name"),
        ("object.owners.exists(o, has(o.nam))", 31, "name"),
        ("cel.bind(o, object.owner, o.nam == '')", 29, "name"),
        ("object.?owner.optMap(o, o.nam).orValue('') == ''", 27, "name"),
        ("optional.of(object.owner).?nam.orValue('') == ''", 28, "name"),
        ("optional.ofNonZeroValue(object.owner).orValue(object.owner).nam == ''", 61, "name"),
        ("[object.owner, object.owner][0].nam == ''", 33, "name"),
        ("(true ? object.owner : null).nam == ''", 30, "name"),
        ("object.either.lfet == 1", 15, "left"),
        ("object.merged.nam == ''", 15, "name"),
        ("object.merged.aeg == 1", 15, "age"),
        ("object.merged.bron == ''", 15, "born"),
        ("object.beside.extar", 15, "extra"),
        ("object.grid.all(r, r.all(c, c.nam == ''))", 31, "name"),
        ("object.groups.a.all(o, o.nam == '')", 26, "name"),
        ("object.groups.all(g, object.groups[g][0].nam == '')", 42, "name"),
        ("object.open.knwon == ''", 13, "known"),
        ("object.rest.other.nam == ''", 19, "name"),
        ("object.versions.v1.nam == ''", 20, "name"),
        ("object.versions['w1'].name == ''", 17, ""),
        ("object.tree.below.below.laef == ''", 25, "leaf"),
        ("object.pair[1].nam == ''", 16, "name"),
        ("object['c-d'].nam == ''", 15, "name"),
    ],
)
def test_a_misspelt_field_is_found_wherever_it_stands(
    checker: ExpressionChecker, expression: str, column: int, suggestion: str
) -> None:
    (problem,) = checker.check(expression).problems
    assert (problem.line, problem.column, problem.suggestion) == (1, column, suggestion)


@pytest.mark.parametrize(
    "expression",
    [
        "object.nullable == null || object.nullable.risk == 'x'",
        "object.note == null || object.note.startsWith('x')",
        "object.tags == null || object.tags.all(t, t.name != '')",
        "object.tags != null && size(object.tags) > 0",
        "object['or-null'] == null || object[\"or-null\"].name == ''",
        "object.owner == 'x' || object.owner.name == 'x'",
        "object.owners.name == '' || object.owners.all(o, o.name == '')",
        "has(object.either.left) ? object.either.left > 0 : object.either.right > 0",
        "object.either.kind in ['a', 'b']",
        "object.merged.name == '' && object.merged.age > 1 && object.merged.born == ''",
        "object.beside.extra && object.beside.name == ''",
        "object.grid.all(r, r.all(c, c.name == ''))",
        "object.groups.all(g, object.groups[g].all(o, o.name == ''))",
        "object.open['x-mine'] == '' && object.open.known == ''",
        "object.rest.known == '' && object.rest.other.name == ''",
        "object.rest['an-other'].name == ''",
        "object.versions.v1.name == '' && 'v1' in object.versions",
        "object.tree.below.below.leaf == ''",
        "object.a_b == 1 && object['a-b'] == '' && object.`a-b` == ''",
        'object["a-b"] == "" && has(object.`a-b`) && "a-b" in object',
        "object[?'a-b'].orValue('') == ''",
        "object['''a-b'''] == '' && object[r'a-b'] == '' && object['a\\x2db'] == ''",
        "object['in'] == object.`in` && object.package == object['package']",
        "object.namespace + object.function + object.const + object.loop + object.break != ''",
        "object['true'] == '' && object.`null` == ''",
        "'a_b' in object && !('nullable' in object && object.nullable == null)",
        "object['a_b'] == 1 // object['rsik'] is no field, and 'object[\"rsik\"]' is a text",
        "'object[\"rsik\"]' != ''",
        "object.pair[0] == '' || object.pair[1].name == ''",
        "dyn(object).anything == 1",
    ],
)
def test_what_the_schema_allows_is_allowed(checker: ExpressionChecker, expression: str) -> None:
    assert checker.check(expression).problems == ()


@pytest.mark.parametrize(
    "expression",
    [
        "object.note == 3",
        "object.nullable.risk == 3",
        "object.tags == 'x'",
        "object.tags == null || object.tags.all(t, t.name == 3)",
        "object['or-null'].name == 3",
        "object.merged.age == 'x'",
        "object.beside.name == 3",
        "object.either.left == 'x'",
        "object['a-b'] == 1",
        "object.open.known == 3",
        "object.a_b == null",
    ],
)
def test_fields_that_may_be_null_and_merged_ones_keep_their_type(
    checker: ExpressionChecker, expression: str
) -> None:
    assert checker.check(expression).problems


ODD = {"a-b": "hyphen", "in": "word", "package": "other", "true": "yes"}


@pytest.mark.parametrize(
    "expression",
    [
        'object["a-b"] == "hyphen"',
        "object['a-b'] == 'hyphen'",
        "object.`a-b` == 'hyphen'",
        "has(object.`a-b`)",
        "'a-b' in object",
        "object[?'a-b'].orValue('') == 'hyphen'",
        "object['in'] == 'word' && object.`in` == 'word'",
        "object.package == 'other' && object['true'] == 'yes'",
    ],
)
def test_an_odd_key_that_may_be_written_so_is_read_so(
    checker: ExpressionChecker, expression: str
) -> None:
    assert checker.check(expression).problems == ()
    assert Bindings({"object": ODD}).holds(expression)


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("object.in == 'word'", "reserved"),
        ("has((object['a-b']))", "`has` takes a field"),
        ("object.true == 'yes'", "reserved"),
    ],
)
def test_what_cel_does_not_read_is_refused_with_what_to_write(
    checker: ExpressionChecker, expression: str, says: str
) -> None:
    problems = checker.check(expression).problems
    assert says in problems[0].message.en
    with pytest.raises(EvaluationError):
        Bindings({"object": ODD}).holds(expression)


def test_a_key_with_a_hyphen_has_no_second_name() -> None:
    schema = {"type": "object", "properties": {"a-b": {"type": "string"}}}
    own = ExpressionChecker(kind_types(schema), {})
    assert own.check("object['a-b'] == ''").problems == ()
    for expression in ("object.a_b == ''", "has(object.a_b)", "object.?a_b.orValue('') == ''"):
        (problem,) = own.check(expression).problems
        assert "`a_b`" in problem.message.en
        assert problem.suggestion == '["a-b"]'


@pytest.mark.parametrize(
    "expression", ["object.a_b.matches('[')", "matches(object['a-b'], r'(?=x)')", "'a'.matches('')"]
)
def test_a_pattern_that_cannot_run_is_refused_at_its_place(expression: str) -> None:
    own = ExpressionChecker(kind_types({"type": "object"}), {})
    problems = own.check(expression).problems
    if "''" in expression:
        assert problems == ()
    else:
        (problem,) = problems
        assert "pattern" in problem.message.en
        assert expression[problem.column - 1] in "'r"


def test_a_schema_with_many_fields_and_rings_is_read_in_bounds() -> None:
    fields = {f"f{number}": {"$ref": f"#/$defs/d{number % 50}"} for number in range(2_000)}
    links = {
        f"d{number}": {
            "anyOf": [
                {"type": "object", "properties": {"n": {"$ref": f"#/$defs/d{(number * 7) % 50}"}}},
                {"type": "object", "properties": {"n": {"$ref": f"#/$defs/d{(number + 1) % 50}"}}},
            ]
        }
        for number in range(50)
    }
    schema = {"type": "object", "properties": fields, "$defs": links}
    own = ExpressionChecker(kind_types(schema), {})
    assert own.check("has(object.f1.n.n.n.n)").problems == ()
    assert own.check("has(object.f1.n.n.n.m)").problems


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (
            {"type": "array", "items": OWNER},
            "object.all(o, o.name == '')",
            "object.all(o, o.nam == '')",
        ),
        (
            {"type": "object", "additionalProperties": OWNER},
            "object.all(k, object[k].name == '')",
            "object.all(k, object[k].nam == '')",
        ),
        ({"$ref": "#/$defs/o", "$defs": {"o": OWNER}}, "object.name == ''", "object.nam == ''"),
        ({"anyOf": [OWNER, {"type": "string"}]}, "object.name == ''", "object.nam == ''"),
    ],
)
def test_a_document_of_any_form_is_checked(schema: dict[str, Any], right: str, wrong: str) -> None:
    own = ExpressionChecker(kind_types(schema), {})
    assert own.check(right).problems == ()
    assert [problem.suggestion for problem in own.check(wrong).problems] == ["name"]


def test_a_fact_of_several_forms_is_checked_too() -> None:
    by, to = {"anyOf": [OWNER, {"type": "null"}]}, {"anyOf": [OWNER, {"type": "string"}]}
    review = {"type": "object", "properties": {"by": by, "to": to}}
    own = ExpressionChecker(kind_types(SCHEMA, {"review": review}), {})
    assert own.check("review.by.name == '' && review.to.name == ''").problems == ()
    for wrong in ("review.by.nam == ''", "review.to.nam == ''", "review.ot == ''"):
        assert len(own.check(wrong).problems) == 1


@pytest.mark.parametrize("keyword", ["items", "additionalProperties", "allOf", "properties"])
def test_a_schema_nested_without_end_raises_nothing(keyword: str) -> None:
    inner: Any = {"type": "string"}
    for _ in range(1_500):
        inner = {keyword: {"allOf": [inner], "properties": {"a": inner}}.get(keyword, inner)}
    own = ExpressionChecker(kind_types({"type": "object", "properties": {"a": inner}}), {})
    assert own.check("object.a == dyn(1)").problems == ()


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("object.owners.sort()[0].nam", "nam"),
        ("object.owners.distinct().slice(0, 1).all(o, o.nam == '')", "nam"),
        ("object.owners.first().?nam", "nam"),
        ("regex.extract(object.a_b, '[')", "["),
        ("regex.replace('[', 'a', 'b')", ""),
        ("object.a_b.replace('[', '(')", ""),
        ("object.owners.sort()[0].name", ""),
    ],
)
def test_functions_of_lists_and_patterns_are_seen_through(expression: str, key: str) -> None:
    shapes = SchemaShapes(SCHEMA)
    check = FieldCheck({"object": Value(shapes.root, shapes=shapes)})
    check.value(parse_expression(expression), {})
    assert [problem.key for problem in check.problems] == ([key] if key else [])


@pytest.mark.parametrize(
    "expression", ["has()", "cel.bind(x, 1)", "cel.bind(x)", "object.tags.map(x)", "[].all(x)"]
)
def test_a_macro_without_its_arguments_is_refused_by_the_library(
    checker: ExpressionChecker, expression: str
) -> None:
    assert checker.check(expression).problems

"""The libraries of functions: documented examples, types, bounds, and what is no answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.functions import FUNCTIONS, MACROS, NAMESPACED
from launchpolicy.policy.cel.libraries import FUNCTIONS_OF_OURS
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError, file_functions

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[2] / "policies/functions.yaml").read_text("utf-8")
)
EXAMPLES = [row["example"] for rows in TABLE.values() for row in rows]
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "names": {"type": "array", "items": {"type": "string"}},
        "counts": {"type": "array", "items": {"type": "integer"}},
        "ratios": {"type": "array", "items": {"type": "number"}},
        "moments": {"type": "array", "items": {"type": "string", "format": "date-time"}},
        "steps": {
            "type": "array",
            "items": {"type": "object", "properties": {"by": {"type": "string"}}},
        },
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "version": {"type": "string"},
        "lists": {"type": "object", "properties": {"range": {"type": "string"}}},
        "anything": {},
    },
}
DOCUMENTED = [
    "sets.contains([], [])",
    "!sets.contains([], [1])",
    "sets.contains([1, 2, 3, 4], [2, 3])",
    "sets.contains([1, 2.0, 3u], [1.0, 2u, 3])",
    "sets.equivalent([], [])",
    "sets.equivalent([1], [1, 1])",
    "sets.equivalent([1], [1u, 1.0])",
    "sets.equivalent([1, 2, 3], [3u, 2.0, 1])",
    "!sets.intersects([1], [])",
    "sets.intersects([1], [1, 2])",
    "sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]])",
    "[1, 2, 2, 3, 3, 3].distinct() == [1, 2, 3]",
    "['b', 'b', 'c', 'a', 'c'].distinct() == ['b', 'c', 'a']",
    "[1, 'b', 2, 'b'].distinct() == [1, 'b', 2]",
    "lists.range(5) == [0, 1, 2, 3, 4]",
    "lists.range(0) == []",
    "[1, 2, 3, 4].slice(1, 3) == [2, 3]",
    "[3, 2, 1].sort() == [1, 2, 3]",
    "['b', 'c', 'a'].sort() == ['a', 'b', 'c']",
    "[{'n': 'b'}, {'n': 'a'}].sortBy(e, e.n).map(e, e.n) == ['a', 'b']",
    "[1, [2, 3], [4]].flatten() == [1, 2, 3, 4]",
    "[1, [2, [3, 4]]].flatten() == [1, 2, [3, 4]]",
    "[1, [2, [3, 4]]].flatten(2) == [1, 2, 3, 4]",
    "[5, 3, 1, 2].reverse() == [2, 1, 3, 5]",
    "regex.replace('hello world hello', 'hello', 'hi') == 'hi world hi'",
    "regex.replace('banana', 'a', 'x', 0) == 'banana'",
    "regex.replace('banana', 'a', 'x', 1) == 'bxnana'",
    r"regex.replace('foo bar', '(fo)o (ba)r', r'\2 \1') == 'ba fo'",
    "regex.extract('hello world', 'hello(.*)').value() == ' world'",
    r"regex.extract('item-A, item-B', r'item-(\w+)') == optional.of('A')",
    "regex.extract('HELLO', 'hello') == optional.none()",
    r"regex.extractAll('id:123, id:456', r'id:\d+') == ['id:123', 'id:456']",
    "regex.extractAll('id:123, id:456', 'assa') == []",
    "[1, 2, 3].all(i, v, i < v)",
    "{'hello': 'world', 'taco': 'taco'}.exists(k, v, k == v)",
    "{'hello': 'world', 'taco': 'taco'}.existsOne(k, v, k == v)",
    "[1, 2, 3].transformList(i, v, i * v + v) == [1, 4, 9]",
    "[1, 2, 3].transformList(i, v, i % 2 == 0, i * v + v) == [1, 9]",
    "[1, 2, 3].transformMap(i, v, i * v + v) == {0: 1, 1: 4, 2: 9}",
    "{'hello': 'world'}.transformMapEntry(k, v, {v: k}) == {'world': 'hello'}",
    "!isSemver('hello') && !isSemver('v1.0') && isSemver('v1.0', true)",
    "semver('01.01.01', true).compareTo(semver('1.1.1')) == 0",
    "semver('1.0.0').isGreaterThan(semver('0.9.9'))",
    "semver('1.0.0') == semver('1.0.0+5114f85')",
    "[1, 3].sum() == 4 && [1.0, 3.0].sum() == 4.0 && [].sum() == 0",
    "['a', 'b', 'b', 'c'].isSorted() && !['foo', 'bar'].isSorted() && [].isSorted()",
    "['b', 'a'].min() == 'a' && [1.5, 2.5].max() == 2.5",
]
"""What the documents of these libraries show (CEL's extensions, Kubernetes)."""

FILES: dict[str, Callable[..., Any]] = {
    "files.exists": lambda path: path == "notes/one.yaml",
    "files.list": lambda folder: ["one.yaml"] if folder == "notes" else [],
    "files.matches": lambda path, pattern: (path, pattern) == ("notes/one.yaml", "title"),
}
"""A repository with one file, in which `title` stands."""

PRECEDENCE = [
    *("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2"),
    *("1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.9.0", "1.10.0", "2.0.0"),
]
"""Versions from the earliest to the latest (semver.org, 11)."""

MOMENT = "timestamp('2026-12-01T00:00:00Z')"
WITHOUT_AN_ANSWER = [
    "[1, 'b'].sort() == []",
    "[dyn(1), dyn('b')].min() == 1",
    "[dyn(1), dyn(true)].max() == 1",
    "[dyn([1])].isSorted()",
    "[dyn(1), dyn(1.5)].sum() == 2.5",
    "[dyn(9223372036854775807), dyn(1)].sum() == 0",
    "[dyn('a')].sum() == 0",
    "dyn([]).min() == 0",
    "[0.0 / 0.0].min() == 0.0",
    f"dyn([{MOMENT}]).min() == {MOMENT}",
    "semver('1.2') == semver('1.2.0')",
    "semver('1.2.3 ') == semver('1.2.3')",
    "semver('1.02.3') == semver('1.2.3')",
    "semver('99999999999999999999.0.0').major() > 1",
    f"semver('1.0.0-{'a' * 251}').major() == 1",
    "dyn({'semver': '1.0.0', 'x': 1}).major() == 1",
    "dyn({'semver': 'x'}).major() == 1",
    "dyn('1.0.0').isLessThan(semver('2.0.0'))",
    "regex.extract('ab', '(a)(b)').hasValue()",
    "regex.extractAll('ab', '(') == []",
    "['a', 'b'].transformMapEntry(i, v, {'one': v}).size() == 1",
    f"[1].transformMap(i, v, {MOMENT}).size() == 1",
    f"[1].transformMap(i, v, [{MOMENT}]).size() == 1",
    "lists.range(10001).size() > 0",
]


@pytest.fixture(scope="module")
def checker() -> ExpressionChecker:
    return ExpressionChecker(kind_types(SCHEMA), {})


@pytest.mark.parametrize("expression", [*DOCUMENTED, *EXAMPLES])
def test_what_documents_show_is_true_and_well_typed(
    checker: ExpressionChecker, expression: str
) -> None:
    checked = checker.check(expression)
    assert (checked.problems, checked.type.name()) == ((), "BOOL")
    assert Bindings({}, file_functions(FILES)).holds(expression) is True


def test_the_table_of_functions_lists_every_function_that_can_be_called() -> None:
    forms = [row["form"] for rows in TABLE.values() for row in rows]
    called = {match.group(1) for form in forms if (match := re.search(r"([\w.]+)\(", form))}
    described = {name if name in NAMESPACED else name.rpartition(".")[2] for name in called}
    assert described == {*MACROS, *FUNCTIONS, *NAMESPACED} - {"bind"} | {"bind"} & described


def test_every_function_of_ours_is_in_the_table_and_so_has_an_example() -> None:
    examples = "\n".join(EXAMPLES)
    assert [one.name for one in FUNCTIONS_OF_OURS if f"{one.name}(" not in examples] == []


@pytest.mark.parametrize("expression", WITHOUT_AN_ANSWER)
def test_what_has_no_answer_is_an_error_and_never_true_or_false(expression: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        Bindings({}).holds(expression)
    assert not re.search(r"Python|0x[0-9a-f]|<", str(caught.value))


def test_versions_are_ordered_by_their_numbers_and_not_as_text() -> None:
    for earlier, later in pairwise(PRECEDENCE):
        bindings = Bindings({"object": {"earlier": earlier, "later": later}})
        assert bindings.holds("semver(object.earlier).isLessThan(semver(object.later))")
        assert not bindings.holds("semver(object.earlier).isGreaterThan(semver(object.later))")
        assert bindings.evaluate("semver(object.later).compareTo(semver(object.earlier))") == 1


@pytest.mark.parametrize(
    "expression",
    [
        "sets.contains([1], [true])",
        "sets.intersects([true], [1])",
        "sets.equivalent([0], [false])",
        "sets.intersects([null], [0, '', false])",
        "sets.intersects(['1'], [1])",
        "sets.equivalent([[]], [{}])",
        "sets.contains([{'a': 1}], [{'a': true}])",
        "sets.intersects([0.0 / 0.0], [0.0 / 0.0])",
        "sets.intersects([b'a'], ['a'])",
        "dyn(semver('1.2.3')) == '1.2.3'",
    ],
)
def test_values_that_only_python_takes_for_equal_are_not_equal(expression: str) -> None:
    assert Bindings({}).holds(expression) is False


@pytest.mark.parametrize(
    ("expression", "says", "suggestion"),
    [
        ("sets.contains(object.names, object.counts)", "(list(string), list(int))", ""),
        ("sets.contains(object.names, 'a')", "(list(string), string)", ""),
        ("sets.contain(object.names, ['a'])", "no function `sets.contain`", "sets.contains"),
        ("sets.subset(object.names, ['a'])", "no function `sets.subset`", "sets.contains"),
        ("object.names.unique() == []", "no function `unique`", "distinct"),
        ("lists.sort(object.names) == []", "no function `lists.sort`", "sort"),
        ("object.names.sum() == 1", "`sum` cannot be applied to (list(string))", ""),
        ("object.steps.min() == 1", "`min` cannot be applied", ""),
        ("object.steps.sort() == []", "`sort` cannot be applied", "sortBy"),
        ("object.steps.sortby(x, x.by) == []", "no function `sortby`", "sortBy"),
        ("object.labels.transformmap(k, v, k + v) == {}", "`transformmap`", "transformMap"),
        ("semver(object.version) < semver('2.0.0')", "`<` cannot be applied", "isLessThan"),
        ("semver(object.version) >= semver('2.0.0')", "`>=` cannot be", "isGreaterThan"),
        ("semver(object.version) == object.version", "`==` cannot be applied", ""),
        ("object.version.isLessThan('2.0.0')", "`isLessThan` cannot be", "semver"),
        ("object.version.major() == 1", "`major` cannot be applied", "semver"),
        ("semver(2) == semver('2.0.0')", "`semver` cannot be applied to (int)", ""),
        ("object.names.isSemver()", "`isSemver` cannot be", ""),
        (f"[{MOMENT}].min() == {MOMENT}", "`min` cannot be applied", "sort"),
        (".lists.range(3) == []", "begins with a dot; write `lists`", ""),
        (".sets.contains([1], [1])", "nothing is called `.sets`", ""),
    ],
)
def test_misuse_is_found_at_load_and_says_what_to_write(
    checker: ExpressionChecker, expression: str, says: str, suggestion: str
) -> None:
    problem = checker.check(expression).problems[0]
    assert says in problem.message.en
    assert problem.message.zh
    assert problem.suggestion == suggestion


def test_lists_of_date_times_are_no_lists_of_text(checker: ExpressionChecker) -> None:
    for expression in ("object.moments.sort() == []", "object.moments.min() == ''"):
        assert checker.check(expression).problems[0].suggestion == "timestamp(…)"


@pytest.mark.parametrize(
    "expression",
    [
        "object.names.all(sets, sets.contains('a'))",
        "object.names.all(regex, regex.replace('a', 'a') == 'a')",
        "object.steps.exists(lists, has(lists.by))",
        "object.lists.range == 'x'",
    ],
)
def test_names_of_libraries_stay_free_for_variables_and_fields(
    checker: ExpressionChecker, expression: str
) -> None:
    value = {"names": ["a"], "steps": [{"by": "x"}], "lists": {"range": "x"}}
    assert checker.check(expression).problems == ()
    assert Bindings({"object": value}).holds(expression) is True


@pytest.mark.parametrize(
    "expression",
    [
        "object.names.all(x, sets.contains(object.names, object.names))",
        "object.names.all(x, !sets.intersects(object.names, []))",
        "lists.range(2000).all(x, lists.range(2000).size() == 2000)",
        "lists.range(2000).all(x, object.names.isSorted())",
        "lists.range(2000).transformMap(i, v, v).size() == 2000",
        "lists.range(2000).transformMapEntry(i, v, {v: object.names}).size() == 2000",
    ],
)
def test_functions_inside_a_macro_stop_at_the_budget_of_values(expression: str) -> None:
    bindings = Bindings({"object": {"names": ["a"] * 2000}})
    with pytest.raises(EvaluationError, match="more than 1000000 values in one evaluation"):
        bindings.holds(expression)


def test_the_budget_of_values_is_of_one_evaluation() -> None:
    bindings = Bindings({"object": {"names": ["a"] * 5000}})
    spends_most = "lists.range(90).all(x, sets.contains(object.names, object.names))"
    assert [bindings.holds(spends_most) for _ in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("lists.range(9998).all(x, x >= 0)", True),
        ("sets.contains(object, object) && object.sort().size() == 20000", True),
        ("object.distinct().size() == 20000 && object.max() == 19999", True),
    ],
)
def test_functions_look_at_more_than_macros_may_iterate(expression: str, *, holds: bool) -> None:
    assert Bindings({"object": list(range(20_000))}).holds(expression) is holds


def test_the_budget_of_iterations_is_what_the_guide_says() -> None:
    bindings = Bindings({})
    assert bindings.holds("lists.range(9999).all(x, x >= 0)")
    with pytest.raises(EvaluationError, match="budget"):
        bindings.holds("lists.range(10000).all(x, x >= 0)")


def test_the_budget_of_iterations_is_one_for_all_macros_of_an_expression() -> None:
    twice = "lists.range(6000).all(x, x >= 0) && lists.range(6000).all(x, x >= 0)"
    with pytest.raises(EvaluationError, match="budget"):
        Bindings({}).holds(twice)


@pytest.mark.parametrize("keys", [["a", "b", "c", "d"], ["d", "c", "b", "a"]])
def test_a_map_made_of_a_map_is_the_same_in_any_order(keys: list[str]) -> None:
    bindings = Bindings({"object": dict.fromkeys(keys, 1)})
    assert bindings.holds(
        "object.transformMap(k, v, v + 1) == {'a': 2, 'b': 2, 'c': 2, 'd': 2}"
        " && object.transformList(k, v, k).sort() == ['a', 'b', 'c', 'd']"
    )


@pytest.mark.parametrize(
    "expression",
    [
        "object.labels.transformList(k, v, k).join(', ') == ''",
        "object.labels.map(k, k).join(', ') == ''",
        "object.labels.filter(k, k != '')[0] == ''",
        "object.labels.transformList(k, v, k)[0] == ''",
        "object.labels.transformList(k, v, v != '', v) == ['a']",
        "object.labels.transformList(k, v, k).first().value() == ''",
        "object.labels.transformList(k, v, k).distinct() == ['a']",
        "object.labels.transformList(k, v, double(v)).sum() > 0.3",
        "{'b': 1, 'a': 2}.transformList(k, v, k)[0] == 'a'",
        "object.steps.all(s, object.labels.transformList(k, v, k)[0] == s.by)",
        "object.labels.transformList(k, v, {k: v}.transformList(x, y, x)[0]).size() == 1",
        "object.labels.map(k, k).filter(k, k != '').join(',') == ''",
        "object.labels.map(k, k).distinct().sort() == ['a']",
        "object.labels.map(k, k).transformList(i, k, i > 0, k).sort() == ['a']",
        "(object.labels.map(k, k) + ['a'])[0] == ''",
        "(object.labels.map(k, k).join(',') == '' ? [1] : [2]).sort() == [1]",
        "object.labels.map(k, k) == ['a']",
    ],
)
def test_a_list_whose_order_differs_from_run_to_run_is_refused_at_load(
    checker: ExpressionChecker, expression: str
) -> None:
    (problem,) = checker.check(expression).problems
    assert "no order" in problem.message.en
    assert problem.fix is not None
    assert "`m.map(k, k).sort().map(k, m[k])`" in problem.fix.en


@pytest.mark.parametrize(
    "expression",
    [
        "object.labels.transformList(k, v, k).sort().join(', ') == ''",
        "object.labels.map(k, k).sort().map(k, object.labels[k]).join(', ') == ''",
        "object.labels.transformList(k, v, k).size() == 1",
        "size(object.labels.transformList(k, v, k)) == 1",
        "object.labels.transformList(k, v, v).all(x, x != '')",
        "'a' in object.labels.transformList(k, v, v)",
        "sets.contains(object.labels.transformList(k, v, v), ['a'])",
        "object.names.transformList(i, x, x)[0] == ''",
        "[{'a': 1}].transformList(i, x, x)[0].a == 1",
        "object.steps.transformList(i, s, s.by).join('') == ''",
        "object.labels.map(k, k).filter(k, k != '').sort() == ['a']",
        "object.labels.filter(k, k != '').map(k, object.labels[k]).sort().join(',') == ''",
        "object.labels.map(k, object.labels[k]).distinct().size() == object.labels.size()",
        "(object.labels.map(k, k) + object.names).sort() == ['a']",
        "(object.names == [] ? [] : object.labels.map(k, k)).sort() == ['a']",
        "object.labels.filter(k, k == '') == []",
        "[] != object.labels.map(k, [k]).flatten()",
    ],
)
def test_a_list_that_is_sorted_or_asked_as_a_whole_may_come_from_a_map(
    checker: ExpressionChecker, expression: str
) -> None:
    assert checker.check(expression).problems == ()


def test_a_whole_number_in_place_of_a_fraction_compares_and_is_converted_as_the_guide_says() -> (
    None
):
    bindings = Bindings({"object": {"ratio": 1, "count": 3.0}})
    assert bindings.holds("object.ratio > 0.5 && object.count == 3")
    assert bindings.holds("double(object.ratio) * 2.0 == 2.0 && int(object.count) + 1 == 4")
    with pytest.raises(EvaluationError):
        bindings.holds("object.ratio * 2.0 == 2.0")


def test_the_functions_that_tell_maps_from_lists_are_no_functions_of_policies(
    checker: ExpressionChecker,
) -> None:
    (problem,) = checker.check("only_a_map(object.labels) == {}").problems
    assert "there is no function `only_a_map`" in problem.message.en

"""Results that are remembered in a run are those that judging anew would give."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from launchpolicy.documents.lineless import UnplacedDocument, without_lines
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.expressions import Expressions
from launchpolicy.engine.remembered_results import RememberedResults
from launchpolicy.facts.change import change_between
from launchpolicy.policy.policy import JointValidation, Policy
from launchpolicy.vocabulary.finding import Outcome, PolicyResult
from tests.engine.test_evaluation import NOW, document, policy
from tests.extent import share_of
from tests.mutations.examples import examples
from tests.mutations.judging import judge_without_lines
from tests.mutations.mutations import single_mutations

_MUTATIONS = 25
"""Of one example of each process."""


def _context(data: Any, now: datetime = NOW, path: str = "") -> Context:
    change = change_between(None, data)
    shown = without_lines(document(data))
    if path:
        shown = UnplacedDocument(path, shown.text, shown.data, shown.rules)
    return Context("LaunchRequest", shown.path, shown, None, change, (), now)


def _both(tested: Policy, *versions: Any) -> list[tuple[PolicyResult, PolicyResult]]:
    """The results of versions one after the other, remembered and judged anew."""
    results = RememberedResults()
    return [
        (
            results.evaluation(_context(data)).result(tested),
            Evaluation(_context(data)).result(tested),
        )
        for data in versions
    ]


def _with_spec(**spec: Any) -> dict[str, Any]:
    return {"spec": spec, "status": {"stage": "requested"}}


def test_a_policy_is_not_judged_again_where_what_it_names_is_the_same() -> None:
    tested = policy({"expression": "object.spec.a == 1", "at": "spec.a"})
    first, second = _both(tested, _with_spec(a=2, b=1), _with_spec(a=2, b=2))
    assert second[0].findings[0].message is first[0].findings[0].message
    assert second[0] == second[1]
    assert first[0].outcome is Outcome.FAILED


_CHANGES: dict[str, tuple[dict[str, Any], Sequence[dict[str, Any]]]] = {
    "a number becomes true": ({"expression": "object.spec.a == 1"}, [{"a": 1}, {"a": True}]),
    "a whole number becomes another kind": (
        {"expression": "type(object.spec.a) == int"},
        [{"a": 1}, {"a": 1.0}],
    ),
    "a key comes": ({"expression": "!has(object.spec.a)"}, [{}, {"a": None}]),
    "a map becomes a text": (
        {"expression": "!has(object.spec.a.b)"},
        [{"a": {}}, {"a": "b"}, {"a": []}],
    ),
    "a key that is read between backquotes": (
        {"expression": "object.spec.`a-b` == 1"},
        [{"a-b": 1}, {"a-b": 2}],
    ),
    "a key that is read by a text": (
        {"expression": "object['spec']['a'] == 1"},
        [{"a": 1}, {"a": 2}],
    ),
    "an element of a list": (
        {"forEach": "steps", "expression": "each.by != 'b'"},
        [{"a": 1}],
    ),
    "an element of a list below": (
        {"forEach": "spec.a", "expression": "each.by != 'b'", "at": "each.by"},
        [{"a": [{"by": "a"}]}, {"a": [{"by": "b"}]}, {"a": [{"by": "a"}, {"by": "b"}]}],
    ),
    "any value of a map": (
        {"forEach": "spec.*.by", "expression": "each != 'b'"},
        [{"a": {"by": ["a"]}}, {"a": {"by": ["b"]}}, {"c": {"by": ["b"]}}],
    ),
    "a loop variable of the name of a variable": (
        {"expression": "object.spec.a.all(path, path.b == object.spec.c)"},
        [{"a": [{"b": 1}], "c": 1}, {"a": [{"b": 1}], "c": 2}, {"a": [{"b": 2}], "c": 2}],
    ),
    "what only the message names": (
        {
            "expression": "object.spec.a == 1",
            "messageExpression": {"en": "object.spec.b"},
        },
        [{"a": 2, "b": "x"}, {"a": 2, "b": "y"}],
    ),
    "only where the finding stands": (
        {"expression": "object.spec.a == 1", "at": "spec.b.c"},
        [{"a": 2}, {"a": 2, "b": {}}, {"a": 2, "b": {"c": 1}}],
    ),
    "where an expression says that it stands": (
        {"expression": "object.spec.a == 1", "atExpression": "'spec.b.c'"},
        [{"a": 2}, {"a": 2, "b": {}}, {"a": 2, "b": {"c": 1}}],
    ),
    "an edit of the request": (
        {"forEach": "change.edits", "expression": "each.path == ''"},
        [{"a": 2}, {"b": {}}, {"b": {"c": 1}}],
    ),
    "no answer": ({"expression": "object.spec.a.b == 1"}, [{"a": {}}, {"a": {"b": 1}}, {}]),
}


@pytest.mark.parametrize(("validation", "specs"), _CHANGES.values(), ids=_CHANGES.keys())
@pytest.mark.parametrize("variable", [False, True], ids=["", "by a variable"])
def test_what_changes_is_judged_anew(
    validation: dict[str, Any],
    specs: Sequence[dict[str, Any]],
    variable: bool,  # noqa: FBT001 (a case)
) -> None:
    named: dict[str, Any] = {}
    if variable and "forEach" not in validation:
        named = {"variables": [{"name": "it", "expression": validation["expression"]}]}
        validation = {**validation, "expression": "variables.it"}
    tested = policy(validation, {"expression": "true"}, **named)
    versions = [_with_spec(**spec) for spec in (*specs, *reversed(specs))]
    for remembered, anew in _both(tested, *versions):
        assert remembered == anew


def test_a_condition_is_asked_again_when_what_it_names_changes() -> None:
    condition = {"name": "asked", "expression": "object.spec.a == 1"}
    tested = policy({"expression": "object.spec.b == 1"}, matchConditions=[condition])
    outcomes = [
        both[0].outcome for both in _both(tested, _with_spec(a=2, b=2), _with_spec(a=1, b=2))
    ]
    assert outcomes == [Outcome.NOT_APPLICABLE, Outcome.FAILED]


def test_a_failure_before_and_after_the_policy_takes_effect_is_not_the_same() -> None:
    tested = policy({"expression": "false"}, binding={"effectiveFrom": "2027-01-01T00:00:00Z"})
    results = RememberedResults()
    data = _with_spec(a=1)
    moments = [NOW, datetime(2027, 1, 2, tzinfo=UTC), NOW]
    actions = [results.evaluation(_context(data, now)).result(tested).action for now in moments]
    assert [action.value for action in actions] == ["warn", "deny", "warn"]


def test_what_names_the_time_is_judged_each_time() -> None:
    tested = policy({"expression": "now < timestamp('2026-11-23T01:00:00Z')"})
    results = RememberedResults()
    moments = [NOW, NOW + timedelta(days=1)]
    outcomes = [
        results.evaluation(_context(_with_spec(), now)).result(tested).outcome for now in moments
    ]
    assert outcomes == [Outcome.PASSED, Outcome.FAILED]


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes which conditions are evaluated."""
    asked: list[str] = []
    hold = Expressions.hold

    def note(expressions: Expressions, tested: Policy, expression: str) -> bool:
        asked.append(expression)
        return hold(expressions, tested, expression)

    monkeypatch.setattr(Expressions, "hold", note)
    return asked


@pytest.mark.parametrize(
    ("condition", "specs", "count"),
    [
        pytest.param("object.spec.a == 1", [{"a": 1}, {"a": 1}, {"a": 1, "b": 2}], 1, id="same"),
        pytest.param("object.spec.a == 1", [{"a": 1}, {"a": True}, {"a": 1.0}], 3, id="types"),
        pytest.param("object.spec.a == 1", [{"a": 2}, {"a": 1}, {"a": 2}], 2, id="two values"),
        pytest.param("variables.it == 1", [{"b": 1}, {"b": 2}, {"b": 1}], 2, id="by a variable"),
        pytest.param("object.spec.a.b == 1", [{"a": 2}, {"a": 2}], 2, id="no answer is kept"),
        pytest.param("now > timestamp('2020-01-01T00:00:00Z')", [{}, {}], 2, id="the time"),
    ],
)
def test_a_condition_of_a_policy_that_names_the_time_is_asked_once_for_equal_values(
    monkeypatch: pytest.MonkeyPatch, condition: str, specs: list[dict[str, Any]], count: int
) -> None:
    tested = policy(
        {"expression": "now < timestamp('2026-11-23T01:00:00Z')"},
        variables=[{"name": "it", "expression": "object.spec.b"}],
        matchConditions=[{"name": "asked", "expression": condition}],
    )
    versions = [_with_spec(**spec) for spec in specs]
    anew = [Evaluation(_context(data)).result(tested) for data in versions]
    asked, results = _asked(monkeypatch), RememberedResults()
    assert [results.evaluation(_context(data)).result(tested) for data in versions] == anew
    assert len(asked) == count


def test_of_a_policy_that_names_the_time_only_what_names_it_is_evaluated_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tested = policy(
        {"expression": "object.spec.a == 1"},
        {"forEach": "spec.steps", "expression": "each.by != variables.it"},
        {"expression": "now < timestamp(object.spec.due)"},
        variables=[{"name": "it", "expression": "object.spec.b"}],
    )
    due = {"due": "2027-01-01T00:00:00Z", "steps": [{"by": "c"}]}
    late = {"due": "2020-01-01T00:00:00Z", "steps": [{"by": "c"}]}
    specs = [
        *({"a": 1, "b": "b", **due}, {"a": 1, "b": "b", **due}, {"a": 1, "b": "c", **due}),
        *({"a": 2, "b": "b", **due}, {"a": 1, "b": "b", **late}, {"a": 1, **due}),
        *({"a": 1, "b": "b", "due": "2027-01-01T00:00:00Z"}, {"a": True, "b": "b", **due}),
    ]
    versions = [_with_spec(**spec) for spec in (*specs, *reversed(specs))]
    anew = [Evaluation(_context(data)).result(tested) for data in versions]
    evaluated: list[JointValidation] = []
    proven = Expressions.proven

    def note(expressions: Expressions, joint: JointValidation) -> frozenset[int]:
        evaluated.append(joint)
        return proven(expressions, joint)

    monkeypatch.setattr(Expressions, "proven", note)
    results = RememberedResults()
    assert [results.evaluation(_context(data)).result(tested) for data in versions] == anew
    times = [joint for joint in evaluated if joint.numbers == (2,)]
    assert len(times) == len(versions)
    assert len(evaluated) < 2 * len(versions)


@pytest.mark.parametrize("stage", ["launched", "closed", "", None, ["requested"]])
def test_a_policy_that_is_not_about_a_request_says_so_for_each_stage(stage: Any) -> None:
    tested = policy({"expression": "true"}, match={"stages": ["requested"]})
    results = RememberedResults()
    for version in ({"stage": stage}, {"stage": "requested"}, {"stage": stage}):
        context = _context({"spec": {}, "status": version})
        remembered = results.evaluation(context).result(tested)
        assert remembered == Evaluation(context).result(tested)
        assert (remembered.outcome is Outcome.PASSED) == (version["stage"] == "requested")


def test_another_request_that_says_the_same_has_the_same_findings_in_its_own_file() -> None:
    tested = policy({"expression": "object.spec.a == 1", "at": "spec.a"})
    results, data = RememberedResults(), _with_spec(a=2)
    paths = ["launches/a/request.yaml", "launches/b/request.yaml", "launches/a/request.yaml"]
    remembered = [results.evaluation(_context(data, path=path)).result(tested) for path in paths]
    anew = [Evaluation(_context(data, path=path)).result(tested) for path in paths]
    assert remembered == anew
    assert [result.findings[0].place.path for result in remembered] == paths


def test_a_policy_that_names_the_path_is_judged_for_each_path() -> None:
    tested = policy({"expression": "path.stem == 'a'"})
    results, data = RememberedResults(), _with_spec()
    outcomes = [
        results.evaluation(_context(data, path=path)).result(tested).outcome
        for path in ("a.yaml", "b.yaml")
    ]
    assert outcomes == [Outcome.PASSED, Outcome.FAILED]


def test_a_request_of_another_kind_is_judged_by_itself() -> None:
    tested = policy({"expression": "object.spec.a == 1", "at": "spec.a"})
    results, context = RememberedResults(), _context(_with_spec(a=2))
    first = results.evaluation(context).result_where_matched(tested)
    other = results.evaluation(context._replace(kind="Other")).result_where_matched(tested)
    assert other == first
    assert other.findings[0].message is not first.findings[0].message


def _example_of_each_process() -> list[int]:
    by_process = {example.process: number for number, example in enumerate(examples())}
    return list(by_process.values())


@pytest.mark.parametrize("number", _example_of_each_process())
def test_mutated_requests_judged_in_a_row_have_the_judgements_of_each_by_itself(
    number: int,
) -> None:
    own = [
        mutation
        for mutation in single_mutations()
        if mutation.example == number and mutation.file is None
    ]
    mutations, results = share_of(own, _MUTATIONS), RememberedResults()
    remembered = judge_without_lines(examples()[number], mutations, results.evaluation)
    assert remembered == judge_without_lines(examples()[number], mutations, Evaluation)

"""Validations that are looked at together give what each of them gives by itself."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from launchpolicy.engine.expressions import Expressions, quantified_expression
from launchpolicy.hosts import shipped_files
from launchpolicy.policy.cel.runtime import program_of
from launchpolicy.policy.joint_validation import joint_validation
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.scoping import scoped_expression
from launchpolicy.vocabulary.finding import Outcome
from tests.engine.test_evaluation import REQUEST, policy, result

TRUE = {"expression": "true"}
STEPS: dict[str, Any] = {"forEach": "spec.steps", "expression": "each.by != 'b'"}
ITEMS: dict[str, Any] = {"forEach": "spec.groups.items", "expression": "each.good"}


def _with_spec(**spec: Any) -> dict[str, Any]:
    request = copy.deepcopy(REQUEST)
    request["spec"].update(spec)
    return request


def _by_itself(monkeypatch: pytest.MonkeyPatch, tested: Policy, request: Any) -> Any:
    with monkeypatch.context() as patch:
        patch.setattr(Expressions, "unproven", lambda _, tested: tested.validations)
        return result(tested, request)


SPECS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "no key": {"steps": []},
    "list of none": {"groups": {"items": []}},
    "all good": {"groups": {"items": [{"good": True}, {"good": True}]}},
    "one bad": {"groups": {"items": [{"good": True}, {"good": False}]}},
    "a list on the way, bad": {
        "groups": [{"items": [{"good": True}]}, {"items": [{"good": False}]}]
    },
    "a list of names on the way": {"groups": ["items"]},
    "a text on the way": {"groups": "items"},
    "null on the way": {"groups": None},
    "a map in place of the list": {"groups": {"items": {"good": True}}},
    "a text in place of the list": {"groups": {"items": "good"}},
    "lists in the list": {"groups": {"items": [[{"good": False}]]}},
    "a key missing in an element": {"groups": {"items": [{"good": True}, {}]}},
    "another type in an element": {"groups": {"items": [{"good": 1}]}},
}
VALIDATIONS: dict[str, list[dict[str, Any]]] = {
    "of a list": [TRUE, ITEMS],
    "of two lists": [STEPS, ITEMS],
    "with a variable": [{"expression": "variables.users < 4"}, ITEMS],
    "with a variable without value": [{"expression": "variables.none == 1 || true"}, ITEMS],
    "with a parameter": [{"expression": "object.spec.users <= params.most"}, TRUE, ITEMS],
    "with an index": [TRUE, TRUE, {"forEach": "spec.steps", "expression": "index < 1"}],
    "of edits": [TRUE, {"forEach": "change.edits", "expression": "each.path != 'x'"}],
}


@pytest.mark.parametrize("validations", VALIDATIONS.values(), ids=VALIDATIONS.keys())
@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
def test_the_result_is_that_of_each_validation_by_itself(
    monkeypatch: pytest.MonkeyPatch, spec: dict[str, Any], validations: list[dict[str, Any]]
) -> None:
    variables = [
        {"name": "users", "expression": "object.spec.users"},
        {"name": "none", "expression": "object.spec.none"},
    ]
    tested = policy(*validations, params={"most": 3}, variables=variables)
    assert joint_validation(tested) is not None
    request = _with_spec(**spec)
    assert result(tested, request) == _by_itself(monkeypatch, tested, request)


def test_a_bad_element_behind_a_list_on_the_way_fails() -> None:
    spec = SPECS["a list on the way, bad"]
    assert result(policy(TRUE, ITEMS), _with_spec(**spec)).outcome is Outcome.FAILED


NOT_TRUE = ("1", "'true'", "[true]", "object.spec.none", "1 / 0 == 1", "object.spec.users", "null")


@pytest.mark.parametrize("expression", NOT_TRUE)
@pytest.mark.parametrize("place", [0, 1])
def test_what_is_not_exactly_true_does_not_pass_beside_what_is(expression: str, place: int) -> None:
    validations = [TRUE, TRUE]
    validations.insert(place, {"expression": expression})
    assert result(policy(*validations)).outcome is Outcome.ERROR


BREAKING_OUT = ("true) || (true", "true), (true", "true)] == [true] || [(true", "true // ")


@pytest.mark.parametrize("expression", BREAKING_OUT)
def test_an_expression_that_closes_its_parenthesis_does_not_hide_another_that_fails(
    expression: str,
) -> None:
    validations = ({"expression": "false"}, {"expression": expression})
    for tested in (policy(*validations), policy(*reversed(validations))):
        assert result(tested).outcome in {Outcome.FAILED, Outcome.ERROR}


def test_a_variable_that_closes_its_bracket_does_not_hide_a_validation_that_fails() -> None:
    breaking_out = '1)}, true) || cel.bind(variables, {"a": dyn(1'
    validations = ({"expression": "variables.a == 1"}, {"expression": "false"})
    tested = policy(*validations, variables=[{"name": "a", "expression": breaking_out}])
    assert result(tested).outcome in {Outcome.FAILED, Outcome.ERROR}


def test_a_policy_that_is_fulfilled_is_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a validation was evaluated by itself")

    monkeypatch.setattr(Expressions, "failures", refuse)
    tested = policy(TRUE, {"forEach": "spec.steps", "expression": "has(each.by)"})
    assert result(tested).outcome is Outcome.PASSED


def test_a_deletion_has_no_elements() -> None:
    tested = policy(TRUE, STEPS, match={"operations": ["delete"]})
    assert result(tested, None, REQUEST).outcome is Outcome.PASSED


def test_what_is_looked_at_together_is_compiled_once_and_not_in_vain_at_each_request() -> None:
    packs = shipped_files.current().packs.values()
    for shipped in (one for pack in packs for one in pack.policies):
        joint = joint_validation(shipped)
        together = [joint.expression] if joint is not None else []
        whole = (quantified_expression(validation) for validation in shipped.validations)
        together += [scoped_expression(shipped, expression) for expression in whole if expression]
        for expression in together:
            program_of(expression)

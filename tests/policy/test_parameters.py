"""Parameters that are maps, and parameters of a pack: one name has one meaning and one type."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.policy.mutants import mutants_of
from launchpolicy.policy.parameters import ParameterType, fits, type_of
from launchpolicy.policy.scoping import scope_expression
from tests.policy.test_loading import PACK, POLICY, load, refused

LIMITS = {"web": 3, "db": 1}
SHARED = PACK.replace(
    "  version: 1\n", "  version: 1\n  params: {limits: {web: 3, db: 1}, roles: [dba]}\n"
)
READER = POLICY.replace(
    "expression: has(object.spec.window)",
    'expression: object.spec.steps.size() <= params.limits["web"] && "dba" in params.roles',
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (LIMITS, ParameterType("map", ParameterType("int"))),
        ({"a": 1, "b": "c"}, ParameterType("map", ParameterType("any"))),
        ({}, ParameterType("map", ParameterType("any"))),
        ([], ParameterType("list", ParameterType("string"))),
        ([{"a": 1}], ParameterType("list", ParameterType("map", ParameterType("int")))),
        (True, ParameterType("bool")),
        (1.5, ParameterType("double")),
    ],
)
def test_a_parameter_has_the_type_of_its_default(value: object, expected: ParameterType) -> None:
    assert type_of(value) == expected


@pytest.mark.parametrize(
    ("value", "default", "do_fit"),
    [
        ({"web": 9, "api": 2}, LIMITS, True),
        ({}, LIMITS, True),
        ({"web": "9"}, LIMITS, False),
        ({"web": True}, LIMITS, False),
        (["web"], LIMITS, False),
        ({"anything": ["x"]}, {}, True),
        (["x"], [], True),
        ([], ["x"], True),
        ([{"a": 2}], [{"a": 1}], True),
        (["a"], [{"a": 1}], False),
        (True, 1, False),
        (2, 1, True),
    ],
)
def test_a_value_of_another_type_never_takes_the_place_of_a_default(
    value: object, default: object, *, do_fit: bool
) -> None:
    assert fits(value, default) is do_fit


@pytest.mark.parametrize(
    ("expression", "params"),
    [
        ('params.limits["web"] == 3 && params.limits.db == 1', {"limits": LIMITS, "flag": True}),
        ('!("api" in params.limits)', {"limits": LIMITS}),
        (
            'params.teams.exists(t, t.name == "web" && t.most == 2)',
            {"teams": [{"name": "web", "most": 2}]},
        ),
        ('params.odd["a\\"b"] == "c\\\\d"', {"odd": {'a"b': "c\\d"}}),
        ("params.deep.a.b[1] == 'x'", {"deep": {"a": {"b": ["w", "x"]}, "c": True}}),
    ],
)
def test_an_expression_reads_a_map(expression: str, params: dict[str, Any]) -> None:
    assert Bindings({}).holds(scope_expression(expression, params, ()))


def test_policies_read_the_parameters_of_their_pack() -> None:
    (policy,) = load({"pack.yaml": SHARED, "window-fixed.yaml": READER}).policies
    assert policy.params == {"limits": LIMITS, "roles": ["dba"], "longest": "4h"}


def test_a_policy_gets_no_parameter_of_its_pack_that_it_does_not_name() -> None:
    reader = READER.replace(' && "dba" in params.roles', "")
    pack = SHARED.replace(", roles: [dba]", "")
    (policy,) = load({"pack.yaml": pack, "window-fixed.yaml": reader}).policies
    assert set(policy.params) == {"limits", "longest"}


@pytest.mark.parametrize(
    ("pack", "policy", "rule", "words"),
    [
        (
            SHARED,
            READER.replace("longest: 8h", "longest: 8h, limits: {web: 99}"),
            "policy/parameter-of-pack",
            "pack.yaml",
        ),
        (
            SHARED,
            READER.replace(' && "dba" in params.roles', ""),
            "pack/unread-parameter",
            "params.roles",
        ),
        (
            SHARED,
            READER.replace('params.limits["web"]', 'params.limitz["web"]'),
            "policy/expression",
            "limits",
        ),
        (
            SHARED,
            READER.replace('params.limits["web"]', "params.limits"),
            "policy/expression",
            "types",
        ),
        (
            SHARED.replace("longest: 4h", "limits: {web: 9}"),
            READER,
            "pack/wrong-parameter",
            "whole pack",
        ),
        (
            PACK.replace("longest: 4h", "longest: {a: 4h}"),
            POLICY,
            "pack/wrong-parameter",
            "longest",
        ),
    ],
)
def test_a_parameter_with_two_meanings_or_none_never_loads(
    pack: str, policy: str, rule: str, words: str
) -> None:
    findings = refused({"pack.yaml": pack, "window-fixed.yaml": policy})
    by_rule = {finding.rule: finding for finding in findings}
    assert rule in by_rule, findings
    finding = by_rule[rule]
    assert words in finding.message.en + finding.fix.en


def test_mistakes_in_maps_are_made() -> None:
    policy = {"metadata": {"name": "own"}, "spec": {"match": {"kinds": ["LaunchRequest"]}}}
    params = {"limits": LIMITS, "teams": [{"name": "web", "most": 2}]}
    ids = {mutant.id for mutant in mutants_of(policy, params, lambda _route, _text: True)}
    assert {
        "params.limits without web",
        "params.limits web → 4",
        "params.limits db → 0",
        "params.teams without web",
        "params.teams [0].most → 1",
    } <= ids

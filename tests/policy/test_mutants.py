"""The mistakes that are made in policies, to see whether their cases notice."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.operations.rules.declared_kinds import shipped_kinds
from launchpolicy.policy.cel.mutations import changed_expressions
from launchpolicy.policy.mutant_checking import MutantCheck
from launchpolicy.policy.mutants import mutants_of
from launchpolicy.requests.configuration import Paths
from launchpolicy.vocabulary.place import Route


def _policy(**spec: Any) -> dict[str, Any]:
    return {"metadata": {"name": "own"}, "spec": {"match": {"kinds": ["LaunchRequest"]}, **spec}}


def _always(route: Route, expression: str) -> bool:
    del route, expression
    return True


def _ids(params: dict[str, Any] | None = None, **spec: Any) -> set[str]:
    return {mutant.id for mutant in mutants_of(_policy(**spec), params or {}, _always)}


@pytest.mark.parametrize(
    ("expression", "changed"),
    [
        ("a <= 3", {"a < 3", "a > 3", "a <= 4"}),
        ("a == b", {"a != b"}),
        ("!a", {"a"}),
        ("true", {"false"}),
        ("a && b", {"a || b", " b", "a "}),
        ("l.all(x, x > y)", {"l.exists(x, x > y)", "l.all(x, x >= y)", "l.all(x, x < y)"}),
        (
            'd < duration("24h")',
            {'d <= duration("24h")', 'd > duration("24h")', 'd < duration("25h")'},
        ),
        ('o.?p.orValue("") == "x"', {'o.?p.orValue("") != "x"', 'o.?p.orValue("") == "x~"'}),
        (
            'o.?p.orValue("") != ""',
            {'o.?p.orValue("") == ""', 'o.?p.orValue("~") != ""', 'o.?p.orValue("") != "~"'},
        ),
        ('n == "code"', {'n != "code"', 'n == "code~"'}),
    ],
)
def test_an_expression_is_changed_in_every_way(expression: str, changed: set[str]) -> None:
    assert {change.expression for change in changed_expressions(expression)} == changed


def test_an_operand_ends_where_another_binds_less() -> None:
    found = {change.expression for change in changed_expressions("p ? a && b : c || d(e && f, g)")}

    assert "p ? b : c || d(e && f, g)" in found
    assert "p ? a && b : c || d( f, g)" in found
    assert "p ? a && b : d(e && f, g)" in found


def test_each_operand_is_dropped_once() -> None:
    found = [change.expression for change in changed_expressions("a || b || c")]

    assert len(found) == len(set(found))
    assert {"a  || c", " b || c", "a || b "} <= {*found} or {"a || c"} <= {*found}


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ('object.metadata.name == "x"', True),
        ('object.spec.risk.size() + "x" > 1', False),  # numbers and texts are not added
        ("object.spec.nobody.size() > 1", False),
        ("params.most - 1 < variables.names.size()", True),
        ("variables.names - variables.names == []", False),  # a list is not subtracted
        ("each.name in variables.names", True),
        ("each.name + 1 == index", False),
        ("variables.names.size()", False),  # a validation gives true or false
        ("", False),
    ],
)
def test_what_the_type_check_refuses_is_no_mistake(expression: str, *, fits: bool) -> None:
    policy = _policy(
        params={"most": 2},
        variables=[{"name": "names", "expression": "object.spec.watch.map(w, string(w.name))"}],
        validations=[{"expression": "true", "forEach": "spec.watch"}],
    )
    check = MutantCheck(policy, shipped_kinds(Paths())["LaunchRequest"])

    assert check.fits(("validations", 0, "expression"), expression) is fits


def test_only_what_fits_is_a_mistake() -> None:
    policy = _policy(validations=[{"expression": "object.a == 1 && object.b"}])

    found = [item.id for item in mutants_of(policy, {}, lambda _, changed: "||" not in changed)]

    assert found
    assert not any("→ ||" in each for each in found)


@pytest.mark.parametrize(
    ("spec", "mistake"),
    [
        ({"match": {"stages": ["requested", "closed"]}}, "match.stages without closed"),
        ({"matchConditions": [{"name": "c", "expression": "x"}]}, "matchConditions without c"),
        ({"validations": [{"expression": "x"}, {"expression": "y"}]}, "validations without 1"),
        ({"quorum": {"role": "a", "exclude": ["opener"]}}, "quorum.exclude without opener"),
        ({"quorum": {"role": ["a", "b"]}}, "quorum.role without b"),
        ({"quorum": {"role": "a", "count": 2}}, "quorum.count 2 → 1"),
        ({"quorum": {"all": [{"role": "a"}, {"role": "b"}]}}, "quorum.all without 0"),
        ({"order": [{"earlier": "a", "later": "b", "within": "1h"}]}, "order[0] without within"),
    ],
)
def test_what_a_policy_consists_of_is_dropped(spec: dict[str, Any], mistake: str) -> None:
    assert mistake in _ids(**spec)


def test_thresholds_are_moved_both_ways() -> None:
    found = _ids({"maxAge": "24h", "users": 5, "roles": ["a", "b"], "strict": True})

    assert found == {
        "params.maxAge → 25h",
        "params.maxAge → 23h",
        "params.users → 6",
        "params.users → 4",
        "params.roles without a",
        "params.roles without b",
        "params.strict → false",
    }


_TITLES = {"name": "titles", "expression": "'x'"}


@pytest.mark.parametrize(
    ("expressions", "is_changed"),
    [
        ({"zh": "variables.titles"}, False),
        ({"en": "variables.titles", "zh": "variables.titles"}, True),
        ({"en": "'it'", "zh": "variables.titles"}, False),
        ({}, True),
    ],
)
def test_a_variable_that_only_chinese_words_read_is_no_place_for_mistakes(
    expressions: dict[str, str], *, is_changed: bool
) -> None:
    validation = {"expression": "object.a", "messageExpression": expressions}
    mistakes = _ids(variables=[_TITLES], validations=[validation])
    assert any(mistake.startswith("variables[0]") for mistake in mistakes) is is_changed


def test_a_variable_of_a_rule_is_a_place_for_mistakes_also_by_way_of_another() -> None:
    other = {"name": "other", "expression": "variables.titles + 'y'"}
    validation = {
        "expression": "variables.other == 'xy'",
        "messageExpression": {"zh": "variables.titles"},
    }
    mistakes = _ids(variables=[_TITLES, other], validations=[validation])
    assert any(mistake.startswith("variables[0]") for mistake in mistakes)


def test_where_documents_are_looked_up_is_a_place_for_mistakes() -> None:
    one = {"name": "review", "kind": "Review", "path": "'reviews/' + object.number"}
    listed = {"name": "signers", "kind": "Person", "paths": "object.signers.filter(s, s != '')"}
    every = {"name": "teams", "kind": "Team", "files": ["teams/*.yaml", "old/*.yaml"]}
    mistakes = _ids(lookups=[one, listed, every])
    assert "lookups[0].path 1: 'reviews/' → 'reviews/~'" in mistakes
    assert any(mistake.startswith("lookups[1].paths") for mistake in mistakes)
    assert {"lookups[2].files without teams/*.yaml", "lookups[2].files without old/*.yaml"} <= (
        mistakes
    )


def test_the_policy_itself_stays_as_it_is() -> None:
    policy = _policy(validations=[{"expression": "object.a && object.b"}])
    before = repr(policy)

    assert list(mutants_of(policy, {}, _always))
    assert repr(policy) == before

"""Which variables an expression reads, held against CEL itself: never one too few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cel_expr_python import cel
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.policy.cel.identifiers import (
    is_closed,
    unbound_uses,
    value_paths,
    variables_in,
)
from launchpolicy.policy.cel.libraries import CONFIGURATION
from launchpolicy.policy.cel.runtime import VARIABLES

FACTS = ("evidence", "calendar", "launches", "people", "waiver")
PACKS = Path(__file__).parents[2] / "launchpolicy/shipped/packs"

READ = {
    "people": {"people"},
    " .people.size() > 0": {"people"},
    "'a' in .people": {"people"},
    "[1].exists(x, x in people)": {"people", "x"},
    "{people: 1}": {"people"},
    "[object.a, .people]": {"people", "object"},
    "object.a ? people : waiver": {"object", "people", "waiver"},
    "object.a ?.people : 1": {"object", "people"},
    "has(evidence.files)": {"evidence", "has"},
    "'\\'' + people": {"people"},
    "r'\\' + people": {"people"},
    "'''it's ''' + people": {"people"},
    "b'x' == b\"y\" || people": {"people"},
    "1 + 2.5e-3 - people": {"people"},
    "object.a // .people\n.b": {"object"},
    "object. // a comment\n people": {"object"},
}
NOT_READ = {
    "has(object.evidence)": {"object", "has"},
    "object.spec.people": {"object"},
    "object.?people.orValue(1)": {"object"},
    "object . people": {"object"},
    "object['x'].people": {"object"},
    "f(object).people": {"f", "object"},
    "'people'": set(),
    '"""people"""': set(),
    "object.`people`": {"object"},
}


@pytest.mark.parametrize(("expression", "names"), {**READ, **NOT_READ}.items())
def test_the_variables_of_an_expression(expression: str, names: set[str]) -> None:
    found = variables_in(expression)
    assert found is not None
    assert set(found) == names


PATHS = {
    "object.spec.risk == 'major'": {"object.spec.risk"},
    "object.?spec.?risk.orValue('') == ''": {"object.spec.risk"},
    "object . spec // a comment\n .risk": {"object.spec.risk"},
    "object.spec.steps.size() > 0": {"object.spec.steps"},
    "has(object.spec.`a-b`.c)": {"has", "object.spec.a-b.c"},
    "object['spec'].risk": {"object"},
    "object.spec[0].by": {"object.spec"},
    "(object.spec).risk": {"object.spec"},
    "object.steps.all(s, s.by == object.owner)": {"object.steps", "object.owner", "s", "s.by"},
    "object.a ? .people.b : waiver": {"object.a", "people.b", "waiver"},
    "object.a ?.people : 1": {"object.a", "people"},
    "[object.a, .people]": {"object.a", "people"},
    "'object.a' + r'.b' + people.c": {"people.c"},
    "f(object.a).people": {"f", "object.a"},
    "evidence.files[object.a.path].passed": {"evidence.files", "object.a.path"},
    "object": {"object"},
    "object.spec in people.named": {"object.spec", "people.named"},
}


@pytest.mark.parametrize(("expression", "paths"), PATHS.items())
def test_the_paths_of_the_values_of_an_expression(expression: str, paths: set[str]) -> None:
    found = value_paths(expression)
    assert found is not None
    assert {".".join(path) for path in found} == paths


@given(st.sampled_from(sorted(PATHS)), st.sampled_from(sorted(PATHS)))
def test_a_path_is_named_for_every_variable(one: str, other: str) -> None:
    expression = f"({one}) == ({other})"
    found, names = value_paths(expression), variables_in(expression)
    assert found is not None
    assert names is not None
    assert {path[0] for path in found} == set(names)


@pytest.mark.parametrize("expression", ["'people", "people # x", "\u00e9", '"a\npeople"', "@"])
def test_what_is_no_expression_has_no_answer(expression: str) -> None:
    assert variables_in(expression) is None
    assert value_paths(expression) is None


def _reads(expression: str, name: str) -> bool | None:
    """Return whether CEL compiles `expression` only with a variable; None if it never does."""
    if not _compiles(expression, VARIABLES):
        return None
    return not _compiles(expression, [each for each in VARIABLES if each != name])


def _compiles(expression: str, names: list[str] | tuple[str, ...]) -> bool:
    key = tuple(names)
    if key not in _ENVIRONMENTS:
        variables = dict.fromkeys(names, cel.Type.DYN)
        _ENVIRONMENTS[key] = cel.NewEnv(
            config=cel.NewEnvConfigFromYaml(CONFIGURATION), variables=variables
        )
    try:
        _ENVIRONMENTS[key].compile(expression)
    except (RuntimeError, ValueError):
        return False
    return True


_ENVIRONMENTS: dict[tuple[str, ...], cel.Env] = {}
_PIECES = st.sampled_from(
    [
        *FACTS,
        *("object", "x", "in", ".", ".?", "?", ":", " ", "\n", "// c\n", "//", "(", ")", "[", "]"),
        *("{", "}", ",", "'", '"', "'''", '"""', "\\", "r'", "b'", "`", "1", "1.", "2u", "0x1"),
        *("has(", ".exists(x, ", "==", "||", "&&", "!", "-", "+", "'people'", "size(", "[0]"),
    ]
)
_WHOLE = st.recursive(
    st.sampled_from(
        [*FACTS, "object", "'people'", "r'\\'", "1", "[1]", "{'people': 1}", ".people"]
    ),
    lambda inner: st.one_of(
        st.builds("{}.{}".format, inner, st.sampled_from(["people", "?waiver", "evidence"])),
        st.builds("{} /*".replace("/*", "// {}\n").format, inner, inner),
        st.builds("{} == {}".format, inner, inner),
        st.builds("({} ? {} : {})".format, inner, inner, inner),
        st.builds("{} in {}".format, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'a': {}, {}: 1}}".format, inner, inner),
        st.builds("{}.exists(people, people == {})".format, inner, inner),
        st.builds("cel.bind(x, {}, x == {})".format, inner, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("'''{}''' + string({})".format, st.just("it's"), inner),
    ),
    max_leaves=6,
)


@given(st.lists(_PIECES, max_size=9).map("".join) | _WHOLE)
def test_a_variable_that_cel_reads_is_never_missed(expression: str) -> None:
    found = variables_in(expression)
    for fact in FACTS if found is not None else ():
        if fact in expression and _reads(expression, fact):
            assert fact in (found or ()), expression


def test_of_the_shipped_policies_cel_reads_exactly_what_is_found() -> None:
    packs = [json.loads(path.read_bytes())["source"] for path in sorted(PACKS.glob("*.json"))]
    policies = [policy for pack in packs for policy in pack["policies"].values()]
    expressions = {
        validation["expression"]
        for policy in policies
        for validation in policy["spec"].get("validations", ())
        if "each" not in validation["expression"]
    }
    assert len(expressions) > 50
    for expression in expressions:
        found = variables_in(expression)
        assert found is not None, expression
        for fact in FACTS:
            if _compiles(expression, VARIABLES):
                assert _reads(expression, fact) == (fact in found), expression


BOUND = frozenset({"variables", "params"})
UNBOUND = {
    ".variables.x": (1, True),
    "true && .params.x": (9, True),
    "1 in .variables.x": (6, True),
    "[1, . variables.x]": (6, True),
    ". // comment\nvariables.x": (13, True),
    "has(variables.x)": (4, False),
    "has ( params . x )": (6, False),
    "has((variables).x)": (5, False),
    "has((variables.x))": (5, False),
    "has(((variables).x))": (6, False),
    "!has(variables.// comment\nx)": (5, False),
}
FINE = [
    "variables.x",
    "has(variables.x.y)",
    "has(object.variables)",
    "object.variables.x",
    "has(object.a) && (variables.x)",
    "f(variables.x)",
    "'has(variables.x)' == variables.x",
    "'.variables.x' == 'a'",
    "object.a['b'].variables",
    "has(variables.x.y.z)",
]


@pytest.mark.parametrize(("expression", "use"), UNBOUND.items())
def test_a_use_that_binds_nothing_is_told_with_its_place(
    expression: str, use: tuple[int, bool]
) -> None:
    name = "params" if "params" in expression else "variables"
    assert unbound_uses(expression, BOUND) == [(use[0], name, use[1])]


@pytest.mark.parametrize("expression", FINE)
def test_other_uses_are_none_of_it(expression: str) -> None:
    assert unbound_uses(expression, BOUND) == []


CLOSED = (
    "",
    "(a)",
    "a[{'x': [1]}]",
    "')' == \"(\"",
    r"r'\' + ')'",
    "'''\n)'''",
    "a // )\n",
    "`)`.b",
    r"'\')'",
)
OPEN = (
    "(",
    ")",
    ")(",
    "(]",
    "a) || (b",
    "'",
    "'''",
    "\"a' )",
    r"r'\' + ')' + )",
    "a // (\n)",
    "`",
    "'\n'",
)


@pytest.mark.parametrize("expression", CLOSED)
def test_brackets_in_texts_comments_and_names_are_none(expression: str) -> None:
    assert is_closed(expression)


@pytest.mark.parametrize("expression", OPEN)
def test_a_text_that_could_reach_out_of_its_place_is_not_closed(expression: str) -> None:
    assert not is_closed(expression)

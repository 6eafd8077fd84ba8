"""What the text of a policy alone says of a change: never stricter where it is weaker."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from launchpolicy.engine.analysis.policy_differences import Direction, direction_of
from launchpolicy.engine.analysis.text_differences import (
    BoundPolicy,
    has_same_outcomes,
    is_same_rule,
    is_stated_in_text,
    reasons_in_text,
)
from launchpolicy.policy.policy import policy_of

POLICY: dict[str, Any] = {
    "metadata": {"name": "is-small", "title": "Small"},
    "spec": {
        "match": {
            "kinds": ["Thing"],
            "stages": ["asked", "done"],
            "operations": ["create", "update"],
        },
        "matchConditions": [{"name": "c", "expression": "has(object.size)"}],
        "params": {"most": 8},
        "variables": [{"name": "v", "expression": "object.size"}],
        "validations": [
            {"expression": "object.size <= 8", "message": "Large."},
            {"expression": "object.size >= 0", "message": "Small."},
        ],
        "quorum": {"role": "qa", "exclude": ["opener", "pusher"]},
        "fix": "Make it smaller.",
    },
}
CONDITIONS = POLICY["spec"]["matchConditions"]
BINDING: dict[str, Any] = {"policy": "is-small", "action": "deny"}
SCOPES = frozenset({"Thing (small)", "Thing (large)"})
Change = tuple[list[str | int], Any]


def _bound(*changes: Change, scopes: frozenset[str] = SCOPES, **binding: Any) -> BoundPolicy:
    data = copy.deepcopy(POLICY)
    for route, value in changes:
        node: Any = data["spec"]
        for step in route[:-1]:
            node = node[step]
        node[route[-1]] = value
    return BoundPolicy(policy_of(data, "own", {**BINDING, **binding}), scopes)


WEAKER: list[tuple[str, BoundPolicy]] = [
    ("a warning", _bound(action="warn")),
    ("recorded only", _bound(action="audit")),
    ("not yet in force", _bound(effectiveFrom="2030-01-01T00:00:00Z")),
    ("a waiver", _bound(waivableBy=["qa"])),
    ("one process less", _bound(scopes=frozenset({"Thing (small)"}))),
    ("one stage less", _bound((["match", "stages"], ["asked"]))),
    ("one operation less", _bound((["match", "operations"], ["create"]))),
    (
        "one condition more",
        _bound(
            (
                ["matchConditions"],
                [*POLICY["spec"]["matchConditions"], {"name": "d", "expression": "true"}],
            )
        ),
    ),
    ("one validation less", _bound((["validations"], POLICY["spec"]["validations"][:1]))),
    ("one exclusion less", _bound((["quorum", "exclude"], ["opener"]))),
]


@pytest.mark.parametrize(("name", "weaker"), WEAKER)
def test_what_asks_for_less_is_weaker_and_its_reverse_is_stricter(
    name: str, weaker: BoundPolicy
) -> None:
    whole = _bound()
    assert {reason.direction for reason in reasons_in_text(whole, weaker)} == {
        Direction.WEAKENED
    }, name
    assert {reason.direction for reason in reasons_in_text(weaker, whole)} == {
        Direction.TIGHTENED
    }, name
    for reason in reasons_in_text(whole, weaker):
        assert reason.text.en
        assert reason.text.zh


@pytest.mark.parametrize(("name", "weaker"), WEAKER)
def test_what_the_text_tells_is_proven_by_it(name: str, weaker: BoundPolicy) -> None:
    assert is_stated_in_text(weaker.policy, _bound().policy), name


HIDDEN: list[tuple[str, list[Change]]] = [
    ("a validation that stands for another", [(["validations", 0, "expression"], "true")]),
    ("a parameter", [(["params", "most"], 9_000)]),
    ("a variable", [(["variables", 0, "expression"], "0")]),
    ("another role", [(["quorum", "role"], "dev")]),
    ("a quorum of fewer people", [(["quorum", "distinct"], False)]),
    ("another kind", [(["match", "kinds"], ["Other"])]),
    (
        "a condition, and a validation more",
        [
            (["matchConditions"], [*CONDITIONS, {"name": "d", "expression": "false"}]),
            (
                ["validations"],
                [*POLICY["spec"]["validations"], {"expression": "true", "message": "x"}],
            ),
        ],
    ),
]


@pytest.mark.parametrize(("name", "changes"), HIDDEN)
def test_a_weakening_beside_a_tightening_is_not_taken_for_proven(
    name: str, changes: list[Change]
) -> None:
    assert not is_stated_in_text(_bound().policy, _bound(*changes).policy), name


def test_every_stage_is_more_than_some() -> None:
    some, every = _bound(), _bound((["match", "stages"], []))
    assert [reason.direction for reason in reasons_in_text(some, every)] == [Direction.TIGHTENED]
    assert [reason.direction for reason in reasons_in_text(every, some)] == [Direction.WEAKENED]


@pytest.mark.parametrize(
    "change",
    [
        (["validations", 0, "expression"], "object.size <= 9"),
        (["params", "most"], 9),
        (["variables", 0, "expression"], "object.size + 1"),
        (["quorum", "role"], "dev"),
        (["matchConditions", 0, "expression"], "has(object.owner)"),
    ],
)
def test_what_only_requests_can_tell_is_left_to_them(change: Change) -> None:
    whole, changed = _bound(), _bound(change)
    assert list(reasons_in_text(whole, changed)) == []
    assert not is_same_rule(whole.policy, changed.policy)
    assert not has_same_outcomes(whole.policy, changed.policy)


def test_a_validation_in_place_of_another_with_other_variables_says_nothing_by_itself() -> None:
    changed = _bound(
        (["validations"], POLICY["spec"]["validations"][:1]),
        (["variables", 0, "expression"], "object.size - 1"),
    )
    assert list(reasons_in_text(_bound(), changed)) == []


@pytest.mark.parametrize(
    "change",
    [
        (["validations", 0, "message"], "Too large."),
        (["fix"], "Shrink it."),
        (["validations", 0, "at"], "size"),
    ],
)
def test_words_and_places_change_no_rule(change: Change) -> None:
    assert is_same_rule(_bound().policy, _bound(change).policy)


@pytest.mark.parametrize(
    ("directions", "direction"),
    [
        (set(), Direction.UNDECIDABLE),
        ({Direction.WEAKENED}, Direction.WEAKENED),
        ({Direction.TIGHTENED}, Direction.TIGHTENED),
        ({Direction.WEAKENED, Direction.TIGHTENED}, Direction.MIXED),
    ],
)
def test_a_policy_is_never_called_stricter_that_is_weaker_somewhere(
    directions: set[Direction], direction: Direction
) -> None:
    assert direction_of(frozenset(directions)) is direction
